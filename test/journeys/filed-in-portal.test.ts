import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Demo, type Message, shownTo, startDemo, type Teammate, wordsOf } from './demo.ts'

// Somebody asks in the Entra portal, past us: an approver's list brings it here, and the card says what it is.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())
let fresh = true
beforeEach(async () => {
  if (!fresh) await demo.reset()
  fresh = false
})
afterEach(async () => {
  await demo.faults([])
  const verified = await demo.verifyJournal()
  expect(verified, verified.said).toMatchObject({ exit: 0 })
})

const person = (id: string) => demo.person(id)
const maya = () => person('maya.okafor')

const fileInPortal = (entitlement: string, change: Record<string, unknown> = {}) =>
  demo.portal({
    do: 'file',
    as: 'maya.okafor',
    entitlement,
    duration: 'PT1H',
    justification: 'filed by hand',
    ticket: 'CHG-1201',
    ...change,
  })

const cardsOf = async (approver: Teammate): Promise<readonly Message[]> =>
  (await approver.messages()).filter(({ card }) => /Maya Okafor (asks for|fordert)/.test(wordsOf(card)))

/** Asks for the list; the cards of what it brings in may come before it. */
async function listOf(approver: Teammate): Promise<Message> {
  const after = (await approver.messages()).at(-1)?.sequence ?? 0
  await approver.say('pending')
  return approver.until(({ card }) => / waits? for you| auf dich/.test(wordsOf(card)), after)
}

const statusOf = async (): Promise<string> => wordsOf((await maya().messages()).findLast(({ card }) => card)?.card)

/** Says yes or no, through the sign-in page where the role wants a fresh sign-in of its deciders. */
async function answer(by: Teammate, card: Message, title: string, inputs?: Record<string, string>) {
  const came = await by.tap(card, title, inputs)
  return came.signIn === undefined ? came : by.signIn(came.signIn)
}

test('it stands in the approver’s list, its card says what it went round, shows Entra’s values and leads with Deny', async () => {
  await fileInPortal('Application Administrator')
  const mei = person('mei.lin')
  expect(await cardsOf(mei)).toHaveLength(0)
  const list = await listOf(mei)
  expect(wordsOf(list.card)).toMatch(/Maya Okafor: Application Administrator[\s\S]*1 hour.*filed in the portal/)
  await demo.settled()

  const [asked] = await cardsOf(mei)
  const words = wordsOf(asked?.card)
  expect(words).toMatch(/Filed in the Entra portal .*not through Latchkey.* past the approval in chat by Priya Raman/)
  expect(words).toContain('filed by hand')
  expect(words).toContain('CHG-1201')
  const [first] = Object(asked?.card)['actions']
  expect(first.title).toBe('Deny')
  // Whoever else Entra asks has it now as well.
  expect(await cardsOf(person('jonas.weber'))).toHaveLength(1)
  // The owner, whose approval was skipped, decides nothing in Entra.
  expect(await cardsOf(person('priya.raman'))).toHaveLength(0)
})

test('denied on that card: Entra has the denial and its reason, and whoever filed it reads both', async () => {
  await fileInPortal('Application Administrator')
  const mei = person('mei.lin')
  await listOf(mei)
  await demo.settled()
  expect(await statusOf()).toContain('You filed this in the Entra portal')
  const [asked] = await cardsOf(mei)
  if (asked === undefined) throw new Error('no card was shown')
  await answer(mei, asked, 'Deny', { comment: 'please ask Priya first' })
  await demo.settled()
  expect(await demo.effects('deny')).toHaveLength(1)
  expect(await statusOf()).toMatch(/Denied by Mei Lin[\s\S]*please ask Priya first/)
  expect((await maya().messages()).findLast(({ alert }) => alert)?.text).toContain('Application Administrator')
})

test('a row of the list brings its card to the end of the chat, and that card decides', async () => {
  await fileInPortal('AI Administrator', { ticket: 'INC-1000' })
  const priya = person('priya.raman')
  const list = await listOf(priya)
  await demo.settled()
  await priya.tap(list, 'Open')
  const cards = await cardsOf(priya)
  expect(cards).toHaveLength(2)
  const [older, newer] = cards
  if (older === undefined || newer === undefined) throw new Error('two cards were shown')
  await answer(priya, newer, 'Approve')
  await demo.settled()
  expect(await statusOf()).toContain('Active until')
  for (const card of [older, newer]) expect(await shownTo(priya, card)).toContain('Approved')
  expect(await demo.effects('approve')).toHaveLength(1)
  // Nothing waits any more, and the row says so.
  const again = await priya.tap(list, 'Open')
  expect(wordsOf(again.value)).toContain('was approved')
})

test('a row of somebody else’s list opens nothing for a bystander', async () => {
  await fileInPortal('AI Administrator', { ticket: 'INC-1000' })
  const list = await listOf(person('priya.raman'))
  await demo.settled()
  const rows = JSON.stringify(list.card)
  const id = /req_[0-9a-f-]{36}/.exec(rows)?.[0]
  const diego = person('diego.fuentes')
  const own = await diego.say('help')
  const came = await diego.press(own, { verb: 'open', data: { id, revision: 1 } })
  expect(wordsOf(came.value)).toContain('you are not an approver of this request')
  expect(await cardsOf(diego)).toHaveLength(0)
})

test('two approvers read their lists at once: one request in the books, one card each', async () => {
  await fileInPortal('Application Administrator')
  await Promise.all([listOf(person('mei.lin')), listOf(person('jonas.weber'))])
  await demo.settled()
  for (const id of ['mei.lin', 'jonas.weber']) expect(await cardsOf(person(id))).toHaveLength(1)
  expect(await demo.query(`select 1 from journal where type = 'FiledOutside'`)).toHaveLength(1)
})

test('approved in the portal after all: whoever filed it sees it active, and is asked before it ends', async () => {
  await fileInPortal('AI Administrator', { ticket: 'INC-1000' })
  await listOf(person('priya.raman'))
  await demo.settled()
  const [request] = await demo.tenant('requests')
  await demo.portal({ do: 'approve', as: 'priya.raman', request: request?.['id'] })
  await demo.advance('PT25S')
  expect(await statusOf()).toContain('Active until')
  await demo.advance('PT50M')
  expect((await maya().messages()).some(({ card }) => wordsOf(card).includes('Let it end'))).toBe(true)
})

test('a role that the catalogue does not have stays in the portal, and the list says so', async () => {
  await fileInPortal('Security Administrator', { as: 'lena.brandt' })
  const { card } = await listOf(person('mei.lin'))
  expect(wordsOf(card)).toMatch(/Only in the portal[\s\S]*Lena Brandt: Security Administrator/)
  expect(JSON.stringify(card)).toContain('https://entra.microsoft.com/')
  expect(await demo.query(`select 1 from journal where type = 'FiledOutside'`)).toHaveLength(0)
})

test('whoever filed it takes it back from their card here', async () => {
  await fileInPortal('AI Administrator', { ticket: 'INC-1000' })
  await listOf(person('priya.raman'))
  await demo.settled()
  const card = (await maya().messages()).findLast((message) => message.card)
  if (card === undefined) throw new Error('whoever filed it has no card')
  await maya().tap(card, 'Withdraw')
  await demo.settled()
  expect(await demo.effects('cancel')).toHaveLength(1)
  expect(await statusOf()).toContain('Withdrawn')
})
