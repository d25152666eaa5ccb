import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Owed } from '../../src/request/effects.ts'
import { addTime, milliseconds, minutes } from '../../src/time.ts'
import { freshStore, query, type TestStore } from '../fixtures/postgres.ts'
import { also, attempted, newRequest, noon, submitted } from './sample.ts'

let opened: TestStore
let real: Date
const realClock = () => real

beforeAll(async () => {
  opened = await freshStore({ realClock })
})
beforeEach(async () => {
  real = new Date('2030-01-01T00:00:00Z')
  await opened.clear()
})
afterAll(() => opened[Symbol.asyncDispose]())

const seconds = (count: number) => milliseconds(count * 1000)
const request = newRequest()
const owed: readonly Owed[] = [
  { effect: 'status-card', request },
  { effect: 'approval-cards', request },
  { effect: 'notice', request, about: 'active' },
]
const lease = seconds(5)

test('what an event owes is there once the event is, in order, under an id that leads back to it', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request), attempted()], also(request, owed))
  expect(await outbox.claim(noon, 10, lease)).toEqual([
    { id: `request:${request}/2/status-card/0`, owed: owed[0], attempts: 1 },
    { id: `request:${request}/2/approval-cards/1`, owed: owed[1], attempts: 1 },
    { id: `request:${request}/2/notice/2`, owed: owed[2], attempts: 1 },
  ])
})

test('an event whose debts cannot be written is not written either', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request, owed))
  await query(
    opened.database.adminUrl,
    `insert into outbox (id, owed, due) values ('request:${request}/2/status-card/0', '{}', $1)`,
    [noon],
  )
  await expect(journal.append(request, 1, [attempted()], also(request, owed))).rejects.toThrow('duplicate key')
  expect(await journal.load(request)).toMatchObject({ version: 1 })
  expect(await outbox.pending(noon)).toHaveLength(4)
})

test('nothing is handed out before the product clock reaches it, whatever the real clock says', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request, owed))
  const before = addTime(noon, minutes(-1))
  expect(await outbox.claim(before, 10, lease)).toEqual([])
  expect(await outbox.pending(before)).toEqual([])
  expect(await outbox.claim(noon, 10, lease)).toHaveLength(3)
})

test('a row with a due time of its own waits for it', async () => {
  const { journal, outbox } = opened.store
  const due = addTime(noon, minutes(30))
  const reminder: Owed = { effect: 'approval-cards', request, due }
  await journal.append(request, 0, [submitted(request)], also(request, [reminder]))
  expect(await outbox.claim(addTime(due, milliseconds(-1)), 10, lease)).toEqual([])
  expect(await outbox.claim(due, 10, lease)).toMatchObject([{ owed: reminder }])
})

test('two processes that claim at once never get the same row, and together get all', async () => {
  const { journal, outbox } = opened.store
  for (let count = 0; count < 20; count += 1) {
    const another = newRequest()
    const debts = owed.map((one) => ({ ...one, request: another }))
    await journal.append(another, 0, [submitted(another)], also(another, debts))
  }
  await using replica = await opened.replica()
  const claims = await Promise.all(
    [outbox, replica.outbox, outbox, replica.outbox, outbox, replica.outbox].map((one) => one.claim(noon, 15, lease)),
  )
  const ids = claims.flat().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect((await replica.outbox.claim(noon, 100, lease)).length + ids.length).toBe(60)
})

test('of two rows about one card only one is in hand at a time, however many processes claim', async () => {
  const { journal, outbox } = opened.store
  await using replica = await opened.replica()
  for (let version = 0; version < 10; version += 1) {
    await journal.append(request, version, [version === 0 ? submitted(request) : attempted()], also(request, owed))
  }
  const shown: string[] = []
  for (let version = 1; version <= 10; version += 1) {
    const claims = await Promise.all(
      [outbox, replica.outbox, outbox, replica.outbox].map((one) => one.claim(noon, 10, lease)),
    )
    const rows = claims.flat()
    expect(rows.map((row) => row.owed.effect).toSorted()).toEqual(['approval-cards', 'notice', 'status-card'])
    expect(await replica.outbox.claim(noon, 10, lease)).toEqual([])
    for (const row of rows) {
      if (row.owed.effect === 'status-card') shown.push(row.id)
      await outbox.done(row.id, 'sent')
    }
  }
  expect(shown).toEqual(Array.from({ length: 10 }, (_, index) => `request:${request}/${index + 1}/status-card/0`))
  expect(await outbox.pending(noon)).toEqual([])
})

test('a row that waits for its retry does not hold up a later one about the same card', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request, owed.slice(0, 1)))
  await journal.append(request, 1, [attempted()], also(request, owed.slice(0, 1)))
  const [first] = await outbox.claim(noon, 10, lease)
  await outbox.failed(first?.id ?? '', addTime(real, minutes(1)), '429')
  expect(await outbox.claim(noon, 10, lease)).toMatchObject([{ id: `request:${request}/2/status-card/0` }])
})

test('a row whose holder died comes back when the lease is over, one attempt older', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request, owed.slice(0, 1)))
  await outbox.claim(noon, 10, lease)
  expect(await outbox.claim(noon, 10, lease)).toEqual([])
  real = addTime(real, lease)
  expect(await outbox.claim(noon, 10, lease)).toMatchObject([{ attempts: 2 }])
})

test('a death is noticed within five seconds, however long the work might have taken', async () => {
  const { journal, outbox } = opened.store
  await using replica = await opened.replica()
  await journal.append(request, 0, [submitted(request)], also(request, owed.slice(0, 1)))
  await replica.outbox.claim(noon, 10, minutes(1))
  real = addTime(real, seconds(5))
  expect(await outbox.claim(noon, 10, minutes(1))).toMatchObject([{ attempts: 2 }])
})

test('who comes back after its lease cannot take the row out of another’s hands', async () => {
  const { journal, outbox } = opened.store
  await using replica = await opened.replica()
  await journal.append(request, 0, [submitted(request)], also(request, owed.slice(0, 1)))
  const id = `request:${request}/1/status-card/0`
  await replica.outbox.claim(noon, 10, lease)
  real = addTime(real, lease)
  await outbox.claim(noon, 10, lease)
  await replica.outbox.failed(id, real, 'back from a long pause')
  expect(await replica.outbox.claim(noon, 10, lease)).toEqual([])
  expect(await outbox.pending(noon)).toEqual([{ id, why: null }])
})

test('a failed row waits for its time on the real clock, and is still owed meanwhile, with the reason', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request, owed.slice(0, 1)))
  const id = `request:${request}/1/status-card/0`
  await outbox.claim(noon, 10, lease)
  await outbox.failed(id, addTime(real, minutes(1)), '429')
  real = addTime(real, seconds(59))
  expect(await outbox.claim(noon, 10, lease)).toEqual([])
  expect(await outbox.pending(noon)).toEqual([{ id, why: '429' }])
  real = addTime(real, seconds(1))
  expect(await outbox.claim(noon, 10, lease)).toMatchObject([{ id, attempts: 2 }])
})

test('a row that is done is neither owed nor handed out again, and a late failure does not bring it back', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request, owed.slice(0, 1)))
  const id = `request:${request}/1/status-card/0`
  await outbox.claim(noon, 10, lease)
  await outbox.done(id, 'sent')
  await outbox.failed(id, real, 'a second hand, slower')
  await outbox.done(id, 'superseded')
  real = addTime(real, minutes(10))
  expect(await outbox.claim(noon, 10, lease)).toEqual([])
  expect(await outbox.pending(noon)).toEqual([])
  expect(await query(opened.database.adminUrl, 'select outcome, attempts from outbox')).toEqual([
    { outcome: 'sent', attempts: 1 },
  ])
})

test('a row that this version cannot read stays owed without holding up the others', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request, owed))
  await query(opened.database.adminUrl, `update outbox set owed = '{"effect":"of a later release"}' where sequence = 1`)
  expect(await outbox.claim(noon, 10, lease)).toMatchObject([{ owed: owed[1] }, { owed: owed[2] }])
  expect(await outbox.pending(noon)).toContainEqual({
    id: `request:${request}/1/status-card/0`,
    why: 'this version cannot read what it owes',
  })
})
