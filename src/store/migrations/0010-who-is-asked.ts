import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // Who could be asked about the stage that waits, so that a person's own is found among everybody's.
  `create table waits_for (
    request text not null,
    person uuid not null,
    stage integer not null,
    since timestamptz(3) not null,
    closes timestamptz(3),
    primary key (person, request)
  )`,
  `create index waits_for_request on waits_for (request)`,
  `grant select, insert, update, delete on waits_for to latchkey_bot`,
]

/** What waits for whom. What was open before this is filled in by the bot itself. */
export const whoIsAsked: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
