import { request } from 'node:https'
import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { chatAskings, nativeAskings, severeAskings } from './kill-askings.ts'
import { chance } from './kill-chance.ts'
import { crowd } from './kill-crowd.ts'
import { openStage, type Stage } from './kill-stage.ts'

const minutes = Number(process.env['LATCHKEY_LONG_MINUTES'] ?? 1)
const seed = Number(process.env['LATCHKEY_LONG_SEED'] ?? 1)
const wholeHour = { timeout: 3_600_000 }
const askings = [...nativeAskings.slice(0, 3), ...chatAskings.slice(1, 3), ...severeAskings.slice(0, 1)]

const Health = z.object({
  eventLoopDelayMs: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  memoryMb: z.number(),
})

async function healthOf({ demo }: Stage, bot: string): Promise<z.infer<typeof Health>> {
  const ca = await readFile(demo.ready.ca, 'utf8')
  const text = await new Promise<string>((resolve, reject) => {
    request(`${bot}/healthz`, { ca }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += String(chunk)))
      response.on('end', () => resolve(body))
    })
      .on('error', reject)
      .end()
  })
  return Health.parse(JSON.parse(text))
}

async function tablesOf({ database }: Stage): Promise<Record<string, string>> {
  const rows = await database.rows<{ name: string; rows: string; kb: string }>(
    `select relname as name, n_live_tup as rows, pg_total_relation_size(relid) / 1024 as kb
     from pg_stat_user_tables where n_live_tup > 0 order by pg_total_relation_size(relid) desc limit 12`,
  )
  return Object.fromEntries(rows.map(({ name, rows: count, kb }) => [name, `${count} rows, ${kb} kB`]))
}

test('people at work for a long time leave a bot as light and as quick as it was', wholeHour, async () => {
  await using stage = await openStage()
  const people = crowd(stage, askings, chance(seed))
  const until = performance.now() + minutes * 60_000
  const look = async (when: string) => {
    const bots = await Promise.all(stage.demo.ready.bot.map((bot) => healthOf(stage, bot)))
    console.log(when, JSON.stringify({ bots, requests: people.lives.length, tables: await tablesOf(stage) }, null, 1))
    return bots
  }
  const warm = new Promise((next) => setTimeout(next, Math.min(60_000, minutes * 20_000)))
  await warm
  const before = await look('at the beginning')
  while (performance.now() < until) {
    await new Promise((next) => setTimeout(next, Math.min(300_000, Math.max(0, until - performance.now()))))
    await look(`${Math.round((until - performance.now()) / 60_000)} minutes to go`)
  }
  await people.stop()
  const after = await look('at the end')
  // A leak of one request's worth of things shows within the hour; what a warm process keeps does not grow.
  after.forEach((bot, index) => expect(bot.memoryMb).toBeLessThan((before[index]?.memoryMb ?? 0) + 150))
})
