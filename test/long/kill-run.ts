import { boundaries, type Boundary } from './kill-boundaries.ts'
import { found, judge, noVerdict, together } from './kill-judge.ts'
import type { Life } from './kill-life.ts'
import { openStage, otherThan, realNow, recovered, type Replica, type Stage } from './kill-stage.ts'
import { endAll, sumOf, type Tally, verified } from './kill-tally.ts'
import { openWaiting } from './kill-waiting.ts'

/**
 * Kills a bot at each boundary, again and again. By turns another one is there already when it dies, or starts
 * afterwards; the two replicas swap their parts each time.
 */
async function killAt(
  stage: Stage,
  where: readonly Boundary[],
  repeat: number,
  told: (line: string) => void,
): Promise<Tally> {
  const waiting = openWaiting(stage)
  const recoveries: number[] = []
  const lives: Life[] = []
  let verdict = noVerdict
  let alive: Replica = 1
  await stage.end(2)
  const turns = Array.from({ length: repeat }, (_, round) =>
    where.map((boundary, index) => ({ boundary, index, round })),
  )
  for (const { boundary, index, round } of turns.flat()) {
    const at = `${boundary.name} (${round + 1})`
    const survivor = boundary.moving !== true && (index + round) % 2 === 1
    try {
      const life = await boundary.before(stage, await waiting.free(boundary.askings))
      lives.push(life)
      const took = await dieAt(stage, boundary, life, alive, survivor)
      alive = otherThan(alive)
      recoveries.push(took)
      // Long enough for a look, and for a call in doubt to be called so.
      await stage.demo.advance('PT25S')
      verdict = together(verdict, found(at, await judge(stage, [life])))
      await waiting.end(life)
      told(`${at}: recovered after ${Math.round(took)} ms${survivor ? ', another was there' : ''}`)
    } catch (cause) {
      throw new Error(at, { cause })
    }
  }
  return { kills: lives.length, recoveries, ...(await endAll(stage, lives, waiting, verdict)) }
}

/** Half of the boundaries each on two stages at once: much of a recovery is waiting for the lease of the dead. */
export async function killEverywhere(repeat: number, told: (line: string) => void): Promise<Tally> {
  const halves = [0, 1].map((half) => boundaries.filter((_, index) => index % 2 === half))
  const tallies = await Promise.all(
    halves.map(async (half) => {
      await using stage = await openStage()
      return await verified(stage, await killAt(stage, half, repeat, told))
    }),
  )
  return sumOf(tallies)
}

/** @returns milliseconds from when somebody else was there to the last owed effect. */
async function dieAt(stage: Stage, boundary: Boundary, life: Life, alive: Replica, survivor: boolean): Promise<number> {
  const other = otherThan(alive)
  await boundary.trap.set(stage, life)
  const deed = boundary.deed(stage, life).catch((error: unknown) => error)
  await boundary.trap.reached(stage, life)
  // What is held stays held; what comes now is not.
  await stage.demo.faults([])
  if (survivor) await stage.start(other)
  await stage.kill(alive)
  let since = realNow()
  await stage.database.letGo(survivor ? 'alive' : 'dead')
  await boundary.after?.(stage)
  if (!survivor) {
    await stage.start(other)
    since = realNow()
  }
  await deed
  return recovered(stage, since)
}
