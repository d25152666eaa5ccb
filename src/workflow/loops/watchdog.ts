import { type Duration, minutes } from '../../time.ts'
import type { Log } from '../ports/ports.ts'

/** Real clock: longer than the calls of any turn with all their time-outs. */
const usual: Duration = minutes(1)

/** A turn took longer than anything in it may: something waits for what will never come. */
export class Stuck extends Error {
  override readonly name = 'Stuck'
}

export interface Watchdog {
  /**
   * Waits for a turn, but not for ever: then it is logged and thrown as {@link Stuck}, and whoever waited goes on. The
   * turn itself cannot be ended; it counts as stuck until it ends.
   */
  over<Value>(what: string, turn: Promise<Value>): Promise<Value>
  /** What is stuck at this moment; a process that has such is not ready. */
  stuck(): readonly string[]
}

export function openWatchdog(log: Log, patience: Duration = usual): Watchdog {
  const stuck = new Map<symbol, string>()
  return {
    async over(what, turn) {
      const id = Symbol(what)
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => {
        stuck.set(id, what)
        log.error({ code: 'turn-stuck', what, patience }, 'a turn does not end; the others go on')
        late.reject(new Stuck(`${what} does not end`))
      }, patience)
      const ended = (): void => {
        clearTimeout(timer)
        stuck.delete(id)
      }
      turn.then(ended, ended)
      return Promise.race([turn, late.promise])
    },
    stuck: () => [...stuck.values()],
  }
}
