import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Owed } from '../../src/request/effects.ts'
import type { RequestId } from '../../src/request/events.ts'
import { addTime, milliseconds, minutes } from '../../src/time.ts'
import { freshStore, query, type TestStore } from '../fixtures/postgres.ts'
import { also, attempted, maya, newRequest, noon, priya, submitted } from './sample.ts'

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
    { id: `request:${request}/2/status-card/0`, owed: owed[0], attempts: 1, triedSince: real },
    { id: `request:${request}/2/approval-cards/1`, owed: owed[1], attempts: 1, triedSince: real },
    { id: `request:${request}/2/notice/2`, owed: owed[2], attempts: 1, triedSince: real },
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
    expect(rows.map((row) => row.owed?.effect).toSorted()).toEqual(['approval-cards', 'notice', 'status-card'])
    expect(await replica.outbox.claim(noon, 10, lease)).toEqual([])
    for (const row of rows) {
      if (row.owed?.effect === 'status-card') shown.push(row.id)
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

test('what this version does not know is left alone, named, and holds up nobody: neither its own chat nor any other', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request, owed))
  await query(
    opened.database.adminUrl,
    `insert into outbox (id, owed, due) select 'later/' || g, $1, $2 from generate_series(1, 500) g`,
    [JSON.stringify({ effect: 'of-a-later-release', request, to: maya }), addTime(noon, minutes(-60))],
  )
  const told: Owed = { effect: 'notice', request, to: maya, about: 'ready' }
  await outbox.owe('mine', told, noon)
  expect((await outbox.claim(noon, 10, lease)).map((row) => row.owed)).toEqual([...owed, told])
  expect(await outbox.pending(noon)).toContainEqual({ id: 'later/1', why: 'this version does not know it' })
  expect(await query(opened.database.adminUrl, `select max(attempts) from outbox where id like 'later/%'`)).toEqual([
    { max: 0 },
  ])
})

test('a row of a known kind in an unknown shape is handed out as unreadable, to be put off like what fails', async () => {
  const { journal, outbox } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request, owed.slice(0, 1)))
  await query(opened.database.adminUrl, `update outbox set owed = '{"effect":"status-card","request":"?"}'`)
  expect(await outbox.claim(noon, 10, lease)).toMatchObject([{ owed: undefined, attempts: 1 }])
})

describe('to one chat', () => {
  const others = Array.from({ length: 6 }, newRequest)
  const toMaya = (another: RequestId): Extract<Owed, { effect: 'notice' }> => ({
    effect: 'notice',
    request: another,
    to: maya,
    about: 'ready',
  })

  test('only one message is on its way at a time, of whichever request and from whichever process, in order', async () => {
    await using replica = await opened.replica()
    for (const [index, another] of others.entries()) await opened.store.outbox.owe(`${index}`, toMaya(another), noon)
    await opened.store.outbox.owe('to priya', { ...toMaya(request), to: priya }, noon)
    const sent: string[] = []
    while (sent.length < others.length) {
      const claims = await Promise.all(
        [opened.store, replica, opened.store, replica].map(async (store) => ({
          store,
          rows: await store.outbox.claim(noon, 10, lease),
        })),
      )
      const mine = claims.flatMap(({ store, rows }) =>
        rows.filter(({ id }) => id !== 'to priya').map((row) => ({ store, row })),
      )
      expect(mine).toHaveLength(1)
      for (const { store, row } of mine) {
        sent.push(row.id)
        await store.outbox.done(row.id, 'sent')
      }
    }
    expect(sent).toEqual(others.map((_, index) => `${index}`))
  })

  test('where the connector asks to wait, nothing else goes before that, and elsewhere all goes on', async () => {
    const { outbox } = opened.store
    await outbox.owe('first', toMaya(request), noon)
    await outbox.owe('second', toMaya(newRequest()), noon)
    await outbox.owe('to priya', { ...toMaya(request), to: priya }, noon)
    await outbox.claim(noon, 10, lease)
    await outbox.failed('first', addTime(real, minutes(1)), '429', true)
    await outbox.done('to priya', 'sent')
    await outbox.owe('to priya again', { ...toMaya(request), to: priya }, noon)
    expect(await outbox.claim(noon, 10, lease)).toMatchObject([{ id: 'to priya again' }])
    real = addTime(real, minutes(1))
    expect((await outbox.claim(noon, 10, lease)).map(({ id }) => id)).toContain('first')
  })
})

test('what leads to more is settled and owes that at once, or neither', async () => {
  const { outbox } = opened.store
  await outbox.owe('plan', { effect: 'approval-cards', request }, noon)
  await outbox.claim(noon, 10, lease)
  const part: Owed = { effect: 'approval-card', request, to: priya }
  await outbox.done('plan', 'sent', [part], noon)
  await outbox.done('plan', 'sent', [part], noon)
  expect(await outbox.claim(noon, 10, lease)).toMatchObject([{ id: 'plan/approval-card/0', owed: part }])
  expect(await outbox.pending(noon)).toHaveLength(1)
})
