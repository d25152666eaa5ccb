import { carryOut } from './carry-out.ts'
import { lookAtDue } from './look.ts'
import type { Edges } from './ports.ts'

/**
 * One turn of the clock's work: looks at what is due in the tenant, and sends what is owed, neither waiting for the
 * other. @returns how much there was.
 */
export async function tick(edges: Edges): Promise<number> {
  const done = await Promise.allSettled([lookAtDue(edges), carryOut(edges)])
  const failed = done.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return done.reduce((sum, each) => sum + (each.status === 'fulfilled' ? each.value : 0), 0)
}

/**
 * How long nothing is looked for when nothing wakes us: a lost wake-up costs no more than this, and what comes due by
 * the clock or was left behind by a dead process is found by it. Real clock.
 */
const sweepEvery = 2_000

export interface Turning extends AsyncDisposable {
  /** Turn now. */
  readonly wake: () => void
  /** Turns until nothing due remains; what still is owed after `patience` ms of real time is named. */
  settled(patience: number): Promise<readonly string[]>
}

/**
 * Turns on every wake-up and every sweep, one turn at a time. An error is logged and the next sweep tries again: what
 * is owed stays owed.
 */
export function keepTurning(edges: Edges, sweep: number = sweepEvery): Turning {
  let stopping = false
  let asked = false
  let turning: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const wanted = (): boolean => asked && !stopping
  const turn = async (): Promise<void> => {
    while (wanted()) {
      asked = false
      try {
        if ((await tick(edges)) > 0) asked = true
      } catch (error) {
        edges.log.error({ error: String(error) }, 'a turn of the clock failed; the next one tries again')
      }
    }
  }
  const wake = (): void => {
    if (stopping) return
    asked = true
    turning = turning.then(turn)
  }
  timer = setInterval(wake, sweep)
  wake()

  return {
    wake,
    async settled(patience) {
      const until = performance.now() + patience
      for (;;) {
        wake()
        await turning
        const pending = await edges.outbox.pending(edges.now())
        const next = await edges.requests.nextLook()
        const looking = next !== null && next <= edges.now()
        if (pending.length === 0 && !looking) return []
        if (performance.now() >= until) {
          return [
            ...pending.map((row) => `${row.id}${row.why === null ? '' : `: ${row.why}`}`),
            ...(looking ? ['a look at the tenant'] : []),
          ]
        }
        // Something is leased or waits for its retry: the sweep's own rhythm is soon enough.
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async [Symbol.asyncDispose]() {
      stopping = true
      clearInterval(timer)
      await turning
    },
  }
}
