import { addTime, type Duration, hours, minutes } from '../time.ts'

/** An earlier request of the same person for the same thing. */
interface Earlier {
  readonly status: string
  readonly submittedAt: Date
}

/** Withdrawals further back than this are forgotten. Product time. */
const remembered = hours(4)

/**
 * How long after the last submission the next one may come, by how many of those remembered were withdrawn. Taking back
 * a mistake and asking once more costs nothing; each further round asks the approvers for nothing once more.
 */
const waits: readonly Duration[] = [minutes(0), minutes(0), minutes(2), minutes(5), minutes(15), minutes(30)]

/** When they may ask for it again and how often they withdrew it, at product time `at`; undefined where they may now. */
export function coolsDown(
  earlier: readonly Earlier[],
  at: Date,
): { readonly until: Date; readonly withdrawn: number } | undefined {
  const lately = earlier
    .filter(({ status, submittedAt }) => status === 'withdrawn' && addTime(submittedAt, remembered) > at)
    .map(({ submittedAt }) => submittedAt.getTime())
  if (lately.length === 0) return undefined
  const wait = waits[Math.min(lately.length, waits.length - 1)] ?? minutes(0)
  const until = addTime(new Date(Math.max(...lately)), wait)
  return until > at ? { until, withdrawn: lately.length } : undefined
}
