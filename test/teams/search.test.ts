import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { milliseconds } from '../../src/time.ts'
import type { Found, FoundEntry } from '../../src/workflow/ports/incoming.ts'
import { maya, openListeningBot, viewer } from './listening-bot.ts'
import type { Json, ListeningBot } from './listening-bot.ts'
import { botAppId, openStubMicrosoft } from './stub-microsoft.ts'
import type { StubMicrosoft } from './stub-microsoft.ts'

let microsoft: StubMicrosoft
let bot: ListeningBot

beforeAll(async () => void (microsoft = await openStubMicrosoft()))
afterAll(() => microsoft[Symbol.asyncDispose]())
beforeEach(async () => {
  bot = await openListeningBot(microsoft)
  return () => bot[Symbol.asyncDispose]()
})

const entry: FoundEntry = {
  record: 'entry_ai-administrator',
  name: 'AI [Administrator](x)',
  grants: 'Manages *Copilot*',
}
const many = Array.from({ length: 15 }, (_, n) => ({ ...entry, record: `entry_${n}` }))
const finds = (entries: readonly FoundEntry[], ownChat = true) =>
  bot.onSearch(async () => ({ entries, ownChat, viewer }))

const typed = (value: unknown, more: Json = {}) =>
  bot.activity({ type: 'invoke', name: 'application/search', value, ...more })
const query = (value: unknown, more: Json = {}) =>
  bot.activity({ type: 'invoke', name: 'composeExtension/query', value, ...more })
const words = (text: string) => ({ queryText: text, queryOptions: { skip: 0, top: 15 }, dataset: 'catalogue' })
const command = (text: string, commandId = 'find') => ({
  commandId,
  parameters: [{ name: 'query', value: text }],
  queryOptions: { skip: 0, count: 25 },
})
const failsSearching = () =>
  bot.onSearch(async () => {
    throw new Error('Graph is silent')
  })

describe('typing into a card', () => {
  test('is answered with choices, whose titles are plain and whose values name records', async () => {
    finds([entry])
    expect(await bot.post(typed(words(' ai adm ')))).toMatchObject({
      http: 200,
      body: {
        statusCode: 200,
        type: 'application/vnd.microsoft.search.searchResponse',
        value: { results: [{ title: entry.name, value: 'entry_ai-administrator' }] },
      },
    })
    const [search] = bot.searched
    expect(search).toMatchObject({ words: 'ai adm', conversation: 'a:maya', skip: 0, most: 15 })
  })

  test('asks for no more than Teams shows, and on from where the client is', async () => {
    finds(many)
    await bot.post(typed({ ...words('a'), queryOptions: { skip: 15, top: 500 } }))
    await bot.post(typed({ queryText: null, dataset: 'catalogue' }))
    expect(bot.searched).toMatchObject([
      { skip: 15, most: 15 },
      { words: '', skip: 0, most: 15 },
    ])
  })

  test('searches for whoever the channel says types, whatever the value says', async () => {
    const value = { ...words('ai'), person: 'somebody', aadObjectId: 'somebody', conversation: 'a:other' }
    await bot.post(typed(value))
    expect(bot.searched).toMatchObject([{ person: maya, conversation: 'a:maya' }])
  })

  test.for([
    ['another list', { ...words('ai'), dataset: 'graph.microsoft.com/users' }],
    ['no list', { queryText: 'ai' }],
    ['words that are no text', { ...words('ai'), queryText: { $ne: '' } }],
    ['more than anybody types', words('x'.repeat(201))],
    ['nothing', undefined],
  ] as const)('%s is refused with 400 in words, and nothing is searched', async ([, value]) => {
    expect(await bot.post(typed(value))).toMatchObject({
      http: 200,
      body: {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: '400', message: expect.stringMatching(/\w/) },
      },
    })
    expect(bot.searched).toEqual([])
  })

  test('somebody whom the channel names no account of is turned away', async () => {
    expect(await bot.post(typed(words('ai'), { from: { id: '29:somebody' } }))).toMatchObject({ http: 403 })
    expect(bot.searched).toEqual([])
    expect(bot.strangers).toEqual(['nobody'])
  })

  test('a failed search is told apart from one that finds nothing', async () => {
    failsSearching()
    const { body } = await bot.post(typed(words('ai')))
    expect(body).toMatchObject({ statusCode: 500, type: 'application/vnd.microsoft.error' })
    expect(JSON.stringify(body)).toContain(bot.reference())
    finds([])
    expect(await bot.post(typed(words('ai')))).toMatchObject({ body: { statusCode: 200, value: { results: [] } } })
  })
})

describe('the message extension', () => {
  test('lists what was found, each as a card that opens the form, in the person’s own chat', async () => {
    finds([entry])
    const { http, body } = await bot.post(query(command('ai')))
    expect(http).toBe(200)
    expect(body).toEqual({
      composeExtension: {
        type: 'result',
        attachmentLayout: 'list',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: expect.objectContaining({ type: 'AdaptiveCard', version: '1.5' }),
            preview: {
              contentType: 'application/vnd.microsoft.card.thumbnail',
              content: { title: entry.name, text: entry.grants },
            },
          },
        ],
      },
    })
    const text = JSON.stringify(body)
    expect(text).toContain('"verb":"open","style":"positive","data":{"id":"entry_ai-administrator","revision":1}')
    // What stands on the card is not taken for a link of ours.
    expect(text).toContain('AI \\\\[Administrator\\\\]\\\\(x)')
  })

  test('gives the same neutral card for everything where others read, and no button that acts', async () => {
    finds([entry, { record: 'entry_x', name: 'Security Reader', grants: 'Reads' }], false)
    const more = { conversation: { id: '19:team@thread.tacv2', conversationType: 'groupChat', tenantId: undefined } }
    const { body } = await bot.post(query(command('ai'), more))
    const { attachments } = (body as unknown as { composeExtension: { attachments: { content: Json }[] } })
      .composeExtension
    const [first, second] = attachments.map(({ content }) => JSON.stringify(content))
    expect(first).toBe(second)
    expect(first).not.toMatch(/Administrator|Copilot|entry_|Execute|Maya/)
    expect(first).toContain(`https://teams.microsoft.com/l/chat/0/0?users=28:${botAppId}`)
  })

  test('shows what there is when it is only just opened', async () => {
    await bot.post(query({ commandId: 'find', parameters: [{ name: 'initialRun', value: 'true' }] }))
    expect(bot.searched).toMatchObject([{ words: '', skip: 0, most: 15 }])
  })

  test.for([
    ['another command', command('ai', 'delete')],
    ['more than anybody types', command('x'.repeat(201))],
  ] as const)('%s is answered in words, and nothing is searched', async ([, value]) => {
    expect(await bot.post(query(value))).toMatchObject({
      http: 200,
      body: { composeExtension: { type: 'message', text: expect.stringMatching(/\w/) } },
    })
    expect(bot.searched).toEqual([])
  })

  test('what is no query at all is refused with 400', async () => {
    expect(await bot.post(query({ parameters: 'ai' }))).toMatchObject({ http: 400 })
    expect(bot.searched).toEqual([])
  })

  test('says so where nothing fits, and where the search failed', async () => {
    finds([])
    expect(await bot.post(query(command('zebra')))).toMatchObject({ body: { composeExtension: { type: 'message' } } })
    failsSearching()
    const { body } = await bot.post(query(command('ai')))
    expect(body).toMatchObject({ composeExtension: { type: 'message' } })
    expect(JSON.stringify(body)).toContain(bot.reference())
  })

  test('a card of it that somebody sends without a word is no message to answer', async () => {
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }]
    await bot.post(bot.activity({ type: 'message', attachments }))
    expect(bot.heard).toEqual([])
    await bot.post(bot.activity({ type: 'message', text: 'I need this one', attachments }))
    expect(bot.heard).toMatchObject([{ text: 'I need this one' }])
  })
})

test('within the budget both say that it takes too long, name nobody for it, and never that there is nothing', async () => {
  await using slow = await openListeningBot(microsoft, { invokeBudget: milliseconds(50) })
  const { promise, resolve } = Promise.withResolvers<Found>()
  slow.onSearch(() => promise)
  const typing = await slow.post(typed(words('ai')))
  expect(typing).toMatchObject({ body: { statusCode: 500 } })
  expect(JSON.stringify(typing)).not.toContain('Entra')
  expect(await slow.post(query(command('ai')))).toMatchObject({ body: { composeExtension: { type: 'message' } } })
  resolve({ entries: [], ownChat: true, viewer })
})
