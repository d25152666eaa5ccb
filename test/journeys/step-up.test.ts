import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Answer, type Demo, shownTo, startDemo, type Teammate, wordsOf } from './demo.ts'

// Entra wants more than Teams' silent token carries: the person signs in on its page, and the tap goes on from there.

let demo: Demo
beforeAll(async () => void (demo = await startDemo({ LATCHKEY_DEMO_BOTS: '2' }, true)))
afterAll(() => demo[Symbol.asyncDispose]())
let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
})

const words = 'I need AI Administrator for 2 hours to rotate the connector keys, INC-48213'
const maya = () => demo.person('maya.okafor')
const priya = () => demo.person('priya.raman')

function page(answer: Answer): string {
  if (answer.signIn === undefined) throw new Error(`no sign-in was asked for: ${JSON.stringify(answer)}`)
  return answer.signIn
}

async function asked(person: Teammate = maya()) {
  const form = await person.say(words)
  const url = page(await person.tap(form, 'Submit'))
  return { form, url }
}

test('a role that wants an authentication context is asked for after one sign-in, and approved with the session that Teams has', async () => {
  const { form, url } = await asked()
  expect(url).toMatch(new RegExp(`^${demo.ready.chat}/auth-start\\?txn=`))
  expect(await demo.effects('selfActivate')).toHaveLength(0)

  const answer = await maya().signIn(url)
  expect(wordsOf(answer.value)).toContain('Waiting for approval by Priya Raman')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Waiting for approval by Priya Raman')
  await priya().tap(await priya().card(), 'Approve')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Active until')
  expect(await demo.effects('selfActivate')).toHaveLength(1)
})

test('two taps at once that were asked to sign in file one request', async () => {
  const form = await maya().say(words)
  const answers = await Promise.all([maya().tap(form, 'Submit'), maya().tap(form, 'Submit')])
  for (const answer of answers) if (answer.signIn !== undefined) await maya().signIn(answer.signIn)
  await demo.settled()
  expect(await demo.effects('selfActivate')).toHaveLength(1)
  expect(await shownTo(maya(), form)).toContain('Waiting for approval by Priya Raman')
})

describe('somebody else’s account', () => {
  test('is refused by name, does nothing, is kept for the security reader, and the person can start again', async () => {
    const { form, url } = await asked()
    const answer = await maya().signIn(url, { as: 'priya.raman' })
    expect(answer.error).toBeDefined()
    expect(answer.value).toContain('You signed in as Priya Raman, but it was Maya Okafor who pressed the button')
    expect(await demo.effects('selfActivate')).toHaveLength(0)
    expect(await demo.refusalsKept('SignInRefused')).toMatchObject([{ why: 'another-account' }])

    // The row is spent: the same link serves nobody any more, and the card is still there to press.
    expect((await maya().signIn(url)).value).toContain('has been used, has run out')
    const card = (await maya().messages()).find(({ id }) => id === form.id)
    if (card === undefined) throw new Error('the card is gone')
    const again = await maya().tap(card, wordsOf(card.card).includes('Send to Entra') ? 'Send to Entra' : 'Submit')
    await maya().signIn(page(again))
    await demo.settled()
    expect(await demo.effects('selfActivate')).toHaveLength(1)
  })

  test('cannot read what a sign-in came to with its code', async () => {
    const { url } = await asked()
    const state = new URL(url).searchParams.get('txn') ?? ''
    await maya().signIn(url)
    const card = await maya().card()
    const value = { action: { type: 'Action.Execute', verb: 'submit', data: { id: 'req_x', revision: 1 } }, state }
    const stolen = await priya().forge({
      activity: { type: 'invoke', name: 'adaptiveCard/action', replyToId: card.id, value },
    })
    expect(stolen).toMatchObject({ status: 401, type: 'application/vnd.microsoft.error.invalidAuthCode' })
  })
})

/** A browser of one's own: follows the pages up to Entra's answer, keeping its cookies. */
function browser() {
  const cookies = new Map<string, string>()
  const open = async (url: string) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie, 'sec-fetch-dest': 'document' } })
    for (const each of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? []
      cookies.set(name, value)
    }
    return { status: answer.status, next: answer.headers.get('location') ?? '', text: await answer.text() }
  }
  const entra = async (url: string, as: string) => (await open(`${(await open(url)).next}&as=${as}`)).next
  return { open, entra }
}

describe('the pages themselves', () => {
  test('a link that scanners opened first works for its person, who is named to none of them', async () => {
    const { url } = await asked()
    const scanned = await Promise.all(
      ['HEAD', 'GET', 'HEAD', 'GET'].map((method) => fetch(url, { method, redirect: 'manual' })),
    )
    for (const answer of scanned) {
      const shown = decodeURIComponent(`${answer.headers.get('location')} ${await answer.text()}`)
      expect(shown.toLowerCase()).not.toContain('maya')
    }
    expect(scanned.map(({ status }) => status)).toEqual([200, 302, 200, 302])
    expect(scanned[0]?.headers.getSetCookie()).toEqual([])
    expect((await browser().open(url)).next).toContain('login_hint=maya.okafor')
    await maya().signIn(url)
    expect(await demo.effects('selfActivate')).toHaveLength(1)
  })

  test('the way back from Entra works in the browser that went there, and in no other', async () => {
    const { url } = await asked()
    const [mayas, others] = [browser(), browser()]
    const back = await mayas.entra(url, 'maya.okafor')
    expect(await others.open(back)).toMatchObject({ status: 400 })
    expect(await demo.effects('selfActivate')).toHaveLength(0)
    expect(await mayas.open(back)).toMatchObject({ status: 200 })
    expect(await demo.effects('selfActivate')).toHaveLength(1)
  })

  test('the page after the sign-in, opened twice at once on two replicas, acts once, and both say what came of it', async () => {
    const { url } = await asked()
    const one = browser()
    const back = await one.entra(url, 'maya.okafor')
    const pages = await Promise.all([one.open(back), one.open(back)])
    expect(pages.map(({ status }) => status).toSorted()[0]).toBe(200)
    expect(await one.open(back)).toMatchObject({
      status: 200,
      text: expect.stringContaining('data-notify-success="sgn_'),
    })
    expect(await demo.effects('selfActivate')).toHaveLength(1)
  })

  test('a window closed before the end leaves the tap undone and the card usable', async () => {
    const { form, url } = await asked()
    const state = new URL(url).searchParams.get('txn') ?? ''
    await browser().open(url)
    const answer = Answer.parse((await demo.call('POST', '/api/people/maya.okafor/sign-in', { state })).body)
    expect(answer.value).toContain('Nothing was done yet')
    const link = await maya().until((message) => message.text?.includes('/auth-start?txn=') === true)
    expect(link.text).toContain('[Sign in](')
    expect(await demo.effects('selfActivate')).toHaveLength(0)
    await demo.settled()
    expect(await shownTo(maya(), form)).toContain('Send to Entra')
    const retried = await maya().tap(form, 'Send to Entra')
    await maya().signIn(page(retried))
    expect(await demo.effects('selfActivate')).toHaveLength(1)
  })

  test('a sign-in begun and not finished in ten minutes is worth nothing, wherever it had got to', async () => {
    const { form, url } = await asked()
    const late = browser()
    const back = await late.entra(url, 'maya.okafor')
    // Sign-ins run out by the real clock, which nobody moves here.
    await demo.query(`update sign_in set expires_at = now() - interval '1 second'`)
    expect(await late.open(back)).toMatchObject({ status: 403, text: expect.stringContaining('has run out') })
    expect(await browser().open(url)).toMatchObject({ status: 410, next: '' })
    expect(await demo.effects('selfActivate')).toHaveLength(0)
    await demo.settled()
    await maya().signIn(page(await maya().tap(form, 'Send to Entra')))
    expect(await demo.effects('selfActivate')).toHaveLength(1)
  })

  test('a sign-in that Entra ends without a code does nothing, and says so', async () => {
    const { url } = await asked()
    const answer = await maya().signIn(url, { mfa: false })
    expect(answer.value).toContain('The sign-in was not completed, so nothing was done')
    expect(await demo.effects('selfActivate')).toHaveLength(0)
  })
})

test('nothing of a sign-in is kept once it has been used', async () => {
  const { url } = await asked()
  await maya().signIn(url)
  const rows = await demo.query('select typed, browser, waiting, outcome from sign_in')
  expect(rows).toMatchObject([{ typed: null }])
  expect(JSON.stringify(rows)).not.toContain('rotate the connector keys')
  expect(JSON.stringify(rows)).not.toContain('eyJ')
})

test('a session without a second factor is asked for one, although Entra’s rule brings no claims', async () => {
  await demo.call('POST', '/api/switches', { authenticationContexts: false, sessionsWithMfa: false })
  const { url } = await asked()
  expect((await maya().signIn(url, { mfa: true })).status).toBe(200)
  await demo.settled()
  expect(await demo.effects('selfActivate')).toHaveLength(1)
})

test('whoever activates a role that grants anything while they sign in: no token is taken for them, nor used', async () => {
  const [ravi, reader] = [demo.person('ravi.menon'), 'Security Reader']
  await demo.portal({
    do: 'remove',
    as: 'ravi.menon',
    person: 'ravi.menon',
    entitlement: 'Privileged Role Administrator',
  })
  await demo.portal({ do: 'setMembers', group: 'grp-ai-engineers', members: ['ravi.menon'] })
  await demo.portal({ do: 'setPolicy', entitlement: reader, authenticationContext: 'c1' })
  await demo.portal({ do: 'setPolicy', entitlement: 'Global Administrator', approval: 'none' })
  const form = await ravi.say(`I need ${reader} for 1 hour to look at alerts`)
  await ravi.tap(form, 'Submit')
  await demo.settled()
  const jonas = demo.person('jonas.weber')
  await jonas.tap(await jonas.card(), 'Approve')
  await demo.settled()
  const url = page(await ravi.tap(form, 'Activate now'))

  const now = {
    as: 'ravi.menon',
    entitlement: 'Global Administrator',
    duration: 'PT1H',
    justification: 'x',
    ticket: 'CHG-1',
  }
  await demo.portal({ do: 'activate', ...now })
  const before = await tokensTaken()
  const answer = await ravi.signIn(url)
  expect(answer.value).toContain('nothing was done')
  const again = await ravi.tap(form, 'Activate now')
  expect(wordsOf(again.value)).toContain('you hold a role with which we do not act for anybody')
  expect(await tokensTaken()).toBe(before)
  expect(await demo.effects('selfActivate')).toHaveLength(1)
})

/** How often the sign-in app was given a token of anybody, by exchange or by code. */
async function tokensTaken(): Promise<number> {
  const calls = await demo.tenant('calls')
  return calls.filter(({ service, path, who }) => {
    return service === 'entra' && String(path).endsWith('/token') && who === '6c2f9a44-1d7b-4f0e-8b0d-7a51e3c94b02'
  }).length
}
