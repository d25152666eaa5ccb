import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // What nobody needs any more is deleted by the bot itself; the journal and its texts are not among it.
  `grant delete on outbox, draft, asked, look, stranger_count to latchkey_bot`,
  `create index seen_activity_at on seen_activity (at)`,
  `create index outbox_settled on outbox (settled_at) where outcome is not null`,
  `create index draft_made on draft (made_at)`,
]

/** Rows that are kept for a time only. */
export const retentionOfRows: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
