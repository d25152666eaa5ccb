import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Demo, shownTo, startDemo, wordsOf } from './demo.ts'

// The same road for an Azure role: asked for in chat, decided at Resource Manager, in force, and over.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())
let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
})

const words = 'I need Azure AI Developer on rg-ai-prod for 2 hours to release the agent, INC-48213'
const developer = 'Azure AI Developer on rg-ai-prod'
const maya = () => demo.person('maya.okafor')
const priya = () => demo.person('priya.raman')

async function submitted() {
  const form = await maya().say(words)
  const answer = await maya().tap(form, 'Submit')
  await demo.settled()
  return { form, answer, asked: await priya().card() }
}

test('asked in chat, approved on a card, active at Azure, told, and over on time', async () => {
  const form = await maya().say(words)
  expect(wordsOf(form.card)).toContain(developer)
  const answer = await maya().tap(form, 'Submit')
  expect(wordsOf(answer.value)).toContain('Waiting for approval by Priya Raman')
  await demo.settled()
  expect(await demo.tenant('requests')).toMatchObject([{ person: 'maya.okafor', entitlement: developer }])
  const asked = await priya().card()
  expect(wordsOf(asked.card)).toContain(`Maya Okafor asks for ${developer}`)
  expect(wordsOf((await priya().tap(asked, 'Approve')).value)).toContain('Approved by Priya Raman')
  await demo.settled()
  expect(await demo.tenant('activations')).toMatchObject([{ person: 'maya.okafor', entitlement: developer }])
  expect(await shownTo(maya(), form)).toContain('Active until 12:00')
  await demo.advance('PT2H1M')
  expect(await shownTo(maya(), form)).toContain('Ended at 12:0')
  expect(await demo.effects('selfActivate')).toHaveLength(1)
  expect(await demo.effects('approve')).toHaveLength(1)
})

test('decided in chat where Azure asks nobody, then switched on with one more tap, and ended early', async () => {
  const form = await maya().say('Contributor on sub-ai-sandbox-01 for 2 hours to rebuild the index')
  await maya().tap(form, 'Submit')
  await demo.settled()
  expect(await demo.tenant('requests')).toEqual([])
  const asked = await demo.person('lena.brandt').card()
  await demo.person('lena.brandt').tap(asked, 'Approve')
  await demo.settled()
  await maya().tap(await maya().card(), 'Activate now')
  await demo.settled()
  expect(await demo.tenant('activations')).toMatchObject([{ entitlement: 'Contributor on sub-ai-sandbox-01' }])
  await demo.advance('PT5M1S')
  await maya().tap(form, 'End now')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('You ended it')
  expect(await demo.tenant('activations')).toEqual([])
})

test('denied with a comment: the requester reads who and why', async () => {
  const { form, asked } = await submitted()
  await priya().tap(asked, 'Deny', { comment: 'Release it on Monday.' })
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Denied by Priya Raman')
  expect(await shownTo(maya(), form)).toContain('Release it on Monday.')
})

test('withdrawn: Azure has cancelled it', async () => {
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

test('the answer to the filing is lost: it is looked for under its own name, and goes on', async () => {
  const form = await maya().say(words)
  await demo.faults([{ service: 'arm', method: 'PUT', dropAnswer: true, times: 1 }])
  await maya().tap(form, 'Submit')
  await demo.settled()
  expect(await shownTo(maya(), form)).toContain('Waiting for approval by Priya Raman')
  expect(await demo.effects('selfActivate')).toHaveLength(1)
})

test('a fresh sign-in is asked for where the role wants one, and its token is for Azure too', async () => {
  await demo.call('POST', '/api/switches', { authenticationContexts: true })
  const form = await maya().say(words)
  const answer = await maya().tap(form, 'Submit')
  expect(answer.signIn).toBeDefined()
  await maya().signIn(answer.signIn ?? '', { mfa: true })
  await demo.settled()
  expect(await demo.tenant('requests')).toMatchObject([{ entitlement: developer, status: 'PendingApproval' }])
})
