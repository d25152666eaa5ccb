import { knownEffects, Owed } from '../request/effects.ts'
import type { Clock } from '../time.ts'
import type { Outbox, OwedRow } from '../workflow/ports/memory.ts'
import { canonicalJson } from './canonical-json.ts'
import { claimFirsts, oneClaimAtATime } from './claim.ts'
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

  return {
    async claim(now, most, longest) {
      const rows = await db.transaction().execute(async (transaction) => {
        await oneClaimAtATime(transaction)
        const until = leases.until(longest)
        return claimFirsts(transaction, { now, most, real: realClock(), until, holder: leases.holder })
      })
      leases.hold(
        rows.map(({ id }) => id),
        longest,
      )
      return rows
        .toSorted((left, right) => left.due.getTime() - right.due.getTime() || left.sequence - right.sequence)
        .map((row): OwedRow => ({
          id: row.id,
          owed: readOwed(row.owed),
          attempts: row.attempts,
          triedSince: row.tried_since,
        }))
    },

    async owe(id, one, at) {
      await db
        .insertInto('outbox')
        .values({ id, owed: canonicalJson(one), due: one.due ?? at })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    },

    async done(id, outcome, leadsTo = [], at = realClock()) {
      await db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('outbox')
          .set({ outcome, settled_at: realClock(), leased_until: null, holder: null, retry_at: null })
          .where('id', '=', id)
          .where('outcome', 'is', null)
          .executeTakeFirst()
        if (numUpdatedRows === 1n) await owe(transaction, id, leadsTo, at)
      })
      leases.release(id)
    },

    async failed(id, retryAt, why, wholeChat = false) {
      leases.release(id)
      const { numUpdatedRows } = await db
        .updateTable('outbox')
        .set({ retry_at: retryAt, leased_until: null, holder: null, why })
        .where('id', '=', id)
        .where('outcome', 'is', null)
        // Whoever was away for longer than its lease must not take the row out of another's hands.
        .where('holder', '=', leases.holder)
        .executeTakeFirst()
      if (!wholeChat || numUpdatedRows !== 1n) return
      await db
        .updateTable('outbox')
        .set({ retry_at: retryAt })
        .where('outcome', 'is', null)
        .where('lane', '=', (row) => row.selectFrom('outbox').select('lane').where('id', '=', id))
        .where((or) => or.or([or('retry_at', 'is', null), or('retry_at', '<', retryAt)]))
        .execute()
    },

    async giveUp(id, why) {
      leases.release(id)
      await db
        .updateTable('outbox')
        .set({ outcome: 'given-up', settled_at: realClock(), leased_until: null, holder: null, retry_at: null, why })
        .where('id', '=', id)
        .where('outcome', 'is', null)
        .where('holder', '=', leases.holder)
        .execute()
    },

    async pending(now) {
      const rows = await db
        .selectFrom('outbox')
        .select(['id', 'why', 'effect'])
        .where('outcome', 'is', null)
        .where('due', '<=', now)
        .orderBy('due')
        .orderBy('sequence')
        .execute()
      return rows.map(({ id, why, effect }) => ({ id, why: isKnown(effect) ? why : 'this version does not know it' }))
    },

    [Symbol.dispose]: leases[Symbol.dispose],
  }
}

const isKnown = (effect: string | null) => knownEffects.some((known) => known === effect)

function readOwed(owed: string): Owed | undefined {
  const parsed = Owed.safeParse(JSON.parse(owed))
  return parsed.success ? parsed.data : undefined
}
