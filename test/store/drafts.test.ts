import { afterAll, beforeAll, expect, test } from 'vitest'
import { hours } from '../../src/time.ts'
import type { Draft } from '../../src/workflow/ports/memory.ts'
import { freshStore, type TestStore } from '../fixtures/postgres.ts'
import { maya, newRequest, noon } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await freshStore()
})
afterAll(() => opened[Symbol.asyncDispose]())

const newDraft = (): Omit<Draft, 'closed'> => ({
  id: `drf_${crypto.randomUUID()}`,
  revision: 1,
  speaker: maya,
  entitlement: 'ai-administrator',
  inputs: { duration: 'PT4H', justification: 'rotate keys', ticket: '', hosts: 'api.example.com' },
  cutFrom: hours(8),
  madeAt: noon,
})
const change = {
  inputs: { duration: 'PT1H', justification: 'rotate connector keys', ticket: 'CHG-1' },
  cutFrom: null,
}

test('a message delivered again, even at the same moment, gets the draft it already has', async () => {
  await using replica = await opened.replica()
  const message = crypto.randomUUID()
  const [one, other] = [newDraft(), newDraft()]
  const answers = await Promise.all([opened.store.drafts.make(one, message), replica.drafts.make(other, message)])
  expect(answers.map(({ made }) => made).toSorted()).toEqual([false, true])
  expect(answers[0].draft).toEqual(answers[1].draft)
  expect([
    { ...one, closed: null },
    { ...other, closed: null },
  ]).toContainEqual(answers[0].draft)
})

test('what is offered is what was asked last in that chat, and delivered again it leaves what was asked since', async () => {
  const { drafts, dialogue } = opened.store
  const [draft, again, conversation] = [newDraft(), newDraft(), `a:${crypto.randomUUID()}`]
  const message = `${conversation}|1`
  await dialogue.ask(maya, conversation, {
    message: `${conversation}|0`,
    what: { asks: 'draft', draft: 'drf_none' },
    at: noon,
    below: 3,
  })
  expect(await drafts.offer(draft, message, conversation)).toEqual({ draft: { ...draft, closed: null }, made: true })
  const offered = { message, what: { asks: 'draft', draft: draft.id }, at: noon, below: 0 } as const
  expect(await dialogue.lastAsked(maya, conversation)).toEqual({ ...offered, draft: { ...draft, closed: null } })

  await dialogue.ask(maya, conversation, { ...offered, below: 2 })
  expect(await drafts.offer(again, message, conversation)).toEqual({ draft: { ...draft, closed: null }, made: false })
  expect(await drafts.load(again.id)).toBeUndefined()
  expect(await dialogue.lastAsked(maya, conversation)).toMatchObject({ ...offered, below: 2 })
})

test('a draft nobody made is not there', async () => {
  expect(await opened.store.drafts.load('drf_none')).toBeUndefined()
})

test('a change makes the next revision, and counts only against the one it was made on', async () => {
  const { drafts } = opened.store
  const draft = newDraft()
  await drafts.make(draft, crypto.randomUUID())
  const answers = await Promise.all([1, 2, 3].map(() => drafts.change(draft.id, 1, change)))
  expect(answers.filter(Boolean)).toHaveLength(1)
  expect(await drafts.load(draft.id)).toEqual({ ...draft, ...change, revision: 2, closed: null })
})

test('a draft is closed once: who comes second learns how', async () => {
  const { drafts } = opened.store
  const draft = newDraft()
  await drafts.make(draft, crypto.randomUUID())
  const [one, other] = [newRequest(), newRequest()]
  const closings: NonNullable<Draft['closed']>[] = [
    { as: 'submitted', request: one },
    { as: 'submitted', request: other },
    { as: 'discarded' },
  ]
  const answers = await Promise.all(closings.map((closing) => drafts.close(draft.id, closing)))
  expect(new Set(answers.map(({ closed }) => JSON.stringify(closed))).size).toBe(1)
  expect(closings).toContainEqual(answers[0]?.closed)
  expect(await drafts.change(draft.id, 1, change)).toBe(false)
  expect(await drafts.load(draft.id)).toEqual(answers[0])
})
