import { get } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openListeningBot, type ListeningBot } from './listening-bot.ts'
import { openStubMicrosoft, type StubMicrosoft } from './stub-microsoft.ts'

let microsoft: StubMicrosoft
beforeAll(async () => {
  microsoft = await openStubMicrosoft()
})
afterAll(() => microsoft[Symbol.asyncDispose]())

const asked = (bot: ListeningBot, path: string) =>
  new Promise<{ status: number | undefined; body: unknown }>((resolve, reject) => {
    get(`${bot.origin}${path}`, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += String(chunk)))
      response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }))
    }).on('error', reject)
  })

test('a bot whose needs are there is ready, and says of each that it is', async () => {
  await using bot = await openListeningBot(microsoft)
  expect(await asked(bot, '/readyz')).toEqual({
    status: 200,
    body: { ready: true, checks: { database: 'ok', channelKeys: 'ok', entraKeys: 'ok' } },
  })
  expect(await asked(bot, '/healthz')).toMatchObject({ status: 200, body: { alive: true } })
})

test('a bot without its database is not ready, and lives', async () => {
  await using bot = await openListeningBot(microsoft)
  bot.checks['database'] = 'MemorySilent'
  expect(await asked(bot, '/readyz')).toMatchObject({ status: 503, body: { ready: false } })
  expect(await asked(bot, '/healthz')).toMatchObject({ status: 200 })
})

test('a bot that cannot read Entra’s keys, or the channel’s, lets nobody in and is not ready', async () => {
  await using bot = await openListeningBot(microsoft, {
    entraKeys: `${microsoft.origin}/nowhere`,
    channelMetadata: `${microsoft.origin}/nowhere`,
  })
  expect(await asked(bot, '/readyz')).toMatchObject({
    status: 503,
    body: { checks: { channelKeys: 'unreadable', entraKeys: 'unreadable' } },
  })
})

test('whoever asks without end costs one look a second', async () => {
  await using bot = await openListeningBot(microsoft)
  let looks = 0
  Object.defineProperty(bot.checks, 'database', { enumerable: true, get: () => ((looks += 1), 'ok') })
  const began = performance.now()
  for (let round = 0; round < 50; round += 1) expect(await asked(bot, '/readyz')).toMatchObject({ status: 200 })
  // It is read twice for each look: once to copy it, once to judge it.
  expect(looks).toBeLessThanOrEqual(2 * (1 + Math.ceil((performance.now() - began) / 1000)))
})
