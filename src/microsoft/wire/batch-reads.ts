import DataLoader from 'dataloader'
import type { Result } from '../../result.ts'
import type { GraphError } from './graph-error.ts'
import { passes } from './throttle.ts'

/** How single reads are made, and how several are in one call. */
interface Ways {
  alone(doing: string, url: string): Promise<unknown>
  /** One answer for each, in the order given; at most `most` at once. */
  inOneCall(reads: readonly Read[]): Promise<readonly Result<unknown, GraphError>[]>
  readonly most: number
}
export interface Read {
  readonly doing: string
  readonly url: string
}

/**
 * Sends reads that are asked for at the same moment in one call, and the same one once. A call costs both sides more
 * than a read does, and a card needs half a dozen reads. Nothing is kept: whatever is asked while a call is under way
 * goes out with the next one, so that no answer is older than its question.
 *
 * A read that failed there is made again alone, where retries and errors are those of one read; only what Graph says
 * for certain (that there is no such object, that it is asked too much for now) is taken as it is.
 */
export function together({ alone, inOneCall, most }: Ways): (doing: string, url: string) => Promise<unknown> {
  const loader = new DataLoader<Read, unknown, string>(
    async (reads) => {
      loader.clearAll()
      const [only, another] = reads
      if (only !== undefined && another === undefined) return [alone(only.doing, only.url)]
      const answers = await inOneCall(reads)
      // Promises, so that a read that is made again does not hold up the others.
      return reads.map((read, index) => settled(read, answers[index]))
    },
    { cacheKeyFn: ({ url }) => url, maxBatchSize: most, batchScheduleFn: setImmediate },
  )
  const settled = async ({ doing, url }: Read, came: Result<unknown, GraphError> | undefined): Promise<unknown> => {
    if (came?.ok === true) return came.value
    if (came?.refusal.status === 404) throw came.refusal
    if (came?.refusal.status === 429 && (came.refusal.retryAfter === null || !passes(came.refusal))) throw came.refusal
    return alone(doing, url)
  }
  return (doing, url) => loader.load({ doing, url })
}
