import { setTimeout as pause } from 'node:timers/promises'
import { GraphError } from './graph-error.ts'

/**
 * When a service may be asked. There is one for each service in a process, so that a wait that one read was told is
 * kept by all: asking sooner is refused, and at Resource Manager begins the wait again.
 */
export interface Throttle {
  /** Seconds still to wait, 0 when the service may be asked. */
  left(): number
  /** Keeps the wait that an answer named, and a usual one after a 429 that named none. */
  heed(error: GraphError): void
  /**
   * Makes a read when the service may be asked, and again where it asks for a short wait or is in trouble.
   * @throws {GraphError} at once, with what is left of the wait, where that is longer than a person should sit through.
   */
  read<Value>(doing: string, read: () => Promise<Value>): Promise<Value>
}

/** One for each service that is read. */
export interface Throttles {
  readonly graph: Throttle
  /** Graph's reports allow few reads, and say so of themselves alone: nobody's form waits for the audit log. */
  readonly reports: Throttle
  readonly arm: Throttle
}

/** A person waits at the other end: a longer wait is better said than sat through. Seconds. */
const longestSatThrough = 2
/** Seconds kept after a 429 that names no wait. */
const unnamedWait = 10
/** Before each further try of a read that was told of no wait, in milliseconds; up to a second is added by chance. */
const pauses = [500, 2500]

/** @param monotonic milliseconds of a clock that nobody sets */
export const throttles = (monotonic?: () => number): Throttles => ({
  graph: throttle('Graph', monotonic),
  reports: throttle('The audit log', monotonic),
  arm: throttle('Resource Manager', monotonic),
})

/** @param monotonic milliseconds of a clock that nobody sets */
export function throttle(service: string, monotonic: () => number = () => performance.now()): Throttle {
  let until = 0
  const left = () => Math.max(0, Math.ceil((until - monotonic()) / 1000))

  const heed = ({ status, retryAfter }: GraphError) => {
    if (status !== 429 && retryAfter === null) return
    until = Math.max(until, monotonic() + (retryAfter ?? unnamedWait) * 1000)
  }

  /** Another read may be told to wait longer meanwhile. */
  const turn = async (doing: string): Promise<void> => {
    for (let sat = 0; until > monotonic();) {
      const wait = until - monotonic()
      if (sat + wait > 1000 * longestSatThrough) throw toldToWait(doing, service, left())
      // A timer may go off a little early.
      await pause(wait + 1)
      sat += wait
    }
  }

  return {
    left,
    heed,
    async read(doing, read) {
      for (let tries = 0; ; tries += 1) {
        await turn(doing)
        try {
          return await read()
        } catch (error) {
          if (!(error instanceof GraphError)) throw error
          const again = tries < pauses.length && passes(error)
          // Without a named wait it may be over by the next try.
          if (!again || error.retryAfter !== null) heed(error)
          if (!again) throw error
          if (error.retryAfter === null) await pause((pauses[tries] ?? 0) + 1000 * Math.random())
        }
      }
    },
  }
}

/** Whether a person may be made to wait for another try. */
export const passes = ({ status, retryAfter }: GraphError): boolean =>
  (status === 429 || status >= 500) && (retryAfter ?? 0) <= longestSatThrough

/** What is said in place of an answer that was not even asked for. */
export const toldToWait = (doing: string, service: string, seconds: number): GraphError =>
  new GraphError(doing, {
    status: 429,
    code: 'latchkey-throttled',
    message: `${service} asked for a wait, which is not over`,
    retryAfter: seconds,
  })
