import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Owed } from '../../src/request/effects.ts'
import { addTime, milliseconds, minutes } from '../../src/time.ts'
import { upkeep } from '../../src/store/wake-ups.ts'
import { freshStore, query, type TestStore } from '../fixtures/postgres.ts'
import { also, attempted, newRequest, noon, submitted } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await freshStore()
})
beforeEach(async () => {
  await opened.clear()
  await query(opened.database.adminUrl, 'delete from pgboss.job')
})
afterAll(() => opened[Symbol.asyncDispose]())

const request = newRequest()
const owed: readonly Owed[] = [{ effect: 'status-card', request }]

const jobs = () =>
  query<{ data: unknown; state: string }>(opened.database.adminUrl, 'select data, state from pgboss.job')

/** Listens, and answers when woken. */
async function listening(store = opened.store) {
  const woken = Promise.withResolvers<void>()
  return { woken: woken.promise, ends: await store.listenForWakeUps(woken.resolve) }
}

test('an append wakes whoever listens, on any replica', async () => {
  await using replica = await opened.replica()
  const { woken, ends } = await listening(replica)
  await opened.store.journal.append(request, 0, [submitted(request)], also(request, owed))
  await woken
  await ends[Symbol.asyncDispose]()
})

test('a wake-up carries ids and nothing that a person wrote', async () => {
  await opened.store.journal.append(request, 0, [submitted(request)], also(request, owed))
  expect(await jobs()).toEqual([{ data: { owed: [`request:${request}/1/status-card/0`] }, state: 'created' }])
})

test('where the append is rolled back, nobody is woken', async () => {
  const { journal } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request))
  await query(
    opened.database.adminUrl,
    `insert into outbox (id, owed, due) values ('request:${request}/2/status-card/0', '{}', $1)`,
    [noon],
  )
  await expect(journal.append(request, 1, [attempted()], also(request, owed))).rejects.toThrow('duplicate key')
  expect(await journal.append(request, 5, [attempted()], also(request, owed))).toBe(false)
  expect(await jobs()).toEqual([])
})

test('what is due later wakes nobody: the sweep finds it when its time has come', async () => {
  const later: Owed = { effect: 'approval-cards', request, due: addTime(noon, minutes(30)) }
  await opened.store.journal.append(request, 0, [submitted(request)], also(request, [later]))
  expect(await jobs()).toEqual([])
})

test('a lost wake-up loses nothing: the row is there for the next sweep', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request, owed))
  await query(opened.database.adminUrl, 'delete from pgboss.job')
  expect(await outbox.claim(noon, 10, milliseconds(5_000))).toMatchObject([{ owed: owed[0] }])
})

test('who has stopped listening is woken no more', async () => {
  const { woken, ends } = await listening()
  await ends[Symbol.asyncDispose]()
  await using replica = await opened.replica()
  const other = await listening(replica)
  await opened.store.journal.append(request, 0, [submitted(request)], also(request, owed))
  await other.woken
  await other.ends[Symbol.asyncDispose]()
  expect(await Promise.race([woken.then(() => 'woken'), Promise.resolve('left alone')])).toBe('left alone')
})

test('the bot’s own role can keep the wake-ups tidy without rights over their tables', async () => {
  const { woken, ends } = await listening()
  await opened.store.journal.append(request, 0, [submitted(request)], also(request, owed))
  await woken
  await ends[Symbol.asyncDispose]()
  expect(await jobs()).toMatchObject([{ state: 'completed' }])
  await query(
    opened.database.adminUrl,
    `update pgboss.job set completed_on = completed_on - interval '1 hour', created_on = created_on - interval '1 hour'`,
  )
  const boss = new PgBoss({ ...upkeep, connectionString: opened.database.url })
  const told: unknown[] = []
  boss.on('error', (error) => told.push(error))
  await boss.start()
  await boss.supervise()
  await boss.stop({ graceful: false })
  expect(told).toEqual([])
  expect(await jobs()).toEqual([])
})
