import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { dataOf, type Demo, type Message, startDemo, wordsOf } from './demo.ts'

// Whoever comes too late reads what happened, by whom and when; and nothing that they press moves anything.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())
let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
})

const person = (id: string) => demo.person(id)
const severe = 'I need Application Administrator for 1 hour to renew the SAML certificate, CHG-1201'
const plain = 'I need AI Administrator for 2 hours to rotate the connector keys, INC-48213'

async function asked(words: string): Promise<Message> {
  const form = await person('maya.okafor').say(words)
  await person('maya.okafor').tap(form, 'Submit')
  await demo.settled()
  return person('maya.okafor').card()
}
/** The button as it was on the card before, whatever the card shows by now. */
async function pressed(who: string, on: Message, verb: string, inputs: Readonly<Record<string, string>> = {}) {
  const { value } = await person(who).press(on, { verb, data: dataOf(on.card, verb), inputs })
  return JSON.stringify(value)
}

test.for<{ readonly verb: string; readonly inputs: Readonly<Record<string, string>> }>([
  { verb: 'approve', inputs: {} },
  { verb: 'deny', inputs: { comment: 'not needed any more' } },
])('$verb on a stage that lapsed says that it lapsed, and when', async ({ verb, inputs }) => {
  await asked(severe)
  const card = await person('priya.raman').card()
  await demo.advance('PT13H')
  expect(await pressed('priya.raman', card, verb, inputs)).toMatch(/this request lapsed at .*3:30/)
  expect(await demo.tenant('requests')).toEqual([])
})

test('an approver of the first stage reads that it was withdrawn, and by whom', async () => {
  const own = await asked(severe)
  const card = await person('priya.raman').card()
  await person('maya.okafor').tap(own, 'Withdraw')
  expect(await pressed('priya.raman', card, 'approve')).toMatch(/this request was withdrawn by Maya Okafor at /)
})

test('an approver of the first stage reads who was faster, and who denied it', async () => {
  await asked(severe)
  await demo.advance('PT61M')
  const [early, late] = [await person('priya.raman').card(), await person('omar.haddad').card()]
  const { signIn } = await person('priya.raman').tap(early, 'Approve')
  await person('priya.raman').signIn(signIn ?? '')
  expect(await pressed('omar.haddad', late, 'approve')).toMatch(/Priya Raman approved this step at 11:01/)
  await demo.reset()

  await asked(severe)
  await demo.advance('PT61M')
  const [first, second] = [await person('priya.raman').card(), await person('omar.haddad').card()]
  await pressed('priya.raman', first, 'deny', { comment: 'use the automation' })
  expect(await pressed('omar.haddad', second, 'approve')).toMatch(/was denied by Priya Raman at 11:01/)
  expect(await demo.tenant('requests')).toEqual([])
})

test('a withdrawal that comes when it was granted says that it is on, and offers to end it', async () => {
  const own = await asked(plain)
  const [request] = await demo.tenant('requests')
  await demo.portal({ do: 'approve', as: 'priya.raman', request: request?.['id'] })
  const answer = await pressed('maya.okafor', own, 'withdraw')
  expect(answer).toContain('Too late to withdraw: it has been approved and is active until 12:00 GMT')
  expect(answer).toContain('Active until 12:00 GMT')
  expect(answer).not.toContain('deny it')
  await demo.advance('PT6M')
  const on = await person('maya.okafor').card()
  expect(wordsOf(on.card)).toContain('Active until 12:00 GMT')
  expect(wordsOf(on.card)).not.toContain('deny it')
  await person('maya.okafor').tap(on, 'End now')
  expect(await demo.tenant('activations')).toEqual([])
})

test('whoever asks and withdraws again and again lets the approvers rest, and loses nothing that they typed', async () => {
  const maya = person('maya.okafor')
  await maya.tap(await asked(plain), 'Withdraw')
  await demo.settled()
  await maya.tap(await asked(plain), 'Withdraw')
  await demo.settled()
  const rung = (await person('priya.raman').messages()).length
  const form = await maya.say(plain)
  const refused = wordsOf((await maya.tap(form, 'Submit')).value)
  expect(refused).toContain('you asked for this and withdrew it 2 times lately')
  expect(refused).toContain('You can send it again from 10:02 GMT')
  expect(refused).toContain('rotate the connector keys')
  await demo.settled()
  expect((await person('priya.raman').messages()).length).toBe(rung)
  await demo.advance('PT2M')
  await maya.tap(form, 'Submit')
  await demo.settled()
  expect((await person('priya.raman').messages()).length).toBe(rung + 1)
})
