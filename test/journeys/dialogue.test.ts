import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataOf, type Demo, type Message, shownTo, startDemo, type Teammate, wordsOf } from './demo.ts'

// A few words answer what was asked last: they change the form, choose one of several, or put the form away.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())

// One demo for all of them, so each is told of somebody else, or of an hour later.
const [maya, lena, diego, noah] = ['maya.okafor', 'lena.brandt', 'diego.fuentes', 'noah.kim'].map(
  (id) => () => demo.person(id),
) as [Who, Who, Who, Who] // as many as were named
type Who = () => Teammate
const forms = async (person: Teammate) => (await person.messages()).filter(({ card }) => submits(card))
/** Says it, and lets the bot finish: a card can be seen before the bot has written down which one it is. */
async function said(person: Teammate, text: string): Promise<Message> {
  const answer = await person.say(text)
  await demo.settled()
  return answer
}
const submits = (card: unknown) => Object.keys(dataOf(card, 'submit')).length > 0
/** What the form would submit as it stands. */
function filledIn({ card }: Message): Record<string, unknown> {
  const inputs: Record<string, unknown> = {}
  const read = (part: unknown): void => {
    if (part === null || typeof part !== 'object') return
    if ('type' in part && String(part.type).startsWith('Input.') && 'id' in part && 'value' in part)
      inputs[String(part.id)] = part.value
    for (const child of Object.values(part)) read(child)
  }
  read(card)
  return inputs
}

test('a form is filled in by a few words each, and is one form all the while', async () => {
  const form = await said(maya(), 'I need AI Administrator')
  for (const words of ['2 hours', 'because the export pipeline is broken', 'INC-48213', 'make it 3']) {
    expect((await said(maya(), words)).id).toBe(form.id)
  }
  const [only, ...others] = await forms(maya())
  expect(others).toEqual([])
  expect(only && filledIn(only)).toEqual({
    duration: 'PT3H',
    justification: 'the export pipeline is broken',
    ticket: 'INC-48213',
  })
  expect(await maya().tap(form, 'Submit')).toMatchObject({ status: 200 })
  await demo.settled()
  expect(await demo.tenant('requests')).toMatchObject([{ person: 'maya.okafor', duration: 'PT3H' }])
})

test('yes submits nothing, somebody else gets no form, and never mind puts the form away', async () => {
  const form = await said(diego(), 'AI admin for 2 hours to rotate keys, INC-48213')
  expect((await said(diego(), 'yes, send it')).text).toContain('Press **Submit**')
  expect((await said(diego(), 'for Lena')).text).toContain('can only be for you')
  await demo.settled()
  expect((await demo.tenant('requests')).filter(({ person }) => person === 'diego.fuentes')).toEqual([])
  expect((await said(diego(), 'never mind')).id).toBe(form.id)
  expect(await shownTo(diego(), form)).toContain('Nothing was sent for AI Administrator')
  expect((await said(diego(), 'make it 3')).text).toContain('did not understand')
})

test('a form far up is brought to the end of the chat, and the one above says so', async () => {
  const form = await said(lena(), 'AI admin for 2 hours to rotate keys, INC-48213')
  await said(lena(), 'help')
  const moved = await said(lena(), 'make it 3')
  expect(moved.id).not.toBe(form.id)
  expect(filledIn(moved)).toMatchObject({ duration: 'PT3H', justification: 'rotate keys', ticket: 'INC-48213' })
  await demo.settled()
  expect(await shownTo(lena(), form)).toContain('further down')
  expect(await forms(lena())).toHaveLength(1)
})

test('more than the role allows is cut to its longest, and said', async () => {
  const form = await said(lena(), 'AI admin for 2 hours to rotate keys, INC-48213')
  const cut = await said(lena(), 'make it 9')
  expect(cut.id).toBe(form.id)
  expect(wordsOf(cut.card)).toContain('You asked for 9 hours')
  expect(filledIn(cut)).toMatchObject({ duration: 'PT4H' })
})

test('what was asked more than an hour ago is answered no more', async () => {
  const form = await said(diego(), 'AI admin for 2 hours to rotate keys, INC-48213')
  await demo.advance('PT61M')
  expect((await said(diego(), 'make it 3')).text).toContain('did not understand')
  expect(filledIn((await forms(diego())).find(({ id }) => id === form.id) ?? form)).toMatchObject({ duration: 'PT2H' })
})

test('of several the second one is the second shown, and what was said for it is kept', async () => {
  const asked = await said(
    noah(),
    "I need the app admin role, no idea if it's the normal one or the cloud one, for 1 hour",
  )
  const shown = asked.text ?? wordsOf(asked.card)
  const second = shown.search(/(?<!Cloud )Application Administrator/) < shown.indexOf('Cloud Application Administrator')
  await said(noah(), 'because the consent screen is broken')
  const form = await said(noah(), 'the second one')
  expect(wordsOf(form.card)).toContain(`Ask for ${second ? 'Cloud ' : ''}Application Administrator`)
  expect(filledIn(form)).toMatchObject({ duration: 'PT1H', justification: 'the consent screen is broken' })
})

test('a question and a form outlive a restart of the bot', async () => {
  const form = await said(noah(), 'I need Cloud Application Administrator because the export pipeline is broken')
  await demo.bot('kill')
  await demo.bot('start')
  const changed = await said(noah(), 'INC-48213, and make it 1 hour')
  expect(changed.id).toBe(form.id)
  expect(filledIn(changed)).toEqual({
    duration: 'PT1H',
    justification: 'the export pipeline is broken',
    ticket: 'INC-48213',
  })
})
