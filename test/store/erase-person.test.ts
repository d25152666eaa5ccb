import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { PersonId } from '../../src/people.ts'
import { erasePerson } from '../../src/store/erase-person.ts'
import { verifyJournal } from '../../src/store/verify-journal.ts'
import { freshStore, query, type TestStore } from '../fixtures/postgres.ts'
import { also, byMaya, maya, newRequest, noon, submitted } from './sample.ts'

// What one person wrote goes from wherever it is kept, and nothing of anybody else's.

const secret = 'zq-my-health'
const priya = PersonId.parse('22222222-2222-4222-8222-222222222222')

let opened: TestStore
beforeAll(async () => {
  opened = await freshStore()
})
beforeEach(() => opened.clear())
afterAll(() => opened[Symbol.asyncDispose]())

const erase = (person = maya) =>
  erasePerson({
    databaseAdminUrl: opened.database.adminUrl,
    signingKey: opened.signingKey,
    formerKeys: [],
    person,
    at: noon,
    realNow: noon,
  })

/** Every table in which a word stands, in whatever column, of whoever's. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await query<{ name: string }>(
    opened.database.adminUrl,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await query<{ there: boolean }>(
      opened.database.adminUrl,
      `select exists (select from ${name} each where to_jsonb(each)::text like $1) as there`,
      [`%${word}%`],
    )
    if (row?.there === true) found.push(name.replace('public.', ''))
  }
  return found.toSorted()
}

/** Something of hers in every place where words are kept. */
async function written(): Promise<void> {
  const { journal, drafts, unanswered } = opened.store
  const request = newRequest()
  await journal.append(request, 0, [submitted(request, secret)], also(request))
  const asks = { by: maya, at: noon, stage: 0, text: { freeText: secret } }
  await journal.append(request, 1, [{ type: 'QuestionAsked', ...asks }], also(request))
  await journal.note(`person:${maya}`, { type: 'Said', at: noon, body: { note: { freeText: secret } } }, byMaya)
  const draft = { id: 'drf_1', revision: 1, speaker: maya, entitlement: 'x', madeAt: noon }
  await drafts.make(
    { ...draft, cutFrom: null, inputs: { duration: 'PT1H', justification: secret, ticket: secret, hosts: secret } },
    'message-1',
  )
  const speaker = { id: maya, teamsId: '29:maya', serviceUrl: 'https://smba.example/', conversation: 'chat' }
  const message = { activity: 'a-1', text: secret, speaker, chat: 'personal' as const }
  await unanswered.keep({ how: 'heard', message }, 'occasion-1', noon, noon)
  const filling = { asks: 'which', candidates: [], filling: { justification: secret } }
  const rows = [
    [`insert into asked values ($1, 'chat', 'message', $2, now(), 0)`, [maya, JSON.stringify(filling)]],
    [
      `insert into sign_in (id, person, tenant, occasion, claims, waiting, typed, expires_at)
       values ('sgn_1', $1, $1, 'o', '', '{}', $2, now())`,
      [maya, JSON.stringify({ justification: secret })],
    ],
  ] as const
  for (const [statement, values] of rows) await query(opened.database.adminUrl, statement, values)
}

test('one call takes a person’s words from every table, and leaves an event that accounts for them', async () => {
  await written()
  expect(await tablesWith(secret)).toEqual(['asked', 'draft', 'journal_text', 'sign_in', 'unanswered'])
  const erased = await erase()
  expect(erased.texts).toHaveLength(3)
  expect(erased.rows).toEqual({ draft: 1, asked: 1, unanswered: 1, sign_in: 1 })
  expect(await tablesWith(secret)).toEqual([])
  const events = await query<{ type: string }>(
    opened.database.adminUrl,
    `select type from journal where stream = 'person:${maya}' order by version`,
  )
  expect(events.map(({ type }) => type)).toEqual(['Said', 'Erased'])
  const verified = await verifyJournal({ databaseUrl: opened.database.url, publicKeys: [opened.publicKey] })
  expect(verified).toMatchObject({ ok: true })
})

test('again it does nothing, and writes nothing', async () => {
  await written()
  await erase()
  const events = await query(opened.database.adminUrl, 'select position from journal')
  expect(await erase()).toEqual({ texts: [], rows: { draft: 0, asked: 0, unanswered: 0, sign_in: 0 } })
  expect(await query(opened.database.adminUrl, 'select position from journal')).toHaveLength(events.length)
})

test('what others wrote stays, in the same request too', async () => {
  const request = newRequest()
  await opened.store.journal.append(request, 0, [submitted(request, secret)], also(request))
  const asks = { by: priya, at: noon, stage: 0, text: { freeText: 'What is it for?' } }
  await opened.store.journal.append(request, 1, [{ type: 'QuestionAsked', ...asks }], also(request))
  await erase(priya)
  expect(await tablesWith(secret)).toEqual(['journal_text'])
  expect(await tablesWith('What is it for?')).toEqual([])
})
