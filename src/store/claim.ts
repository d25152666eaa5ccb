import { sql } from 'kysely'
import { knownEffects } from '../request/effects.ts'
import type { InTransaction } from './database.ts'

export interface ClaimedRow {
  readonly id: string
  readonly owed: string
  readonly attempts: number
  readonly tried_since: Date
  readonly due: Date
  readonly sequence: number
}

/**
 * Claims what is due, for each chat the first row alone, and none of a chat to which something is on its way, be it from
 * another replica: what comes later would overtake it, and a chat that answers slowly would take up every place. What
 * this version does not know is not looked at, so it holds up nobody and waits for a version that knows it.
 */
export async function claimFirsts(
  transaction: InTransaction,
  { now, most, real, until, holder }: { now: Date; most: number; real: Date; until: Date; holder: string },
): Promise<readonly ClaimedRow[]> {
  // The attempt is counted with the claim, before the call it is for: a crash leaves a count behind, not a gap.
  const { rows } = await sql<ClaimedRow>`
    with in_hand as (
      select distinct lane from outbox where outcome is null and leased_until > ${real}
    ), first as (
      select distinct on (lane) id, due, sequence from outbox
      where outcome is null and due <= ${now} and effect = any(${knownEffects})
        and (leased_until is null or leased_until <= ${real})
        and (retry_at is null or retry_at <= ${real})
        and lane not in (select lane from in_hand where lane is not null)
      order by lane, due, sequence
    ), next as (
      select id from first order by due, sequence limit ${most}
    )
    update outbox
    set attempts = attempts + 1, tried_since = coalesce(tried_since, ${real}), leased_until = ${until}, holder = ${holder}
    from next where outbox.id = next.id
    returning outbox.id, owed, attempts, tried_since, due, sequence`.execute(transaction)
  return rows
}

/**
 * Waits until no other process is claiming. Without it two of them could each see nothing on its way to a chat, and
 * claim one of its rows each. A process that stops dead inside loses its connection, and with it the lock.
 */
export const oneClaimAtATime = (transaction: InTransaction) =>
  sql`select set_config('idle_in_transaction_session_timeout', '5000', true),
             pg_advisory_xact_lock(hashtext('latchkey outbox'))`.execute(transaction)
