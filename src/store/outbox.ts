import { Owed } from '../request/effects.ts'
import { sql } from 'kysely'
import { addTime, type Clock } from '../time.ts'
import type { Outbox, OwedRow } from '../workflow/ports.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Database, InTransaction } from './database.ts'
import { keepLeases } from './leases.ts'

/**
 * Writes what an event owes, in the event's own transaction. The id is derived from where it came from, so that a
 * row can be traced to its event and can never be written twice.
 * @param at product time of the event: when that is due which names no time of its own
 * @returns the ids of what is due at once
 */
export async function owe(
  transaction: InTransaction,
  source: string,
  owed: readonly Owed[],
  at: Date,
): Promise<readonly string[]> {
  if (owed.length === 0) return []
  const rows = owed.map((one, index) => ({
    id: `${source}/${one.effect}/${index}`,
    owed: canonicalJson(one),
    due: one.due ?? at,
  }))
  await transaction.insertInto('outbox').values(rows).execute()
  return rows.filter(({ due }) => due <= at).map(({ id }) => id)
}

/** @param realClock for leases and retries; what is due is told by the product time a caller gives */
export function outboxOver(db: Database, realClock: Clock): Outbox & Disposable {
  const leases = keepLeases(realClock, (ids, until) =>
    db
      .updateTable('outbox')
      .set({ leased_until: until })
      .where('id', 'in', ids)
      .where('outcome', 'is', null)
      .where('holder', '=', leases.holder)
      .execute(),
  )

  const failed: Outbox['failed'] = async (id, retryAt, why) => {
    leases.release(id)
    await db
      .updateTable('outbox')
      .set({ retry_at: retryAt, leased_until: null, holder: null, why })
      .where('id', '=', id)
      .where('outcome', 'is', null)
      // Whoever was away for longer than its lease must not take the row out of another's hands.
      .where('holder', '=', leases.holder)
      .execute()
  }

  return {
    async claim(now, most, longest) {
      const rows = await db.transaction().execute(async (transaction) => {
        await oneClaimAtATime(transaction)
        return claimFirsts(transaction, {
          now,
          most,
          real: realClock(),
          until: leases.until(longest),
          holder: leases.holder,
        })
      })
      leases.hold(
        rows.map(({ id }) => id),
        longest,
      )
      const claimed: OwedRow[] = []
      for (const row of rows.toSorted(
        (left, right) => left.due.getTime() - right.due.getTime() || left.sequence - right.sequence,
      )) {
        const owed = readOwed(row.owed)
        // Written by a newer version, most likely: left to a process that knows it, and out of the way of the others.
        if (owed === undefined) {
          await failed(row.id, addTime(realClock(), longest), 'this version cannot read what it owes')
        } else claimed.push({ id: row.id, owed, attempts: row.attempts })
      }
      return claimed
    },

    async owe(id, one, at) {
      await db
        .insertInto('outbox')
        .values({ id, owed: canonicalJson(one), due: one.due ?? at })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    },

    async done(id, outcome) {
      leases.release(id)
      await db
        .updateTable('outbox')
        .set({ outcome, settled_at: realClock(), leased_until: null, holder: null, retry_at: null })
        .where('id', '=', id)
        .where('outcome', 'is', null)
        .execute()
    },

    failed,

    pending: (now) =>
      db
        .selectFrom('outbox')
        .select(['id', 'why'])
        .where('outcome', 'is', null)
        .where('due', '<=', now)
        .orderBy('due')
        .orderBy('sequence')
        .execute(),

    [Symbol.dispose]: leases[Symbol.dispose],
  }
}

/**
 * Waits until no other process is claiming. Without it two of them could each see nothing in hand for a request, and
 * claim one of its rows each. A process that stops dead inside loses its connection, and with it the lock.
 */
const oneClaimAtATime = (transaction: InTransaction) =>
  sql`select set_config('idle_in_transaction_session_timeout', '5000', true),
             pg_advisory_xact_lock(hashtext('latchkey outbox'))`.execute(transaction)

interface Claimed {
  readonly id: string
  readonly owed: string
  readonly attempts: number
  readonly due: Date
  readonly sequence: number
}

/**
 * Claims the first row of each concern that nobody has in hand. Two for one request and kind, sent at once, could show
 * the older state last: the later one waits its turn, and then shows what is so by then.
 */
async function claimFirsts(
  transaction: InTransaction,
  { now, most, real, until, holder }: { now: Date; most: number; real: Date; until: Date; holder: string },
): Promise<readonly Claimed[]> {
  // The attempt is counted with the claim, before the call it is for: a crash leaves a count behind, not a gap.
  const { rows } = await sql<Claimed>`
    with first as (
      select id from outbox as mine
      where outcome is null and due <= ${now}
        and (leased_until is null or leased_until <= ${real})
        and (retry_at is null or retry_at <= ${real})
        and not exists (
          select from outbox as other
          where other.concern = mine.concern and other.outcome is null
            and (other.leased_until > ${real}
              or ((other.due, other.sequence) < (mine.due, mine.sequence)
                and (other.retry_at is null or other.retry_at <= ${real}))))
      order by due, sequence
      limit ${most}
      for update of mine skip locked
    )
    update outbox set attempts = attempts + 1, leased_until = ${until}, holder = ${holder}
    from first where outbox.id = first.id
    returning outbox.id, owed, attempts, due, sequence`.execute(transaction)
  return rows
}

function readOwed(owed: string): Owed | undefined {
  const parsed = Owed.safeParse(JSON.parse(owed))
  return parsed.success ? parsed.data : undefined
}
