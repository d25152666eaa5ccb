import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // Of a look that found nothing new there is no event: without this nobody could say when the tenant last answered.
  `create table look (
    request text primary key,
    answered_at timestamptz(3) not null,
    silent boolean not null default false
  )`,
  `grant select, insert, update on look to latchkey_bot`,
]

/** When the tenant last answered about a request. */
export const looks: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
