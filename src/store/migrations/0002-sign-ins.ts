import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  // Real clock throughout. What the person typed, verifier and nonce are gone as soon as the row is used.
  `create table sign_in (
    id text primary key,
    person uuid not null,
    tenant uuid not null,
    occasion text not null,
    exchange text unique,
    claims text not null,
    waiting text not null,
    typed text,
    expires_at timestamptz(3) not null,
    browser text,
    verifier text,
    nonce text,
    used_at timestamptz(3),
    outcome text
  )`,
  `create index sign_in_occasion on sign_in (occasion)`,
  // Teams may deliver a message twice, to two replicas at once: it asks for one token only.
  `create unique index sign_in_once_per_message on sign_in (occasion) where exchange is not null`,
  `create index sign_in_expired on sign_in (expires_at)`,
  `grant select, insert, update, delete on sign_in to latchkey_bot`,
]

export const signIns: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
