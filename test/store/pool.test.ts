import { once as event } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { connect, connectionTo } from '../../src/store/database.ts'
import { once, openConnections } from '../../src/store/pool.ts'
import { freshDatabase, query, type TestDatabase } from '../fixtures/postgres.ts'

// A database that goes away, or goes silent, costs the statement that was under way and nothing else.

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

const patience = { connect: 2_000, statement: 400, answer: 300, idle: 5_000 }
const open = (url = database.url, limits = patience) => {
  const connections = openConnections(connectionTo(url, 2, 'pool test'), limits)
  onTestFinished(() => connections.end())
  return connections
}
const cut = () =>
  query(
    database.adminUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pool test'`,
  )

test('a connection that is cut between two statements fails the next one, and the one after that is another', async () => {
  const connections = open()
  const borrowed = await connections.connect()
  await borrowed.query('begin')
  await cut()
  await expect(borrowed.query('select 1')).rejects.toMatchObject({ failed: 'memory', lasting: false })
  await expect(borrowed.query('rollback')).rejects.toMatchObject({ failed: 'memory' })
  borrowed.release()
  expect((await once(connections, 'select 1 as one')).rows).toEqual([{ one: 1 }])
})

test('what the server judges of a statement is no silence, and the connection is used again', async () => {
  const connections = open()
  const borrowed = await connections.connect()
  await expect(borrowed.query('select nonsense')).rejects.toMatchObject({ code: '42703' })
  expect((await borrowed.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  borrowed.release()
})

test('a statement that takes too long is ended by the server', async () => {
  const connections = open(database.url, { ...patience, answer: 60_000 })
  await expect(once(connections, 'select pg_sleep(30)')).rejects.toMatchObject({ failed: 'memory' })
})

test('a transaction that is rolled back for it leaves nothing behind, through the query builder too', async () => {
  const db = connect(database.url, 1, patience)
  onTestFinished(() => db.destroy())
  const work = db.transaction().execute(async (transaction) => {
    await transaction.insertInto('stranger_count').values({ day: '2026-01-01', why: 'cut', count: 1 }).execute()
    await query(
      database.adminUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'latchkey' and datname = current_database()`,
    )
    await transaction.insertInto('stranger_count').values({ day: '2026-01-02', why: 'cut', count: 1 }).execute()
  })
  await expect(work).rejects.toMatchObject({ failed: 'memory' })
  expect(await db.selectFrom('stranger_count').selectAll().where('why', '=', 'cut').execute()).toEqual([])
})

describe('behind a cable that is cut without a word', () => {
  /** What goes to the database passes through here, until it is silenced: then nothing passes, and nothing is closed. */
  async function openCable() {
    const { hostname, port } = new URL(database.url)
    const sockets = new Set<Socket>()
    const { createConnection } = await import('node:net')
    let silent = false
    const server = createServer((near) => {
      const far = createConnection({ host: hostname, port: Number(port) })
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from)
        from.on('error', () => {})
        from.on('data', (chunk) => void (silent || to.write(chunk)))
        from.on('close', () => void (silent || to.destroy()))
      }
    }).listen(0, '127.0.0.1')
    await event(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('it listens on TCP')
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
    const url = new URL(database.url)
    url.port = String(address.port)
    return { url: url.href, silence: (is: boolean) => void (silent = is) }
  }

  test('a statement is given up in time, its connection is not used again, and the next one is tried anew', async () => {
    const cable = await openCable()
    const connections = open(cable.url)
    const first = await connections.connect()
    await first.query('select 1')
    cable.silence(true)
    await expect(first.query('select 1')).rejects.toMatchObject({ failed: 'memory' })
    // What stands behind it does not wait as long again.
    await expect(first.query('rollback')).rejects.toMatchObject({ failed: 'memory' })
    first.release()
    cable.silence(false)
    expect((await once(connections, 'select 1 as one')).rows).toEqual([{ one: 1 }])
  })
})
