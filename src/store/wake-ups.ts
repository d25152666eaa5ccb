import { CompiledQuery, sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import { connectionTo, type Database, type InTransaction } from './database.ts'
import { once, openConnections, type Patience } from './pool.ts'

const schema = 'pgboss'
const queue = 'wake-up'

/** How a bot uses pg-boss: it may write its rows, and has no rights over its tables. */
export const upkeep = {
  schema,
  migrate: false,
  schedule: false,
  maintenanceIntervalSeconds: 60,
  // Both want to own the tables.
  reindex: false,
  monitorVacuum: false,
} as const

/** Tells every replica that something is owed. A wake-up may be lost or come twice: what is owed is in our own rows. */
export interface WakeUps extends AsyncDisposable {
  /** Sends one for these outbox rows, committed together with them. */
  send(transaction: InTransaction, rows: readonly string[]): Promise<void>
  /**
   * Calls `wake` for every batch that comes to this process.
   * @returns what ends that, once no batch is in hand any more
   */
  listen(wake: () => void): Promise<AsyncDisposable>
}

/**
 * Makes pg-boss's own tables, or brings them to the version at hand, and lets the bot use but not change them.
 * Harmless to repeat and to run twice at once.
 */
export async function migrateWakeUps(databaseAdminUrl: string, admin: Database): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseAdminUrl, schema, max: 1, supervise: false, schedule: false })
  boss.on('error', () => {}) // what fails here is thrown by the call that failed
  await boss.start()
  try {
    // Whatever was not fetched soon has been done by a sweep; whatever was fetched is done by it too, if need be.
    await boss.createQueue(queue, {
      retryLimit: 0,
      expireInSeconds: 30,
      retentionSeconds: 300,
      deleteAfterSeconds: 60,
    })
  } finally {
    await boss.stop({ graceful: false })
  }
  for (const grant of [
    'usage on schema',
    'select, insert, update, delete on all tables in schema',
    'execute on all functions in schema',
  ]) {
    await sql`grant ${sql.raw(grant)} ${sql.id(schema)} to latchkey_bot`.execute(admin)
  }
}

/**
 * @param trouble told of what goes wrong in the background: a lost connection, a late maintenance
 * @throws when pg-boss's tables are not those of the version at hand, naming what mends it
 */
export async function openWakeUps(
  databaseUrl: string,
  trouble: (error: unknown) => void,
  patience?: Patience,
): Promise<WakeUps> {
  const connections = openConnections(connectionTo(databaseUrl, 2, 'latchkey wake-ups'), patience)
  const boss = new PgBoss({
    ...upkeep,
    // Its own would wait for ever on a session that went silent.
    db: { executeSql: (text: string, values?: unknown[]) => once(connections, text, values) },
  })
  boss.on('error', trouble)
  try {
    await boss.start()
  } catch (cause) {
    await boss.stop({ graceful: false })
    await connections.end()
    throw new Error(
      "The wake-ups' tables are not those of this version: run `npm run migrate` with DATABASE_ADMIN_URL",
      { cause },
    )
  }
  return {
    async send(transaction, rows) {
      if (rows.length > 0) await boss.send(queue, { owed: rows }, { db: { executeSql: inside(transaction) } })
    },

    async listen(wake) {
      // Sooner than any sweep; one batch holds whatever a busy half second brings.
      await boss.work(queue, { pollingIntervalSeconds: 0.5, batchSize: 50 }, async () => wake())
      return { [Symbol.asyncDispose]: () => boss.offWork(queue) }
    },

    async [Symbol.asyncDispose]() {
      await boss.stop({ graceful: false })
      await connections.end()
    },
  }
}

/** Runs pg-boss's statements on the transaction's own connection. */
const inside =
  (transaction: InTransaction) =>
  async (text: string, values: unknown[] = []): Promise<{ rows: unknown[] }> => {
    const { rows } = await transaction.executeQuery(CompiledQuery.raw(text, values))
    return { rows }
  }
