import type { Terms } from '../entitlement/terms.ts'
import { ok, refuse, type Result } from '../result.ts'
import { type Duration, minutes, parseDuration } from '../time.ts'
import type { Refusal } from './refusal.ts'

/**
 * The length to which an approver cuts a request: whole minutes, less than `asked`, and no less than the terms allow.
 * @param chosen ISO 8601, or whatever else was sent.
 */
export function shorterLength(
  chosen: string,
  asked: Duration,
  { shortest }: Pick<Terms, 'shortest'>,
): Result<Duration, Refusal> {
  const length = parseDuration(chosen.trim())
  const fits = length !== undefined && length % minutes(1) === 0 && length >= shortest && length < asked
  return fits ? ok(length) : refuse({ kind: 'not-shorter', asked, shortest })
}
