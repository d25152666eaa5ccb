import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { dataOf, type Demo, type Message, startDemo, wordsOf } from './demo.ts'

// Finding by typing: in the card that searches, and in the box where one writes to anybody.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())

const Choices = z.object({ choices: z.array(z.object({ title: z.string(), value: z.string() })) })
const Results = z.object({
  results: z.array(z.object({ title: z.string(), text: z.string(), card: z.record(z.string(), z.unknown()) })),
  text: z.string().optional(),
  inserted: z.string().optional(),
})
const Conversations = z.array(z.object({ id: z.string(), type: z.string() }))

async function choices(who: string, card: Message, queryText: string) {
  const body = { message: card.id, dataset: 'catalogue', queryText }
  return Choices.parse((await demo.call('POST', `/api/people/${who}/search`, body)).body).choices
}
const titles = async (who: string, card: Message, text: string) =>
  (await choices(who, card, text)).map(({ title }) => title)
async function extension(who: string, more: Record<string, unknown>) {
  return Results.parse((await demo.call('POST', `/api/people/${who}/extension`, { command: 'find', ...more })).body)
}
/** The newest message with a button of this verb. */
async function cardWith(who: string, verb: string): Promise<Message> {
  const found = (await demo.person(who).messages()).findLast(({ card }) => 'id' in dataOf(card, verb))
  if (found === undefined) throw new Error(`${who} has no card to ${verb}`)
  return found
}
async function searchCard(who: string): Promise<Message> {
  const list = await demo.person(who).say('what can I ask for?')
  await demo.person(who).press(list, { verb: 'open', data: { id: 'find', revision: 1 } })
  return cardWith(who, 'open')
}

test('two people are offered what each may ask for, a guest none of it, and one tap opens the form', async () => {
  const card = await searchCard('maya.okafor')
  const seen = await titles('maya.okafor', card, 'administrator')
  expect(seen).toContain('AI Administrator')
  expect(seen).not.toContain('Conditional Access Administrator')
  expect((await titles('maya.okafor', card, '')).length).toBe(15)
  expect(await titles('maya.okafor', card, 'rotate the keys of an app registration')).toContain(
    'Application Administrator',
  )
  const others = await titles('mei.lin', await searchCard('mei.lin'), 'administrator')
  expect(others).toContain('Conditional Access Administrator')
  expect(others).not.toContain('AI Administrator')
  const guests = await titles('tom.whitfield', await searchCard('tom.whitfield'), 'administrator')
  expect(guests.join()).not.toMatch(/Administrator|Admins/i)

  const [first] = await choices('maya.okafor', card, 'ai adm')
  const opened = await demo.person('maya.okafor').tap(card, 'Open the form', { entitlement: first?.value ?? '' })
  expect(opened).toMatchObject({ status: 200, value: expect.stringContaining('end of this chat') })
  expect(wordsOf((await cardWith('maya.okafor', 'submit')).card)).toContain('AI Administrator')
})

test('words that are no choice, and choices of somebody else, open nothing', async () => {
  const card = await searchCard('maya.okafor')
  const open = (entitlement: string) => demo.person('maya.okafor').tap(card, 'Open the form', { entitlement })
  expect(await open('AI admin')).toMatchObject({ value: expect.stringContaining('none of the choices') })
  for (const hidden of ['entry_conditional-access-administrator', 'entry_no-such-thing'])
    expect(await open(hidden)).toMatchObject({ value: expect.stringContaining('does not show you as eligible') })
})

test('what is taken away is offered no more, from that moment', async () => {
  const card = await searchCard('diego.fuentes')
  expect(await titles('diego.fuentes', card, 'ai adm')).toContain('AI Administrator')
  await demo.portal({
    as: 'hannah.vogt',
    do: 'removeEligibility',
    person: 'diego.fuentes',
    entitlement: 'AI Administrator',
  })
  expect(await titles('diego.fuentes', card, 'ai adm')).not.toContain('AI Administrator')
})

test('a result opens the form in one’s own chat, and says nothing of anybody where others read', async () => {
  const { results, inserted } = await extension('lena.brandt', { query: 'ai administrator', insert: 0 })
  expect(results[0]).toMatchObject({ title: 'AI Administrator', text: expect.stringMatching(/\w/) })
  const sent = (await demo.person('lena.brandt').messages()).find(({ id }) => id === inserted)
  if (sent === undefined) throw new Error('the card was not sent')
  // Lena reads German.
  await demo.person('lena.brandt').tap(sent, 'Formular öffnen')
  expect(wordsOf((await cardWith('lena.brandt', 'submit')).card)).toContain('AI Administrator')

  const chats = Conversations.parse((await demo.call('GET', '/api/people/lena.brandt/conversations')).body)
  const channel = chats.find(({ type }) => type === 'channel')?.id
  const shared = await extension('lena.brandt', { query: 'ai administrator', conversation: channel })
  expect(shared.results[0]?.title).toBe('AI Administrator')
  const card = JSON.stringify(shared.results[0]?.card)
  expect(card).not.toMatch(/Administrator|Execute|entry_|Lena/)
  expect(card).toContain('https://teams.microsoft.com/l/chat/0/0?users=28:')

  expect((await extension('lena.brandt', {})).results.length).toBe(15)
  const guest = await extension('tom.whitfield', { query: 'ai administrator' })
  expect(guest.results.map(({ title }) => title)).not.toContain('AI Administrator')
  expect(await extension('tom.whitfield', { query: 'zebra' })).toMatchObject({
    results: [],
    text: expect.stringContaining('Nothing that you may ask for fits'),
  })
})
