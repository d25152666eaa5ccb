import {
  type ColumnType,
  CompiledQuery,
  type Generated,
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type Transaction,
} from 'kysely'
import { DatabaseError, type PoolConfig, types } from 'pg'
import { openConnections, type Patience } from './pool.ts'

/** The tables as `migrations/` leaves them. Instants that follow the product clock are never compared with SQL's own. */
export interface Tables {
  journal: {
    position: number
    stream: string
    version: number
    type: string
    schema: number
    at: Date
    recorded_at: Date
    actor: string
    cause: string
    body: string
    prev_hash: string
    hash: string
    key_id: string
    signature: string
  }
  journal_text: { digest: string; stream: string; version: number; salt: string | null; text: string | null }
  waits_for: { request: string; person: string; stage: number; since: Date; closes: Date | null }
  checkpoint: { number: number; body: string; hash: string; key_id: string; signature: string }
  outbox: {
    id: string
    sequence: Generated<number>
    owed: string
    /** Request and kind of what is owed, by which the release before this one claims. */
    concern: ColumnType<string | null, never, never>
    effect: ColumnType<string | null, never, never>
    /** The chat it goes to; request and kind where it goes to none yet. One row of a lane is in hand at a time. */
    lane: ColumnType<string | null, never, never>
    due: Date
    attempts: Generated<number>
    /** Which process has it in hand. */
    holder: string | null
    /** Real clock, as all of the following: a lease measures how long a process may be gone. */
    leased_until: Date | null
    retry_at: Date | null
    tried_since: Date | null
    why: string | null
    outcome: 'sent' | 'unreachable' | 'superseded' | 'given-up' | null
    settled_at: Date | null
  }
  request_summary: {
    id: string
    requester: string
    beneficiary: string
    entitlement: string
    status: string
    open: boolean
    in_doubt: boolean
    submitted_at: Date
    next_look_at: Date | null
    /** Real clock: a process is looking at the tenant. */
    look_leased_until: Date | null
    look_holder: string | null
  }
  draft: {
    id: string
    message: string
    revision: number
    speaker: string
    entitlement: string
    duration: number
    cut_from: number | null
    justification: string
    ticket: string
    /** Null where an earlier release wrote the row. */
    inputs: ColumnType<Readonly<Record<string, string>> | null, string, string>
    made_at: Date
    closed_as: 'submitted' | 'discarded' | null
    closed_request: string | null
    changed_by: string | null
  }
  asked: { person: string; conversation: string; message: string; what: string; at: Date; below: number }
  chat_reference: { person: string; conversation: string; service_url: string; teams_id: string }
  viewer_setting: { person: string; locale: string; zone: string }
  sent_card: {
    sequence: Generated<number>
    conversation: string
    activity: string
    record: string
    role: 'status' | 'approval' | 'ending' | 'question'
    revision: number
    person: string
    service_url: string
    live: boolean
  }
  unanswered: { occasion: string; person: string; heard: string; at: Date }
  seen_activity: { activity: string; at: Date }
  look: { request: string; answered_at: Date; silent: Generated<boolean> }
  stranger_count: { day: string; why: string; count: number }
  sign_in: {
    id: string
    person: string
    tenant: string
    occasion: string
    exchange: string | null
    claims: string
    waiting: string
    typed: string | null
    expires_at: Date
    browser: string | null
    /** Written by the release before this one. */
    verifier: ColumnType<string | null, never, never>
    nonce: ColumnType<string | null, never, never>
    used_at: Date | null
    outcome: string | null
  }
  kysely_migration: { name: string; timestamp: string }
}

export type Database = Kysely<Tables>
export type InTransaction = Transaction<Tables>

/**
 * @param most connections at once; a turn holds one for a few statements only
 * @param patience none for commands that an administrator waits for
 */
export function connect(databaseUrl: string, most = 10, patience?: Patience): Database {
  const pool = openConnections(connectionTo(databaseUrl, most, 'latchkey'), patience)
  // Kysely types the name of a command as one of seven words, pg as text.
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as unknown as PostgresPool }) })
}

export const connectionTo = (databaseUrl: string, most: number, name: string): PoolConfig => ({
  connectionString: databaseUrl,
  max: most,
  application_name: name,
  types: { getTypeParser },
})

const getTypeParser: typeof types.getTypeParser = (type: number, format?: 'text' | 'binary') =>
  // Positions and counts stay far below 2^53; pg alone would hand them over as text.
  type === types.builtins.INT8 ? Number : types.getTypeParser(type, format as 'text') // the overloads want a literal

/**
 * Sends a statement that is written out as SQL. The statements that every message needs are: building one with Kysely
 * costs this process a third as much again as sending it. They are not prepared by name, which would spare the server
 * 50 µs each: a named `select *` fails in a process that is still running when a migration adds a column, and pools
 * between the bot and its database may not keep names.
 * @param values of `$1`, `$2`, … in this order
 * @returns rows as the statement selects them; nothing checks `Row` against it
 */
export async function execute<Row>(
  db: Database,
  statement: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw(statement, [...values]))
  return rows as Row[]
}

/** Which unique constraint or index an insert ran into, undefined for every other failure. */
export const violatedUnique = (error: unknown): string | undefined =>
  error instanceof DatabaseError && error.code === '23505' ? error.constraint : undefined
