import { afterAll, beforeAll, expect, test } from 'vitest'
import { channelTokens } from '../../src/teams/channel-token.ts'
import { botAppId, channelIssuer, openStubMicrosoft, type StubMicrosoft } from './stub-microsoft.ts'

let microsoft: StubMicrosoft
beforeAll(async () => void (microsoft = await openStubMicrosoft()))
afterAll(() => microsoft[Symbol.asyncDispose]())

const minute = 60_000

function verifying() {
  const clock = { now: new Date() }
  const channel = {
    openIdMetadataUrl: `${microsoft.origin}/v1/.well-known/openidconfiguration`,
    issuer: channelIssuer,
  }
  const tokens = channelTokens(channel, botAppId, () => clock.now)
  return { clock, verify: async (token: string) => (await tokens.verify(token)) !== undefined }
}

test('a token that was good is good again, and no longer than it lives', async () => {
  const { clock, verify } = verifying()
  const start = clock.now.getTime()
  const token = await microsoft.channelToken({ exp: Math.floor(start / 1000) + 120 })
  expect([await verify(token), await verify(token)]).toEqual([true, true])
  // Clocks may differ by five minutes, as botbuilder allows.
  clock.now = new Date(start + 6 * minute)
  expect(await verify(token)).toBe(true)
  clock.now = new Date(start + 8 * minute)
  expect(await verify(token)).toBe(false)
})

test('a token that differs from a good one in its signature alone is refused', async () => {
  const { verify } = verifying()
  const token = await microsoft.channelToken()
  expect(await verify(token)).toBe(true)
  const [head, body] = token.split('.')
  const [, , signature] = (await microsoft.channelToken({}, { signer: 'forged' })).split('.')
  expect(await verify(`${head}.${body}.${signature}`)).toBe(false)
  expect(await verify(`${token.slice(0, -2)}AA`)).toBe(false)
})

test('a key that the channel began to use a moment ago is good from its first token on', async () => {
  const { verify } = verifying()
  expect(await verify(await microsoft.channelToken())).toBe(true)
  await microsoft.channelTakesNewKey()
  expect(await verify(await microsoft.channelToken())).toBe(true)
})
