import { DatabaseError, Pool, type PoolClient, type PoolConfig, type QueryResult, type QueryResultRow } from 'pg'
import type { Failure } from '../workflow/ports/failure.ts'

/** How long the database may take, in milliseconds; a turn has seconds, and a session that went silent has no end. */
export interface Patience {
  readonly connect: number
  /** Of one statement, by the server: locks that it waits for included. */
  readonly statement: number
  /** Of one statement, by our own clock: a server that is stopped, or behind a cable that is cut, says nothing. */
  readonly answer: number
  /** Of a transaction in which nothing is asked, by the server. */
  readonly idle: number
}

/** The database did not answer, or ended the session: nothing is known of what was under way, and all else goes on. */
export class MemorySilent extends Error implements Failure {
  override readonly name = 'MemorySilent'
  readonly failed = 'memory'
  readonly lasting = false
  readonly wait = null
}

/** What Kysely and pg-boss need of a connection. */
export interface Connection {
  query<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<QueryResult<Row>>
  release(destroy?: boolean): void
}

export interface Connections {
  connect(): Promise<Connection>
  end(): Promise<void>
  readonly options: object
}

/**
 * Connections that fail alone. One that the server closes, or that does not answer in time, fails what was being asked
 * on it and is thrown away; the next one is opened, or says why it cannot be.
 * @param patience none for commands that an administrator waits for
 */
export function openConnections(config: PoolConfig, patience?: Patience): Connections {
  const pool = new Pool({
    ...config,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: patience?.connect ?? 10_000,
    ...(patience === undefined
      ? {}
      : {
          statement_timeout: patience.statement,
          query_timeout: patience.answer,
          idle_in_transaction_session_timeout: patience.idle,
        }),
  })
  // A connection may be closed while nothing is asked on it, idle or between two statements of a transaction. Without
  // somebody who listens, Node ends the process for it.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      try {
        return guarded(await pool.connect())
      } catch (cause) {
        // Whatever it was: there is nobody to ask.
        throw new MemorySilent(cause instanceof Error ? cause.message : String(cause), { cause })
      }
    },
  }
}

/** One statement on a connection of its own. */
export async function once<Row extends QueryResultRow>(
  connections: Connections,
  text: string,
  values?: readonly unknown[],
): Promise<QueryResult<Row>> {
  const connection = await connections.connect()
  try {
    return await connection.query<Row>(text, values)
  } finally {
    connection.release()
  }
}

function guarded(client: PoolClient): Connection {
  let lost: MemorySilent | undefined
  return {
    async query<Row extends QueryResultRow>(text: string, values?: readonly unknown[]) {
      // What is asked behind a statement that was not answered would only wait as long again.
      if (lost !== undefined) throw lost
      try {
        return await client.query<Row>(text, values === undefined ? undefined : [...values])
      } catch (cause) {
        lost = silent(cause)
        throw lost ?? cause
      }
    },
    release: (destroy = false) => client.release(destroy || lost !== undefined),
  }
}

/**
 * Classes of SQLSTATE by which the server says that it cannot go on: 08 the connection, 53 its resources, 57 somebody
 * ended it or it took too long; and a lock that was waited for too long, a transaction that was idle too long.
 */
const cannotGoOn = /^(?:08|53|57|55P03|25P03)/

/** @returns undefined for what the server judged of the statement itself */
function silent(cause: unknown): MemorySilent | undefined {
  if (cause instanceof DatabaseError && !cannotGoOn.test(cause.code ?? '')) return undefined
  // Everything else that pg throws is about the connection.
  return new MemorySilent(cause instanceof Error ? cause.message : String(cause), { cause })
}
