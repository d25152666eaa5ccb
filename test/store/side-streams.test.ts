import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshStore, query, type TestStore } from '../fixtures/postgres.ts'
import { byMaya, maya, newRequest, noon } from './sample.ts'

// Streams of other things than requests, from which something is decided all the same: delegations, a freeze.

let opened: TestStore
beforeAll(async () => {
  opened = await freshStore()
})
afterAll(() => opened[Symbol.asyncDispose]())

const stream = () => `delegation:${crypto.randomUUID()}` as const
const given = { type: 'Delegated', at: noon, body: { to: maya, why: { freeText: 'on leave' } } }
const also = { because: byMaya, owed: [] }

test('one begins empty, takes events at its next version only, and gives them back with their words', async () => {
  const { journal } = opened.store
  const name = stream()
  expect(await journal.loadStream(name)).toEqual({ version: 0, events: [] })
  expect(await journal.appendStream(name, 0, [given], also)).toBe(true)
  expect(await journal.appendStream(name, 0, [given], also)).toBe(false)
  expect(await journal.appendStream(name, 1, [{ type: 'Ended', at: noon, body: {} }], also)).toBe(true)
  expect(await journal.loadStream(name)).toMatchObject({ version: 2, events: [given, { type: 'Ended' }] })
})

test('of two that append at the same moment one is told to look again', async () => {
  const name = stream()
  const replica = await opened.replica()
  const came = await Promise.all(
    [opened.store, replica].map(({ journal }) => journal.appendStream(name, 0, [given], also)),
  )
  expect(came.toSorted()).toEqual([false, true])
})

test('what is owed after it is owed in the same step, for whatever it is about', async () => {
  const name = stream()
  const owed = [{ effect: 'record-refused', request: newRequest() }] as const
  expect(await opened.store.journal.appendStream(name, 0, [given], { because: byMaya, owed })).toBe(true)
  expect(await opened.store.outbox.pending(noon)).toMatchObject([{ id: expect.stringContaining(name) }])
})

test('nothing is decided from one in which something does not hold, and others go on', async () => {
  const told: unknown[] = []
  const replica = await opened.replica({ refused: (refused) => void told.push(refused) })
  const [forged, other] = [stream(), stream()]
  for (const each of [forged, other]) await replica.journal.appendStream(each, 0, [given], also)
  await query(opened.database.adminUrl, `update journal set type = 'Widened' where stream = $1`, [forged])
  const later = await opened.replica({ refused: (refused) => void told.push(refused) })
  await expect(later.journal.loadStream(forged)).rejects.toMatchObject({ failed: 'record' })
  await expect(later.journal.appendStream(forged, 1, [given], also)).rejects.toThrow('is refused')
  expect(told).toContainEqual(expect.objectContaining({ stream: forged, version: 1 }))
  expect((await later.journal.loadStream(other)).version).toBe(1)
})

test('a request’s stream is not written this way: it has a summary to keep', async () => {
  const name = `request:${newRequest()}` as never
  await expect(opened.store.journal.appendStream(name, 0, [given], also)).rejects.toThrow("a request's")
})
