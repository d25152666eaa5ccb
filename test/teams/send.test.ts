import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PersonId } from '../../src/people.ts'
import { SendError } from '../../src/teams/send.ts'
import { minutes } from '../../src/time.ts'
import type { ChatReference, SentCard } from '../../src/workflow/ports/memory.ts'
import { maya, openListeningBot, viewer } from './listening-bot.ts'
import type { ListeningBot } from './listening-bot.ts'
import { openStubMicrosoft } from './stub-microsoft.ts'
import type { Reply, StubMicrosoft } from './stub-microsoft.ts'

let microsoft: StubMicrosoft
let bot: ListeningBot
let chat: ChatReference
let card: SentCard

beforeAll(async () => {
  microsoft = await openStubMicrosoft()
  bot = await openListeningBot(microsoft)
  const person = PersonId.parse(maya)
  const serviceUrl = `${microsoft.origin}/`
  chat = { person, conversation: 'a:maya', serviceUrl, teamsId: '29:maya' }
  card = {
    record: 'req_1',
    role: 'status',
    revision: 1,
    person,
    conversation: 'a:maya',
    serviceUrl,
    activity: '1:card',
    live: true,
  }
})
afterAll(async () => {
  await bot[Symbol.asyncDispose]()
  await microsoft[Symbol.asyncDispose]()
})
beforeEach(() => {
  microsoft.sent.length = 0
  microsoft.replies.length = 0
})

const active = {
  view: 'notice',
  about: 'active',
  entitlement: 'AI Administrator',
  until: new Date('2026-11-23T14:00:00Z'),
  by: 'Priya Raman',
} as const
const closed = { view: 'closed-draft', entitlement: 'AI Administrator', why: 'discarded' } as const
const post = () => bot.teams.conversation.post(chat, active, viewer)
const edit = () => bot.teams.conversation.edit(card, closed, viewer)
const answering = (reply: Reply) => microsoft.replies.push(reply)

test('a new message is one POST with the bot’s token, a summary, and an alert where the phone should buzz', async () => {
  answering({ status: 201, body: { id: '1:new' } })
  expect(await post()).toEqual({ came: 'posted', activity: '1:new' })
  expect(microsoft.sent).toEqual([
    {
      method: 'POST',
      path: '/v3/conversations/a%3Amaya/activities',
      authorization: 'Bearer for https://api.botframework.com/.default',
      body: {
        type: 'message',
        text: expect.stringContaining('AI Administrator'),
        textFormat: 'markdown',
        summary: expect.stringContaining('AI Administrator'),
        channelData: { notification: { alert: true } },
      },
    },
  ])
})

test('a card goes without text, because Teams would split the two and give an id that serves for no edit', async () => {
  await bot.teams.conversation.post(chat, closed, viewer)
  const [sent] = microsoft.sent
  expect(sent?.body['text']).toBeUndefined()
  expect(sent?.body['attachments']).toMatchObject([
    { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } },
  ])
})

test('an edit is one PUT of the same message and never alerts', async () => {
  answering({ status: 200, body: { id: '1:card' } })
  expect(await edit()).toBe('edited')
  expect(microsoft.sent).toMatchObject([
    { method: 'PUT', path: '/v3/conversations/a%3Amaya/activities/1%3Acard', body: { id: '1:card' } },
  ])
  expect(microsoft.sent[0]?.body).not.toHaveProperty('channelData')
})

test('a person who has not the app, or blocked it, is unreachable', async () => {
  const blocked = { status: 403, body: { errorCode: 209, message: '{"subCode":"MessageWritesBlocked"}' } }
  answering(blocked)
  expect(await post()).toEqual({ came: 'unreachable' })
  answering(blocked)
  expect(await edit()).toBe('unreachable')
})

test('a message that is not there any more is gone', async () => {
  answering({ status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } })
  expect(await edit()).toBe('gone')
})

test('a conversation that the connector does not know is told from a person who is out of reach', async () => {
  answering({ status: 404, body: { error: { code: 'ConversationNotFound' } } })
  expect(await post()).toEqual({ came: 'no-chat' })
})

describe('what may be taken later is thrown, after one request and no more', () => {
  const failures: [string, Exclude<Reply, 'drop'>, number | null][] = [
    ['429 with the wait it asks for', { status: 429, headers: { 'retry-after': '60' } }, minutes(1)],
    ['429 without', { status: 429 }, null],
    ['412', { status: 412 }, null],
    ['413', { status: 413 }, null],
    ['500', { status: 500 }, null],
    ['502', { status: 502 }, null],
    ['503 with the wait it asks for', { status: 503, headers: { 'retry-after': '60' } }, minutes(1)],
  ]
  test.each(failures)('%s', async (_, reply, wait) => {
    answering(reply)
    const error = await post().catch((error: unknown) => error)
    expect(error).toBeInstanceOf(SendError)
    expect(error).toMatchObject({ status: reply.status, wait })
    expect(microsoft.sent).toHaveLength(1)
  })

  test('no answer: it may have been taken', async () => {
    answering('drop')
    await expect(post()).rejects.toMatchObject({ name: 'SendError', status: null, wait: null })
    expect(microsoft.sent).toHaveLength(1)
  })
})

test('a message whose token the connector refuses is sent once more, with another token', async () => {
  answering({ status: 401 })
  expect(await post()).toMatchObject({ came: 'posted' })
  expect(microsoft.sent.map(({ authorization }) => authorization)).toEqual([
    'Bearer for https://api.botframework.com/.default',
    'Bearer another for https://api.botframework.com/.default',
  ])
})

test('a second refusal of the token is thrown, after two requests and no more', async () => {
  answering({ status: 401 })
  answering({ status: 401 })
  await expect(post()).rejects.toMatchObject({ name: 'SendError', status: 401, lasting: false })
  expect(microsoft.sent).toHaveLength(2)
})

test('a redirect is not followed: the bot’s token stays with the connector', async () => {
  answering({ status: 307, headers: { location: `${microsoft.origin}/v3/elsewhere` } })
  await expect(post()).rejects.toBeInstanceOf(SendError)
  expect(microsoft.sent).toHaveLength(1)
})

test.each(['https://evil.example/', 'http://localhost/', 'not an address', ''])(
  'a stored service URL that is not Microsoft’s (%s) gets no token and no message',
  async (serviceUrl) => {
    expect(await bot.teams.conversation.post({ ...chat, serviceUrl }, active, viewer)).toEqual({ came: 'unreachable' })
    expect(await bot.teams.conversation.edit({ ...card, serviceUrl }, closed, viewer)).toBe('unreachable')
    expect(microsoft.sent).toEqual([])
  },
)
