import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client, Pool, type QueryResultRow } from 'pg'
import { z } from 'zod'

/** The demo's database as its administrator sees it: what the bots wrote, and locks that stop a bot before it writes. */
export interface Database extends AsyncDisposable {
  rows<Row extends QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /** Whoever needs what this statement takes waits from now on, until `letGo`. */
  hold(statement: string): Promise<void>
  /** Waits until some bot stands before what is held, with a statement that matches. */
  stopped(statement: RegExp): Promise<void>
  /** @param all whether whoever stands there is dead: a statement on its way must not outlive its process */
  letGo(all: 'dead' | 'alive'): Promise<void>
}

const patienceMs = 40_000

/** What only looks is asked again while the database is being restarted. */
async function whenThere<Value>(ask: () => Promise<Value>): Promise<Value> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      const away = code === '' || /^(?:57P|08|ECONN|EPIPE)/.test(code)
      if (!away || performance.now() > deadline) throw error
      await new Promise((next) => setTimeout(next, 50))
    }
  }
}

export async function openDatabase(data: string): Promise<Database> {
  const passwords = z
    .object({ postgres: z.string() })
    .parse(JSON.parse(await readFile(join(data, 'postgres-passwords.json'), 'utf8')))
  const [, , , port] = (await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  const { postgres: password } = passwords
  const address = { host: '127.0.0.1', port: Number(port), user: 'postgres', password, database: 'latchkey' }
  const reading = new Pool({ ...address, max: 4 })
  const holding = new Client(address)
  // The database may be restarted under a test.
  reading.on('error', () => {})
  holding.on('error', () => {})
  await holding.connect()
  const waiting = () =>
    reading.query<{ pid: number; query: string }>(
      `select pid, query from pg_stat_activity where usename = 'latchkey_bot' and wait_event_type = 'Lock'`,
    )
  return {
    rows: (statement, values = []) => whenThere(() => reading.query(statement, [...values])).then(({ rows }) => rows),
    async hold(statement) {
      await holding.query('begin')
      await holding.query(statement)
    },
    async stopped(statement) {
      const deadline = performance.now() + patienceMs
      for (;;) {
        const { rows } = await waiting()
        if (rows.some(({ query }) => statement.test(query))) return
        if (performance.now() > deadline) throw new Error(`no bot came to ${statement}`)
        await new Promise((next) => setTimeout(next, 20))
      }
    },
    async letGo(all) {
      const dead = all === 'dead' ? (await waiting()).rows : []
      for (const { pid } of dead) await reading.query('select pg_terminate_backend($1)', [pid])
      await holding.query('rollback')
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([reading.end(), holding.end()])
    },
  }
}
