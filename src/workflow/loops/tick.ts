import { sharedReading } from '../engine/asked-now.ts'
import { keepSending } from './keep-sending.ts'
import { lookAtDue } from '../engine/look.ts'
import type { Edges } from '../ports/ports.ts'
import type { Watchdog } from './watchdog.ts'

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
 * Looks at the tenant, one look at a time, and sends what is owed, on every wake-up and every sweep; neither waits for
 * the other. An error is logged and the next sweep tries again: what is owed stays owed.
 */
export function keepTurning(edges: Edges, watchdog: Watchdog, sweep: number = sweepEvery): Turning {
  let stopping = false
  let asked = false
  let looking: Promise<unknown> = Promise.resolve()
  const shared = sharedReading(edges)
  const sending = keepSending(edges, watchdog)

  const wanted = (): boolean => asked && !stopping
  const look = async (): Promise<void> => {
    while (wanted()) {
      asked = false
      try {
        if ((await watchdog.over('a look at the tenant', lookAtDue(edges, shared))) > 0) asked = true
      } catch (error) {
        edges.log.error({ error: String(error) }, 'a look at the tenant failed; the next one tries again')
      }
    }
  }
  const wake = (): void => {
    if (stopping) return
    asked = true
    looking = looking.then(look)
    sending.wake()
  }
  /** What is due and not done yet, each by its name. */
  const stillDue = async (): Promise<readonly string[]> => {
    const pending = await edges.outbox.pending(edges.now())
    const next = await edges.requests.nextLook()
    const toLook = next !== null && next <= edges.now()
    return [
      ...pending.map((row) => `${row.id}${row.why === null ? '' : `: ${row.why}`}`),
      ...(toLook ? ['a look at the tenant'] : []),
    ]
  }
  const timer = setInterval(wake, sweep)
  wake()

  return {
    wake,
    async settled(patience) {
      const until = performance.now() + patience
      for (;;) {
        wake()
        await Promise.all([looking, sending.idle()])
        const still = await stillDue().catch((error: unknown) => [`what is due could not be read: ${String(error)}`])
        if (still.length === 0 || performance.now() >= until) return still
        // Something is leased or waits for its retry: the sweep's own rhythm is soon enough.
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async [Symbol.asyncDispose]() {
      stopping = true
      clearInterval(timer)
      await Promise.all([looking, sending.stop()])
    },
  }
}
