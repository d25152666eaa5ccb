import { sql } from 'kysely'
import { knownEffects } from '../request/effects.ts'
import type { Undelivered } from '../workflow/ports/finding.ts'
import { connect } from './database.ts'

/** What was owed and will not be sent by itself: given up, or known to no version that runs here. */
export async function undelivered(databaseUrl: string): Promise<readonly Undelivered[]> {
  const db = connect(databaseUrl, 1)
  try {
    const { rows } = await sql<Undelivered>`
      select 'message-given-up' as kind, coalesce(effect, '') as effect, coalesce(why, '') as detail,
        count(*)::int as count, min(id) as example
      from outbox where outcome = 'given-up' group by effect, why
      union all
      select 'message-unknown', coalesce(effect, ''), '', count(*)::int, min(id)
      from outbox where outcome is null and (effect is null or effect <> all(${knownEffects})) group by effect
      order by kind, effect, detail`.execute(db)
    return rows
  } finally {
    await db.destroy()
  }
}

/**
 * Owes again what was given up, as if it had never been tried.
 * @param ids which of it; all where none is named
 * @returns the ids of what is owed again
 */
export async function oweAgain(databaseUrl: string, ids: readonly string[]): Promise<readonly string[]> {
  const db = connect(databaseUrl, 1)
  try {
    const given = db
      .updateTable('outbox')
      .set({ outcome: null, settled_at: null, attempts: 0, tried_since: null, retry_at: null, why: null })
      .where('outcome', '=', 'given-up')
    const rows = await (ids.length === 0 ? given : given.where('id', 'in', [...ids])).returning('id').execute()
    return rows.map(({ id }) => id)
  } finally {
    await db.destroy()
  }
}
