import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { dataOf, type Demo, shownTo, startDemo, wordsOf } from '../journeys/demo.ts'

// What becomes of a call to Entra when the bot dies inside it, or the answer is lost: looked at, never repeated.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())
let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
})
afterEach(async () => {
  await demo.faults([])
  const verified = await demo.verifyJournal()
  expect(verified, verified.said).toMatchObject({ exit: 0 })
})

const words = 'I need AI Administrator for 2 hours to rotate the connector keys, INC-48213'
const maya = () => demo.person('maya.okafor')
const priya = () => demo.person('priya.raman')

const filing = { service: 'graph', method: 'POST', path: 'roleAssignmentScheduleRequests$' }
const cancelling = { service: 'graph', method: 'POST', path: 'roleAssignmentScheduleRequests/[^/]+/cancel' }
const deciding = { service: 'graph', method: 'PATCH', path: 'roleAssignmentApprovals' }
const lostInside = (call: object) => demo.faults([{ ...call, holdMs: 60_000 }])
const answerLost = (call: object) => demo.faults([{ ...call, dropAnswer: true, times: 1 }])

async function submitted() {
  const form = await maya().say(words)
  await maya().tap(form, 'Submit')
  await demo.settled()
  return { form, asked: await priya().card() }
}

/** The bot is gone as soon as the tenant has done what it was asked, before it could say so; then it comes back. */
async function dieAfter(operation: string, tap: Promise<unknown>) {
  await demo.effectShown(operation)
  await demo.bot('kill')
  await tap
  await demo.faults([])
  await demo.bot('start')
}

/** What people's own tokens changed in the tenant, in order. */
const operations = async () =>
  (await demo.effects()).filter(({ byToken }) => byToken === 'delegated').map(({ operation }) => operation)

test('killed after Entra took the filing: the card says it is in doubt, and the next tap finds it there', async () => {
  const form = await maya().say(words)
  await lostInside(filing)
  await dieAfter('selfActivate', maya().tap(form, 'Submit'))
  await demo.advance('PT11S')
  expect(await shownTo(maya(), form)).toContain('In doubt: was it sent?')
  const checked = await maya().tap(form, 'Check')
  expect(wordsOf(checked.value)).toContain('Waiting for approval by Priya Raman')
  await demo.settled()
  await priya().tap(await priya().card(), 'Approve')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Active until')
  expect(await operations()).toEqual(['selfActivate', 'approve'])
})

test('killed after Entra took the filing, and nobody taps again: an approver’s list finds it there', async () => {
  const form = await maya().say(words)
  await lostInside(filing)
  await dieAfter('selfActivate', maya().tap(form, 'Submit'))
  await priya().say('pending')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Waiting for approval by Priya Raman')
  const asked = await priya().until(({ card }) => wordsOf(card).includes('Maya Okafor asks for'))
  await priya().tap(asked, 'Approve')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Active until')
  expect(await operations()).toEqual(['selfActivate', 'approve'])
})

test('killed after Entra took the approval: it turns active, and who had begun to approve is named', async () => {
  const { form, asked } = await submitted()
  await lostInside(deciding)
  await dieAfter('approve', priya().tap(asked, 'Approve'))
  await demo.advance('PT25S')
  const shown = await shownTo(maya(), form)
  expect(shown).toContain('Active until')
  expect(shown).toMatch(/Priya Raman began to approve this.*the answer itself we have not seen/)
  expect(await shownTo(priya(), asked)).toContain('Approved in Entra')
  expect(await operations()).toEqual(['selfActivate', 'approve'])
  expect(await demo.effects('provisioned')).toHaveLength(1)
  const told = (await maya().messages()).filter(({ text }) => text?.includes('is active until'))
  expect(told).toHaveLength(1)
})

test('killed after Entra took the withdrawal: the next tap sees it cancelled', async () => {
  const { form, asked } = await submitted()
  await lostInside(cancelling)
  await dieAfter('cancel', maya().tap(form, 'Withdraw'))
  await demo.advance('PT11S')
  expect(await shownTo(maya(), form)).toContain('In doubt: was it withdrawn?')
  expect(wordsOf((await maya().tap(form, 'Check')).value)).toContain('Withdrawn')
  await demo.settled()
  expect(await shownTo(priya(), asked)).toContain('Withdrawn by Maya Okafor')
  expect(await operations()).toEqual(['selfActivate', 'cancel'])
})

test('killed before it was stored where the form stands: submitted, the form itself shows what became of it', async () => {
  const form = await maya().say(words)
  await demo.query('delete from sent_card')
  await maya().tap(form, 'Submit')
  await demo.settled()
  await priya().tap(await priya().card(), 'Approve')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Active until')
  expect((await maya().messages()).filter(({ card }) => card !== undefined)).toHaveLength(1)
})

test('killed before the call left: while it may still be under way nobody repeats it, whatever is pressed', async () => {
  const form = await maya().say(words)
  await demo.faults([{ service: 'entra', method: 'POST', path: '/token', holdMs: 60_000 }])
  const tap = maya().tap(form, 'Submit')
  await demo.written('FilingAttempted')
  await demo.bot('kill')
  await tap
  await demo.faults([])
  await demo.bot('start')
  await demo.advance('PT11S')
  expect(await shownTo(maya(), form)).toContain('In doubt: was it sent?')
  const data = dataOf((await maya().card()).card, 'check')
  for (const verb of ['check', 'submit', 'withdraw']) {
    const answer = await maya().press(form, { verb, data })
    expect(wordsOf(answer.value)).toContain('In doubt: was it sent?')
  }
  expect(await operations()).toEqual([])
})

test('an answer to the filing that is lost is settled within the same tap', async () => {
  const form = await maya().say(words)
  await answerLost(filing)
  const answer = await maya().tap(form, 'Submit')
  await demo.settled()
  expect(wordsOf(answer.value)).toContain('Waiting for approval by Priya Raman')
  expect(wordsOf((await priya().card()).card)).toContain('Maya Okafor asks for AI Administrator')
  expect(await operations()).toEqual(['selfActivate'])
})

test('an answer to the approval that is lost is settled within the same tap', async () => {
  const { form, asked } = await submitted()
  await answerLost(deciding)
  const answer = await priya().tap(asked, 'Approve')
  expect(wordsOf(answer.value)).toContain('Approved by Priya Raman')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Active until')
  expect(await operations()).toEqual(['selfActivate', 'approve'])
})

test('dead while the activation ends: after the restart the card says that it ended', async () => {
  const { form, asked } = await submitted()
  await priya().tap(asked, 'Approve')
  await demo.settled()
  await demo.bot('kill')
  await demo.advance('PT3H')
  await demo.bot('start')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Ended at')
  expect(await demo.effects('approve')).toHaveLength(1)
})
