import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { maya, openListeningBot } from './listening-bot.ts'
import type { Json, ListeningBot } from './listening-bot.ts'
import { botAppId, openStubMicrosoft, otherTenantId, tenantId } from './stub-microsoft.ts'
import type { Claims, Signer, StubMicrosoft } from './stub-microsoft.ts'

let microsoft: StubMicrosoft
let bot: ListeningBot

beforeAll(async () => {
  microsoft = await openStubMicrosoft()
})
afterAll(() => microsoft[Symbol.asyncDispose]())
beforeEach(async () => {
  bot = await openListeningBot(microsoft)
  return () => bot[Symbol.asyncDispose]()
})

test('others who are mentioned stay as names, and the bot is mentioned nowhere, however often it was', async () => {
  const mention = (id: string, name: string) => ({ type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } })
  const message = bot.activity({
    type: 'message',
    text: '<at>Latchkey</at>&nbsp;AI admin for <at>Diego Fuentes</at>, <at>Latchkey</at>',
    entities: [mention(`28:${botAppId}`, 'Latchkey'), mention('29:diego', 'Diego Fuentes'), { type: 'mention' }],
  })
  expect(await bot.post(message)).toMatchObject({ http: 200 })
  expect(bot.heard.map(({ text }) => text)).toEqual(['AI admin for Diego Fuentes,'])
})

test('an edited message and a deleted one reach the shell as such; a deletion taken back as nothing', async () => {
  const changes: [string, Json][] = [
    ['editMessage', { type: 'messageUpdate', text: 'for 3 hours' }],
    ['softDeleteMessage', { type: 'messageDelete' }],
    ['undeleteMessage', { type: 'messageUpdate', text: 'for 2 hours' }],
  ]
  for (const [eventType, content] of changes) {
    const activity = bot.activity({ ...content, id: '1700000000000' })
    const channelData = { ...Object(activity['channelData']), eventType }
    expect(await bot.post({ ...activity, channelData })).toMatchObject({ http: 200 })
  }
  expect(bot.edited.map(({ activity, text }) => [activity, text])).toEqual([['1700000000000', 'for 3 hours']])
  expect(bot.deleted.map(({ activity, text }) => [activity, text])).toEqual([['1700000000000', '']])
  expect(bot.heard).toEqual([])
})

test('a message reaches the shell with its speaker, without the mention of the bot', async () => {
  const mention = { type: 'mention', text: '<at>Latchkey</at>', mentioned: { id: `28:${botAppId}`, name: 'Latchkey' } }
  const message = bot.activity({
    type: 'message',
    text: '<at>Latchkey</at> I need AI Administrator for 2 hours',
    entities: [mention],
  })
  expect(await bot.post(message)).toMatchObject({ http: 200 })
  expect(bot.heard).toEqual([
    {
      activity: message['id'],
      text: 'I need AI Administrator for 2 hours',
      chat: 'personal',
      speaker: {
        id: maya,
        teamsId: '29:maya',
        locale: 'en-GB',
        zone: 'Europe/London',
        serviceUrl: `${microsoft.origin}/`,
        conversation: 'a:maya',
      },
    },
  ])
})

test.each([
  ['personal', 'personal'],
  ['groupChat', 'group'],
  ['channel', 'channel'],
])('a message of a %s conversation is told apart', async (conversationType, chat) => {
  await bot.post({ ...bot.message('help'), conversation: { id: '19:x@thread.v2', conversationType, tenantId } })
  expect(bot.heard).toMatchObject([{ chat, speaker: { conversation: '19:x@thread.v2' } }])
})

describe('a token that the channel did not issue to this bot, for this service, now, answers 401 and moves nothing', () => {
  const hourAgo = Math.floor(Date.now() / 1000) - 3600
  const tokens: [string, Claims, { signer?: Signer; algorithm?: string }][] = [
    ['for another bot', { aud: otherTenantId }, {}],
    ['of another issuer', { iss: 'https://sts.windows.net/x/' }, {}],
    [
      "of Entra's, as the Emulator sends them",
      { iss: `https://sts.windows.net/${tenantId}/`, tid: tenantId, appid: botAppId, ver: '1.0' },
      {},
    ],
    ['expired beyond the allowance', { exp: hourAgo, iat: hourAgo - 3600 }, {}],
    ['not valid yet', { nbf: hourAgo + 7200 }, {}],
    ['without an end', { exp: undefined }, {}],
    ['for another service URL', { serviceurl: 'https://smba.trafficmanager.net/emea/' }, {}],
    ['without a service URL', { serviceurl: undefined }, {}],
    ['with a wrong signature', {}, { signer: 'forged' }],
    ['signed with a key that nobody knows', {}, { signer: 'unknown-key' }],
    ['signed with a key endorsed for another channel', {}, { signer: 'unendorsed' }],
    ['signed with a shared secret', {}, { algorithm: 'HS256' }],
  ]
  test.each(tokens)('%s', async (_, claims, how) => {
    const answer = await bot.post(bot.message('approve'), await microsoft.channelToken(claims, how))
    expect(answer).toEqual({ http: 401, body: undefined, text: '' })
    expect(bot.moved()).toEqual([])
    expect(bot.strangers).toHaveLength(1)
  })
  test.each([
    ['none', null, {}],
    ['not a token', 'abc', {}],
    ['a token without a signature', 'eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2FwaS5ib3RmcmFtZXdvcmsuY29tIn0.', {}],
    ['another scheme', null, { authorization: 'Basic YTpi' }],
  ])('%s', async (_, token, headers) => {
    const answer = await bot.post(bot.message('approve'), token, headers)
    expect(answer).toEqual({ http: 401, body: undefined, text: '' })
    expect(bot.moved()).toEqual([])
    expect(bot.strangers).toHaveLength(1)
  })
})

test('a token that was good a moment ago is still no good for another service of ours', async () => {
  const token = await microsoft.channelToken({})
  for (const http of [200, 200]) expect(await bot.post(bot.message('help'), token)).toMatchObject({ http })
  const elsewhere = { ...bot.message('approve'), serviceUrl: `${microsoft.origin}/emea/` }
  expect(await bot.post(elsewhere, token)).toMatchObject({ http: 401 })
  expect(bot.heard.map(({ text }) => text)).toEqual(['help', 'help'])
})

const personal = { id: 'a:1', conversationType: 'personal' }
const without = (name: string) => (activity: Json) => ({ ...activity, [name]: undefined })

describe('a body that a genuine token does not vouch for answers 403 and moves nothing', () => {
  const bodies: [string, (activity: Json) => Json, string][] = [
    [
      'another tenant in the conversation',
      (a) => ({ ...a, conversation: { ...personal, tenantId: otherTenantId } }),
      'other-tenant',
    ],
    [
      'another tenant in the channel data',
      (a) => ({ ...a, channelData: { tenant: { id: otherTenantId } } }),
      'other-tenant',
    ],
    ['no tenant at all', (a) => ({ ...a, conversation: personal, channelData: {} }), 'other-tenant'],
    ['another channel', (a) => ({ ...a, channelId: 'directline' }), 'malformed'],
    ['an empty channel', (a) => ({ ...a, channelId: '' }), 'malformed'],
    ['a channel with its own back door in botbuilder', (a) => ({ ...a, channelId: 'AseChannel' }), 'malformed'],
    ['no channel', without('channelId'), 'malformed'],
    ['no type', without('type'), 'malformed'],
    ['no speaker', without('from'), 'malformed'],
    ['a speaker without an Entra account', (a) => ({ ...a, from: { id: '29:maya' } }), 'nobody'],
    ['an Entra account that is no id', (a) => ({ ...a, from: { id: '29:maya', aadObjectId: 'maya' } }), 'malformed'],
    ['another recipient', (a) => ({ ...a, recipient: { id: `28:${otherTenantId}` } }), 'other-bot'],
    ['no recipient', without('recipient'), 'malformed'],
    ['no conversation', without('conversation'), 'malformed'],
    ['a conversation of no kind', (a) => ({ ...a, conversation: { id: 'a:1', tenantId } }), 'malformed'],
    [
      'a conversation of a kind that we do not know',
      (a) => ({ ...a, conversation: { id: 'a:1', tenantId, conversationType: 'meeting' } }),
      'malformed',
    ],
    ['no id', without('id'), 'nobody'],
  ]
  test.each(bodies)('%s', async (_, change, why) => {
    for (const activity of [bot.message('approve'), bot.tap()])
      expect(await bot.post(change(activity))).toEqual({ http: 403, body: undefined, text: '' })
    expect(bot.moved()).toEqual([])
    expect(bot.strangers).toEqual([why, why])
  })
})

test.each([
  ['missing', undefined],
  ['empty', ''],
  ['on a host that is not Microsoft’s', 'https://evil.example/'],
  ['on a host that only begins like Microsoft’s', 'https://smba.trafficmanager.net.evil.example/'],
  ['without encryption', 'http://smba.trafficmanager.net/emea/'],
])('a service URL %s is refused, whatever the token says', async (_, serviceUrl) => {
  const token = await microsoft.channelToken({ serviceurl: serviceUrl ?? 'x' })
  const answer = await bot.post({ ...bot.message('help'), serviceUrl }, token)
  expect(answer).toMatchObject({ http: 403 })
  expect(bot.moved()).toEqual([])
  expect(bot.strangers).toEqual([serviceUrl ? 'other-service' : 'malformed'])
})

describe('a body that cannot be read is a client’s fault and moves nothing', () => {
  test.each([
    ['no JSON', '{"type": "message"', 400],
    ['no object', '"approve"', 400],
    ['a list', '[]', 403],
    ['nothing', '{}', 403],
    ['too large', JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) }), 413],
  ])('%s', async (_, body, http) => {
    expect(await bot.post(body)).toEqual({ http, body: undefined, text: '' })
    expect(bot.moved()).toEqual([])
    expect(bot.strangers).toHaveLength(1)
  })

  test('without a token it is not even read', async () => {
    expect(await bot.post('{"type": "message"', null)).toMatchObject({ http: 401 })
  })
})

test('a message of a hundred thousand characters is heard whole', async () => {
  await bot.post(bot.message('x'.repeat(100_000)))
  expect(bot.heard[0]?.text).toHaveLength(100_000)
})

test.each([
  'messageUpdate',
  'messageDelete',
  'messageReaction',
  'typing',
  'event',
  'endOfConversation',
  'somethingNew',
])('an activity of type %s is taken without effect', async (type) => {
  expect(await bot.post(bot.activity({ type, text: 'approve' }))).toMatchObject({ http: 200 })
  expect(bot.moved()).toEqual([])
  expect(bot.strangers).toEqual([])
})

test('a button of the old kind, which comes as a message, carries no proof and has no effect', async () => {
  const submit = bot.activity({ type: 'message', value: { verb: 'approve', id: 'req_1', revision: 1 } })
  expect(await bot.post(submit)).toMatchObject({ http: 200 })
  expect(bot.moved()).toEqual([])
})

test('an invoke of another kind is answered and has no effect', async () => {
  const invoke = bot.activity({ type: 'invoke', name: 'composeExtension/setting', value: {} })
  expect(await bot.post(invoke)).toMatchObject({ http: 200 })
  expect(bot.moved()).toEqual([])
})

test('an activity that asks for its replies in the answer is treated like any other', async () => {
  expect(await bot.post({ ...bot.tap(), deliveryMode: 'expectReplies' })).toMatchObject({ body: { statusCode: 401 } })
})

const installation = (action: string) => bot.post(bot.activity({ type: 'installationUpdate', action }))

describe('the app comes and goes', () => {
  test.each(['add', 'add-upgrade'])('%s is told as an installation', async (action) => {
    await installation(action)
    expect(bot.installed).toMatchObject([{ id: maya, conversation: 'a:maya', teamsId: '29:maya' }])
    expect(bot.removed).toEqual([])
  })

  test('the bot joining a personal conversation is told as an installation', async () => {
    await bot.post(bot.activity({ type: 'conversationUpdate', membersAdded: [{ id: `28:${botAppId}` }] }))
    expect(bot.installed).toMatchObject([{ id: maya }])
  })

  test('somebody else joining is not', async () => {
    await bot.post(bot.activity({ type: 'conversationUpdate', membersAdded: [{ id: '29:somebody' }] }))
    expect(bot.moved()).toEqual([])
  })

  test('remove is told as a removal', async () => {
    await installation('remove')
    expect(bot.removed).toEqual([maya])
  })

  test('an old version taken away for a new one is no removal', async () => {
    await installation('remove-upgrade')
    expect(bot.moved()).toEqual([])
  })

  test('an installation in a team is nobody’s own', async () => {
    const conversation = { id: '19:x@thread.tacv2', conversationType: 'channel', tenantId }
    await bot.post(bot.activity({ type: 'installationUpdate', action: 'add', conversation }))
    expect(bot.moved()).toEqual([])
  })
})

test('when the shell fails on a message, the person reads a reference that the log has too', async () => {
  bot.onHear(() => Promise.reject(new Error('the database is away')))
  expect(await bot.post(bot.message('help'))).toMatchObject({ http: 200 })
  const [apology] = microsoft.sent.splice(0)
  expect(bot.logged).toMatchObject([{ details: { err: { message: 'the database is away' } } }])
  expect(apology).toMatchObject({ method: 'POST', path: '/v3/conversations/a%3Amaya/activities' })
  expect(apology?.body['text']).toContain(bot.reference())
})

test('while the channel’s keys cannot be read nobody is let through, and the channel is told to come again', async () => {
  await using blind = await openListeningBot(microsoft, { channelMetadata: `${microsoft.origin}/nowhere` })
  expect(await blind.post(blind.message('help'))).toEqual({ http: 503, body: undefined, text: '' })
  expect(blind.moved()).toEqual([])
  expect(blind.logged).toMatchObject([{ level: 'error' }])
})
