import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Answer, type Demo, shownTo, startDemo, type Teammate, wordsOf } from './demo.ts'

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
