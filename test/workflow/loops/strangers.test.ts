import { afterAll, beforeAll, expect, test } from 'vitest'
import { countStrangers } from '../../../src/workflow/loops/strangers.ts'
import { freshStore, query, type TestStore } from '../../fixtures/postgres.ts'

let fixture: TestStore
beforeAll(async () => void (fixture = await freshStore()))
afterAll(() => fixture[Symbol.asyncDispose]())

test('a hundred thousand strangers are one row and one line of the log', async () => {
  const logged: object[] = []
  const log = { info() {}, error() {}, warn: (details: object) => void logged.push(details) }
  const now = () => new Date('2026-03-02T12:00:00Z')
  const strangers = countStrangers({ journal: fixture.store.journal, log, now })
  for (let each = 0; each < 100_000; each += 1) strangers.count('no-token')
  await strangers[Symbol.asyncDispose]()
  expect(await query(fixture.database.adminUrl, 'select day::text, why, count::int from stranger_count')).toEqual([
    { day: '2026-03-02', why: 'no-token', count: 100_000 },
  ])
  expect(logged).toEqual([{ turnedAway: { 'no-token': 100_000 } }])
})
