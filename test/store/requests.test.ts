import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addTime, milliseconds, minutes } from '../../src/time.ts'
import type { RequestSummary } from '../../src/workflow/ports/memory.ts'
import { freshStore, type TestStore } from '../fixtures/postgres.ts'
import { also, attempted, maya, newRequest, noon, priya, submitted, summary } from './sample.ts'

let opened: TestStore
let real: Date
beforeAll(async () => {
  opened = await freshStore({ realClock: () => real })
})
beforeEach(async () => {
  real = new Date('2030-01-01T00:00:00Z')
  await opened.clear()
})
afterAll(() => opened[Symbol.asyncDispose]())

async function submit(more: Partial<RequestSummary>): Promise<RequestSummary> {
  const request = newRequest()
  const row = summary(request, more)
  await opened.store.journal.append(request, 0, [submitted(request)], { ...also(request), summary: row })
  return row
}

test('a person’s requests are those they made or are to benefit from, newest first', async () => {
  const older = await submit({})
  const newer = await submit({ requester: priya, beneficiary: maya, submittedAt: addTime(noon, minutes(5)) })
  await submit({ requester: priya, beneficiary: priya })
  expect(await opened.store.requests.ofPerson(maya)).toEqual([newer, older])
})

test('the row of a request follows its journal', async () => {
  const row = await submit({ nextLookAt: noon })
  const ended = { ...row, status: 'ended', open: false, nextLookAt: null }
  await opened.store.journal.append(row.id, 1, [attempted()], { ...also(row.id), summary: ended })
  expect(await opened.store.requests.ofPerson(maya)).toEqual([ended])
  expect(await opened.store.requests.nextLook()).toBeNull()
})

test('what is worth a look is handed out when its time has come, the longest waiting first', async () => {
  const { requests } = opened.store
  expect(await requests.nextLook()).toBeNull()
  const second = await submit({ nextLookAt: noon })
  const first = await submit({ nextLookAt: addTime(noon, minutes(-1)) })
  const later = await submit({ nextLookAt: addTime(noon, minutes(1)) })
  await submit({ nextLookAt: null })
  expect(await requests.toLookAt(noon, 1)).toEqual([first])
  expect(await requests.toLookAt(noon, 10)).toEqual([second])
  expect(await requests.nextLook()).toEqual(addTime(noon, minutes(-1)))
  await requests.lookAgain(first.id, first.nextLookAt, addTime(noon, minutes(10)))
  await requests.lookAgain(second.id, second.nextLookAt, addTime(noon, minutes(10)))
  expect(await requests.nextLook()).toEqual(later.nextLookAt)
})

test('a look that found nothing puts nothing off that something else has set meanwhile', async () => {
  const { requests } = opened.store
  const row = await submit({ nextLookAt: noon })
  await requests.toLookAt(noon, 1)
  await requests.lookAgain(row.id, addTime(noon, minutes(-5)), addTime(noon, minutes(10)))
  expect(await requests.nextLook()).toEqual(noon)
})

test('two processes never look at the same request at once; one of them does when the other is done', async () => {
  const { requests } = opened.store
  await using replica = await opened.replica()
  const rows = await Promise.all(Array.from({ length: 20 }, () => submit({ nextLookAt: noon })))
  const looks = await Promise.all([requests, replica.requests, requests].map((one) => one.toLookAt(noon, 15)))
  const ids = looks.flat().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const rest = await replica.requests.toLookAt(noon, 50)
  expect(ids.length + rest.length).toBe(rows.length)
  await requests.lookAgain(ids[0] ?? newRequest(), noon, noon)
  expect(await replica.requests.toLookAt(noon, 50)).toMatchObject([{ id: ids[0] }])
})

test('a request whose looker died is looked at by another when five seconds are over', async () => {
  await using replica = await opened.replica()
  const row = await submit({ nextLookAt: noon })
  await replica.requests.toLookAt(noon, 10)
  real = addTime(real, milliseconds(4_999))
  expect(await opened.store.requests.toLookAt(noon, 10)).toEqual([])
  real = addTime(real, milliseconds(1))
  expect(await opened.store.requests.toLookAt(noon, 10)).toEqual([row])
})
