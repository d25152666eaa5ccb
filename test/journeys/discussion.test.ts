import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataOf, type Demo, type Message, shownTo, startDemo, type Teammate, wordsOf } from './demo.ts'

// What approvers find under More: a question to the requester, less time than asked, and that somebody is looking at it.

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo[Symbol.asyncDispose]())

const person = (id: string) => demo.person(id)

/** Says yes, through the sign-in page where the role wants a fresh sign-in of its deciders. */
async function approve(by: Teammate, title = 'Approve', inputs?: Record<string, string>): Promise<void> {
  const answer = await by.tap(await by.card(), title, inputs)
  if (answer.signIn !== undefined) await by.signIn(answer.signIn)
  await demo.settled()
}

/** Asked for an hour, and sent on to Entra, where Jonas and Mei are asked. */
async function inEntra(title: string, inputs?: Record<string, string>) {
  const maya = person('maya.okafor')
  const form = await maya.say('I need Application Administrator for 1 hour to renew the SAML certificate, CHG-1201')
  await maya.tap(form, 'Submit')
  await demo.settled()
  await approve(person('priya.raman'), title, inputs)
  await maya.tap(form, 'Send to Entra')
  await demo.settled()
  return { maya, form, jonas: person('jonas.weber'), mei: person('mei.lin') }
}

const alerts = async (of: Teammate) => (await of.messages()).filter(({ alert }) => alert)
/** Texts that made the phone buzz while something was done. */
async function heard(of: Teammate, during: () => Promise<void>): Promise<readonly string[]> {
  const before = (await alerts(of)).length
  await during()
  return (await alerts(of)).slice(before).map(({ text, card }) => text ?? wordsOf(card))
}
async function questionTo(requester: Teammate): Promise<Message> {
  const found = (await requester.messages()).findLast(({ card }) => wordsOf(card).includes('Question:'))
  if (found === undefined) throw new Error('nobody has asked anything')
  return found
}

test('an approver asks, the requester answers on a card of their own, and everybody asked reads it', async () => {
  const { maya, form, jonas, mei } = await inEntra('Approve')
  const [ofJonas, ofMei] = [await jonas.card(), await mei.card()]
  const buzzed = await heard(maya, async () => {
    const shown = wordsOf((await jonas.tap(ofJonas, 'Ask', { question: 'Which **certificate**?' })).value)
    expect(shown).toMatch(/\*\*Frage:\*\* „Which \\\*\\\*certificate\\\*\\\*\?“ \(Jonas Weber, /)
    await demo.settled()
  })
  expect(buzzed).toEqual([expect.stringContaining('Jonas Weber asks about Application Administrator')])
  expect(await shownTo(maya, form)).toContain('Jonas Weber has asked you something')
  expect(await shownTo(mei, ofMei)).toContain('not answered yet')

  const card = await questionTo(maya)
  const told = await heard(jonas, async () => {
    await maya.tap(card, 'Answer', { answer: 'The one of the payroll.' })
    await demo.settled()
  })
  // Jonas' Teams is in German, everybody else's here in English: the same request, each in their own words.
  expect(told).toEqual(['Maya Okafor hat dir zu Application Administrator geantwortet: Sieh auf der Karte oben nach.'])
  expect(await shownTo(jonas, ofJonas)).toContain('**Antwort:** „The one of the payroll.“')
  expect(await shownTo(mei, ofMei)).toContain('**Answered:** "The one of the payroll."')
  expect(dataOf((await questionTo(maya)).card, 'answer')).toEqual({})
  expect(await shownTo(maya, form)).not.toContain('has asked you something')

  // A claim of somebody who then leaves the approvers counts for nothing: the others are reminded as ever.
  await mei.tap(ofMei, 'I am looking at it')
  const members = ['jonas.weber']
  await demo.portal({ as: 'ravi.menon', do: 'setMembers', group: 'grp-ai-security-approvers', members })
  const reminded = await heard(jonas, () => demo.advance('PT16M'))
  expect(reminded).toEqual([expect.stringMatching(/Maya Okafor wartet seit .* auf deine Antwort/)])
  await approve(jonas)
  expect(await shownTo(maya, form)).toContain('Active until')
})

test('less time than asked is all that reaches Entra, and whoever says they are looking at it is reminded alone', async () => {
  await demo.reset()
  const maya = person('maya.okafor')
  const { form, jonas, mei } = await inEntra('Approve shorter', { duration: 'PT30M' })
  const ready = (await alerts(maya)).findLast(({ text }) => text?.includes('step 1 of 2 approved'))
  expect(ready?.text).toContain('Application Administrator: step 1 of 2 approved for 30 minutes, not 1 hour.')
  expect(await shownTo(maya, form)).toContain('Cut from 1 hour to 30 minutes by Priya Raman')
  expect(await demo.tenant('requests')).toContainEqual(expect.objectContaining({ duration: 'PT30M' }))
  const [ofJonas, ofMei] = [await jonas.card(), await mei.card()]
  expect(wordsOf(ofJonas.card)).toContain('Gekürzt auf 30 Minuten statt 1 Stunde durch Priya Raman')
  expect(wordsOf(ofJonas.card)).not.toContain('Kürzer genehmigen')

  expect(wordsOf((await mei.tap(ofMei, 'I am looking at it')).value)).toContain('You took this')
  await demo.settled()
  expect(await shownTo(jonas, ofJonas)).toContain('Mei Lin hat das um')
  expect(await shownTo(maya, form)).toContain('Mei Lin has been looking at it since')
  const reminded = await heard(mei, async () => {
    expect(await heard(jonas, () => demo.advance('PT16M'))).toEqual([])
  })
  expect(reminded).toEqual([expect.stringContaining('Maya Okafor still waits for your answer')])

  await jonas.tap(ofJonas, 'Übernehmen')
  await demo.settled()
  expect(await shownTo(mei, ofMei)).toContain('Jonas Weber took this')
  await approve(mei)
  expect(await shownTo(maya, form)).toContain('Active until 10:46')
})
