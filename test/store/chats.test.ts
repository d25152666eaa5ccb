import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SentCard } from '../../src/workflow/ports/memory.ts'
import { freshStore, type TestStore } from '../fixtures/postgres.ts'
import { maya, noon, priya } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await freshStore()
})
beforeEach(() => opened.clear())
afterAll(() => opened[Symbol.asyncDispose]())

const chat = { person: maya, conversation: 'a:maya', serviceUrl: 'https://smba.example/emea/', teamsId: '29:maya' }
const card: SentCard = {
  record: 'drf_1',
  role: 'status',
  revision: 1,
  person: maya,
  conversation: 'a:maya',
  serviceUrl: 'https://smba.example/emea/',
  activity: '1700000000001',
  live: true,
}

test('a person is reachable from the first message until the app is removed, at the latest address', async () => {
  const { chats } = opened.store
  expect(await chats.reference(maya)).toBeUndefined()
  await chats.remember(chat)
  await chats.remember({ ...chat, serviceUrl: 'https://smba.example/amer/' })
  expect(await chats.reference(maya)).toEqual({ ...chat, serviceUrl: 'https://smba.example/amer/' })
  await chats.forget(chat)
  expect(await chats.reference(maya)).toBeUndefined()
})

test('a chat that can no longer be written to is forgotten, and not the one that has taken its place', async () => {
  const { chats } = opened.store
  await chats.remember({ ...chat, conversation: 'a:maya-again' })
  await chats.forget(chat)
  expect(await chats.reference(maya)).toMatchObject({ conversation: 'a:maya-again' })
})

test('who has a chat with the bot is told of many at once', async () => {
  const { chats } = opened.store
  await chats.remember(chat)
  expect(await chats.reachable([priya, maya])).toEqual(new Set([maya]))
  expect(await chats.reachable([])).toEqual(new Set())
})

test('where somebody is and how they read is known apart: either may be missing', async () => {
  const { chats } = opened.store
  const unsaid = { locale: 'en-GB', zone: 'Europe/London' }
  expect(await chats.known(maya)).toEqual({ reference: undefined, viewer: unsaid })
  await chats.remember(chat)
  expect(await chats.known(maya)).toEqual({ reference: chat, viewer: unsaid })
  await chats.setViewer(maya, { locale: 'en-NZ', zone: 'Pacific/Auckland' })
  expect(await chats.known(maya)).toEqual({ reference: chat, viewer: { locale: 'en-NZ', zone: 'Pacific/Auckland' } })
  await chats.forget(chat)
  expect(await chats.known(maya)).toMatchObject({ reference: undefined, viewer: { locale: 'en-NZ' } })
})

test('how a person reads dates is kept when the app is removed, and is the default until said', async () => {
  const { chats } = opened.store
  expect(await chats.viewer(maya)).toEqual({ locale: 'en-GB', zone: 'Europe/London' })
  await chats.remember(chat)
  await chats.setViewer(maya, { locale: 'en-NZ', zone: 'Pacific/Auckland' })
  await chats.forget(chat)
  expect(await chats.viewer(maya)).toEqual({ locale: 'en-NZ', zone: 'Pacific/Auckland' })
})

test('a draft’s card becomes the request’s and stays the same card', async () => {
  const { chats } = opened.store
  await chats.recordSent(card)
  await chats.adopt('drf_1', 'req_1')
  expect(await chats.sent('drf_1')).toEqual([])
  expect(await chats.sent('req_1')).toEqual([{ ...card, record: 'req_1' }])
})

test('cards are found by what they show and to whom, in the order they were sent, retired ones marked', async () => {
  const { chats } = opened.store
  const approval: SentCard = { ...card, role: 'approval', person: priya, conversation: 'a:priya', activity: '2' }
  await chats.recordSent(card)
  await chats.recordSent(approval)
  await chats.recordSent({ ...card, activity: '3' })
  await chats.retire(card)
  expect(await chats.sent('drf_1', 'approval')).toEqual([approval])
  expect(await chats.sent('drf_1', 'status')).toEqual([
    { ...card, live: false },
    { ...card, activity: '3' },
  ])
  expect(await chats.sent('drf_1')).toHaveLength(3)
})

test('the same activity id in two conversations is two cards', async () => {
  const { chats } = opened.store
  await chats.recordSent(card)
  await chats.recordSent({ ...card, conversation: 'a:priya', person: priya })
  expect(await chats.sent('drf_1')).toHaveLength(2)
})

test('of an activity delivered to two replicas at once, one takes it for new', async () => {
  await using replica = await opened.replica()
  const answers = await Promise.all(
    [opened.store, replica, opened.store].map(({ chats }) => chats.firstTime('a:maya|17', noon)),
  )
  expect(answers.filter(Boolean)).toHaveLength(1)
})
