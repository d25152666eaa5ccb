import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataOf, type Demo, shownTo, startDemo, wordsOf } from './demo.ts'

// What happens in Entra outside the bot, and what people then read. One demo for all: each leaves nothing open.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())

const role = 'AI Administrator'
const words = `I need ${role} for 2 hours to rotate the connector keys, INC-48213`
const maya = () => demo.person('maya.okafor')
const priya = () => demo.person('priya.raman')

async function submitted(requester = 'maya.okafor') {
  const form = await demo.person(requester).say(words)
  await demo.person(requester).tap(form, 'Submit')
  await demo.settled()
  const open = (await priya().messages()).findLast(({ card }) => 'id' in dataOf(card, 'approve'))
  if (open === undefined) throw new Error('Priya has nothing to decide')
  return { form, asked: open, request: await waitingInEntra() }
}
const waitingInEntra = async (): Promise<string> =>
  String((await demo.tenant('requests')).find(({ status }) => status === 'PendingApproval')?.['id'])
const inPortal = { entitlement: role, duration: 'PT1H', justification: 'in the portal', ticket: 'INC-48213' }
const alerts = async () => (await maya().messages()).filter((message) => message.alert).map(({ text }) => text ?? '')

test('denied in the portal: known minutes later by whom and why, on every card, without anybody asking', async () => {
  const { form, asked, request } = await submitted()
  await demo.portal({ do: 'deny', as: 'hannah.vogt', request, reason: 'Use the rotation job.' })
  await demo.advance('PT3M')
  expect(await shownTo(maya(), form)).toContain('Denied by Hannah Vogt')
  expect(await shownTo(maya(), form)).toContain('Use the rotation job.')
  expect(await shownTo(priya(), asked)).toContain('Denied by Hannah Vogt')
  expect((await alerts()).at(-1)).toMatch(/denied/i)
})

test('cancelled in the portal: the card says withdrawn, and the approver has nothing to decide', async () => {
  const { form, asked, request } = await submitted()
  await demo.portal({ do: 'cancel', as: 'maya.okafor', request })
  await demo.advance('PT3M')
  expect(await shownTo(maya(), form)).toContain('Withdrawn')
  expect(await shownTo(priya(), asked)).toContain('Withdrawn')
})

test('approved in the portal: active at once, and a little later it is known who approved', async () => {
  const { form, request } = await submitted()
  await demo.portal({ do: 'approve', as: 'hannah.vogt', request })
  await demo.advance('PT30S')
  expect(await shownTo(maya(), form)).toContain('Active until')
  expect(await shownTo(maya(), form)).not.toContain('Hannah Vogt')
  // The log may be read a few times in ten seconds only, which the clock of the tests before may have outrun.
  const told = maya().until(({ id, card }) => id === form.id && wordsOf(card).includes('Hannah Vogt'))
  await demo.advance('PT3M')
  await told
  expect((await alerts()).filter((text) => text.includes('is active until'))).toHaveLength(1)
  await demo.advance('PT3H')
  expect(await shownTo(maya(), form)).toContain('Ended at')
})

test('a lapse that Entra explains of late as a denial is told as one', async () => {
  await demo.call('POST', '/api/switches', { auditDelayMs: 600_000 })
  const { form, request } = await submitted()
  await demo.advance('PT23H58M')
  await demo.portal({ do: 'deny', as: 'hannah.vogt', request, reason: 'Too late.' })
  await demo.advance('PT3M')
  expect(await shownTo(maya(), form)).not.toContain('Denied')
  // The log may be read a few times in ten seconds only, which this clock outran.
  const told = maya().until(({ id, card }) => id === form.id && wordsOf(card).includes('Denied by Hannah Vogt'))
  await demo.advance('PT20M')
  await demo.advance('PT6M')
  await told
  // The short message about it comes by itself.
  await demo.settled()
  await demo.call('POST', '/api/switches', { auditDelayMs: 60_000 })
})

test('while Entra is silent the card says since when, in one edit, and is brought to the truth when it answers', async () => {
  const { form } = await submitted()
  await demo.advance('PT1M')
  await demo.faults([{ service: 'graph', path: 'batch', status: 503 }])
  const edits = async () => (await maya().messages()).find(({ id }) => id === form.id)?.sequence
  await demo.advance('PT2M')
  const before = await edits()
  await demo.advance('PT6M')
  expect(await shownTo(maya(), form)).toContain('Entra has not answered since')
  const once = await edits()
  expect(once).not.toBe(before)
  await demo.advance('PT2M')
  expect(await edits()).toBe(once)
  await demo.faults([])
  await demo.advance('PT2M')
  expect(await shownTo(maya(), form)).not.toContain('Entra has not answered since')
  await demo.portal({ do: 'cancel', as: 'maya.okafor', request: await waitingInEntra() })
  await demo.advance('PT3M')
})

test('what is active or open already by another way is said, before anything is submitted and after', async () => {
  const form = await maya().say(words)
  await demo.portal({ do: 'activate', as: 'maya.okafor', ...inPortal })
  expect(wordsOf((await maya().tap(form, 'Submit')).value)).toContain('Another request of yours is open in Entra')
  await demo.settled()
  const late = await maya().say(words)
  await demo.portal({ do: 'approve', as: 'hannah.vogt', request: await waitingInEntra() })
  expect(wordsOf((await maya().tap(late, 'Submit')).value)).toContain('Active already, by another way')
  await demo.settled()
  const answer = await maya().say(words)
  expect(answer.text).toContain('You have it already, by another way, until')
  expect(answer.card).toBeUndefined()
})

test.for([
  { what: 'disabled', who: 'lena.brandt', do: 'disableUser', says: 'account of its requester is disabled' },
  { what: 'deleted', who: 'diego.fuentes', do: 'deleteUser', says: 'no longer in the directory' },
])('a requester who is $what while it waits: it closes, and its approver is told why', async (gone) => {
  const { asked } = await submitted(gone.who)
  await demo.portal({ do: gone.do, person: gone.who })
  await demo.advance('PT11M')
  expect(await shownTo(priya(), asked)).toContain(gone.says)
})

test('a requester who is no longer eligible while it waits: it closes, and both are told why', async () => {
  await demo.advance('PT2H')
  const { form, asked } = await submitted()
  await demo.portal({ do: 'removeEligibility', person: 'maya.okafor', entitlement: role })
  await demo.advance('PT11M')
  expect(await shownTo(priya(), asked)).toContain('no longer eligible for it')
  expect(await shownTo(maya(), form)).toContain('Entra itself keeps it open until')
})
