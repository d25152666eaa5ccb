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
  expect(await shownTo(lena(), form)).toContain('weiter unten')
  expect(await forms(lena())).toHaveLength(1)
})

test('more than the role allows is cut to its longest, and said', async () => {
  const form = await said(lena(), 'AI admin for 2 hours to rotate keys, INC-48213')
  const cut = await said(lena(), 'make it 9')
  expect(cut.id).toBe(form.id)
  expect(wordsOf(cut.card)).toContain('Du wolltest 9 Stunden')
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

test('an edit of the request changes the form that it made, and deleting it puts the form away', async () => {
  const own = await diego().write('AI admin for 2 hours to rotate keys, INC-48213')
  await demo.settled()
  const form = (await forms(diego())).at(-1)
  await diego().edit(own, 'AI admin for 3 hours to rotate the vault keys, INC-48213')
  await demo.settled()
  const changed = (await forms(diego())).at(-1)
  expect(changed?.id).toBe(form?.id)
  expect(changed && filledIn(changed)).toMatchObject({ duration: 'PT3H', justification: 'rotate the vault keys' })
  await diego().remove(own)
  await demo.settled()
  expect((await forms(diego())).some(({ id }) => id === form?.id)).toBe(false)
})

test('an edit after the form was submitted changes nothing, and says so once', async () => {
  const own = await diego().write('AI admin for 2 hours to rotate keys, INC-48213')
  await demo.settled()
  const form = (await forms(diego())).at(-1)
  if (form === undefined) throw new Error('there is no form')
  await diego().tap(form, 'Submit')
  await demo.settled()
  for (const words of ['AI admin for 4 hours to rotate keys', 'AI admin for 1 hour to rotate keys']) {
    await diego().edit(own, words)
    await demo.settled()
  }
  const told = (await diego().messages()).filter(({ text }) => text?.includes('so it stands as it was'))
  expect(told).toHaveLength(1)
  const filed = (await demo.tenant('requests')).filter(({ person }) => person === 'diego.fuentes')
  expect(filed).toMatchObject([{ duration: 'PT2H', justification: 'rotate keys' }])
})

async function groupOf(person: string, type: 'group' | 'channel', members: readonly string[]): Promise<string> {
  const { body } = await demo.call('POST', `/api/people/${person}/conversations`, { type, name: 'Rollout', members })
  return (body as { id: string }).id // as the demo's API says
}
const inChat = async (person: Teammate, conversation: string, from = 'bot') =>
  (await person.messages()).filter((each) => each.conversation === conversation && each.from === from)

test('in a group chat the bot names nothing, and answers whoever has the app in their own chat', async () => {
  const group = await groupOf('noah.kim', 'group', ['lena.brandt', 'paulo.reis'])
  const before = (await noah().messages()).length
  await noah().write('does anybody know the AI admin?', { conversation: group })
  const mentioned = { conversation: group, mentions: ['bot', 'lena.brandt'] }
  await noah().write('@Latchkey application administrator for 2 hours to help Lena Brandt, INC-48213', mentioned)
  await demo.person('paulo.reis').write('what can I ask for?', { conversation: group, mentions: ['bot'] })
  await demo.settled()
  const answers = (await inChat(lena(), group)).map(({ text }) => text)
  expect(answers.toSorted()).toEqual([
    expect.stringMatching(/^Noah Kim, I have written to you \[in our own chat\]/),
    expect.stringMatching(/^Paulo Reis, I answer in private.*Add Latchkey under Apps/),
  ])
  const form = (await noah().messages()).slice(before).findLast(({ card }) => submits(card))
  expect(form?.conversation).not.toBe(group)
  expect(form && filledIn(form)).toMatchObject({ justification: 'help Lena Brandt', ticket: 'INC-48213' })
})

test('two people who ask in one channel at the same time each get their own form, and fill in their own', async () => {
  const channel = await groupOf('noah.kim', 'channel', ['lena.brandt'])
  const asking = { conversation: channel, mentions: ['bot'] }
  await Promise.all([
    noah().write('application administrator for 1 hour to check consent', asking),
    lena().write('AI admin for 2 hours to rotate keys', asking),
  ])
  await demo.settled()
  // Words in the channel fill in nobody's form: it stands in another chat.
  await noah().write('make it 2 hours', asking)
  await demo.settled()
  await said(lena(), 'INC-48213')
  const newest = async (person: Teammate) => filledIn((await forms(person)).at(-1) ?? (await person.card()))
  expect(await newest(noah())).toMatchObject({ duration: 'PT1H', justification: 'check consent', ticket: '' })
  expect(await newest(lena())).toMatchObject({ duration: 'PT2H', justification: 'rotate keys', ticket: 'INC-48213' })
  expect((await inChat(noah(), channel)).some(({ card }) => card !== undefined)).toBe(false)
})
