import type { Duration } from './time.ts'

/** One thing that ends, by the name under which somebody reads that it did not. */
export interface Step {
  readonly what: string
  end(): PromiseLike<unknown>
}

/**
 * Ends one thing after the other. One that fails, or does not end in time, keeps none of the others from it: a process
 * that was told to stop stops.
 * @param patience for all of them together, in real time; the last ones get a second each whatever was left
 * @returns what did not end well, and why
 */
export async function stopInOrder(
  steps: readonly Step[],
  patience: Duration,
): Promise<Readonly<Record<string, string>>> {
  const until = performance.now() + patience
  const undone: Record<string, string> = {}
  for (const { what, end } of steps) {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => late.reject(new Error('it took too long')),
      Math.max(1_000, until - performance.now()),
    )
    try {
      await Promise.race([end(), late.promise])
    } catch (error) {
      undone[what] = error instanceof Error ? error.message : String(error)
    } finally {
      clearTimeout(timer)
    }
  }
  return undone
}
