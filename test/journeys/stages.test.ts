import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Demo, type Message, shownTo, startDemo, type Teammate, wordsOf } from './demo.ts'

// Several people decide one request: in chat, in Entra, or first one and then the other.

let demo: Demo
let catalogue: string
beforeAll(async () => {
  catalogue = await severalForTwoRoles()
  demo = await startDemo({ LATCHKEY_CATALOGUE: catalogue })
})
afterAll(async () => {
  await demo[Symbol.asyncDispose]()
  await rm(catalogue, { recursive: true, force: true })
})
let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
})

/** A copy of the sample catalogue in which two roles that nobody else here uses need two owners, and three of security. */
async function severalForTwoRoles(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-catalogue-'))
  await cp(resolve(import.meta.dirname, '../../sample/contoso/catalogue'), folder, { recursive: true })
  const file = join(folder, 'directory-roles.yaml')
  const several = [
    { templateId: 'd2562ede-74db-457e-a7b6-544e236ebb61', stage: 'from: owner, need: 2' },
    { templateId: '158c047a-c907-4556-b7ef-446551a6b5f7', stage: 'from: security, need: 3' },
  ]
  const edited = several.reduce(
    (text, { templateId, stage }) => {
      const target = `      templateId: ${templateId}\n      scope: /\n`
      const stages = `    stages:\n      - {${stage}, remindAfter: PT30M, escalateAfter: PT2H, lapseAfter: P1D}\n`
      return text.replace(target, target + stages)
    },
    await readFile(file, 'utf8'),
  )
  await writeFile(file, edited)
  return folder
}

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
  expect(await shownTo(priya, first)).toContain('Step 1 of 2 approved by Priya Raman')
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
  expect(wordsOf((await person('jonas.weber').card()).card)).toContain('Genehmigt durch Mei Lin')
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
  expect(wordsOf(asked.card)).toContain('Entra nicht erzwingt')
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
  // A nudge that does not go through at once is sent all the same.
  await demo.faults([{ service: 'connector', method: 'POST', status: 503, times: 1 }])
  await demo.advance('PT16M')
  expect((await priya.messages()).findLast((message) => message.alert)?.text).toContain('Maya Okafor')
  const hannah = person('hannah.vogt')
  expect((await hannah.messages()).some((message) => message.card !== undefined)).toBe(false)
  await demo.advance('PT1H')
  expect(wordsOf((await hannah.card()).card)).toContain('Maya Okafor fordert Application Administrator an')
  await demo.advance('PT11H')
  expect(await shownTo(maya, form)).toContain('Lapsed: nobody answered in time')
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
  expect(await shownTo(maya, form)).toContain('Lapsed: never sent to Entra')
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

const askForTwo = 'I need AI Administrator for 2 hours to rotate the connector keys, INC-48213'

test('two have to say yes: the first in chat, another in Entra, and the requester reads how far it is', async () => {
  const maya = person('maya.okafor')
  const form = await maya.say(askForTwo)
  await maya.tap(form, 'Submit')
  await demo.settled()
  const priya = person('priya.raman')
  const first = await priya.card()
  await priya.tap(first, 'Approve')
  await demo.settled()
  expect(await demo.effects()).toHaveLength(0)
  await maya.tap(form, 'Send to Entra')
  await demo.settled()
  const hannah = person('hannah.vogt')
  const second = await hannah.card()
  expect(wordsOf(second.card)).toContain('Priya Raman')
  await hannah.tap(second, 'Approve')
  await demo.settled()
  expect((await demo.effects('approve')).map(({ who }) => who)).toEqual(['hannah.vogt'])
  expect(await shownTo(maya, form)).toContain('Active until')
  expect(await shownTo(priya, first)).toContain('Approved by')
})

test('three of four have to say yes: two in chat, the third in Entra, each with a sign-in of their own', async () => {
  const noah = person('noah.kim')
  const form = await noah.say('I need Cloud Application Administrator for 1 hour to rotate the app secrets, CHG-1300')
  await noah.tap(form, 'Submit')
  await demo.settled()
  for (const by of ['elif.kaya', 'jonas.weber']) {
    expect(await demo.effects()).toHaveLength(0)
    const answer = await approve(person(by), await person(by).card())
    expect(wordsOf(answer.value)).not.toMatch(/Nothing was recorded|Es wurde nichts vermerkt/)
    await demo.settled()
  }
  expect(await demo.effects()).toHaveLength(0)
  await noah.tap(form, 'Send to Entra')
  await demo.settled()
  // Who said yes already is not asked again; the third reads who the others were.
  const last = await person('mei.lin').until(({ card }) =>
    /Elif Kaya[^]*Jonas Weber|Jonas Weber[^]*Elif Kaya/.test(wordsOf(card)),
  )
  expect(wordsOf((await person('jonas.weber').card()).card)).not.toContain('Genehmigen\n')
  await approve(person('mei.lin'), last)
  await demo.settled()
  expect((await demo.effects('approve')).map(({ who }) => who)).toEqual(['mei.lin'])
  expect(await shownTo(noah, form)).toContain('Active until')
})

test('Entra’s beta approvals are gone: the card names the portal, and what is decided there shows on it', async () => {
  const maya = person('maya.okafor')
  const form = await maya.say(askForTwo)
  await maya.tap(form, 'Submit')
  await demo.settled()
  await person('priya.raman').tap(await person('priya.raman').card(), 'Approve')
  await demo.settled()
  await maya.tap(form, 'Send to Entra')
  await demo.settled()
  await demo.call('POST', '/api/switches', { betaApprovals: 'gone' })
  const hannah = person('hannah.vogt')
  const asked = await hannah.card()
  const answer = wordsOf((await hannah.tap(asked, 'Approve')).value)
  expect(answer).toContain('Entra nimmt diese Entscheidung zurzeit nicht aus Teams an')
  expect(answer).toContain('[Entra-Portal](https://entra.microsoft.com/')
  const [request] = await demo.tenant('requests')
  await demo.portal({ do: 'approve', as: 'hannah.vogt', request: request?.['id'] })
  await demo.advance('PT25S')
  expect(await shownTo(maya, form)).toContain('Active until')
  expect(await shownTo(hannah, asked)).not.toContain('Ablehnen')
})

test('Entra refuses to take a request back: that is said, and once it is active all the same End now is there', async () => {
  const { maya, form } = await severeAsked()
  await approve(person('priya.raman'), await person('priya.raman').card())
  await demo.settled()
  await maya.tap(form, 'Send to Entra')
  await demo.settled()
  await demo.call('POST', '/api/switches', { pendingCancelAllowed: false })
  const refused = wordsOf((await maya.tap(form, 'Withdraw')).value)
  expect(refused).toContain('Entra would not take the request back')
  expect(refused).toContain('Ask an approver to deny it.')
  const mei = person('mei.lin')
  await approve(mei, await mei.card())
  await demo.advance('PT6M')
  expect(await shownTo(maya, form)).toContain('Active until')
  await maya.tap(form, 'End now')
  await demo.settled()
  expect(await demo.effects('selfDeactivate')).toHaveLength(1)
})

test('an approver who does not have the app is named before anything is submitted', async () => {
  const form = await person('maya.okafor').say(askForAppAdmin)
  expect(wordsOf(form.card)).toMatch(/Paulo Reis.*does not have Latchkey in Teams/)
})

test('whoever has the app was welcomed, is helped, and is answered whatever they say', async () => {
  const maya = person('maya.okafor')
  const [welcome] = await maya.messages()
  expect(welcome?.text).toContain('Latchkey')
  expect((await maya.say('help')).text).toMatch(/Say what you need, for how long and why[\s\S]*AI Administrator/)
  const other = await maya.say('what shall we have for lunch')
  expect(other.card).toBeUndefined()
  expect(other.text).toContain('AI Administrator')
})

test('asked why, the bot names who decides', async () => {
  const told = await person('maya.okafor').say('why can I not have AI Administrator')
  expect(told.text).toContain('Priya Raman')
})
