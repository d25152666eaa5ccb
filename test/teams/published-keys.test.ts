import { exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT } from 'jose'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { publishedKeys } from '../../src/teams/published-keys.ts'

const minute = 60_000
const pairs: { readonly jwk: JWK; readonly token: string }[] = []
beforeAll(async () => {
  for (const kid of ['old', 'new']) {
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey)
    pairs.push({ jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256' }, token })
  }
})

let now: number
/** What stands at their address; null while it does not answer. */
let published: JWK[] | null
let reads: number
let keys: ReturnType<typeof publishedKeys>
beforeEach(() => {
  now = 0
  published = [key('old').jwk]
  reads = 0
  const read = async () => {
    reads += 1
    if (published === null) throw new Error('no answer')
    return { keys: published }
  }
  keys = publishedKeys(read, () => new Date(now))
})

function key(name: 'old' | 'new') {
  const found = pairs[name === 'old' ? 0 : 1]
  if (found === undefined) throw new Error('made before')
  return found
}
const good = (name: 'old' | 'new') =>
  jwtVerify(key(name).token, keys.find).then(
    () => true,
    () => false,
  )

test('keys are read once for many tokens', async () => {
  expect(await Promise.all([good('old'), good('old'), good('old')])).toEqual([true, true, true])
  expect(reads).toBe(1)
})

test('a key that was published a moment ago is looked up again at once', async () => {
  await good('old')
  published = [key('old').jwk, key('new').jwk]
  expect([await good('new'), await good('old')]).toEqual([true, true])
})

test('keys that do not exist cannot make us ask for each of them', async () => {
  await good('old')
  for (let each = 0; each < 100; each += 1) expect(await good('new')).toBe(false)
  expect(reads).toBeLessThanOrEqual(3)
  now += minute
  published = [key('new').jwk]
  expect(await good('new')).toBe(true)
})

test('keys stay known for a day while their address is away, and are no good after it', async () => {
  await good('old')
  published = null
  now += 23 * 60 * minute
  expect(await good('old')).toBe(true)
  now += 61 * minute
  expect(await good('old')).toBe(false)
})

test('a key that was taken back is used no longer than ten minutes while its address answers', async () => {
  await good('old')
  published = [key('new').jwk]
  now += 11 * minute
  // The first to come after that finds the keys that are known; they are read again behind its back.
  await good('old')
  await new Promise(setImmediate)
  expect(await good('old')).toBe(false)
})

test('while no key is known their address is not asked for each token', async () => {
  published = null
  for (let each = 0; each < 100; each += 1) expect(await good('old')).toBe(false)
  expect(reads).toBeLessThanOrEqual(3)
})
