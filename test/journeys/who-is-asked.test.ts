import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Demo, startDemo, wordsOf } from './demo.ts'

// The people who are asked change while a request waits: the next ones are asked, and the card names who is asked now.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())
let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
})

const person = (id: string) => demo.person(id)
const plain = 'I need AI Administrator for 2 hours to rotate the connector keys, INC-48213'
const severe = 'I need Application Administrator for 1 hour to renew the SAML certificate, CHG-1201'

async function asked(words: string): Promise<void> {
  const form = await person('maya.okafor').say(words)
  await person('maya.okafor').tap(form, 'Submit')
  await demo.settled()
}
const status = async () => wordsOf((await person('maya.okafor').card()).card)
const chatOf = async (who: string) => encodeURIComponent((await person(who).messages())[0]?.conversation ?? '')
const isAsked = async (who: string) =>
  (await person(who).messages()).some(({ card }) => {
    const words = wordsOf(card)
    return words.includes('Maya Okafor') && /Approve|Genehmigen/.test(words)
  })

test.for(['disableUser', 'deleteUser'])('after %s the next one is asked within five minutes', async (deed) => {
  await asked(plain)
  expect(await status()).toContain('Waiting for approval by Priya Raman')
  expect(await isAsked('hannah.vogt')).toBe(false)
  await demo.portal({ do: deed, person: 'priya.raman' })
  await demo.advance('PT6M')
  expect(await status()).toContain('Waiting for approval by Hannah Vogt')
  expect(await isAsked('hannah.vogt')).toBe(true)
})

test('whoever is taken out of the group is relieved, and whoever came into it is asked', async () => {
  await asked(severe)
  const { signIn } = await person('priya.raman').tap(await person('priya.raman').card(), 'Approve')
  await person('priya.raman').signIn(signIn ?? '')
  const own = person('maya.okafor')
  const sent = await own.tap(await own.card(), 'Send to Entra')
  if (sent.signIn !== undefined) await own.signIn(sent.signIn)
  await demo.settled()
  expect(await isAsked('mei.lin')).toBe(true)
  const members = ['jonas.weber', 'elif.kaya', 'paulo.reis', 'ines.costa']
  await demo.portal({ do: 'setMembers', group: 'grp-ai-security-approvers', members })
  await demo.advance('PT6M')
  expect(await isAsked('mei.lin')).toBe(false)
  expect(await isAsked('elif.kaya')).toBe(true)
  expect(await status()).not.toContain('Mei Lin')
  expect(await status()).toContain('Elif Kaya')
})

test('an approver who blocked us is told of, and the next one is asked at once', async () => {
  const path = await chatOf('priya.raman')
  await demo.faults([{ service: 'connector', method: 'POST', path, status: 403 }])
  await asked(plain)
  expect(await status()).toContain('Waiting for approval by Hannah Vogt')
  expect(await status()).toContain("We can't reach Priya Raman in Teams; an answer in the Entra portal still counts.")
  expect(await isAsked('hannah.vogt')).toBe(true)
  await demo.faults([])
  await person('priya.raman').say('hello')
  await demo.settled()
  expect(await isAsked('priya.raman')).toBe(true)
  expect(await isAsked('hannah.vogt')).toBe(true)
})

test('one answer that a chat is not there makes nobody unreachable', async () => {
  const path = await chatOf('priya.raman')
  await demo.faults([{ service: 'connector', method: 'POST', path, status: 404, times: 1 }])
  await asked(plain)
  expect(await isAsked('priya.raman')).toBe(true)
  expect(await isAsked('hannah.vogt')).toBe(false)
})
