import { sql } from 'kysely'
import { RequestId } from '../request/events.ts'
import type { Looks } from '../workflow/ports/memory.ts'
import type { Database } from './database.ts'

export function looksOver(db: Database): Looks {
  return {
    async of(requests) {
      if (requests.length === 0) return new Map()
      const rows = await db
        .selectFrom('look')
        .selectAll()
        .where('request', 'in', [...requests])
        .execute()
      return new Map(
        rows.map((row) => [RequestId.parse(row.request), { answeredAt: row.answered_at, silent: row.silent }]),
      )
    },

    async answered(requests, at) {
      if (requests.length === 0) return
      await db
        .insertInto('look')
        .values(requests.map((request) => ({ request, answered_at: at, silent: false })))
        .onConflict((conflict) =>
          conflict.column('request').doUpdateSet({
            // Another replica may have been answered later.
            answered_at: sql<Date>`greatest(look.answered_at, excluded.answered_at)`,
            silent: false,
          }),
        )
        .execute()
    },

    async silent(request, since) {
      await db
        .insertInto('look')
        .values({ request, answered_at: since, silent: true })
        .onConflict((conflict) => conflict.column('request').doUpdateSet({ silent: true }))
        .execute()
    },
  }
}
