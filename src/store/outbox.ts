import { Owed } from '../request/effects.ts'
import { addTime, type Clock } from '../time.ts'
import type { Outbox } from '../workflow/ports.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Database, InTransaction } from './database.ts'

/**
 * Writes what an event owes, in the event's own transaction. The id is derived from where it came from, so that a
 * row can be traced to its event and can never be written twice.
 * @param due product time
 */
export async function owe(transaction: InTransaction, source: string, owed: readonly Owed[], due: Date): Promise<void> {
  if (owed.length === 0) return
  const rows = owed.map((one, index) => ({
    id: `${source}/${one.effect}/${index}`,
    owed: canonicalJson(one),
    due,
  }))
  await transaction.insertInto('outbox').values(rows).execute()
  // pg-boss wake-ups go here: the rows' ids sent on this transaction's connection, so that a row and its wake-up are
  // committed together. Until then carry-out finds rows by its sweep.
}

/** @param realClock for leases and retries; what is due is told by the product time a caller gives */
export function outboxOver(db: Database, realClock: Clock): Outbox {
  return {
    async claim(now, most, lease) {
      const real = realClock()
      // The attempt is counted with the claim, before the call it is for: a crash leaves a count behind, not a gap.
      const rows = await db
        .with('due_row', (query) =>
          query
            .selectFrom('outbox')
            .select('id')
            .where('outcome', 'is', null)
            .where('due', '<=', now)
            .where((or) => or.or([or('leased_until', 'is', null), or('leased_until', '<=', real)]))
            .where((or) => or.or([or('retry_at', 'is', null), or('retry_at', '<=', real)]))
            .orderBy('due')
            .orderBy('sequence')
            .limit(most)
            .forUpdate()
            .skipLocked(),
        )
        .updateTable('outbox')
        .from('due_row')
        .whereRef('outbox.id', '=', 'due_row.id')
        .set((column) => ({ attempts: column('attempts', '+', 1), leased_until: addTime(real, lease) }))
        .returning(['outbox.id', 'owed', 'attempts', 'due', 'sequence'])
        .execute()
      return rows
        .toSorted((left, right) => left.due.getTime() - right.due.getTime() || left.sequence - right.sequence)
        .map(({ id, owed, attempts }) => ({ id, owed: readOwed(id, owed), attempts }))
    },

    async done(id, outcome) {
      await db
        .updateTable('outbox')
        .set({ outcome, settled_at: realClock(), leased_until: null, retry_at: null })
        .where('id', '=', id)
        .where('outcome', 'is', null)
        .execute()
    },

    async failed(id, retryAt, why) {
      await db
        .updateTable('outbox')
        .set({ retry_at: retryAt, leased_until: null, why })
        .where('id', '=', id)
        .where('outcome', 'is', null)
        .execute()
    },

    pending: (now) =>
      db
        .selectFrom('outbox')
        .select(['id', 'why'])
        .where('outcome', 'is', null)
        .where('due', '<=', now)
        .orderBy('due')
        .orderBy('sequence')
        .execute(),
  }
}

function readOwed(id: string, owed: string): Owed {
  try {
    return Owed.parse(JSON.parse(owed))
  } catch (cause) {
    throw new Error(`What ${id} owes cannot be read`, { cause })
  }
}
