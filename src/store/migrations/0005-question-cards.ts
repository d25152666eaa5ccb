import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  `alter table sent_card
    drop constraint sent_card_role_check,
    add constraint sent_card_role_check check (role in ('status', 'approval', 'ending', 'question'))`,
]

/** Cards on which a requester answers what an approver asked. */
export const questionCards: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
