import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { placeServer } from '../../src/demo/server-place.ts'
import { serverUser } from '../../src/demo/server-user.ts'
import { chatAskings, nativeAskings, severeAskings } from './kill-askings.ts'
import { chance } from './kill-chance.ts'
import { crowd, thinking } from './kill-crowd.ts'
import { judge, noVerdict, together } from './kill-judge.ts'
import { openStage, type Stage } from './kill-stage.ts'
import { endAll, type Tally, verified } from './kill-tally.ts'
import { openWaiting } from './kill-waiting.ts'

const run = promisify(execFile)

/** Six people at once. */
const askings = [...nativeAskings.slice(0, 3), ...chatAskings.slice(1, 3), ...severeAskings.slice(0, 1)]

export interface CutTally extends Tally {
  readonly cuts: number
  readonly restarts: number
  /** Bots that are still the processes that they were at the start, of how many. */
  readonly alive: readonly [number, number]
  /** Answers and messages that said that our database does not answer. */
  readonly told: number
}

/**
 * Cuts every connection of the bots, and restarts the database, again and again while six people are at work. Nobody
 * starts a bot again: one that ends has failed.
 */
export async function cutDatabase(
  { cuts, restarts, seed }: { readonly cuts: number; readonly restarts: number; readonly seed: number },
  told: (line: string) => void,
): Promise<CutTally> {
  await using stage = await openStage()
  const pids = stage.demo.ready.pids.bot
  const draws = chance(seed)
  const people = crowd(stage, askings, chance(seed + 1))
  const every = restarts === 0 ? Infinity : Math.max(1, Math.floor(cuts / restarts))
  let [cut, restarted] = [0, 0]
  let verdict = noVerdict
  while (cut < cuts || restarted < restarts) {
    await thinking(draws, 900)
    if (cut < cuts) {
      await stage.database.rows(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'latchkey_bot'`)
      cut += 1
    }
    if (restarted < restarts && (cut >= cuts || cut % every === 0)) {
      await restart(stage)
      restarted += 1
    }
    const { twice } = await judge(stage, [])
    verdict = together(verdict, { ...noVerdict, twice })
    if (cut % 10 === 0) told(`cut ${cut} of ${cuts}, restarted ${restarted} of ${restarts}`)
  }
  await people.stop()
  const alive = pids.filter(lives).length
  const ended = await endAll(stage, people.lives, openWaiting(stage), verdict)
  const tally = await verified(stage, { kills: 0, recoveries: [], ...ended })
  return { ...tally, cuts: cut, restarts: restarted, alive: [alive, pids.length], told: await toldOfIt(stage) }
}

/** As an administrator does it: open sessions are ended, and it is back on the same port a moment later. */
async function restart({ demo }: Stage): Promise<void> {
  const runAs = await serverUser()
  const { binaries, cluster } = await placeServer(demo.data, runAs)
  await run(
    join(binaries, 'pg_ctl'),
    ['restart', '-w', '-D', cluster, '-m', 'fast', '-l', join(cluster, 'server.log')],
    {
      ...runAs,
      cwd: '/',
    },
  )
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function toldOfIt({ demo }: Stage): Promise<number> {
  const { body } = await demo.call('GET', '/api/people')
  let told = 0
  for (const { id } of body as readonly { id: string }[]) {
    const messages = await demo.person(id).messages()
    told += messages.filter(({ text }) =>
      /database isn't answering|Datenbank von Latchkey antwortet/.test(text ?? ''),
    ).length
  }
  return told
}
