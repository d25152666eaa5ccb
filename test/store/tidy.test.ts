import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { retention } from '../../src/store/tidy.ts'
import { addTime, days, type Duration } from '../../src/time.ts'
import { freshStore, query, type TestStore } from '../fixtures/postgres.ts'
import { also, maya, newRequest, noon, submitted } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await freshStore({ realClock: () => noon })
})
beforeEach(() => opened.clear())
afterAll(() => opened[Symbol.asyncDispose]())

const ago = (time: Duration) => addTime(noon, -time as Duration)
const rowsOf = async (table: string) =>
  Number((await query<{ n: string }>(opened.database.adminUrl, `select count(*) as n from ${table}`))[0]?.n)
const insert = (statement: string, values: readonly unknown[] = []) =>
  query(opened.database.adminUrl, `insert into ${statement}`, values)

test('what is kept longer than anybody needs it is deleted, and what is younger stays', async () => {
  for (const [name, at] of [
    ['old', ago(days(31))],
    ['young', ago(days(29))],
  ] as const) {
    await insert(`seen_activity values ($1, $2)`, [name, at])
    await insert(
      `outbox (id, owed, due, outcome, settled_at) values ($1, '{"effect":"nudge","request":"req_x"}', $2, 'sent', $2)`,
      [name, at],
    )
    await opened.store.drafts.make(
      {
        id: name,
        revision: 1,
        speaker: maya,
        entitlement: 'x',
        madeAt: at,
        inputs: { duration: 'PT1H', justification: '', ticket: '' },
        cutFrom: null,
      },
      name,
    )
  }
  expect(await opened.store.tidy(noon)).toEqual({ seen_activity: 1, outbox: 1, draft: 1 })
  for (const table of ['seen_activity', 'outbox', 'draft']) expect(await rowsOf(table), table).toBe(1)
  expect(await opened.store.tidy(noon)).toEqual({})
})

test('what is still owed is never deleted, however old, and what was given up stays for whoever mends it', async () => {
  const owed = '{"effect":"nudge","request":"req_x"}'
  await insert(`outbox (id, owed, due) values ('owed', $1, $2)`, [owed, ago(days(400))])
  await insert(`outbox (id, owed, due, outcome, settled_at) values ('given up', $1, $2, 'given-up', $2)`, [
    owed,
    ago(days(60)),
  ])
  expect(await opened.store.tidy(noon)).toEqual({})
  expect(await rowsOf('outbox')).toBe(2)
})

test('a request that is open keeps what is known of its looks, and its journal is kept for ever', async () => {
  const request = newRequest()
  await opened.store.journal.append(request, 0, [submitted(request)], also(request))
  await insert(`look (request, answered_at) values ($1, $2), ('req_over', $2)`, [request, ago(days(20))])
  expect(await opened.store.tidy(addTime(noon, days(3_000)))).toMatchObject({ look: 1 })
  expect(await rowsOf('look')).toBe(1)
  expect(await rowsOf('journal')).toBe(1)
  expect(await rowsOf('journal_text')).toBe(1)
})

test('a backlog goes bit by bit, and of two replicas at once each row goes once', async () => {
  await insert(`seen_activity select 'old ' || n, $1::timestamptz from generate_series(1, 12000) n`, [ago(days(40))])
  const replica = await opened.replica()
  const gone = await Promise.all([opened.store.tidy(noon), replica.tidy(noon)])
  const first = gone.reduce((sum, each) => sum + (each['seen_activity'] ?? 0), 0)
  expect(first).toBeLessThanOrEqual(10_000)
  let rest = 12_000 - first
  while (rest > 0) rest -= (await opened.store.tidy(noon))['seen_activity'] ?? 0
  expect(await rowsOf('seen_activity')).toBe(0)
})

test('every table that has people in it is either kept on purpose or has a time', async () => {
  const forGood = [
    'journal',
    'journal_text',
    'checkpoint',
    'request_summary',
    'chat_reference',
    'viewer_setting',
    'sent_card',
  ]
  const tables = await query<{ name: string }>(
    opened.database.adminUrl,
    `select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`,
  )
  const timed = new Set<string>(retention.map(({ table }) => table))
  expect(tables.map(({ name }) => name).filter((name) => !timed.has(name) && !forGood.includes(name))).toEqual([])
})
