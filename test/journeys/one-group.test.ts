import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Demo, shownTo, startDemo, wordsOf } from './demo.ts'

// The same road for a group as for a role: asked for in chat, decided in Entra or in chat, in force, and over.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())
let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
})

const words = 'I need Model router admins for 2 hours to reroute a failing model, INC-48213'
const router = 'grp-ai-model-router-admins'
const maya = () => demo.person('maya.okafor')
const priya = () => demo.person('priya.raman')

async function submitted() {
  const form = await maya().say(words)
  const answer = await maya().tap(form, 'Submit')
  await demo.settled()
  return { form, answer, asked: await priya().card() }
}

test('asked in chat, approved on a card, a member as Entra shows it, told, and over on time', async () => {
  const form = await maya().say(words)
  expect(wordsOf(form.card)).toContain('Model router admins')
  expect(wordsOf(form.card)).toContain('reroute a failing model')
  const answer = await maya().tap(form, 'Submit')
  expect(wordsOf(answer.value)).toContain('Waiting for approval by Priya Raman')
  await demo.settled()
  expect(await demo.tenant('requests')).toMatchObject([{ person: 'maya.okafor', entitlement: router }])

  const asked = await priya().card()
  expect(wordsOf(asked.card)).toContain('Maya Okafor asks for Model router admins')
  expect(wordsOf((await priya().tap(asked, 'Approve')).value)).toContain('Approved by Priya Raman')
  await demo.settled()
  expect(await demo.tenant('activations')).toMatchObject([{ person: 'maya.okafor', entitlement: router }])
  expect(await shownTo(maya(), form)).toContain('Active until 12:00')
  expect((await maya().messages()).findLast(({ alert }) => alert)?.text).toBe(
    'Model router admins is active until 12:00 GMT.',
  )
  await demo.advance('PT2H1M')
  expect(await shownTo(maya(), form)).toContain('Ended at 12:0')
  expect(await demo.effects('selfActivate')).toHaveLength(1)
  expect(await demo.effects('approve')).toHaveLength(1)
})

test('decided in chat where Entra asks nobody, then switched on with one more tap', async () => {
  const form = await maya().say('Prompt library editors for 2 hours to fix the greeting, INC-48213')
  await maya().tap(form, 'Submit')
  await demo.settled()
  expect(await demo.tenant('requests')).toEqual([])
  const asked = await demo.person('sam.rivera').card()
  expect(wordsOf(asked.card)).toContain('Maya Okafor asks for Prompt library editors')
  await demo.person('sam.rivera').tap(asked, 'Approve')
  await demo.settled()
  const last = await maya().card()
  await maya().tap(last, 'Activate now')
  await demo.settled()
  expect(await demo.tenant('activations')).toMatchObject([{ entitlement: 'grp-ai-prompt-library-editors' }])
})

test('denied with a comment: the requester reads who and why, and is in no group', async () => {
  const { form, asked } = await submitted()
  await priya().tap(asked, 'Deny', { comment: 'Use the failover instead.' })
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Denied by Priya Raman')
  expect(await shownTo(maya(), form)).toContain('Use the failover instead.')
  expect(await demo.tenant('activations')).toEqual([])
})

test('withdrawn: Entra has cancelled it', async () => {
  const { form, asked } = await submitted()
  expect(wordsOf((await maya().tap(form, 'Withdraw')).value)).toMatch(/withdrawn/i)
  await demo.settled()
  expect(await demo.tenant('requests')).toMatchObject([{ status: 'Canceled' }])
  expect(await shownTo(priya(), asked)).toMatch(/withdr/i)
})

test('denied in the portal: told from the audit log, with the reason given there', async () => {
  const { form } = await submitted()
  const [request] = await demo.tenant('requests')
  await demo.portal({ do: 'deny', as: 'hannah.vogt', request: String(request?.['id']), reason: 'Not this week.' })
  await demo.advance('PT3M')
  expect(await shownTo(maya(), form)).toContain('Denied by Hannah Vogt')
  expect(await shownTo(maya(), form)).toContain('Not this week.')
})

test('the answer to the filing is lost: it is looked for, found, and goes on', async () => {
  const form = await maya().say(words)
  await demo.faults([
    { service: 'graph', method: 'POST', path: '/group/assignmentScheduleRequests$', dropAnswer: true, times: 1 },
  ])
  await maya().tap(form, 'Submit')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Waiting for approval by Priya Raman')
  expect(await demo.effects('selfActivate')).toHaveLength(1)
})

test('ended early by its holder, and only what Entra shows is believed', async () => {
  const { form, asked } = await submitted()
  await priya().tap(asked, 'Approve')
  await demo.settled()
  await demo.advance('PT5M1S')
  await maya().tap(form, 'End now')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('You ended it')
  expect(await demo.tenant('activations')).toEqual([])
})
