import { expect, test } from 'vitest'
import { holdTokens } from '../../../src/microsoft/sign-in/token-cache.ts'

const hour = 3_600_000
const start = new Date('2026-11-23T09:00:00Z').getTime()

test('a token is asked for once, again five minutes before it ends, and anew for each resource or claim', async () => {
  let now = start
  const asked: string[] = []
  const held = holdTokens(
    () => ({
      getToken: async (scopes) => {
        asked.push(String(scopes))
        return { token: `token ${asked.length}`, expiresOnTimestamp: now + hour }
      },
    }),
    () => new Date(now),
  )
  const token = async (scope: string, claims?: string) =>
    (await held.getToken(scope, claims === undefined ? {} : { claims }))?.token

  expect([await token('graph'), await token('graph'), await token('connector')]).toEqual([
    'token 1',
    'token 1',
    'token 2',
  ])
  now = start + hour - 300_001
  expect(await token('graph')).toBe('token 1')
  now = start + hour - 300_000
  expect(await token('graph')).toBe('token 3')
  expect(await token('graph', '{"access_token":{}}')).toBe('token 4')
})

test('a token that a service refused is asked for again, of a credential with nothing in its cache, and once for all', async () => {
  let made = 0
  const held = holdTokens(
    () => {
      made += 1
      const own = `of credential ${made}`
      // As the library does, each keeps what it was given.
      return { getToken: async () => ({ token: own, expiresOnTimestamp: start + hour }) }
    },
    () => new Date(start),
  )
  const token = async () => (await held.getToken('graph'))?.token
  expect(await token()).toBe('of credential 1')
  const sentAt = performance.now()
  held.refused('graph', sentAt)
  expect(await token()).toBe('of credential 2')
  // Another call that was sent with the old one hears of its refusal later.
  held.refused('graph', sentAt)
  expect(await token()).toBe('of credential 2')
  expect(made).toBe(2)
})
