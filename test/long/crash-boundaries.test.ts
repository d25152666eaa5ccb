import { expect, test } from 'vitest'
import { killEverywhere } from './kill-run.ts'

const repeat = Number(process.env['LATCHKEY_LONG_REPEAT'] ?? 10)
const wholeHour = { timeout: 3_600_000 }

test('killed at any named boundary, nothing is lost, done twice or left behind', wholeHour, async () => {
  const { kills, requests, messages, recoveries, ...found } = await killEverywhere(repeat, console.log)
  const slowest = Math.max(...recoveries)
  console.log(`${kills} kills, ${requests} requests, slowest recovery ${Math.round(slowest)} ms`, messages)
  expect(found).toEqual({ lost: [], twice: [], leftBehind: [] })
  expect(messages).toMatchObject({ missed: 0, unknown: 0 })
  expect(slowest).toBeLessThan(15_000)
})
