import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client, type QueryResultRow } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { dataOf, type Demo, type Message, shownTo, startDemo, wordsOf } from '../journeys/demo.ts'

// Two bots, one memory, no leader: whoever is alive does what is owed, and nobody does it twice.

const role = 'AI Administrator'
const words = 'I need AI Administrator for 2 hours to rotate the connector keys, INC-48213'
// Who reads the cards in English: the words are counted below.
const owners = [
  'priya.raman',
  'omar.haddad',
  'chen.li',
  'elif.kaya',
  'mei.lin',
  'sam.rivera',
  'fatima.zahra',
  'noah.kim',
]

let demo: Demo
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-replicas-'))
  const catalogue = join(folder, 'catalogue')
  await cp(resolve(import.meta.dirname, '../../sample/contoso/catalogue'), catalogue, { recursive: true })
  const roles = join(catalogue, 'directory-roles.yaml')
  const sample = await readFile(roles, 'utf8')
  await writeFile(roles, sample.replace('owners: [priya.raman]', `owners: [${owners.join(', ')}]`))
  demo = await startDemo({ LATCHKEY_DEMO_BOTS: '2', LATCHKEY_CATALOGUE: catalogue })
})
afterAll(async () => {
  await demo[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
  // Proofs of who somebody is are another story; here it is about who of the bots acts.
  await demo.call('POST', '/api/switches', { authenticationContexts: false })
  await demo.portal({
    do: 'setPolicy',
    entitlement: role,
    approval: { approvers: owners.map((user) => ({ user })) },
  })
})
afterEach(async () => {
  await demo.faults([])
  const verified = await demo.verifyJournal()
  expect(verified, verified.said).toMatchObject({ exit: 0 })
})

const maya = () => demo.person('maya.okafor')
const priya = () => demo.person('priya.raman')

async function bot(n: 1 | 2, order: 'kill' | 'term' | 'start') {
  const { status, body } = await demo.call('POST', `/api/processes/bot/${n}`, { do: order })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

/** Reads the database as its administrator. */
async function query<Row extends QueryResultRow>(statement: string, values: readonly unknown[] = []) {
  const file = join(demo.data, 'postgres-passwords.json')
  const { postgres } = z.object({ postgres: z.string() }).parse(JSON.parse(await readFile(file, 'utf8')))
  const [, , , port] = (await readFile(join(demo.data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  const client = new Client(`postgres://postgres:${postgres}@127.0.0.1:${port}/latchkey`)
  await client.connect()
  try {
    return (await client.query<Row>(statement, [...values])).rows
  } finally {
    await client.end()
  }
}
const written = async (type: string) => (await query('select 1 from journal where type = $1', [type])).length

const inHand = () => query('select 1 from outbox where outcome is null and leased_until > now()')

const cardsOf = async (person: string) =>
  (await demo.person(person).messages()).filter((message) => wordsOf(message.card).includes('Maya Okafor asks for'))
const toldActive = async () => (await maya().messages()).filter(({ text }) => text?.includes('is active until'))
/** What people's own tokens changed in the tenant, in order. */
const operations = async () =>
  (await demo.effects()).filter(({ byToken }) => byToken === 'delegated').map(({ operation }) => operation)

async function submitted(): Promise<{ form: Message; asked: Message }> {
  const form = await maya().say(words)
  await maya().tap(form, 'Submit')
  await demo.settled()
  return { form, asked: await priya().card() }
}

test('two submits and then eight approvers at once: one request, one decision, one activation, all answered', async () => {
  const form = await maya().say(words)
  const submits = await Promise.all([maya().tap(form, 'Submit'), maya().tap(form, 'Submit')])
  for (const answer of submits) expect(wordsOf(answer.value)).not.toBe('')
  await demo.settled()
  const cards = await Promise.all(owners.map(async (owner) => ({ owner, asked: await demo.person(owner).card() })))
  for (const owner of owners) expect(await cardsOf(owner)).toHaveLength(1)

  const answers = await Promise.all(
    cards.map(({ owner, asked }) =>
      demo.person(owner).press(asked, { verb: 'approve', data: dataOf(asked.card, 'approve') }),
    ),
  )
  for (const answer of answers) {
    expect(answer).toMatchObject({ http: 200 })
    expect(wordsOf(answer.value)).not.toBe('')
  }
  await demo.settled()
  expect(await operations()).toEqual(['selfActivate', 'approve'])
  expect(await demo.effects('provisioned')).toHaveLength(1)
  expect(await written('RequestSubmitted')).toBe(1)
  expect(await written('ActivationObserved')).toBe(1)
  expect(await toldActive()).toHaveLength(1)
  expect(await shownTo(maya(), form)).toContain('Active until')
  for (const { owner, asked } of cards) expect(await shownTo(demo.person(owner), asked)).toContain('Approved')
})

test('both watch, and one writes down what it saw: one observation, one message', async () => {
  const { form } = await submitted()
  const [request] = await demo.tenant('requests')
  await demo.portal({ do: 'approve', as: 'omar.haddad', request: request?.['id'] })
  await demo.advance('PT25S')
  await demo.advance('PT3H')
  expect(await shownTo(maya(), form)).toContain('Ended at')
  expect(await written('ActivationObserved')).toBe(1)
  expect(await toldActive()).toHaveLength(1)
})

test('what nobody was woken for is done by the next sweep', async () => {
  const { form } = await submitted()
  const [request] = await query<{ id: string; owed: string; due: Date }>(
    `select id, owed, due from outbox where owed like '%status-card%' order by sequence desc limit 1`,
  )
  const before = (await maya().messages()).find(({ id }) => id === form.id)?.sequence ?? 0
  await query('insert into outbox (id, owed, due) values ($1, $2, $3)', [
    `${request?.id}/again`,
    request?.owed,
    request?.due,
  ])
  await maya().until(({ id }) => id === form.id, before)
  await demo.settled()
  expect(await query(`select outcome, attempts from outbox where id like '%/again'`)).toEqual([
    { outcome: 'sent', attempts: 1 },
  ])
})

test('a bot killed with a message in its hands: the other sends it soon, and nobody reads it twice', async () => {
  const form = await maya().say(words)
  await bot(2, 'term')
  await demo.faults([{ service: 'connector', method: 'POST', delayMs: 60_000, times: 1 }])
  await maya().tap(form, 'Submit')
  while ((await inHand()).length === 0) await demo.tenant('requests')
  await bot(2, 'start')
  const killed = performance.now()
  await bot(1, 'kill')
  const late = owners.map((owner) => demo.person(owner).until((message) => wordsOf(message.card).includes('asks for')))
  await Promise.all(late)
  // Half of what the killed bot's own message would have taken.
  expect(performance.now() - killed).toBeLessThan(30_000)
  await demo.settled()
  for (const owner of owners) expect(await cardsOf(owner)).toHaveLength(1)
  await bot(1, 'start')
})

test('a bot killed inside a decision: the other sees what came of it, and the first comes back to work', async () => {
  const { form, asked } = await submitted()
  await bot(2, 'term')
  await demo.faults([{ service: 'graph', method: 'PATCH', path: 'roleAssignmentApprovals', holdMs: 60_000 }])
  const tap = priya().tap(asked, 'Approve')
  await demo.effectShown('approve')
  await bot(2, 'start')
  await bot(1, 'kill')
  await tap
  await demo.faults([])
  await demo.advance('PT25S')
  expect(await shownTo(maya(), form)).toContain('Active until')
  expect(await toldActive()).toHaveLength(1)
  expect(await operations()).toEqual(['selfActivate', 'approve'])

  expect(await bot(1, 'start')).toMatchObject({ pid: expect.any(Number) })
  // Teams goes round, so each of the two answers one of these.
  for (const question of ['help', 'help']) expect(await maya().say(question)).toBeDefined()
})

test('both killed with everything still owed: whoever starts again does it, once', async () => {
  const form = await maya().say(words)
  await demo.faults([{ service: 'connector', status: 503 }])
  await maya().tap(form, 'Submit')
  await bot(1, 'kill')
  await bot(2, 'kill')
  await demo.faults([])
  await bot(1, 'start')
  await bot(2, 'start')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Waiting for approval')
  for (const owner of owners) expect(await cardsOf(owner)).toHaveLength(1)
  await priya().tap(await priya().card(), 'Approve')
  await demo.settled()
  expect(await operations()).toEqual(['selfActivate', 'approve'])
  expect(await toldActive()).toHaveLength(1)
})
