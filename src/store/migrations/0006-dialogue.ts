import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // One row per chat: a few words answer what was asked last, and nothing before it.
  `create table asked (
    person uuid not null,
    conversation text not null,
    message text not null,
    what text not null,
    at timestamptz(3) not null,
    below integer not null,
    primary key (person, conversation)
  )`,
  `grant select, insert, update on asked to latchkey_bot`,
  // A message that Teams delivers again must not change a form twice.
  `alter table draft add column changed_by text`,
]

/** What was last asked of whom. */
export const dialogue: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
