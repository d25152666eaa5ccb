import { expect, test } from 'vitest'
import { killAtRandom } from './kill-random.ts'

const kills = Number(process.env['LATCHKEY_LONG_KILLS'] ?? 100)
const seed = Number(process.env['LATCHKEY_LONG_SEED'] ?? Date.now() % 2 ** 31)
const wholeHour = { timeout: 3_600_000 }

test('killed at any moment while many are at work, nothing is lost, done twice or left behind', wholeHour, async () => {
  console.log(`seed ${seed}`)
  const { requests, messages, recoveries, ...found } = await killAtRandom({ kills, seed }, console.log)
  const slowest = Math.max(0, ...recoveries)
  console.log(`${kills} kills, ${requests} requests, slowest recovery ${Math.round(slowest)} ms`, messages)
  expect(found).toMatchObject({ lost: [], twice: [], leftBehind: [] })
  expect(messages).toMatchObject({ missed: 0, unknown: 0 })
  expect(slowest).toBeLessThan(15_000)
})
