import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // Whatever a kind of access asks for. The columns of the three inputs that all have are written for one more release:
  // the one before this reads them.
  `alter table draft add column inputs jsonb`,
]

/** A form's inputs as one map. */
export const draftInputs: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
