import fc from 'fast-check'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demo, startDemo } from '../journeys/demo.ts'
import { anyCommand } from './model/commands.ts'
import type { Command } from './model/draw.ts'
import { rolesAtStart } from './model/portal-commands.ts'
import { Differs } from './model/differs.ts'
import { freshModel, type Model } from './model/model.ts'
import { makeCatalogue } from './model/roles.ts'
import { conclude } from './model/steps.ts'
import { type World, worldOf } from './model/world.ts'

// Any order of taps, portal actions, faults, deaths and hours: tenant, journal and cards against a small model of them.
// Whatever is drawn comes from the seed. A sequence that fails is told as it went and not made smaller: trying again what
// takes a minute each time would take hours.

const seed = Number(process.env['LATCHKEY_LONG_SEED'] ?? 1)
const steps = Number(process.env['LATCHKEY_LONG_STEPS'] ?? 2000)
/** Steps between two resets: long enough for requests to grow old together, short enough for the log of a failure. */
const together = 80

let demo: Demo
let world: World
let catalogue: string
beforeAll(async () => {
  catalogue = await makeCatalogue()
  demo = await startDemo({ LATCHKEY_CATALOGUE: catalogue })
  world = worldOf(demo)
})
afterAll(async () => {
  await demo[Symbol.asyncDispose]()
  await rm(catalogue, { recursive: true, force: true })
})

test(
  `whatever ${steps} steps bring, tenant, journal and cards are what the model says (seed ${seed})`,
  { timeout: 3_600_000 },
  async () => {
    let left = steps
    const totals = new Map<string, number>()
    for (let sequence = 0; left > 0; sequence += 1) {
      if (sequence > 0) await world.reset()
      await demo.call('POST', '/api/switches', { auditReadsPerTenSeconds: 0 })
      await rolesAtStart(world)
      await world.look()
      const [commands = []] = fc.sample(
        fc.array(anyCommand, { minLength: 6 * together, maxLength: 6 * together, size: 'max' }),
        { seed: seed + sequence, numRuns: 1 },
      )
      const model = await freshModel()
      const ran = await run(model, commands, Math.min(left, together), sequence)
      left -= ran
      for (const life of model.lives) totals.set(life.seen, (totals.get(life.seen) ?? 0) + 1)
    }
    console.log(`what became of the requests: ${[...totals].map(([what, count]) => `${count} ${what}`).join(', ')}`)
    expect(totals.size).toBeGreaterThan(0)
  },
)

/** Runs as many of the commands as may be, and then what must hold at the end. @returns how many steps were taken. */
async function run(model: Model, commands: readonly Command[], most: number, sequence: number): Promise<number> {
  let taken = 0
  const began = performance.now()
  const counted = commands.map((command) => ({
    check: (now: Readonly<Model>) => taken < most && command.check(now),
    run: async (now: Model, real: World) => {
      taken += 1
      await command.run(now, real)
    },
    toString: () => command.toString(),
  }))
  try {
    await fc.asyncModelRun(async () => ({ model, real: world }), counted)
    await conclude(model, world)
  } catch (error) {
    throw new Error(failure(model, sequence, error), { cause: error })
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`sequence ${sequence + 1}: ${taken} steps, ${model.lives.length} requests, ${seconds} s`)
  return taken
}

const failure = (model: Model, sequence: number, error: unknown): string =>
  [
    `seed ${seed}, sequence ${sequence + 1}; alone: npm run test:long -- --seed ${seed + sequence} --steps ${together} model`,
    ...model.said.map((line, index) => `${String(index + 1).padStart(3)} ${line}`),
    error instanceof Differs ? error.message : String(error),
  ].join('\n')
