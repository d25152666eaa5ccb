import { chance, type Chance } from './kill-chance.ts'
import { crowd, thinking } from './kill-crowd.ts'
import { judge, noVerdict, together } from './kill-judge.ts'
import { chatAskings, nativeAskings, severeAskings } from './kill-askings.ts'
import { glance, openStage, otherThan, realNow, type Replica, type Stage } from './kill-stage.ts'
import { endAll, type Tally, verified } from './kill-tally.ts'
import { openWaiting } from './kill-waiting.ts'

const askings = [...nativeAskings.slice(0, 3), ...chatAskings.slice(1, 3), ...severeAskings.slice(0, 1)]

/** Kills either replica at any moment, again and again, while several people are at work; then lets them come to an end. */
export async function killAtRandom(
  { kills, seed }: { readonly kills: number; readonly seed: number },
  told: (line: string) => void,
): Promise<Tally> {
  await using stage = await openStage()
  const draws = chance(seed)
  const people = crowd(stage, askings, chance(seed + 1))
  const recoveries: number[] = []
  let verdict = noVerdict
  for (let kill = 0; kill < kills;) {
    await thinking(draws, 1_500)
    const both = draws.next() < 0.25 && kill + 1 < kills
    recoveries.push(await dieAnywhere(stage, draws.oneOf<Replica>([1, 2]), both, draws))
    kill += both ? 2 : 1
    // While people are at work only this can be told.
    const { twice } = await judge(stage, [])
    verdict = together(verdict, { ...noVerdict, twice })
    told(`kill ${kill} of ${kills}: recovered after ${Math.round(recoveries.at(-1) ?? 0)} ms`)
  }
  await people.stop()
  const ended = await endAll(stage, people.lives, openWaiting(stage), verdict)
  return await verified(stage, { kills, recoveries, ...ended })
}

/** @returns milliseconds from when somebody was there to the end of the last effect that was owed at the death. */
async function dieAnywhere(stage: Stage, first: Replica, both: boolean, draws: Chance): Promise<number> {
  await stage.kill(first)
  let since = realNow()
  if (both) {
    await thinking(draws, 500)
    await stage.kill(otherThan(first))
  }
  const owed = await owedNow(stage)
  await stage.start(first)
  if (both) {
    since = realNow()
    await stage.start(otherThan(first))
  }
  return lastOf(stage, owed, since)
}

async function owedNow({ demo, database }: Stage): Promise<readonly string[]> {
  const { body } = await demo.call('GET', '/api/clock')
  const rows = await database.rows<{ id: string }>('select id from outbox where outcome is null and due <= $1', [
    (body as { now: string }).now, // as interfaces.md has it
  ])
  return rows.map(({ id }) => id)
}

/** Far beyond what is asked of a recovery: whatever takes longer is said to have taken this long. */
const patienceMs = 60_000

async function lastOf({ database }: Stage, owed: readonly string[], since: number): Promise<number> {
  for (;;) {
    const [row] = await database.rows<{ left: string; last: Date | null }>(
      `select count(*) filter (where outcome is null) as left, max(settled_at) as last from outbox where id = any($1)`,
      [owed],
    )
    if (Number(row?.left) === 0) return Math.max(0, (row?.last?.getTime() ?? 0) - since)
    if (realNow() - since > patienceMs) return patienceMs
    await glance()
  }
}
