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
interface Waiting extends Read {
  readonly answer: PromiseWithResolvers<unknown>
}

/**
 * Sends reads that are asked for at the same moment in one call, and the same one once. A call costs both sides more
 * than a read does, and a card needs half a dozen reads. Nothing is kept: whatever is asked while a call is under way
 * goes out with the next one, so that no answer is older than its question.
 *
 * A read that failed there is made again alone, where the client's own retry and errors are; only what Graph says for
 * certain (that there is no such object, that it is asked too much for now) is taken as it is.
 */
export function together(ways: Ways): (doing: string, url: string) => Promise<unknown> {
  let waiting = new Map<string, Waiting>()

  const send = (): void => {
    const all = [...waiting.values()]
    waiting = new Map()
    for (let from = 0; from < all.length; from += ways.most) void ask(all.slice(from, from + ways.most))
  }
  const ask = async (reads: readonly Waiting[]): Promise<void> => {
    const [only, another] = reads
    if (only !== undefined && another === undefined) return only.answer.resolve(ways.alone(only.doing, only.url))
    // An answer that nobody foresaw fails these reads: nobody else would ever answer them.
    const answers = await ways.inOneCall(reads).catch((error: unknown) => {
      for (const { answer } of reads) answer.reject(error)
    })
    if (answers === undefined) return
    reads.forEach(({ doing, url, answer }, index) => answer.resolve(settled(answers[index], doing, url)))
  }
  const settled = async (came: Result<unknown, GraphError> | undefined, doing: string, url: string) => {
    if (came?.ok === true) return came.value
    if (came?.refusal.status === 404) throw came.refusal
    if (came?.refusal.status === 429 && (came.refusal.retryAfter === null || !passes(came.refusal))) throw came.refusal
    return ways.alone(doing, url)
  }

  return (doing, url) => {
    const same = waiting.get(url)
    if (same !== undefined) return same.answer.promise
    if (waiting.size === 0) setImmediate(send)
    const answer = Promise.withResolvers<unknown>()
    waiting.set(url, { doing, url, answer })
    return answer.promise
  }
}
