import { once } from 'node:events'
import { cardVerbs } from '../../src/teams/card-actions.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PersonId } from '../../src/people.ts'
import { milliseconds } from '../../src/time.ts'
import type { TapAnswer } from '../../src/workflow/ports/incoming.ts'
import { maya, openListeningBot, priya, viewer } from './listening-bot.ts'
import type { Json, ListeningBot } from './listening-bot.ts'
import { openStubMicrosoft, otherTenantId, ssoAppId } from './stub-microsoft.ts'
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

const oldCard: TapAnswer = { answer: 'refused', refusal: { kind: 'old-card' }, viewer }
const signedIn = async (claims: Claims = {}, signer?: Signer) => ({
  authentication: {
    id: 'any',
    connectionName: 'latchkey',
    token: await microsoft.ssoToken(maya, claims, signer),
  },
})

test('a token of Teams in a browser is as good as that of Teams on a computer', async () => {
  const value = await signedIn({ azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346' })
  expect(await bot.post(bot.tap({ value }))).toMatchObject({ body: { statusCode: 200 } })
})

describe('a tap without the person’s own token', () => {
  test.each(cardVerbs)('asks Teams for one before %s, and moves nothing', async (verb) => {
    const answer = await bot.post(bot.tap({ action: { verb } }))
    expect(answer).toMatchObject({
      http: 200,
      body: {
        statusCode: 401,
        type: 'application/vnd.microsoft.activity.loginRequest',
        value: {
          tokenExchangeResource: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
          connectionName: 'latchkey',
          buttons: [{ type: 'signin', value: 'https://latchkey.example/auth-start' }],
        },
      },
    })
    expect(bot.moved()).toEqual([])
  })

  test('is asked with another exchange id each time', async () => {
    const ids = [await bot.post(bot.tap()), await bot.post(bot.tap())].map(
      (answer) => /"tokenExchangeResource":\{"id":"([^"]+)"/.exec(answer.text)?.[1],
    )
    expect(new Set(ids).size).toBe(2)
  })

  test('is not helped by a code that no sign-in page of ours gave', async () => {
    expect(await bot.post(bot.tap({ value: { state: '123456' } }))).toMatchObject({
      http: 200,
      body: { statusCode: 401, type: 'application/vnd.microsoft.error.invalidAuthCode' },
    })
    expect(bot.moved()).toEqual([])
  })
})

test('a tap with the person’s own token reaches the shell, and the token with it', async () => {
  const data = { id: 'req_1', revision: 4, comment: ' not today ', somethingElse: true }
  const value = await signedIn()
  const tap = bot.tap({ action: { verb: 'deny', data }, value })
  await bot.post(tap)
  expect(bot.taps.map(({ tap }) => tap)).toEqual([
    {
      activity: tap['id'],
      verb: 'deny',
      record: 'req_1',
      revision: 4,
      inputs: { comment: 'not today' },
      actor: maya,
      chat: 'personal',
      conversation: 'a:maya',
      serviceUrl: `${microsoft.origin}/`,
      card: '1:card',
      proof: { by: 'sso', token: value.authentication.token, contexts: [] },
    },
  ])
})

const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow

test.each([
  ['two minutes behind', { nbf: seconds(120), iat: seconds(120) }],
  ['two minutes ahead', { exp: seconds(-120) }],
])('a person’s token is taken where our clock is %s, as the channel’s is', async (_, claims) => {
  expect(await bot.post(bot.tap({ value: await signedIn(claims) }))).toMatchObject({ body: { statusCode: 200 } })
  expect(bot.taps).toHaveLength(1)
})

describe('a token that is no proof of anybody answers 412 and moves nothing', () => {
  const tokens: [string, Claims, Signer?][] = [
    ['of another tenant', { tid: otherTenantId, iss: `https://login.microsoftonline.com/${otherTenantId}/v2.0` }],
    ['of another tenant under our issuer', { tid: otherTenantId }],
    ['for Graph', { aud: 'https://graph.microsoft.com' }],
    ['expired', { exp: seconds(-360) }],
    ['not valid yet', { nbf: seconds(360) }],
    ['that another application than Teams came by', { azp: ssoAppId }],
    ['that another application came by, as v1 tokens say it', { azp: undefined, appid: ssoAppId }],
    ['of no client at all', { azp: undefined }],
    ['without a person', { oid: undefined }],
    ['without an end', { exp: undefined }],
    ['forged', {}, 'forged'],
    ['signed by nobody we know', {}, 'unknown-key'],
  ]
  test.each(tokens)('%s', async (_, claims, signer) => {
    expect(await bot.post(bot.tap({ value: await signedIn(claims, signer) }))).toMatchObject({
      http: 200,
      body: {
        statusCode: 412,
        type: 'application/vnd.microsoft.error.preconditionFailed',
        value: { code: '412', message: expect.stringContaining('nothing was done') },
      },
    })
    expect(bot.moved()).toEqual([])
    expect(bot.strangers).toEqual(['sso-token'])
  })

  test('the channel’s own token in its place', async () => {
    const authentication = { id: 'x', connectionName: 'latchkey', token: await microsoft.channelToken() }
    expect(await bot.post(bot.tap({ value: { authentication } }))).toMatchObject({ body: { statusCode: 412 } })
    expect(bot.moved()).toEqual([])
  })
})

test('another person’s genuine token is refused and noted under that person', async () => {
  const tap = bot.tap({ value: await signedIn({ oid: priya }) })
  expect(await bot.post(tap)).toMatchObject({
    http: 200,
    body: { statusCode: 403, type: 'application/vnd.microsoft.error', value: { code: '403' } },
  })
  expect(bot.taps).toEqual([])
  expect(bot.refused).toEqual([
    {
      activity: tap['id'],
      person: priya,
      claimed: maya,
      verb: 'approve',
      record: 'req_1',
      why: 'token-of-another-person',
    },
  ])
})

test('a token that was not given for Latchkey’s own scope is refused and noted', async () => {
  expect(await bot.post(bot.tap({ value: await signedIn({ scp: 'profile openid' }) }))).toMatchObject({
    body: { statusCode: 412 },
  })
  expect(bot.taps).toEqual([])
  expect(bot.refused).toMatchObject([{ person: maya, why: 'token-without-our-scope' }])
})

test('who taps is the activity’s Entra account, whatever the card’s data says', async () => {
  const data = { id: 'req_1', revision: 1, actor: priya, approver: priya, aadObjectId: priya }
  await bot.post(bot.tap({ action: { data }, value: await signedIn() }))
  expect(bot.taps).toMatchObject([{ tap: { actor: maya } }])
  expect(JSON.stringify(bot.taps)).not.toContain(priya)
})

describe('a card that is not ours answers 400 and moves nothing', () => {
  test.each<[string, { action?: Json; value?: Json }]>([
    ['an unknown verb', { action: { verb: 'grant' } }],
    ['no record', { action: { data: { revision: 1 } } }],
    ['no data', { action: { data: null } }],
    ['a revision that is no number', { action: { data: { id: 'req_1', revision: '1; drop' } } }],
    ['no action', { value: { action: undefined } }],
  ])('%s', async (_, change) => {
    const value = { ...(await signedIn()), ...change.value }
    expect(await bot.post(bot.tap({ ...change, value }))).toMatchObject({
      http: 200,
      body: { statusCode: 400, type: 'application/vnd.microsoft.error' },
    })
    expect(bot.moved()).toEqual([])
  })

  test('a refresh that a client sent by itself', async () => {
    const value = { ...(await signedIn()), trigger: 'automatic' }
    expect(await bot.post(bot.tap({ value }))).toMatchObject({ body: { statusCode: 400 } })
    expect(bot.moved()).toEqual([])
  })

  test('a tap on no message', async () => {
    const tap = { ...bot.tap({ value: await signedIn() }), replyToId: undefined }
    expect(await bot.post(tap)).toMatchObject({ body: { statusCode: 400 } })
    expect(bot.moved()).toEqual([])
  })
})

const answerOf = async (answer: TapAnswer) => {
  bot.onTap(() => Promise.resolve(answer))
  return bot.post(bot.tap({ value: await signedIn() }))
}

describe('the shell’s answer', () => {
  const closed = { view: 'closed-draft', entitlement: 'AI Administrator', why: 'discarded' } as const

  test('a card is shown to this person alone: the message is not edited', async () => {
    expect(await answerOf({ answer: 'card', view: closed, viewer })).toMatchObject({
      http: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } },
    })
    expect(microsoft.sent).toEqual([])
  })

  test('a refusal is a sentence below the card', async () => {
    expect(await answerOf(oldCard)).toMatchObject({
      http: 200,
      body: {
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: expect.stringContaining('nothing was done'),
      },
    })
  })

  test('a refusal with a view of its own is that card', async () => {
    expect(await answerOf({ ...oldCard, view: closed })).toMatchObject({
      body: { type: 'application/vnd.microsoft.card.adaptive' },
    })
  })

  test('a refusal names the people it is about', async () => {
    const refusal = { kind: 'being-decided', by: PersonId.parse(maya) } as const
    const answer = { answer: 'refused', refusal, names: new Map([[maya, 'Maya Okafor']]), viewer } as const
    expect((await answerOf(answer)).text).toContain('Maya Okafor')
  })

  test('a failure answers with a reference that the log has too, and with no detail of ours', async () => {
    bot.onTap(() => Promise.reject(new Error('password of the database')))
    const answer = await bot.post(bot.tap({ value: await signedIn() }))
    expect(answer).toMatchObject({ http: 200, body: { statusCode: 500, type: 'application/vnd.microsoft.error' } })
    expect(answer.text).toContain(bot.reference())
    expect(answer.text).not.toContain('password')
  })
})

describe('the budget', () => {
  test('past it the person reads that it is being worked on, and the tap goes on', async () => {
    await using quick = await openListeningBot(microsoft, { invokeBudget: milliseconds(5) })
    const shell = Promise.withResolvers<TapAnswer>()
    quick.onTap(() => shell.promise)
    const answer = await quick.post(quick.tap({ value: await signedIn() }))
    expect(answer).toMatchObject({
      http: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message' },
    })
    shell.resolve(oldCard)
    await quick.teams.settled()
    expect(quick.logged).toEqual([])
  })

  test('a shell that comes after it is told so', async () => {
    await using quick = await openListeningBot(microsoft, { invokeBudget: milliseconds(5) })
    quick.onTap(async (_, late) => {
      if (!late.aborted) await once(late, 'abort')
      return oldCard
    })
    await quick.post(quick.tap({ value: await signedIn() }))
    await quick.teams.settled()
  })

  test('a shell that answers in time is not', async () => {
    bot.onTap(() => Promise.resolve(oldCard))
    await bot.post(bot.tap({ value: await signedIn() }))
    await bot.teams.settled()
    expect(bot.taps[0]?.late.aborted).toBe(false)
  })

  test('a failure after it is logged and stops nothing', async () => {
    await using quick = await openListeningBot(microsoft, { invokeBudget: milliseconds(5) })
    const shell = Promise.withResolvers<TapAnswer>()
    const asked = Promise.withResolvers<void>()
    quick.onTap(() => {
      asked.resolve()
      return shell.promise
    })
    await quick.post(quick.tap({ value: await signedIn() }))
    await asked.promise
    shell.reject(new Error('too late'))
    await quick.teams.settled()
    expect(quick.logged).toMatchObject([{ level: 'error', details: { late: true } }])
    expect(await quick.post(quick.tap())).toMatchObject({ body: { statusCode: 401 } })
  })
})

test('when Entra’s keys cannot be read nobody is let through', async () => {
  await using blind = await openListeningBot(microsoft, { entraKeys: `${microsoft.origin}/nowhere` })
  expect(await blind.post(blind.tap({ value: await signedIn() }))).toMatchObject({
    http: 200,
    body: { statusCode: 500 },
  })
  expect(blind.moved()).toEqual([])
})
