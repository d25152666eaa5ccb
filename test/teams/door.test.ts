import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addressOf } from '../../src/teams/address.ts'
import { openConnections } from '../../src/teams/connections.ts'
import { type Listening, listen } from '../../src/teams/listen.ts'
import { openListeningBot } from './listening-bot.ts'
import type { ListeningBot } from './listening-bot.ts'
import { botAppId, channelIssuer, openStubMicrosoft } from './stub-microsoft.ts'
import type { StubMicrosoft } from './stub-microsoft.ts'

let microsoft: StubMicrosoft
let bot: ListeningBot
beforeAll(async () => void (microsoft = await openStubMicrosoft()))
afterAll(() => microsoft[Symbol.asyncDispose]())
beforeEach(async () => {
  bot = await openListeningBot(microsoft)
  return () => bot[Symbol.asyncDispose]()
})

/** Everything right but the signature. */
const forged = () => microsoft.channelToken({}, { signer: 'forged' })

describe('strangers', () => {
  test('are refused one like the other, counted, and no line is logged for any of them', async () => {
    const made = await new SignJWT({ iss: channelIssuer, aud: botAppId })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('a secret long enough for HS256, guessed'))
    const tokens = [null, 'abc', made, await forged(), `${await forged()}${'a'.repeat(8000)}`]
    for (const token of tokens) expect(await bot.post(bot.message('approve'), token)).toMatchObject({ http: 401 })
    expect(bot.strangers).toHaveLength(tokens.length)
    expect(bot.logged).toEqual([])
    expect(bot.moved()).toEqual([])
  })

  test('who share an address with good people do not keep them out, however often they were refused', async () => {
    const token = await forged()
    const refused = Array.from({ length: 200 }, () => bot.post(bot.message('approve'), token))
    const heard = bot.post(bot.message('help'), await microsoft.channelToken({ one: 'of its own' }))
    expect(await heard).toMatchObject({ http: 200 })
    for (const answer of await Promise.all(refused)) expect(answer.http).toBe(401)
    expect(await bot.post(bot.message('help'), await microsoft.channelToken({ another: 1 }))).toMatchObject({
      http: 200,
    })
    expect(bot.heard).toHaveLength(2)
  })

  test('who open pages without end keep nobody from the next one: it stands in line with theirs', async () => {
    const page = () => fetch(new URL('/auth-start?txn=sgn_1', bot.url)).then(({ status }) => status)
    const opened = await Promise.all(Array.from({ length: 100 }, page))
    expect(new Set(opened)).toEqual(new Set([410]))
  })

  test('who look for other pages find none', async () => {
    const { origin } = new URL(bot.url)
    for (const path of ['/', '/package.json', '/auth/%2e%2e/src', '//evil.example/'])
      expect((await fetch(`${origin}${path}`)).status).toBe(404)
    expect((await fetch(bot.url)).status).toBe(405)
    expect(bot.strangers).toHaveLength(5)
  })

  test('who ask without waiting for answers are cut off', async () => {
    const { hostname, port } = new URL(bot.url)
    const socket = connect(Number(port), hostname)
    const closed = once(socket, 'close')
    socket.on('error', () => {})
    socket.write(`POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`.repeat(500))
    socket.resume()
    await closed
    expect(bot.strangers.length).toBeLessThanOrEqual(11)
    expect(bot.strangers).toContain('in-a-hurry')
  })

  test('whose body is long are not listened to', async () => {
    const answer = await fetch(bot.url, { method: 'POST', body: 'x'.repeat(100_000) })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('connection')).toBe('close')
  })
})

describe('whose address it is', () => {
  const asked = (forwarded: string | undefined, remoteAddress = '10.0.0.9') =>
    ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } }) as unknown as Parameters<
      typeof addressOf
    >[0]

  test.each([
    ['without proxies of ours nothing that is written is read', '1.1.1.1', 0, '10.0.0.9'],
    ['behind one it is what that one saw', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
    ['behind two it is what the outer one saw', '6.6.6.6, 1.1.1.1, 10.0.0.2', 2, '1.1.1.1'],
    ['where fewer proxies wrote than should, it is the leftmost that is there', '1.1.1.1', 5, '1.1.1.1'],
    ['a port that the proxy wrote is left out', '6.6.6.6:1, 1.1.1.1:50123', 1, '1.1.1.1'],
    ['a port behind an IPv6 address too', '[2001:db8:1:2::1]:50123', 1, '2001:db8:1:2'],
    ['where none wrote, it is who connected', undefined, 1, '10.0.0.9'],
  ])('%s', (_, forwarded, proxies, address) => {
    expect(addressOf(asked(forwarded), proxies)).toBe(address)
  })

  test('whoever has an IPv6 address has all of its network', () => {
    expect(addressOf(asked(undefined, '2001:db8:1:2:a:b:c:d'), 0)).toBe(
      addressOf(asked(undefined, '2001:db8:1:2::1'), 0),
    )
    expect(addressOf(asked(undefined, '2001:db8:1:2::1'), 0)).not.toBe(
      addressOf(asked(undefined, '2001:db8:1:3::1'), 0),
    )
  })
})

describe('the server', () => {
  const open: Socket[] = []
  async function connected({ port }: Listening): Promise<Socket> {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    open.push(socket)
    await once(socket, 'connect')
    return socket
  }
  const ask = async (socket: Socket, path: string): Promise<string> => {
    const heard = once(socket, 'data')
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
    return String((await heard)[0])
  }

  test('has room for one more: the oldest connection over which nothing good came makes it', async () => {
    const connections = openConnections(3)
    await using server = await listen(
      { port: 0, address: '127.0.0.1' },
      (request, response) => {
        if (request.url === '/good') connections.trust(request.socket)
        response.end('here')
      },
      connections,
    )
    const good = await connected(server)
    await ask(good, '/good')
    const oldest = await connected(server)
    await ask(oldest, '/')
    const cut = once(oldest, 'close')
    oldest.resume()
    for (let each = 0; each < 3; each += 1) expect(await ask(await connected(server), '/')).toContain('here')
    await cut
    expect(await ask(good, '/')).toContain('here')
    for (const socket of open) socket.destroy()
  })

  test('that ends gives the answers under way first, and says on each that the next belongs elsewhere', async () => {
    const asked = Promise.withResolvers<void>()
    const may = Promise.withResolvers<void>()
    const server = await listen(
      { port: 0, address: '127.0.0.1' },
      async (request, response) => {
        if (request.url === '/slow') {
          asked.resolve()
          await may.promise
        }
        response.end('here')
      },
      openConnections(),
    )
    const [slow, idle] = [await connected(server), await connected(server)]
    await ask(idle, '/')
    const answer = ask(slow, '/slow')
    await asked.promise
    const ended = server[Symbol.asyncDispose]()
    // One that came over an open connection while it ended.
    expect(await ask(idle, '/')).toMatch(/connection: close[\s\S]*here/i)
    may.resolve()
    expect(await answer).toMatch(/connection: close[\s\S]*here/i)
    await ended
  })
})
