import { finish } from './kill-finish.ts'
import type { Asking } from './kill-askings.ts'
import type { Life } from './kill-life.ts'
import { realNow, type Stage } from './kill-stage.ts'

/** Requests that cannot come to an end yet, because a call of theirs may still be on its way. */
export interface Waiting {
  /** Lets a request come to an end, at once or when its call's lease is over. */
  end(life: Life): Promise<void>
  /** One of these askings with no request that waits; waits until there is one. */
  free(askings: readonly Asking[]): Promise<Asking>
  /** Waits until none is left. @returns why others stand still. */
  done(): Promise<readonly string[]>
}

export function openWaiting(stage: Stage): Waiting {
  const stuck: string[] = []
  let waiting: readonly { readonly life: Life; readonly until: number }[] = []
  const end = async (life: Life): Promise<void> => {
    const came = await finish(stage, life)
    if (came.came === 'stuck') stuck.push(came.why)
    if (came.came === 'waits') waiting = [...waiting, { life, until: came.until }]
  }
  const endRipe = async (): Promise<void> => {
    const now = realNow()
    const ripe = waiting.filter(({ until }) => until <= now)
    waiting = waiting.filter(({ until }) => until > now)
    for (const { life } of ripe) await end(life)
  }
  /** The lease of a call is the one thing here that only real time brings to its end. */
  const leaseOver = (): Promise<void> => {
    const first = Math.min(...waiting.map(({ until }) => until))
    return new Promise((done) => setTimeout(done, Math.max(0, first - realNow()) + 50))
  }
  return {
    end,
    async free(askings) {
      for (;;) {
        await endRipe()
        const asking = askings.find((each) => waiting.every(({ life }) => life.asking !== each))
        if (asking !== undefined) return asking
        await leaseOver()
      }
    },
    async done() {
      while (waiting.length > 0) {
        await leaseOver()
        await endRipe()
      }
      return stuck
    },
  }
}
