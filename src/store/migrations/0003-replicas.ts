import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // What a row is about: two of a kind for one request edit the same cards, so only one of them is in hand at a time.
  // Computed from what is owed, so that rows of the release before, which knows no such column, have it too.
  `alter table outbox
    add column concern text generated always as (owed::jsonb ->> 'request' || '/' || (owed::jsonb ->> 'effect')) stored,
    add column holder text`,
  `create index outbox_concern on outbox (concern) where outcome is null`,
  `alter table request_summary
    add column look_leased_until timestamptz(3),
    add column look_holder text`,
]

/** Leases that name their holder, so that several processes can share the work without a leader. */
export const replicas: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
