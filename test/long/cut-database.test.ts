import { expect, test } from 'vitest'
import { cutDatabase } from './cut-database.ts'

const cuts = Number(process.env['LATCHKEY_LONG_CUTS'] ?? 100)
const restarts = Number(process.env['LATCHKEY_LONG_RESTARTS'] ?? 10)
const seed = Number(process.env['LATCHKEY_LONG_SEED'] ?? Date.now() % 2 ** 31)
const wholeHour = { timeout: 3_600_000 }

test(
  'a database that is cut off and restarted under six people costs no bot, no request and no second grant',
  wholeHour,
  async () => {
    console.log(`seed ${seed}`)
    const { requests, messages, alive, told, ...found } = await cutDatabase({ cuts, restarts, seed }, console.log)
    console.log(`${found.cuts} cuts, ${found.restarts} restarts, ${requests} requests, ${told} people told`, messages)
    expect(alive).toEqual([2, 2])
    expect(found).toMatchObject({ lost: [], twice: [], leftBehind: [] })
    expect(messages).toMatchObject({ missed: 0, unknown: 0 })
  },
)
