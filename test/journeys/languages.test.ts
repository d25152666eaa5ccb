import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demo, shownTo, startDemo, wordsOf } from './demo.ts'

// One request, read by each in their own language: Lena's Teams is in German, Priya's in English.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())

test('a person whose Teams is in German asks and reads in German, and the approver of the same request in English', async () => {
  const [lena, priya] = [demo.person('lena.brandt'), demo.person('priya.raman')]
  const [welcome] = await lena.messages()
  expect((await lena.say('Hilfe')).text).toMatch(/Schreib, was du brauchst[\s\S]*AI Administrator für 2 Stunden, um/)
  expect(wordsOf((await lena.say('Mein Zugriff')).card)).toMatch(/Dein Zugriff[\s\S]*Zurzeit ist nichts aktiv/)
  // Nobody had seen her client before the app came to her: how it speaks came with that.
  expect(welcome?.text).toContain('Hallo, ich bin Latchkey')

  const form = await lena.say(
    'Ich brauche AI Administrator für 2 Stunden, um die Konnektorschlüssel zu erneuern, INC-48213',
  )
  expect(wordsOf(form.card)).toMatch(/AI Administrator anfordern[\s\S]*Priya Raman entscheidet, und Entra erzwingt es/)
  expect(JSON.stringify(form.card)).toContain('die Konnektorschlüssel zu erneuern')
  await lena.tap(form, 'Absenden')
  await demo.settled()
  expect(await shownTo(lena, form)).toContain('Wartet auf Genehmigung durch Priya Raman')

  const asked = await priya.card()
  expect(wordsOf(asked.card)).toContain('Lena Brandt asks for AI Administrator')
  const denied = await priya.tap(asked, 'Deny')
  expect(wordsOf(denied.value)).toContain('Nothing was recorded: a denial needs a comment.')
  await priya.tap(asked, 'Approve')
  await demo.settled()
  expect(await shownTo(priya, asked)).toContain('Approved by Priya Raman at')
  expect(await shownTo(lena, form)).toMatch(
    /Aktiv bis 13:00 MEZ[\s\S]*Genehmigt durch Priya Raman um 11:00 MEZ, in Entra/,
  )
  const told = (await lena.messages()).findLast(({ alert }) => alert)
  expect(told?.text).toBe('AI Administrator ist aktiv bis 13:00 MEZ.')
})
