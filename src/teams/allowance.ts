import type { Clock, Duration } from '../time.ts'

/** What may be done at once, and how long it takes until one more may be. */
export interface Rate {
  readonly atOnce: number
  readonly oneMoreEvery: Duration
}

/** An allowance for each of many, known by a name: used up by use, and back with time. In this process alone. */
export interface Allowances {
  /** @returns false where nothing of it is left; nothing is used then. */
  take(who: string): boolean
  /** Whether anything is left, without using it. */
  left(who: string): boolean
}

/** Names cost memory, and strangers may make them up. */
const mostRemembered = 10_000

export function openAllowances({ atOnce, oneMoreEvery }: Rate, realClock: Clock): Allowances {
  /** When each allowance is whole again; one that is whole is not remembered. */
  const wholeAt = new Map<string, number>()

  const usedBy = (who: string, now: number): number =>
    Math.ceil(Math.max(0, (wholeAt.get(who) ?? 0) - now) / oneMoreEvery)

  const forgetWhole = (now: number): void => {
    for (const [who, at] of wholeAt) if (at <= now) wholeAt.delete(who)
    // Rather a few who may begin anew than a memory without bounds.
    if (wholeAt.size >= mostRemembered) wholeAt.clear()
  }

  return {
    take(who) {
      const now = realClock().getTime()
      if (usedBy(who, now) >= atOnce) return false
      if (wholeAt.size >= mostRemembered && !wholeAt.has(who)) forgetWhole(now)
      wholeAt.set(who, Math.max(now, wholeAt.get(who) ?? 0) + oneMoreEvery)
      return true
    },
    left: (who) => usedBy(who, realClock().getTime()) < atOnce,
  }
}
