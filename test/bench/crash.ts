import { boundaries } from '../long/kill-boundaries.ts'
import { killAtRandom } from '../long/kill-random.ts'
import { killEverywhere } from '../long/kill-run.ts'
import type { Tally } from '../long/kill-tally.ts'
import { spread, tenth } from './spread.ts'

type Tell = (line: string) => void

/**
 * Kills one of two replicas at each named boundary ten times, and either of them a hundred times at random, and counts
 * by the tenant's own state and log what came of it. `LATCHKEY_LONG_REPEAT`, `_KILLS` and `_SEED` as in the long tests.
 */
export async function measureCrash(tell: Tell): Promise<object> {
  const seed = asked('SEED', 20_261_123)
  tell(`seed ${seed}`)
  const named = await killEverywhere(asked('REPEAT', 10), tell)
  const random = await killAtRandom({ kills: asked('KILLS', 100), seed }, tell)
  const both = [named, random]
  const findings = both.flatMap(({ lost, twice, leftBehind }) => [...lost, ...twice, ...leftBehind])
  for (const finding of findings) tell(finding)
  const sum = (of: (tally: Tally) => number) => both.reduce((total, tally) => total + of(tally), 0)
  return {
    boundaries: boundaries.length,
    kills: sum(({ kills }) => kills),
    requests: sum(({ requests }) => requests),
    lost: sum(({ lost }) => lost.length),
    twice: sum(({ twice }) => twice.length),
    leftBehind: sum(({ leftBehind }) => leftBehind.length),
    messages: {
      missed: sum(({ messages }) => messages.missed),
      duplicated: sum(({ messages }) => messages.duplicated),
      unknown: sum(({ messages }) => messages.unknown),
    },
    recoveryMs: recovery(both.flatMap(({ recoveries }) => recoveries)),
    seed,
  }
}

/** Where nothing was owed at the death there was nothing to recover. */
function recovery(all: readonly number[]) {
  const owed = all.filter((each) => each > 0)
  return owed.length === 0
    ? { p50: 0, max: 0, measured: 0 }
    : { ...spread(owed), max: tenth(Math.max(...owed)), measured: owed.length }
}

function asked(name: string, otherwise: number): number {
  const text = process.env[`LATCHKEY_LONG_${name}`]
  return text === undefined ? otherwise : Number(text)
}
