import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Demo, startDemo, wordsOf } from './demo.ts'

// The way out to Teams where it is slow, throttled or refuses.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())
beforeEach(() => demo.reset())

const chatOf = async (who: string) => {
  const [first] = await demo.person(who).messages()
  if (first === undefined) throw new Error(`${who} has no chat`)
  return encodeURIComponent(first.conversation)
}
const asks = async (who: string, name: string) => {
  const form = await demo.person(who).say('I need AI Administrator for 1 hour to fix agents, INC-48214')
  await demo.person(who).tap(form, 'Submit')
  return demo.person('priya.raman').until(({ card }) => JSON.stringify(card ?? '').includes(name))
}
const deny = async (who: string, card: Awaited<ReturnType<typeof asks>>) => {
  const answer = await demo.person('priya.raman').tap(card, 'Deny', { comment: 'not today' })
  expect(answer.status, who).toBe(200)
}
const told = (text: string | undefined) => text !== undefined && /AI Administrator/.test(text)

test('a chat that hangs keeps nobody else waiting: they are told while it is still on its first try', async () => {
  const [diegos, mayas] = [await asks('diego.fuentes', 'Diego Fuentes'), await asks('maya.okafor', 'Maya Okafor')]
  await demo.faults([{ service: 'connector', path: (await chatOf('diego.fuentes')).slice(4), holdMs: 60_000 }])
  await deny('diego.fuentes', diegos)
  await deny('maya.okafor', mayas)
  await demo.person('maya.okafor').until(({ text, alert }) => alert && told(text))
  const late = await demo.query(
    `select distinct attempts, why from outbox
     where outcome is null and holder is not null and lane like 'to %'`,
  )
  expect(late).toEqual([{ attempts: 1, why: null }])
  await demo.faults([])
})

const wanted = 'I need AI Administrator for 1 hour to fix agents, INC-48214'
/** Until the database says so. */
async function holds(statement: string): Promise<void> {
  const deadline = performance.now() + 30_000
  while ((await demo.query(statement)).length === 0)
    if (performance.now() > deadline) throw new Error(`never: ${statement}`)
}

describe('a form comes within the turn, and nobody is blamed, though the connector does not take it the first time', () => {
  test.each<[string, object]>([
    ['429 with a second to wait', { status: 429, retryAfter: 1 }],
    ['429', { status: 429 }],
    ['412', { status: 412 }],
    ['502', { status: 502 }],
    ['its answer is lost', { dropAnswer: true }],
  ])('%s', async (_, fault) => {
    await demo.faults([{ service: 'connector', method: 'POST', path: 'activities', times: 1, ...fault }])
    const form = await demo.person('maya.okafor').say(wanted)
    expect(wordsOf(form.card)).toContain('AI Administrator')
    expect(await demo.query('select 1 from unanswered')).toEqual([])
  })
})

test('an answer that the connector takes for as long as a turn lasts is owed, and comes when it does', async () => {
  const chat = { service: 'connector', method: 'POST', path: (await chatOf('maya.okafor')).slice(4) }
  await demo.faults([{ ...chat, status: 503 }])
  const maya = demo.person('maya.okafor')
  const before = (await maya.messages()).length
  const own = await maya.write(wanted)
  await holds(`select 1 from unanswered`)
  expect((await maya.messages()).slice(before).map(({ id }) => id)).toEqual([own])
  await demo.faults([])
  const form = await maya.until(({ card }) => card !== undefined && wordsOf(card).includes('fix agents'))
  await demo.settled()
  expect(await demo.query('select 1 from unanswered')).toEqual([])
  expect(await demo.query('select 1 from draft')).toHaveLength(1)
  expect((await maya.tap(form, 'Submit')).status).toBe(200)
})

test('an answer that is owed outlives the bot that owes it', async () => {
  await demo.faults([
    { service: 'connector', method: 'POST', path: (await chatOf('maya.okafor')).slice(4), status: 503 },
  ])
  const maya = demo.person('maya.okafor')
  await maya.write(wanted)
  await holds(`select 1 from unanswered`)
  await demo.bot('kill')
  await demo.faults([])
  await demo.bot('start')
  await maya.until(({ card }) => card !== undefined && wordsOf(card).includes('fix agents'))
})

test('words that no connector heard the answer to change a form once, however late they are answered', async () => {
  const maya = demo.person('maya.okafor')
  await maya.say(wanted)
  await demo.faults([{ service: 'connector', path: (await chatOf('maya.okafor')).slice(4), status: 503 }])
  await maya.write('make it half an hour longer')
  await holds(`select 1 from unanswered`)
  await demo.faults([])
  await demo.settled()
  expect(await demo.query(`select duration::text from draft`)).toEqual([{ duration: String(90 * 60_000) }])
})

test('a fault of our own is said as ours, in answers and on cards, and Entra is not named', async () => {
  const maya = demo.person('maya.okafor')
  const form = await maya.say(wanted)
  try {
    await demo.query('revoke insert on journal, draft from latchkey_bot')
    expect((await maya.say('I need Security Reader for 1 hour to look at alerts')).text).toMatch(
      /wrong on my side(?!.*Entra)/,
    )
    const tapped = await maya.tap(form, 'Submit')
    expect(wordsOf(tapped.value)).toMatch(/wrong on our side(?!.*Entra)/)
  } finally {
    await demo.query('grant insert on journal, draft to latchkey_bot')
  }
})

test('what the connector will never take is tried once and given up; the requester’s next message goes out', async () => {
  const diegos = await asks('diego.fuentes', 'Diego Fuentes')
  const chat = (await chatOf('diego.fuentes')).slice(4)
  await demo.faults([{ service: 'connector', path: chat, status: 400 }])
  await deny('diego.fuentes', diegos)
  await holds(`select 1 from outbox where outcome = 'given-up' and effect = 'notice'`)
  expect(await demo.query(`select distinct attempts from outbox where outcome = 'given-up'`)).toEqual([{ attempts: 1 }])
  await demo.faults([])
  await demo.settled()
  expect(wordsOf(await demo.person('diego.fuentes').say('help'))).not.toBe('')
})
