import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { dataOf, type Demo, type Message, shownTo, startDemo, wordsOf } from './demo.ts'

// Whoever may not, whatever they send: a plain sentence, nothing moved, and where it reached for another's, a record.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())

const reason = 'rotate the connector keys'
const words = `I need AI Administrator for 2 hours to ${reason}, INC-48213`
const role = 'AI Administrator'
const maya = () => demo.person('maya.okafor')
const priya = () => demo.person('priya.raman')
const ids = {
  maya: 'cef9161d-f7b3-40c3-bcef-7d1594d1e99a',
  elif: 'd10cb419-e2c1-48fa-a0ed-899637071b83',
  tom: 'b4ce36f7-89a1-441b-8209-eafcbbb79d72',
}
const approvers = (...people: readonly string[]) =>
  demo.portal({
    do: 'setPolicy',
    entitlement: role,
    approval: { approvers: people.map((user) => ({ user })) },
  })

async function submitted(asked = words) {
  const form = await maya().say(asked)
  await maya().tap(form, 'Submit')
  await demo.settled()
  return { form, asked: await priya().card() }
}
/** A made-up tap on whatever stands in this person's chat: card data that another person's card carries. */
async function pressedBy(person: string, action: Record<string, unknown>) {
  const stranger = demo.person(person)
  const [any] = await stranger.messages()
  if (any === undefined) throw new Error(`${person} has no message to press on`)
  return stranger.press(any, action)
}

/** What people's own tokens changed in the tenant, in order. */
const operations = async () =>
  (await demo.effects()).filter(({ byToken }) => byToken === 'delegated').map(({ operation }) => operation)

describe('a request that waits for Priya', () => {
  let form: Message
  let asked: Message
  beforeAll(async () => void ({ form, asked } = await submitted()))
  afterEach(async () => {
    expect(await operations()).toEqual(['selfActivate'])
    expect(await demo.tenant('requests')).toMatchObject([{ status: 'PendingApproval' }])
  })
  const approval = () => ({ verb: 'approve', data: dataOf(asked.card, 'approve') })
  const tapOf = (action: { readonly verb: string; readonly data: object }) => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: asked.id,
    value: { action: { type: 'Action.Execute', ...action }, trigger: 'manual' },
  })
  test('is not decided by its requester', async () => {
    const answer = await maya().press(form, approval())
    expect(answer.value).toBe(
      'You cannot decide a request of your own, so nothing was recorded. Another approver has to answer it.',
    )
    expect(await demo.refusalsKept()).toContainEqual({ person: ids.maya, why: 'own-request' })
  })

  test.for([
    { who: 'a bystander', person: 'elif.kaya', id: ids.elif },
    { who: 'a guest', person: 'tom.whitfield', id: ids.tom },
  ])('is not decided by $who, who learns nothing about it', async ({ person, id }) => {
    const answer = await pressedBy(person, approval())
    expect(answer.value).toBe(
      'Nothing was recorded: you are not an approver of this request. Another approver has to answer it.',
    )
    expect(await demo.refusalsKept()).toContainEqual({ person: id, why: 'may-not-decide' })
  })

  test.for(['withdraw', 'check', 'submit', 'end'])('is not for a bystander to %s', async (verb) => {
    const answer = await pressedBy('elif.kaya', { verb, data: dataOf(asked.card, 'approve') })
    expect(answer.value).toContain('Only the person this card was made for can use it')
  })

  test('is not decided from a card that is not current', async () => {
    const { verb, data } = approval()
    const answer = await priya().press(asked, { verb, data: { ...data, revision: Number(data['revision']) + 1 } })
    expect(wordsOf(answer.value)).toContain('This card is no longer current, so nothing was done.')
  })

  test.for([
    {
      what: 'duration',
      to: { duration: 'PT4H' },
      back: { duration: 'PT2H' },
      says: 'here "2 hours", in Entra "4 hours"',
    },
    { what: 'justification', to: { justification: 'x' }, back: { justification: reason }, says: 'in Entra "x"' },
    {
      what: 'role',
      to: { entitlement: 'Global Reader' },
      back: { entitlement: role },
      says: 'in Entra "Global Reader"',
    },
    {
      what: 'scope',
      to: { scope: '/administrativeUnits/1' },
      back: { scope: '/' },
      says: 'in Entra "/administrativeUnits/1"',
    },
  ])('is not decided while Entra holds it with another $what, and both are shown', async ({ to, back, says }) => {
    const alter = async (change: object) => {
      const [request] = await demo.tenant('requests')
      await demo.portal({ do: 'alterRequest', request: request?.['id'], ...change })
    }
    const approval = { approvers: [{ user: 'priya.raman' }] }
    await demo.portal({ do: 'setPolicy', entitlement: 'Global Reader', approval })
    await alter(to)
    const answer = await priya().tap(asked, 'Approve')
    expect(wordsOf(answer.value)).toContain(says)
    await alter(back)
    await demo.settled()
    expect(await shownTo(maya(), form)).toContain('Waiting for approval')
  })

  test('is not found under a made-up id', async () => {
    const { verb, data } = approval()
    const id = 'req_00000000-0000-4000-8000-000000000000'
    const answer = await priya().press(asked, { verb, data: { ...data, id } })
    expect(answer.value).toContain('We have no record of this card')
  })

  test('is not decided by an activity that says it is Priya’s but brings no token of hers', async () => {
    const answer = await priya().forge({ activity: tapOf(approval()) })
    expect(answer).toMatchObject({ http: 200, type: 'application/vnd.microsoft.activity.loginRequest' })
  })

  test('is not decided with a token that Entra did not sign', async () => {
    const tap = tapOf(approval())
    const authentication = { id: 'x', connectionName: 'latchkey', token: 'eyJhbGciOiJub25lIn0.e30.' }
    const answer = await priya().forge({ activity: { ...tap, value: { ...tap.value, authentication } } })
    expect(answer.type).not.toBe('application/vnd.microsoft.card.adaptive')
    expect(answer.status).toBe(412)
  })

  test('is not decided from another tenant, nor without the channel’s own token', async () => {
    const other = '11111111-1111-4111-8111-111111111111'
    const foreign = {
      ...tapOf(approval()),
      id: 'f:1',
      channelId: 'msteams',
      serviceUrl: 'https://smba.example',
      from: { id: '29:x', aadObjectId: ids.elif },
      recipient: { id: '28:x' },
      conversation: { id: 'a:1', conversationType: 'personal', tenantId: other },
      channelData: { tenant: { id: other } },
    }
    expect(await priya().forge({ activity: foreign, raw: true })).toMatchObject({ http: 403 })
    expect(await priya().forge({ activity: tapOf(approval()), token: null })).toMatchObject({ http: 401 })
    expect(await priya().forge({ activity: tapOf(approval()), token: 'eyJhbGciOiJub25lIn0.e30.' })).toMatchObject({
      http: 401,
    })
  })

  test('is not decided by an approver whose account was disabled after the card came', async () => {
    await demo.portal({ do: 'disableUser', person: 'priya.raman' })
    const answer = await priya().press(asked, approval())
    expect(wordsOf(answer.value)).toContain('your account is disabled')
  })

  test('is not decided by anybody once Entra’s list of approvers was emptied after the card came', async () => {
    await approvers()
    const answer = await pressedBy('hannah.vogt', approval())
    expect(wordsOf(answer.value)).toContain('Du gehörst nicht mehr zu den Genehmigenden')
  })
})

describe('on a fresh tenant', () => {
  afterEach(async () => {
    await demo.faults([])
    await demo.reset()
  })
  beforeAll(() => demo.reset())

  test('two taps at once are one: one request of two submits, one decision of two approvals', async () => {
    const form = await maya().say(words)
    const submits = await Promise.all([maya().tap(form, 'Submit'), maya().tap(form, 'Submit')])
    for (const answer of submits) expect(wordsOf(answer.value)).toMatch(/Waiting for approval|Sending to Entra/)
    await demo.settled()
    expect(await demo.tenant('requests')).toHaveLength(1)

    const asked = await priya().card()
    const press = { verb: 'approve', data: dataOf(asked.card, 'approve') }
    const decisions = await Promise.all([priya().press(asked, press), priya().press(asked, press)])
    for (const answer of decisions) expect(wordsOf(answer.value)).not.toBe('')
    await demo.settled()
    const replayed = await priya().press(asked, press)
    expect(wordsOf(replayed.value)).toContain('this request was approved at')
    expect(await operations()).toEqual(['selfActivate', 'approve'])
    expect(await demo.effects('provisioned')).toHaveLength(1)
  })

  test('a draft obeys its speaker only, and each form of it once', async () => {
    const form = await maya().say(words)
    for (const verb of ['discard', 'submit']) {
      const answer = await pressedBy('elif.kaya', { verb, data: dataOf(form.card, verb) })
      expect(answer.value).toContain('Only the person this card was made for can use it')
    }
    const sentBack = await maya().tap(form, 'Submit', { ticket: 'soon' })
    expect(wordsOf(sentBack.value)).toContain('"soon" is not a ticket number we know')
    const old = await maya().press(form, {
      verb: 'submit',
      data: dataOf(form.card, 'submit'),
      inputs: { ticket: 'INC-48213' },
    })
    expect(wordsOf(old.value)).toContain('This card is no longer current')
    expect(await operations()).toEqual([])
    await maya().tap(form, 'Submit', { ticket: 'INC-48213' })
    expect(await operations()).toEqual(['selfActivate'])
  })

  test('what the requester wrote reaches the approver as text: escaped, cut, and in its own direction', async () => {
    const bait = '[Approve all](https://evil.example) <at>Omar Haddad</at> \u202Egnp.exe\u202C **Approved by security**'
    const form = await maya().say(`${words}, ${'because of this '.repeat(6_250)}`)
    expect(wordsOf(form.card)).toContain(role)
    const refused = await maya().tap(form, 'Submit', { justification: 'x'.repeat(100_000) })
    expect(refused.type).not.toBe('application/vnd.microsoft.card.adaptive')
    expect(await operations()).toEqual([])
    await maya().tap(form, 'Submit', { justification: `${bait} ${'and more '.repeat(300)}` })
    await demo.settled()
    const shown = wordsOf((await priya().card()).card)
    expect(shown).not.toContain('[Approve all](')
    expect(shown).not.toContain('<at>')
    expect(shown).not.toMatch(/[\u202A-\u202E]/)
    expect(shown).not.toContain('**Approved by security**')
    expect(shown).toContain('Approved by security')
    expect(shown.length).toBeLessThan(2000)
  })

  test('where Entra asks for patience, nothing was filed, the card says so, and it can be sent again', async () => {
    const form = await maya().say(words)
    const filing = { service: 'graph', method: 'POST', path: 'roleAssignmentScheduleRequests$' }
    await demo.faults([{ ...filing, status: 429, retryAfter: 1, times: 1 }])
    const answer = await maya().tap(form, 'Submit')
    expect(wordsOf(answer.value)).toContain('Nothing was done: Entra did not answer')
    expect(wordsOf(answer.value)).toContain('Not sent to Entra yet')
    expect(await operations()).toEqual([])
    await maya().tap(form, 'Send to Entra')
    expect(await operations()).toEqual(['selfActivate'])
  })

  test('a tap that was told "working on it" and came to nothing says so in the chat', async () => {
    const form = await maya().say(words)
    await demo.faults([{ service: 'graph', method: 'GET', status: 503 }])
    expect(wordsOf((await maya().tap(form, 'Submit')).value)).toContain('Working on it')
    // Waits until the tap has ended, too.
    await demo.settled()
    await demo.faults([])
    expect((await maya().messages()).at(-1)?.text).toContain('was done')
  })

  test('approvers and requester at once: one of them gets through, and everybody is answered', async () => {
    const { form, asked } = await submitted()
    const press = { verb: 'approve', data: dataOf(asked.card, 'approve') }
    const taps = [priya().press(asked, press), pressedBy('hannah.vogt', press), maya().tap(form, 'Withdraw')]
    for (const answer of await Promise.all(taps)) expect(wordsOf(answer.value)).not.toBe('')
    await demo.settled()
    const done = await operations()
    expect(done).toHaveLength(2)
    expect(await shownTo(maya(), form)).toContain(done[1] === 'cancel' ? 'Withdrawn' : 'Active until')
  })

  test('an approver who asks for their own role is not asked to decide it: the backup is, at once', async () => {
    const form = await priya().say(words)
    expect(wordsOf(form.card)).toContain('Hannah Vogt decides')
    await priya().tap(form, 'Submit')
    await demo.settled()
    const asked = await demo.person('hannah.vogt').card()
    const own = await priya().press(form, { verb: 'approve', data: dataOf(asked.card, 'approve') })
    expect(own.value).toContain('You cannot decide a request of your own')
    await demo.person('hannah.vogt').tap(asked, 'Approve')
    await demo.settled()
    expect(await shownTo(priya(), form)).toContain('Approved by Hannah Vogt')
  })

  test('nobody’s token is exchanged who holds a role that can grant anything: the portal is named instead', async () => {
    await demo.portal({
      do: 'setPolicy',
      entitlement: 'Security Reader',
      approval: { approvers: [{ user: 'jonas.weber' }] },
    })
    await demo.portal({ do: 'setMembers', group: 'grp-ai-engineers', members: ['ravi.menon'] })
    const ravi = demo.person('ravi.menon')
    const form = await ravi.say('I need Security Reader for 1 hour to look at alerts')
    const answer = await ravi.tap(form, 'Submit')
    expect(wordsOf(answer.value)).toContain('Not sent to Entra')
    expect(wordsOf(answer.value)).toContain('you hold a role with which we do not act for anybody')
    expect(await demo.graphCallsBy('ravi.menon')).toEqual([])
    expect(await operations()).toEqual([])
    expect((await demo.refusalsKept()).map(({ why }) => why)).toEqual(['portal-only'])
  })
})

describe('what others do in the portal', () => {
  test('approved there it is active here, and removed there it has ended here before its time', async () => {
    const { form, asked } = await submitted()
    const [request] = await demo.tenant('requests')
    await demo.portal({ do: 'approve', as: 'hannah.vogt', request: request?.['id'] })
    await demo.advance('PT25S')
    expect(await shownTo(maya(), form)).toContain('Active until')
    expect(await shownTo(maya(), form)).toContain('by whom, Entra has not shown us')
    expect(await shownTo(priya(), asked)).not.toContain('Deny')
    await demo.advance('PT10M')
    await demo.portal({ do: 'remove', as: 'ravi.menon', person: 'maya.okafor', entitlement: role })
    await demo.advance('PT25S')
    expect(await shownTo(maya(), form)).toContain('It was ended outside Latchkey, in Entra itself.')
    const told = (await maya().messages()).findLast(({ alert }) => alert)
    expect(told?.text).toBe('AI Administrator has ended before its time.')
  })

  test('denied there, the requester’s own Check sees it', async () => {
    await demo.reset()
    const { form, asked } = await submitted()
    const [request] = await demo.tenant('requests')
    await demo.portal({ do: 'deny', as: 'hannah.vogt', request: request?.['id'], reason: 'No.' })
    await demo.advance('PT25S')
    expect(await shownTo(maya(), form)).toContain('Waiting for approval')
    expect(wordsOf((await maya().tap(form, 'Check')).value)).toContain('Denied by an approver in Entra')
    await demo.settled()
    expect(await shownTo(priya(), asked)).toContain('Denied')
  })

  test('left unanswered for a day it has lapsed on both cards, and one message says so', async () => {
    await demo.reset()
    const { form, asked } = await submitted()
    await demo.advance('PT24H11M')
    expect(await shownTo(maya(), form)).toContain('not visible to us')
    expect(await shownTo(priya(), asked)).not.toContain('Approve\n')
    await demo.advance('PT1H')
    const told = (await maya().messages()).filter(({ text }) => text?.includes('closed in Entra'))
    expect(told).toHaveLength(1)
  })
})
