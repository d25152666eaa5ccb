import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Demo, shownTo, startDemo, wordsOf } from './demo.ts'

// The whole road for one role: asked for in chat, decided on a card, switched on by PIM, and over on time.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())
let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
})

const words = 'I need AI Administrator for 2 hours to rotate the connector keys, INC-48213'
const maya = () => demo.person('maya.okafor')
const priya = () => demo.person('priya.raman')

async function submitted() {
  const form = await maya().say(words)
  const answer = await maya().tap(form, 'Submit')
  await demo.settled()
  return { form, answer, asked: await priya().card() }
}

test('asked in chat, approved on a card, active in PIM, told, and ended when Entra says so', async () => {
  const form = await maya().say(words)
  expect(wordsOf(form.card)).toContain('AI Administrator')
  expect(wordsOf(form.card)).toContain('rotate the connector keys')
  expect(wordsOf(form.card)).toContain('INC-48213')
  expect(wordsOf(form.card)).toContain('longest 4 hours')
  expect(wordsOf(form.card)).toContain('Priya Raman')

  const answer = await maya().tap(form, 'Submit')
  expect(wordsOf(answer.value)).toContain('Waiting for approval by Priya Raman')
  await demo.settled()
  expect(await demo.tenant('requests')).toMatchObject([{ person: 'maya.okafor', status: 'PendingApproval' }])

  const asked = await priya().card()
  expect(asked.alert).toBe(true)
  expect(wordsOf(asked.card)).toContain('Maya Okafor asks for AI Administrator')
  expect(wordsOf(asked.card)).toContain('rotate the connector keys')
  const decided = await priya().tap(asked, 'Approve')
  expect(wordsOf(decided.value)).toContain('Approved by Priya Raman')
  await demo.settled()

  expect(await demo.tenant('activations')).toContainEqual(
    expect.objectContaining({ person: 'maya.okafor', entitlement: 'AI Administrator' }),
  )
  expect(await shownTo(maya(), form)).toContain('Active until 12:00')
  const told = (await maya().messages()).findLast((message) => message.alert)
  expect(told?.text).toBe('AI Administrator is active until 12:00 GMT.')

  await demo.advance('PT1H59M')
  expect(await shownTo(maya(), form)).toContain('Active until 12:00')
  await demo.advance('PT2M')
  expect(await shownTo(maya(), form)).toContain('Ended at 12:0')
  expect(await demo.effects('selfActivate')).toHaveLength(1)
  expect(await demo.effects('approve')).toHaveLength(1)
})

test('a missing ticket is asked for on the card, and what was typed stays', async () => {
  const form = await maya().say('AI Administrator for 2 hours to rotate the connector keys')
  const sentBack = await maya().tap(form, 'Submit')
  expect(wordsOf(sentBack.value)).toMatch(/ticket/i)
  expect(wordsOf(sentBack.value)).toContain('rotate the connector keys')
  expect(await demo.effects()).toHaveLength(0)
})

test('denied with a comment: the requester reads who and why, and nothing is granted', async () => {
  const { form, asked } = await submitted()
  const bare = await priya().tap(asked, 'Deny', { comment: '' })
  expect(wordsOf(bare.value)).toMatch(/comment|say why/i)
  expect(await demo.effects('deny')).toHaveLength(0)
  await priya().tap(asked, 'Deny', { comment: 'Use the rotation job instead.' })
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Denied by Priya Raman')
  expect(await shownTo(maya(), form)).toContain('Use the rotation job instead.')
  expect((await maya().messages()).findLast((message) => message.alert)?.text).toMatch(/denied/i)
  expect(await demo.tenant('activations')).not.toContainEqual(expect.objectContaining({ person: 'maya.okafor' }))
})

test('withdrawn: Entra has cancelled it, and the approver can no longer decide', async () => {
  const { form, asked } = await submitted()
  const answer = await maya().tap(form, 'Withdraw')
  expect(wordsOf(answer.value)).toMatch(/withdrawn/i)
  await demo.settled()
  expect(await demo.tenant('requests')).toMatchObject([{ status: 'Canceled' }])
  expect(await shownTo(priya(), asked)).toMatch(/withdr/i)
  const late = await priya()
    .tap(asked, 'Approve')
    .catch((error: unknown) => String(error))
  expect(typeof late === 'string' ? late : wordsOf(late.value)).not.toMatch(/approved by/i)
  expect(await demo.effects('approve')).toHaveLength(0)
})

test('ended early: offered from the fifth minute by itself, and over only when Entra no longer shows it', async () => {
  const { form, asked } = await submitted()
  await priya().tap(asked, 'Approve')
  await demo.settled()
  expect(await shownTo(maya(), form)).not.toContain('End now')
  await demo.advance('PT5M1S')
  expect(await shownTo(maya(), form)).toContain('End now')
  await maya().tap(form, 'End now')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('You ended it')
  expect(await demo.effects('selfDeactivate')).toHaveLength(1)
})
