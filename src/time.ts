import { Duration as Span } from 'luxon'
import { z } from 'zod'

/** A length of time in milliseconds; ISO 8601 on the wire and in YAML. */
export type Duration = number & { readonly __unit: 'milliseconds' }

export type Clock = () => Date

// The brand has no value behind it: this is the one place that vouches for the unit.
export const milliseconds = (count: number): Duration => count as Duration
export const seconds = (count: number): Duration => milliseconds(count * 1_000)
export const minutes = (count: number): Duration => milliseconds(count * 60_000)
export const hours = (count: number): Duration => minutes(count * 60)
export const days = (count: number): Duration => hours(count * 24)

/**
 * Reads an ISO 8601 duration such as `PT4H` or `P1D` (a day is 24 hours).
 * @returns undefined for anything else, for years and months, whose length depends on the calendar, and for less than nothing.
 */
export function parseDuration(text: string): Duration | undefined {
  if (!/^P(?!$)(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text)) return undefined
  const span = Span.fromISO(text)
  return span.isValid ? milliseconds(span.toMillis()) : undefined
}

const written = new Map<Duration, string>()

/** The shortest ISO 8601 form: `PT2H`, `PT1H30M`, `P14D`. */
export function isoDuration(duration: Duration): string {
  // Every form has a dozen, nearly all of them the same round ones; what somebody typed may be any.
  const known = written.get(duration)
  if (known !== undefined) return known
  if (written.size >= 1000) written.clear()
  const text = shortest(duration)
  written.set(duration, text)
  return text
}

function shortest(duration: Duration): string {
  const wholeDays = duration >= days(1) && duration % days(1) === 0
  const span = wholeDays
    ? Span.fromMillis(duration).shiftTo('days')
    : Span.fromMillis(duration).shiftTo('hours', 'minutes', 'seconds')
  return span.toISO() ?? 'PT0S'
}

export const addTime = (instant: Date, duration: Duration): Date => new Date(instant.getTime() + duration)

export const IsoDuration = z.string().transform((text, context): Duration => {
  const duration = parseDuration(text)
  if (duration !== undefined) return duration
  context.addIssue({ code: 'custom', message: `"${text}" is not an ISO 8601 duration such as PT4H or P1D` })
  return z.NEVER
})
