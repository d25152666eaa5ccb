import type { Chance } from './kill-chance.ts'
import type { Asking } from './kill-askings.ts'
import { type Life, pressDecision, pressOwn, tryAsk } from './kill-life.ts'
import type { Stage } from './kill-stage.ts'

/** People who ask, decide and end all at once, each one tap after the other, until told to stop. */
export interface Crowd {
  readonly lives: readonly Life[]
  /** Rejects with what nobody expected of the chat itself. */
  stop(): Promise<void>
}

/** @param chance what each does next; when it comes to be done is the machine's own */
export function crowd(stage: Stage, askings: readonly Asking[], chance: Chance): Crowd {
  const lives: Life[] = []
  const work = { stopping: false }
  const live = async (asking: Asking): Promise<void> => {
    let life: Life | undefined
    while (!work.stopping) {
      if (life === undefined || (await isOver(stage, life))) {
        life = await tryAsk(stage, asking)
        if (life !== undefined) lives.push(life)
      } else await oneTap(stage, life, chance)
      await thinking(chance, 1_500)
    }
  }
  const clock = async (): Promise<void> => {
    while (!work.stopping) {
      await thinking(chance, 20_000)
      await stage.demo.call('POST', '/api/clock', { advance: `PT${1 + chance.below(4)}M` })
    }
  }
  const all = Promise.all([...askings.map(live), clock()])
  // Whatever goes wrong before the end is told at the end.
  all.catch(() => {})
  return {
    lives,
    async stop() {
      work.stopping = true
      await all
    },
  }
}

const isOver = async (stage: Stage, { id }: Life): Promise<boolean> => {
  const [row] = await stage.database.rows<{ open: boolean }>('select open from request_summary where id = $1', [id])
  return row?.open === false
}

/** People do not press without a pause: a drawn number of real milliseconds. */
export const thinking = (chance: Chance, longestMs: number): Promise<void> =>
  new Promise((done) => setTimeout(done, chance.below(longestMs)))

/** One thing that somebody might do at any moment, whether it is possible just then or not. */
async function oneTap(stage: Stage, life: Life, chance: Chance): Promise<void> {
  const { deciders } = life.asking
  const own = (title: string) => pressOwn(stage, life, title)
  const decide = (title: 'Approve' | 'Deny') =>
    pressDecision(stage, life, title, chance.oneOf(deciders)).catch(() => undefined)
  const request = await stage.request(life.id)
  switch (request?.phase.status) {
    case undefined:
      return void (await own('Submit'))
    case 'in-chat':
      return void (await (chance.next() < 0.85 ? decide('Approve') : own('Withdraw')))
    case 'ready-to-file':
      return void ((await own('activate')) ?? (await own('check')))
    case 'filed': {
      const drawn = chance.next()
      return void (await (drawn < 0.6 ? decide('Approve') : drawn < 0.8 ? decide('Deny') : own('Withdraw')))
    }
    default:
      return void ((await own('end')) ?? (await own('check')))
  }
}
