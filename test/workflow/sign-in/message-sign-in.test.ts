import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readCatalogue } from '../../../src/entitlement/read-catalogue.ts'
import { PersonId } from '../../../src/people.ts'
import type { Store } from '../../../src/store/store.ts'
import type { Heard, Proof } from '../../../src/workflow/ports/incoming.ts'
import { askForToken, messageSignedIn, tokenExchanged } from '../../../src/workflow/sign-in/sign-in.ts'
import { freshStore, type TestStore } from '../../fixtures/postgres.ts'
import { maya as mayasId, openListeningBot, priya, type ListeningBot } from '../../teams/listening-bot.ts'
import { openStubMicrosoft, type StubMicrosoft } from '../../teams/stub-microsoft.ts'

// A message that needs its speaker's own token, on two replicas over one database.

const maya = PersonId.parse(mayasId)
let microsoft: StubMicrosoft
let fixture: TestStore
let replicas: readonly [ListeningBot, ListeningBot]
const resumed: { message: Heard; proof: Proof }[] = []

beforeAll(async () => {
  microsoft = await openStubMicrosoft()
  fixture = await freshStore()
})
afterAll(async () => {
  await microsoft[Symbol.asyncDispose]()
  await fixture[Symbol.asyncDispose]()
})
beforeEach(async () => {
  resumed.length = 0
  microsoft.sent.length = 0
  await fixture.clear()
  replicas = [await replica(fixture.store), await replica(await fixture.replica())]
  return async () => {
    for (const each of replicas) await each[Symbol.asyncDispose]()
  }
})

async function replica(store: Store): Promise<ListeningBot> {
  const bot = await openListeningBot(microsoft)
  const catalogue = await readCatalogue(new URL('../../../sample/contoso/catalogue', import.meta.url).pathname)
  if (!catalogue.ok) throw new Error('the sample catalogue is broken')
  const edges = {
    signIns: store.signIns,
    conversation: bot.teams.conversation,
    chats: store.chats,
    catalogue: catalogue.value,
    realNow: () => new Date(),
  }
  const after = { resume: async (message: Heard, proof: Proof) => void resumed.push({ message, proof }) }
  bot.onHear((message) => askForToken(edges, message))
  bot.onSignIn({
    tokenExchanged: (exchange, person, proof) => tokenExchanged(edges, exchange, person, proof, after),
    messageSignedIn: (id, person) => messageSignedIn(edges, id, person),
  })
  return bot
}

/** The OAuth cards that reached the conversation. */
const cards = () =>
  microsoft.sent.map(({ body }) => {
    const [{ contentType, content }] = body['attachments'] as [{ contentType: string; content: Record<string, never> }]
    return { contentType, exchange: String(content['tokenExchangeResource']?.['id']), button: content['buttons']?.[0] }
  })

async function asked(): Promise<string> {
  await replicas[0].post(replicas[0].message('pending'))
  const [card] = cards()
  expect(card).toMatchObject({
    contentType: 'application/vnd.microsoft.card.oauth',
    button: { type: 'signin', value: expect.stringContaining('https://latchkey.example/auth-start?txn=sgn_') },
  })
  return card?.exchange ?? ''
}

const handOver = async (bot: ListeningBot, id: string, person: string = maya) =>
  bot.post({
    ...bot.activity({
      type: 'invoke',
      name: 'signin/tokenExchange',
      value: { id, connectionName: 'latchkey', token: await microsoft.ssoToken(person) },
    }),
    from: { id: `29:${person}`, name: person, aadObjectId: person },
  })

test('the message goes on once, however many clients answer on however many replicas', async () => {
  const id = await asked()
  const [one, two] = replicas
  const answers = await Promise.all([handOver(one, id), handOver(two, id), handOver(two, id)])
  expect(answers.map(({ http }) => http)).toEqual([200, 200, 200])
  expect(resumed.map(({ message, proof }) => [message.text, message.speaker.id, proof.by])).toEqual([
    ['pending', maya, 'sso'],
  ])
})

test('a token of somebody else moves nothing, and the message still waits for its speaker', async () => {
  const id = await asked()
  expect(await handOver(replicas[1], id, priya)).toMatchObject({ http: 412 })
  expect(resumed).toEqual([])
  expect(await handOver(replicas[1], id)).toMatchObject({ http: 200 })
  expect(resumed).toHaveLength(1)
})

test('a message that Teams delivers again is asked for under the same id', async () => {
  const message = replicas[0].message('pending')
  await replicas[0].post(message)
  await replicas[1].post(message)
  expect(new Set(cards().map(({ exchange }) => exchange)).size).toBe(1)
})

test('what the person said is gone once it went on', async () => {
  await handOver(replicas[0], await asked())
  const [row] = cards()
  const id = new URL(String(row?.button?.['value'])).searchParams.get('txn') ?? ''
  expect((await fixture.store.signIns.read(id))?.waiting).toMatchObject({ waits: 'message', message: { text: '' } })
})
