import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ok } from '../../src/result.ts'
import type { Proof } from '../../src/workflow/ports/incoming.ts'
import { maya, openListeningBot, priya, viewer } from './listening-bot.ts'
import type { Json, ListeningBot } from './listening-bot.ts'
import { openStubMicrosoft, otherTenantId } from './stub-microsoft.ts'
import type { StubMicrosoft } from './stub-microsoft.ts'

let microsoft: StubMicrosoft
let bot: ListeningBot
beforeAll(async () => void (microsoft = await openStubMicrosoft()))
afterAll(() => microsoft[Symbol.asyncDispose]())
beforeEach(async () => {
  bot = await openListeningBot(microsoft)
  return () => bot[Symbol.asyncDispose]()
})

const loginType = 'application/vnd.microsoft.activity.loginRequest'
const messageType = 'application/vnd.microsoft.activity.message'
const withToken = async () => ({
  authentication: { id: 'any', connectionName: 'latchkey', token: await microsoft.ssoToken(maya, { acrs: ['c1'] }) },
})

const exchange = (value: Json) => bot.activity({ type: 'invoke', name: 'signin/tokenExchange', value })
const open = (path: string, cookie = '') => fetch(new URL(path, bot.url), { redirect: 'manual', headers: { cookie } })
const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0] ?? ''

describe('a tap that needs a sign-in page', () => {
  test('is answered with a login request that no silent token can meet', async () => {
    bot.onTap(async () => ({ answer: 'sign-in', transaction: 'sgn_1', shown: 'pop-up' }))
    const { body } = await bot.post(bot.tap({ value: await withToken() }))
    expect(body).toMatchObject({
      statusCode: 401,
      type: loginType,
      value: { buttons: [{ type: 'signin', value: 'https://latchkey.example/auth-start?txn=sgn_1' }] },
    })
    expect(body?.value).not.toHaveProperty('tokenExchangeResource')
  })

  test('is told of the link in the chat where the client did not open the page', async () => {
    bot.onTap(async () => ({ answer: 'sign-in', transaction: 'sgn_1', shown: 'link' }))
    const { body } = await bot.post(bot.tap({ value: await withToken() }))
    expect(body).toMatchObject({ type: messageType, value: expect.stringContaining('Nothing was done yet') })
  })

  test('is told so in the language of the client that tapped', async () => {
    bot.onTap(async () => ({ answer: 'sign-in', transaction: 'sgn_1', shown: 'link' }))
    const { body } = await bot.post({ ...bot.tap({ value: await withToken() }), locale: 'de-DE' })
    expect(body).toMatchObject({ type: messageType, value: expect.stringContaining('Noch ist nichts geschehen') })
  })

  test('brings the contexts of the token along', async () => {
    await bot.post(bot.tap({ value: await withToken() }))
    expect(bot.taps.map(({ tap }) => tap.proof.contexts)).toEqual([['c1']])
  })

  test('repeated with its code only reads what came of it', async () => {
    const asked: unknown[] = []
    bot.onSignIn({
      settledSignIn: async (...args) => {
        asked.push(args)
        return { answer: 'refused', refusal: { kind: 'old-card' }, viewer }
      },
    })
    expect(await bot.post(bot.tap({ value: { state: 'sgn_1' } }))).toMatchObject({ body: { type: messageType } })
    expect(asked).toEqual([['sgn_1', maya]])
    expect(bot.taps).toEqual([])
  })
})

describe('a token handed over in a conversation', () => {
  const taken: [string, string, Proof][] = []
  beforeEach(() => {
    taken.length = 0
    bot.onSignIn({ tokenExchanged: async (...args) => (taken.push(args), args[0] === 'exg_1') })
  })

  test('is taken with 200 from the person it is of', async () => {
    const token = await microsoft.ssoToken(maya)
    expect(await bot.post(exchange({ id: 'exg_1', connectionName: 'latchkey', token }))).toMatchObject({ http: 200 })
    expect(taken).toEqual([['exg_1', maya, { by: 'sso', token, contexts: [] }]])
  })

  test('answers 412 where no card of ours asked for it, so that Teams shows the button', async () => {
    const token = await microsoft.ssoToken(maya)
    const answer = await bot.post(exchange({ id: 'exg_2', token }))
    expect(answer).toMatchObject({ http: 412, body: { id: 'exg_2', failureDetail: 'unknown' } })
  })

  test.each([
    ['another person', () => microsoft.ssoToken(priya)],
    ['another tenant', () => microsoft.ssoToken(maya, { tid: otherTenantId })],
    ['Graph', () => microsoft.ssoToken(maya, { aud: 'https://graph.microsoft.com' })],
    ['nobody we know', () => microsoft.ssoToken(maya, {}, 'unknown-key')],
  ])('of %s answers 412 and reaches nobody', async (_, token) => {
    expect(await bot.post(exchange({ id: 'exg_1', token: await token() }))).toMatchObject({ http: 412 })
    expect(taken).toEqual([])
  })

  test('without a token answers 412', async () => {
    expect(await bot.post(exchange({ id: 'exg_1' }))).toMatchObject({ http: 412 })
  })
})

test('the code of a page is taken from who went through it, and from nobody else', async () => {
  bot.onSignIn({ messageSignedIn: async (id, person) => id === 'sgn_1' && person === maya })
  const verify = (state: string) =>
    bot.post(bot.activity({ type: 'invoke', name: 'signin/verifyState', value: { state } }))
  expect(await verify('sgn_1')).toMatchObject({ http: 200 })
  expect(await verify('sgn_2')).toMatchObject({ http: 412 })
})

describe('the sign-in pages', () => {
  const entra = new URL('https://login.example/authorize?claims=x')

  test('send a browser to Entra with a secret of its own that no script and no other site can read', async () => {
    const browsers: string[] = []
    bot.onSignIn({ openSignIn: async (_, { secret }) => (browsers.push(secret), ok(entra)) })
    const first = await open('/auth-start?txn=sgn_1')
    expect({ status: first.status, to: first.headers.get('location') }).toEqual({ status: 302, to: entra.href })
    expect(first.headers.get('cache-control')).toBe('no-store')
    expect(first.headers.get('referrer-policy')).toBe('no-referrer')
    const cookie = cookieOf(first)
    for (const word of ['HttpOnly', 'Secure', 'SameSite=None', 'Max-Age=600']) expect(cookie).toContain(word)
    expect(cookie).toMatch(/^__Host-latchkey-.*Path=\//)
    expect(cookie).not.toContain('Domain')
    const [secret = ''] = cookie.split(';')
    await open('/auth-start?txn=sgn_1', secret)
    await open('/auth-start?txn=sgn_1')
    await open('/auth-start?txn=sgn_2', secret)
    const [initial, reloaded, ...others] = browsers
    expect(reloaded).toBe(initial)
    // Another browser, and another sign-in in this one.
    expect(new Set([initial, ...others]).size).toBe(3)
  })

  test('tell a person who looks at them from what opens links by itself', async () => {
    const seen: boolean[] = []
    bot.onSignIn({ openSignIn: async (_, browser) => (seen.push(browser.seen), ok(entra)) })
    const url = new URL('/auth-start?txn=sgn_1', bot.url)
    await fetch(url, { redirect: 'manual', headers: { 'sec-fetch-dest': 'document' } })
    await fetch(url, { redirect: 'manual' })
    const head = await fetch(url, { method: 'HEAD', redirect: 'manual' })
    expect(seen).toEqual([true, false])
    expect({ status: head.status, cookies: head.headers.getSetCookie() }).toEqual({ status: 200, cookies: [] })
  })

  test('tell Teams of the transaction, run nothing but their own script, and may be framed by Teams alone', async () => {
    bot.onSignIn({
      openSignIn: async () => ok(entra),
      endSignIn: async ({ state, code }) =>
        code === 'abc' && state === 'sgn_1'
          ? { end: 'acted', transaction: state, answer: undefined }
          : { end: 'not-signed-in', because: { why: 'unknown' } },
    })
    const [cookie] = cookieOf(await open('/auth-start?txn=sgn_1')).split(';')
    const page = await open('/auth-end?code=abc&state=sgn_1', cookie)
    const policy = page.headers.get('content-security-policy') ?? ''
    const html = await page.text()
    expect(html).toContain('data-notify-success="sgn_1"')
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1]
    for (const [tag] of html.matchAll(/<(?:script|style)[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain('frame-ancestors https://teams.microsoft.com')
    expect(page.headers.get('cache-control')).toBe('no-store')
    const again = await open('/auth-end?code=abc&state=sgn_1', cookie)
    expect(again.headers.get('content-security-policy')).not.toBe(policy)
  })

  test('say by name that another account signed in, without letting its name become markup', async () => {
    const because = { why: 'another-account', signedIn: '<b>Eve</b>', asked: 'Maya Okafor' } as const
    bot.onSignIn({
      openSignIn: async () => ok(entra),
      endSignIn: async () => ({ end: 'not-signed-in', because }),
    })
    const [cookie] = cookieOf(await open('/auth-start?txn=sgn_1')).split(';')
    const page = await open('/auth-end?code=abc&state=sgn_1', cookie)
    const html = await page.text()
    expect(page.status).toBe(403)
    expect(html).toContain('You signed in as &lt;b&gt;Eve&lt;/b&gt;, but it was Maya Okafor')
    expect(html).toContain('data-notify-failure="Failed"')
  })

  test('reach nobody without the cookie, a transaction, or with a query that is none', async () => {
    let reached = 0
    bot.onSignIn({ endSignIn: async () => (reached++, { end: 'not-signed-in', because: { why: 'unknown' } }) })
    bot.onSignIn({ openSignIn: async () => ok(entra) })
    const [cookie] = cookieOf(await open('/auth-start?txn=sgn_1')).split(';')
    expect((await open('/auth-end?code=abc&state=sgn_1')).status).toBe(400)
    expect((await open('/auth-end?code=abc&state=sgn_2', cookie)).status).toBe(400)
    expect((await open('/auth-start')).status).toBe(400)
    expect((await open('/auth-end?code=a&code=b&state=sgn_1', cookie)).status).toBe(400)
    expect(reached).toBe(0)
  })

  test('answer a failure with a reference and not with a stack', async () => {
    bot.onSignIn({
      openSignIn: async () => {
        throw new Error('the database is away')
      },
    })
    const page = await open('/auth-start?txn=sgn_1')
    expect(page.status).toBe(503)
    const html = await page.text()
    expect(html).toContain(bot.reference())
    expect(html).not.toContain('the database is away')
  })

  test('serve TeamsJS themselves', async () => {
    const script = await open('/auth/teams.js')
    expect(script.status).toBe(200)
    expect(await script.text()).toContain('authentication.authenticate.success')
  })
})

test.for([
  ['de-DE,de;q=0.9,en;q=0.8', 'de', 'Diese Anmeldung ist verbraucht'],
  ['fr-FR,fr;q=0.9,de;q=0.8', 'de', 'Diese Anmeldung ist verbraucht'],
  ['fr-FR', 'en', 'This sign-in has been used'],
] as const)('a page in a browser that takes %s is in %s', async ([accepts, language, words]) => {
  const headers = { 'accept-language': accepts }
  const answer = await fetch(new URL('/auth-start', bot.url), { headers })
  const page = await answer.text()
  expect(page).toContain(`<html lang="${language}">`)
  expect(page).toContain(words)
})

describe('a client that cannot get a token says so, and', () => {
  const failure = (value: unknown, more: Json = {}) =>
    bot.post(bot.activity({ type: 'invoke', name: 'signin/failure', value, ...more }))
  const texts = () => microsoft.sent.splice(0).map(({ body }) => body['text'])

  test('its person is told what to do, once for all of their clients; the log has the code', async () => {
    microsoft.sent.length = 0
    for (let client = 0; client < 3; client += 1)
      expect(await failure({ code: 'tokenmissing', message: 'no token' })).toMatchObject({ http: 200 })
    expect(texts()).toEqual([expect.stringMatching(/Press \*\*Sign in\*\*[\s\S]*tokenmissing/)])
    expect(bot.logged).toHaveLength(3)
    expect(bot.logged[0]).toMatchObject({ level: 'warn', details: { person: maya, code: 'tokenmissing' } })
  })

  test('where only the help desk can mend it, they are sent there with the code', async () => {
    microsoft.sent.length = 0
    await failure({ code: 'resourcematchfailed', message: 'Resource match failed' })
    expect(texts()).toEqual([expect.stringMatching(/help desk[\s\S]*resourcematchfailed/)])
  })

  test('what it says is not repeated where it is no code', async () => {
    microsoft.sent.length = 0
    await failure({ code: '[press here](https://evil.example)' })
    expect(texts().join()).not.toContain('evil')
    expect(bot.logged).toMatchObject([{ details: { code: 'unknown' } }])
  })
})

test('a sign-in that Entra does not consent to names the code and whom to ask', async () => {
  const backs: unknown[] = []
  bot.onSignIn({
    openSignIn: async () => ok(new URL('https://login.example/')),
    endSignIn: async (back) => {
      backs.push(back)
      return { end: 'not-signed-in', because: { why: 'consent-missing', code: 'AADSTS65004' } }
    },
  })
  const [cookie] = cookieOf(await open('/auth-start?txn=sgn_1')).split(';')
  const described = 'AADSTS65004: User declined to consent.'
  const page = await open(
    `/auth-end?error=access_denied&state=sgn_1&error_description=${encodeURIComponent(described)}`,
    cookie,
  )
  expect(backs).toMatchObject([{ code: undefined, error: 'access_denied', errorDescription: described }])
  expect(await page.text()).toMatch(/help desk[\s\S]*AADSTS65004/)
})
