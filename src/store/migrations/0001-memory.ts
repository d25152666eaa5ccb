import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

// Instants have milliseconds and no more: what a Date cannot show could otherwise be changed without the hash noticing.
const statements = [
  `create sequence journal_position as bigint`,
  // Positions are drawn before the row is hashed, so that the hash covers them too.
  `create table journal (
    position bigint primary key,
    stream text not null,
    version integer not null check (version > 0),
    type text not null,
    schema integer not null,
    at timestamptz(3) not null,
    recorded_at timestamptz(3) not null,
    actor text not null,
    cause text not null,
    body text not null,
    prev_hash text not null,
    hash text not null,
    key_id text not null,
    signature text not null,
    constraint journal_one_event_per_version unique (stream, version),
    constraint journal_stream_kind check (stream ~ '^(request|person|delegation|catalogue|security):.')
  )`,
  // Text and salt are null once erased.
  `create table journal_text (
    digest text primary key,
    stream text not null,
    version integer not null,
    salt text,
    text text,
    foreign key (stream, version) references journal (stream, version),
    check ((salt is null) = (text is null))
  )`,
  `create index journal_text_of_stream on journal_text (stream)`,
  `create table checkpoint (
    number bigint primary key,
    body text not null,
    hash text not null,
    key_id text not null,
    signature text not null
  )`,
  `create table outbox (
    id text primary key,
    sequence bigint generated always as identity,
    owed text not null,
    due timestamptz(3) not null,
    attempts integer not null default 0,
    leased_until timestamptz(3),
    retry_at timestamptz(3),
    why text,
    outcome text check (outcome in ('sent', 'unreachable', 'superseded')),
    settled_at timestamptz(3)
  )`,
  `create index outbox_owed on outbox (due, sequence) where outcome is null`,
  `create table request_summary (
    id text primary key,
    requester uuid not null,
    beneficiary uuid not null,
    entitlement text not null,
    status text not null,
    open boolean not null,
    in_doubt boolean not null,
    submitted_at timestamptz(3) not null,
    next_look_at timestamptz(3)
  )`,
  `create index request_summary_requester on request_summary (requester, submitted_at)`,
  `create index request_summary_beneficiary on request_summary (beneficiary, submitted_at)`,
  `create index request_summary_look on request_summary (next_look_at) where next_look_at is not null`,
  `create table draft (
    id text primary key,
    message text not null unique,
    revision integer not null,
    speaker uuid not null,
    entitlement text not null,
    duration bigint not null,
    cut_from bigint,
    justification text not null,
    ticket text not null,
    made_at timestamptz(3) not null,
    closed_as text check (closed_as in ('submitted', 'discarded')),
    closed_request text,
    check ((closed_request is not null) = (closed_as is not distinct from 'submitted'))
  )`,
  `create table chat_reference (
    person uuid primary key,
    conversation text not null,
    service_url text not null,
    teams_id text not null
  )`,
  `create table viewer_setting (person uuid primary key, locale text not null, zone text not null)`,
  // Teams numbers activities within a conversation, so an id alone may occur twice.
  `create table sent_card (
    sequence bigint generated always as identity,
    conversation text not null,
    activity text not null,
    record text not null,
    role text not null check (role in ('status', 'approval', 'ending')),
    revision integer not null,
    person uuid not null,
    service_url text not null,
    live boolean not null,
    primary key (conversation, activity)
  )`,
  `create index sent_card_record on sent_card (record)`,
  `create index sent_card_activity on sent_card (activity)`,
  `create table seen_activity (activity text primary key, at timestamptz(3) not null)`,
  `create table stranger_count (day date not null, why text not null, count bigint not null, primary key (day, why))`,

  `grant usage on sequence journal_position to latchkey_bot`,
  `grant select, insert on journal, journal_text, checkpoint, seen_activity to latchkey_bot`,
  `grant select, insert, update on outbox, request_summary, draft, viewer_setting, sent_card, stranger_count to latchkey_bot`,
  `grant select, insert, update, delete on chat_reference to latchkey_bot`,
]

export const memory: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
