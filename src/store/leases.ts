import { randomUUID } from 'node:crypto'
import { addTime, type Clock, type Duration, milliseconds } from '../time.ts'

/** Real clock: so long the work of a killed process waits before another takes it. */
const lease = milliseconds(5_000)

/** Often enough that one renewal may be lost. */
const renewEvery = 1_500

/** The rows that this process has in hand. */
export interface Leases extends Disposable {
  /** Names this process in the rows that it holds. */
  readonly holder: string
  /** Until when a row taken now is held, unless the lease is renewed. Real clock. */
  until(longest: Duration): Date
  /** Renews the leases of these rows until each is released, for `longest` at most. */
  hold(ids: readonly string[], longest: Duration): void
  release(id: string): void
}

/**
 * Keeps leases short and work long: a lease lasts five seconds and is renewed while the process lives, so that a death
 * is noticed soon, and a slow answer costs nobody their row.
 * @param renew lengthens the leases of those rows which still name this holder
 */
export function keepLeases(realClock: Clock, renew: (ids: readonly string[], until: Date) => Promise<unknown>): Leases {
  const held = new Map<string, Date>()
  const timer = setInterval(() => {
    const real = realClock()
    for (const [id, end] of held) if (end <= real) held.delete(id)
    // What cannot be renewed now is tried again before the lease is over; if that fails too, another may take it.
    if (held.size > 0) renew([...held.keys()], addTime(real, lease)).catch(() => {})
  }, renewEvery)
  timer.unref()
  return {
    holder: randomUUID(),
    until: (longest) => addTime(realClock(), milliseconds(Math.min(lease, longest))),
    hold(ids, longest) {
      const end = addTime(realClock(), longest)
      for (const id of ids) held.set(id, end)
    },
    release: (id) => void held.delete(id),
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
