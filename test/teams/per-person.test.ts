import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { maya, openListeningBot, priya } from './listening-bot.ts'
import type { ListeningBot } from './listening-bot.ts'
import { openStubMicrosoft } from './stub-microsoft.ts'
import type { StubMicrosoft } from './stub-microsoft.ts'

const perMinute = 10
let microsoft: StubMicrosoft
let bot: ListeningBot
beforeAll(async () => void (microsoft = await openStubMicrosoft()))
afterAll(() => microsoft[Symbol.asyncDispose]())
beforeEach(async () => {
  bot = await openListeningBot(microsoft, { personPerMinute: perMinute })
  microsoft.sent.length = 0
  return () => bot[Symbol.asyncDispose]()
})

const saidByBot = () => microsoft.sent.map(({ body }) => String(body['text']))
const times = (count: number) => Array.from({ length: count }, (_, each) => each)

test('whoever sends more messages than anybody can is told so once, and nobody else is kept waiting for it', async () => {
  for (const each of times(3 * perMinute))
    expect(await bot.post(bot.message(`help ${each}`))).toMatchObject({ http: 200 })
  expect(bot.heard.length).toBeLessThan(perMinute + 3)
  expect(saidByBot()).toEqual([expect.stringContaining('Wait a minute, then send it again')])
  const from = { id: '29:priya', name: 'Priya Raman', aadObjectId: priya }
  await bot.post({ ...bot.message('pending'), from })
  expect(bot.heard.at(-1)).toMatchObject({ text: 'pending', speaker: { id: priya } })
})

test('whoever taps more often than anybody can reads that nothing was done; their messages are still read', async () => {
  const value = {
    authentication: { id: 'any', connectionName: 'latchkey', token: await microsoft.ssoToken(maya) },
  }
  for (const _ of times(2 * perMinute)) await bot.post(bot.tap({ value }))
  const { body } = await bot.post(bot.tap({ value }))
  expect(body).toMatchObject({
    type: 'application/vnd.microsoft.activity.message',
    value: expect.stringContaining('nothing was done this time'),
  })
  expect(bot.taps.length).toBeLessThan(perMinute + 3)
  await bot.post(bot.message('help'))
  expect(bot.heard).toHaveLength(1)
})

test('searches have an allowance of their own', async () => {
  const search = (queryText: string) =>
    bot.post(bot.activity({ type: 'invoke', name: 'application/search', value: { queryText, dataset: 'catalogue' } }))
  for (const each of times(2 * perMinute)) await search(`a${each}`)
  expect(bot.searched.length).toBeLessThan(perMinute + 3)
})
