import { GraphError } from './graph-error.ts'

/** Silence that a service asked for: nothing is asked of it again before that is over. */
export interface Throttle {
  /** Seconds still to keep, 0 when it may be asked. */
  left(): number
  /** Keeps the wait that this answer named, and a usual one where it named none. */
  heed(error: GraphError): void
}

/** Seconds kept after a 429 that names no wait. */
const unnamedWait = 10

/** @param monotonic milliseconds of a clock that nobody sets */
export function throttle(monotonic: () => number = () => performance.now()): Throttle {
  let until = 0
  return {
    left: () => Math.max(0, Math.ceil((until - monotonic()) / 1000)),
    heed({ status, retryAfter }) {
      if (status !== 429 && retryAfter === null) return
      until = Math.max(until, monotonic() + (retryAfter ?? unnamedWait) * 1000)
    },
  }
}

/** What is said in place of an answer that was not even asked for. */
export const keptQuiet = (doing: string, retryAfter: number): GraphError =>
  new GraphError(doing, {
    status: 429,
    code: 'latchkey-throttled',
    message: 'Graph asked for silence, which is not over',
    retryAfter,
  })
