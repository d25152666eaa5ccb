import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Demo, type Message, shownTo, startDemo, type Teammate, wordsOf } from './demo.ts'

// Several people decide one request: in chat, in Entra, or first one and then the other.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())
let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
})

const person = (id: string) => demo.person(id)
const askForAppAdmin = 'I need Application Administrator for 1 hour to renew the SAML certificate, CHG-1201'

async function severeAsked() {
  const maya = person('maya.okafor')
  const form = await maya.say(askForAppAdmin)
  const answer = await maya.tap(form, 'Submit')
  await demo.settled()
  return { maya, form, answer }
}

/** Says yes, through the sign-in page where the role wants a fresh sign-in of its deciders. */
async function approve(by: Teammate, card: Message) {
  const answer = await by.tap(card, 'Approve')
  return answer.signIn === undefined ? answer : by.signIn(answer.signIn)
}

async function endingOf(holder: Teammate): Promise<Message> {
  const ending = (await holder.messages()).findLast((message) => wordsOf(message.card).includes('Let it end'))
  if (ending === undefined) throw new Error('nobody was told of the end')
  return ending
}

test('a severe role: the owner says yes in chat, the requester sends it on, security decides in Entra', async () => {
  const { maya, form } = await severeAsked()
  expect(wordsOf(form.card)).toContain('Priya Raman')
  expect(wordsOf(form.card)).toContain('Jonas Weber')
  expect(await demo.effects()).toHaveLength(0)
  expect(await shownTo(maya, form)).toContain('Priya Raman')

  const priya = person('priya.raman')
  const first = await priya.card()
  const bare = await priya.tap(first, 'Approve')
  expect(bare.signIn).toBeDefined()
  await priya.signIn(bare.signIn ?? '')
  await demo.settled()
  expect(await shownTo(priya, first)).toContain('Approved by Priya Raman')
  await demo.settled()
  expect(await demo.effects()).toHaveLength(0)
  expect((await maya.messages()).findLast((message) => message.alert)?.text).toContain('Application Administrator')

  const sent = await maya.tap(form, 'Send to Entra')
  expect(wordsOf(sent.value)).toMatch(/Waiting for/)
  await demo.settled()
  expect(await demo.effects('selfActivate')).toHaveLength(1)

  const mei = person('mei.lin')
  const second = await mei.card()
  expect(wordsOf(second.card)).toContain('Maya Okafor asks for Application Administrator')
  expect(wordsOf(second.card)).toContain('Priya Raman')
  await approve(mei, second)
  await demo.settled()
  expect(await demo.tenant('activations')).toContainEqual(
    expect.objectContaining({ person: 'maya.okafor', entitlement: 'Application Administrator' }),
  )
  expect(await shownTo(maya, form)).toContain('Active until')
  // Everybody else of security reads by whom it was decided.
  expect(wordsOf((await person('jonas.weber').card()).card)).toContain('Approved by Mei Lin')
})

test('denied in chat: nothing ever reaches Entra', async () => {
  const { maya, form } = await severeAsked()
  const priya = person('priya.raman')
  await priya.tap(await priya.card(), 'Deny', { comment: 'The certificate is valid until March.' })
  await demo.settled()
  expect(await shownTo(maya, form)).toContain('The certificate is valid until March.')
  expect(await demo.effects()).toHaveLength(0)
})

test('chat only: an approval that Entra does not enforce is called so, and the requester activates', async () => {
  const maya = person('maya.okafor')
  const form = await maya.say('Security Reader for 2 hours to look into an alert')
  expect(wordsOf(form.card)).toContain('not enforced by Entra')
  await maya.tap(form, 'Submit')
  await demo.settled()
  const jonas = person('jonas.weber')
  const asked = await jonas.card()
  expect(wordsOf(asked.card)).toContain('not enforced by Entra')
  await jonas.tap(asked, 'Approve')
  await demo.settled()
  expect(await demo.effects()).toHaveLength(0)
  await maya.tap(form, 'Activate now')
  await demo.settled()
  expect(await shownTo(maya, form)).toContain('Active until 12:00')
  expect(await demo.effects('selfActivate')).toHaveLength(1)
})

test('the clock starts at activation, not at approval', async () => {
  const maya = person('maya.okafor')
  const form = await maya.say('Security Reader for 2 hours to look into an alert')
  await maya.tap(form, 'Submit')
  await demo.settled()
  const jonas = person('jonas.weber')
  await jonas.tap(await jonas.card(), 'Approve')
  await demo.advance('PT3H')
  await maya.tap(form, 'Activate now')
  await demo.settled()
  expect(await shownTo(maya, form)).toContain('Active until 15:00')
})

test('silence: the decider is nudged, the backup is asked, the requester knows, and a chat stage lapses', async () => {
  const { maya, form } = await severeAsked()
  expect(await shownTo(maya, form)).toContain('Hannah Vogt')
  const priya = person('priya.raman')
  await demo.advance('PT16M')
  expect((await priya.messages()).findLast((message) => message.alert)?.text).toContain('Maya Okafor')
  const hannah = person('hannah.vogt')
  expect((await hannah.messages()).some((message) => message.card !== undefined)).toBe(false)
  await demo.advance('PT1H')
  expect(wordsOf((await hannah.card()).card)).toContain('Maya Okafor asks for Application Administrator')
  await demo.advance('PT11H')
  expect(await shownTo(maya, form)).toMatch(/lapsed|nobody answered/i)
  expect(wordsOf((await priya.card()).card)).not.toContain('Approve\n')
})

test('the holder is told of the end, once they let it end never again, and Entra ends it', async () => {
  const maya = person('maya.okafor')
  const form = await maya.say('Security Reader for 2 hours to look into an alert')
  await maya.tap(form, 'Submit')
  await demo.settled()
  const jonas = person('jonas.weber')
  await jonas.tap(await jonas.card(), 'Approve')
  await demo.settled()
  await maya.tap(form, 'Activate now')
  await demo.advance('PT1H46M')
  const ending = await endingOf(maya)
  await maya.tap(ending, 'Let it end')
  const count = (await maya.messages()).length
  await demo.advance('PT10M')
  expect(await maya.messages()).toHaveLength(count)
  await demo.advance('PT5M')
  expect(await shownTo(maya, form)).toContain('Ended at')
})

test('ended early from the reminder: PIM has taken it back, and the card says so once it is gone', async () => {
  const maya = person('maya.okafor')
  const form = await maya.say('Security Reader for 2 hours to look into an alert')
  await maya.tap(form, 'Submit')
  await demo.settled()
  const jonas = person('jonas.weber')
  await jonas.tap(await jonas.card(), 'Approve')
  await demo.settled()
  await maya.tap(form, 'Activate now')
  await demo.advance('PT1H46M')
  await maya.tap(await endingOf(maya), 'End now')
  await demo.settled()
  expect(await demo.effects('selfDeactivate')).toHaveLength(1)
  expect(await shownTo(maya, form)).toMatch(/You ended it/)
})

test('an approved request that its requester never sends lapses after a day, with nothing in Entra', async () => {
  const { maya, form } = await severeAsked()
  const priya = person('priya.raman')
  await approve(priya, await priya.card())
  await demo.advance('PT24H')
  expect(await shownTo(maya, form)).toMatch(/lapsed|not sent|never/i)
  expect(await demo.effects()).toHaveLength(0)
})

test('whoever said yes in chat is not asked again in Entra, though Entra would let them', async () => {
  await demo.portal({
    as: 'ravi.menon',
    do: 'setMembers',
    group: 'grp-ai-security-approvers',
    members: ['jonas.weber', 'mei.lin', 'priya.raman'],
  })
  const { maya, form } = await severeAsked()
  const priya = person('priya.raman')
  const first = await priya.card()
  await approve(priya, first)
  await demo.settled()
  await maya.tap(form, 'Send to Entra')
  await demo.settled()
  expect((await priya.messages()).filter((message) => message.card !== undefined)).toHaveLength(1)
  const forced = await priya.forge({
    activity: {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: first.id,
      value: { action: { type: 'Action.Execute', verb: 'approve', data: {} }, trigger: 'manual' },
    },
  })
  expect(forced.status).toBe(400)
  expect(await demo.effects('approve')).toHaveLength(0)
})
