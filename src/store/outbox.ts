import { Owed } from '../request/effects.ts'
import { addTime, type Clock } from '../time.ts'
import type { Outbox, OwedRow } from '../workflow/ports.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Database, InTransaction } from './database.ts'

/**
 * Writes what an event owes, in the event's own transaction. The id is derived from where it came from, so that a
 * row can be traced to its event and can never be written twice.
 * @param at product time of the event: when that is due which names no time of its own
 */
export async function owe(transaction: InTransaction, source: string, owed: readonly Owed[], at: Date): Promise<void> {
  if (owed.length === 0) return
  const rows = owed.map((one, index) => ({
    id: `${source}/${one.effect}/${index}`,
    owed: canonicalJson(one),
    due: one.due ?? at,
  }))
  await transaction.insertInto('outbox').values(rows).execute()
  // pg-boss wake-ups go here: the rows' ids sent on this transaction's connection, so that a row and its wake-up are
  // committed together. Until then carry-out finds rows by its sweep.
}

/** @param realClock for leases and retries; what is due is told by the product time a caller gives */
export function outboxOver(db: Database, realClock: Clock): Outbox {
  const failed: Outbox['failed'] = async (id, retryAt, why) => {
    await db
      .updateTable('outbox')
      .set({ retry_at: retryAt, leased_until: null, why })
      .where('id', '=', id)
      .where('outcome', 'is', null)
      .execute()
  }

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
      const claimed: OwedRow[] = []
      for (const row of rows.toSorted(
        (left, right) => left.due.getTime() - right.due.getTime() || left.sequence - right.sequence,
      )) {
        const owed = readOwed(row.owed)
        // Written by a newer version, most likely: left to a process that knows it, and out of the way of the others.
        if (owed === undefined) await failed(row.id, addTime(real, lease), 'this version cannot read what it owes')
        else claimed.push({ id: row.id, owed, attempts: row.attempts })
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
      await db
        .updateTable('outbox')
        .set({ outcome, settled_at: realClock(), leased_until: null, retry_at: null })
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
  }
}

function readOwed(owed: string): Owed | undefined {
  const parsed = Owed.safeParse(JSON.parse(owed))
  return parsed.success ? parsed.data : undefined
}
