import { addTime, days, type Duration, milliseconds, minutes } from '../../time.ts'
import type { Failure } from '../ports/failure.ts'
import type { OwedRow } from '../ports/memory.ts'

// When what is owed and was not taken is tried again, and when no more. Real clock throughout.

const firstWait = milliseconds(500)
const longestWait = minutes(10)

/** What was tried so long and so often fails for a reason that somebody has to mend. */
const triedFor = days(1)
const triedOften = 20

/** What a row cannot be carried out for, however often it is tried. */
export class Impossible extends Error {
  override readonly name = 'Impossible'
}

/** The other side's failure that an error is, or was caused by; undefined for a fault of our own. */
export function failureIn(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined
  return isFailure(error) ? error : failureIn(error.cause)
}

const isFailure = (error: Error): error is Error & Failure => 'failed' in error && 'lasting' in error && 'wait' in error

/**
 * Twice as long each time, up to ten minutes, and half of it drawn by lot, so that what failed together does not come
 * again together; never sooner than the other side asks.
 * @param draw from 0 up to 1
 * @returns null where it is not tried again.
 */
export function tryAgainAt(
  row: Pick<OwedRow, 'attempts' | 'triedSince'>,
  error: unknown,
  realNow: Date,
  draw: number,
): Date | null {
  const failure = failureIn(error)
  if (failure?.lasting === true || error instanceof Impossible) return null
  if (row.attempts >= triedOften && realNow >= addTime(row.triedSince, triedFor)) return null
  const wait = Math.max(backOff(row.attempts, draw), failure?.wait ?? 0)
  return addTime(realNow, milliseconds(wait))
}

/** @param attempts made so far, from 1 */
export function backOff(attempts: number, draw: number): Duration {
  const whole = Math.min(longestWait, firstWait * 2 ** (attempts - 1))
  return milliseconds(Math.round(whole / 2 + (whole / 2) * draw))
}
