import { expect, test } from 'vitest'
import { holdTokens } from '../../src/microsoft/held-token.ts'

const hour = 3_600_000
const start = new Date('2026-11-23T09:00:00Z').getTime()

test('a token is asked for once, again five minutes before it ends, and anew for each resource or claim', async () => {
  let now = start
  const asked: string[] = []
  const held = holdTokens(
    {
      getToken: async (scopes) => {
        asked.push(String(scopes))
        return { token: `token ${asked.length}`, expiresOnTimestamp: now + hour }
      },
    },
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
