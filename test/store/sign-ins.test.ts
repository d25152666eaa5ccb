import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addTime, hours, minutes } from '../../src/time.ts'
import type { SignInAsked } from '../../src/workflow/ports/memory.ts'
import { freshStore, type TestStore } from '../fixtures/postgres.ts'
import { maya, priya } from './sample.ts'

let fixture: TestStore
beforeAll(async () => void (fixture = await freshStore()))
afterAll(() => fixture[Symbol.asyncDispose]())
beforeEach(() => fixture.clear())

const now = new Date('2026-03-02T12:00:00Z')
const inTime = addTime(now, minutes(9))
const tooLate = addTime(now, minutes(10))

const tap = {
  activity: 'f:1',
  verb: 'submit',
  record: 'draft_1',
  revision: 2,
  inputs: { justification: 'rotate connector keys' },
  actor: maya,
  chat: 'personal',
  conversation: 'a:maya',
  serviceUrl: 'https://connector.example/',
  card: '1:card',
} as const
const asked: SignInAsked = {
  person: maya,
  tenant: 'fb3f9676-e88e-47ef-b72a-3d75aeae6240',
  occasion: 'tap|a:maya|1:card|draft_1|2|submit',
  claims: '{}',
  waiting: { waits: 'tap', tap },
  expiresAt: addTime(now, minutes(10)),
}
const speaker = { id: maya, teamsId: '29:maya', serviceUrl: 'https://connector.example/', conversation: 'a:maya' }
const message: SignInAsked = {
  ...asked,
  occasion: 'message|a:maya|f:2',
  waiting: { waits: 'message', message: { activity: 'f:2', text: 'pending', speaker, chat: 'personal' } },
}
const mine = 'a digest of my browser’s secret'
const signIns = () => fixture.store.signIns

async function opened(): Promise<string> {
  const { id } = await signIns().begin(asked, now)
  await signIns().heed(id, mine)
  return id
}

describe('a sign-in for a tap', () => {
  test('gives back the whole tap, once, whichever replica asks', async () => {
    const replica = await fixture.replica()
    const id = await opened()
    const taken = await Promise.all([signIns().take(id, mine, inTime), replica.signIns.take(id, mine, inTime)])
    expect(taken.filter((each) => each !== undefined)).toEqual([asked])
  })

  test('forgets what was typed as it is used, and keeps only what came of it', async () => {
    const id = await opened()
    await signIns().take(id, mine, inTime)
    await signIns().finish(id, { came: 'acted' })
    expect(await signIns().read(id)).toEqual({
      ...asked,
      waiting: { waits: 'tap', tap: { ...tap, inputs: {} } },
      browser: mine,
      used: true,
      outcome: { came: 'acted' },
    })
    expect(await signIns().look(id, inTime)).toBeUndefined()
  })

  test('is used up by nobody who only opens it, however many they are', async () => {
    const id = await opened()
    for (const other of ['another', 'a third']) {
      expect(await signIns().look(id, inTime)).toMatchObject({ person: maya, claims: '{}' })
      await signIns().heed(id, other)
    }
    expect(await signIns().take(id, mine, inTime)).toEqual(asked)
    await signIns().heed(id, 'another')
    expect(await signIns().read(id)).toMatchObject({ browser: mine, used: true })
  })

  test('is worth nothing after ten minutes, before it was opened or after', async () => {
    const id = await opened()
    expect(await signIns().look(id, tooLate)).toBeUndefined()
    expect(await signIns().take(id, mine, tooLate)).toBeUndefined()
  })

  test('that was never begun is not to be had', async () => {
    expect(await signIns().take('sgn_nobody', mine, inTime)).toBeUndefined()
    expect(await signIns().read('sgn_nobody')).toBeUndefined()
  })

  test('asked for again says whether a page was ever opened for it', async () => {
    const first = await signIns().begin(asked, now)
    expect(first.unheeded).toBe(false)
    expect((await signIns().begin(asked, inTime)).unheeded).toBe(true)
    expect((await signIns().begin({ ...asked, occasion: 'tap|another' }, inTime)).unheeded).toBe(false)
    expect((await signIns().begin(asked, addTime(now, hours(1)))).unheeded).toBe(false)
  })

  test('is deleted an hour after its time', async () => {
    const id = await opened()
    const at = async (realNow: Date) => (await fixture.replica({ realClock: () => realNow })).tidy(realNow)
    await at(tooLate)
    expect(await signIns().read(id)).toBeDefined()
    await at(addTime(now, hours(2)))
    expect(await signIns().read(id)).toBeUndefined()
  })
})

describe('a token asked for in a message', () => {
  test('is taken from one client only, on whichever replica each arrives', async () => {
    const replica = await fixture.replica()
    const { exchange } = await signIns().beginExchange(message)
    const taken = await Promise.all([
      signIns().takeExchange(exchange, maya, inTime),
      replica.signIns.takeExchange(exchange, maya, inTime),
      signIns().takeExchange(exchange, maya, inTime),
    ])
    expect(taken.filter((each) => each === 'taken')).toHaveLength(2)
    expect(taken.filter((each) => each !== 'taken')).toEqual([message])
  })

  test('delivered again asks under the same id', async () => {
    const replica = await fixture.replica()
    const both = await Promise.all([signIns().beginExchange(message), replica.signIns.beginExchange(message)])
    expect(both[0]).toEqual(both[1])
  })

  test('is not taken from anybody else, nor late', async () => {
    const { exchange } = await signIns().beginExchange(message)
    expect(await signIns().takeExchange(exchange, priya, inTime)).toBeUndefined()
    expect(await signIns().takeExchange(exchange, maya, tooLate)).toBeUndefined()
    expect(await signIns().takeExchange('exg_nobody', maya, inTime)).toBeUndefined()
    expect(await signIns().takeExchange(exchange, maya, inTime)).toEqual(message)
  })

  test('can come from the page behind the card instead, and then from no client any more', async () => {
    const { id, exchange } = await signIns().beginExchange(message)
    await signIns().heed(id, mine)
    expect(await signIns().take(id, mine, inTime)).toMatchObject(message)
    expect(await signIns().takeExchange(exchange, maya, inTime)).toBe('taken')
  })
})
