import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // Computed from what is owed, so that rows of the release before have them too. That release still claims by concern.
  `alter table outbox
    add column effect text generated always as (owed::jsonb ->> 'effect') stored,
    add column lane text generated always as (coalesce(
      'to ' || (owed::jsonb ->> 'to'),
      (owed::jsonb ->> 'request') || '/' || (owed::jsonb ->> 'effect'))) stored,
    add column tried_since timestamptz(3),
    drop constraint outbox_outcome_check,
    add constraint outbox_outcome_check check (outcome in ('sent', 'unreachable', 'superseded', 'given-up'))`,
  `create index outbox_lane on outbox (lane, due, sequence) where outcome is null`,
  `create index outbox_given_up on outbox (settled_at) where outcome = 'given-up'`,
  // What people wrote stays out of the outbox, which is kept; a row here goes once its answer is there.
  `create table unanswered (
    occasion text primary key,
    person uuid not null,
    heard text not null,
    at timestamptz(3) not null
  )`,
  `create index unanswered_person on unanswered (person)`,
  `grant select, insert, delete on unanswered to latchkey_bot`,
  // What was marked as answered and then was not.
  `grant delete on seen_activity to latchkey_bot`,
]

/** One message at a time to each chat, an end to trying, and answers that could not be given at once. */
export const outboxLanes: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
