import { DateTime } from 'luxon'
import { clockAt } from './clocks.ts'
import type { DayPart } from '../language/lexicon/lexicon.ts'
import { heardWords, once } from '../language/heard.ts'
import type { TimeText } from './time-words.ts'

export const shown = (part: DayPart | undefined): { readonly part?: DayPart } => (part === undefined ? {} : { part })

export function partAt(text: TimeText, index: number): { readonly part: DayPart; readonly end: number } | undefined {
  const found = text.find(text.lexicon.parts, index)
  return found === undefined ? undefined : { part: found.value, end: found.end }
}

export interface Day {
  readonly day: DateTime
  readonly span: number
  readonly end: number
  readonly part?: DayPart
  /** "Tomorrow", "Monday": a bare number behind is an hour; behind "3 December" it may be a year. */
  readonly near: boolean
}

export function dayAt(text: TimeText, index: number): Day | undefined {
  const day = wholeMonthAt(text, index) ?? namedDayAt(text, index)
  // "Friday's release" is a release.
  return day !== undefined && text.sign("'’", day.end) && text.touches(day.end + 1) ? undefined : day
}

function namedDayAt(text: TimeText, index: number): Day | undefined {
  const { today } = text
  const named = text.find(text.lexicon.days, index)
  if (named !== undefined) {
    const part = partAt(text, index) ?? partAt(text, named.end - 1)
    return {
      day: today.plus({ days: named.value }),
      span: 1,
      end: named.end,
      near: true,
      ...(part === undefined ? {} : shown(part.part)),
    }
  }
  return dateAt(text, index, today) ?? weekdayAt(text, index, today)
}

function weekdayAt(text: TimeText, index: number, today: DateTime): Day | undefined {
  let at = text.past('on', index)
  const next = text.link('next', at)
  const given = text.link('this', at)
  at = next ?? given ?? at
  const weekend = text.link('weekend', at)
  if (weekend !== undefined) return { day: ahead(today, 6, true), span: 2, end: weekend, near: false }
  const found = text.find(text.lexicon.weekdays, at)
  if (found === undefined) {
    // "Next week" begins on its Monday.
    const week = next === undefined ? undefined : text.link('week', at)
    return week === undefined ? undefined : { day: ahead(today, 1, false), span: 7, end: week, near: false }
  }
  // "Monday 16 November", "Monday the 17th": the date says it better.
  const date = dateAt(text, text.sign(',', found.end) ? found.end + 1 : found.end, today, true)
  if (date !== undefined) return date
  const token = text.token(at)
  // "sat" and "sun" are words of their own, unless something makes them days.
  const clear =
    token === undefined ||
    token.plain.length > 4 ||
    at > index ||
    clockFollows(text, found.end) ||
    /^(?:mon|tue|tues|thu|thur|wed|fri)$/.test(token.plain)
  if (!clear) return undefined
  return { day: ahead(today, found.value, given !== undefined), span: 1, end: found.end, near: true }
}

const clockFollows = (text: TimeText, index: number): boolean =>
  clockAt(text, text.past('at', index), true, false) !== undefined ||
  text.digits(index, 2) !== undefined ||
  (text.digits(index, 4) !== undefined && text.token(index)?.plain.length === 4)

/** The next such weekday: on a Monday, "Monday" is a week ahead unless it says "this". */
const ahead = (today: DateTime, weekday: number, orToday: boolean): DateTime => {
  const days = (weekday - today.weekday + 7) % 7
  return today.plus({ days: days === 0 && !orToday ? 7 : days })
}

/** `2026-12-03`, `3 December`, `Dec 3rd`, `3.12.`, `the 14th`, 12月3日. */
function dateAt(text: TimeText, index: number, today: DateTime, led = false): Day | undefined {
  const near = false
  const on = text.past('on', index)
  const year = text.digits(on, 4)
  if (year !== undefined && year > 1999 && text.sign('-', on + 1) && text.sign('-', on + 3)) {
    const day = valid(
      DateTime.fromObject(
        { year, month: text.digits(on + 2, 2) ?? 0, day: text.digits(on + 4, 2) ?? 0 },
        { zone: today.zone },
      ),
    )
    return day === undefined ? undefined : { day, span: 1, end: on + 5, near }
  }
  const month = monthAt(text, on)
  if (month !== undefined) {
    const number = text.digits(month.end, 2)
    const day = number === undefined ? undefined : nextDate(today, month.value, number)
    return day === undefined ? undefined : { day, span: 1, end: yearEnd(text, ordinalEnd(text, month.end + 1)), near }
  }
  if (text.inName(on)) return undefined
  const number = text.digits(on, 2)
  if (number === undefined || number < 1 || number > 31) return undefined
  const japanese = text.link('day', on + 1)
  const numbered = text.sign('./', on + 1) && text.touches(on + 1) ? text.digits(on + 2, 2) : undefined
  const isDate = numbered !== undefined && text.touches(on + 2) && text.sign('./', on + 3) && text.touches(on + 3)
  if (isDate) {
    const day = nextDate(today, numbered, number)
    return day === undefined ? undefined : { day, span: 1, end: yearEnd(text, on + 4), near }
  }
  const ordinal = ordinalEnd(text, on + 1)
  const named = monthAt(text, text.past('of', ordinal))
  const shared = named === undefined ? sharedMonthAt(text, ordinal, number) : undefined
  if (shared !== undefined) {
    const day = nextDate(today, shared, number)
    return day === undefined ? undefined : { day, span: 1, end: ordinal, near }
  }
  if (named !== undefined) {
    const day = nextDate(today, named.value, number)
    return day === undefined ? undefined : { day, span: 1, end: yearEnd(text, named.end), near }
  }
  // "The 14th" alone is one of this month or the next.
  const alone =
    japanese ?? (ordinal > on + 1 && (led || on > index) && text.token(on + 1)?.kind === 'word' ? ordinal : undefined)
  if (alone === undefined) return undefined
  const day = valid(today.set({ day: number }))
  const later = day !== undefined && day >= today ? day : valid(today.plus({ months: 1 }).set({ day: number }))
  return later === undefined ? undefined : { day: later, span: 1, end: alone, near }
}

/** "May I" names no month. */
function monthAt(text: TimeText, index: number): { readonly value: number; readonly end: number } | undefined {
  const month = text.find(text.lexicon.months, index)
  return month !== undefined && /^(?:i|we|you|he|she|they)$/.test(text.token(month.end)?.plain ?? '')
    ? undefined
    : month
}

/** "22 to 26 March", "1 and 2 December": the month of the first is said behind the second. */
function sharedMonthAt(text: TimeText, index: number, first: number): number | undefined {
  const joint = text.sign('-–—~', index) ? index + 1 : (text.link('to', index) ?? text.link('until', index))
  if (joint === undefined) return undefined
  const at = text.past('on', text.past('inclusive', joint))
  const last = text.inName(at) && !text.sign('-–—~', at - 1) ? undefined : text.digits(at, 2)
  if (last === undefined || last <= first || last > 31) return undefined
  return monthAt(text, text.past('of', ordinalEnd(text, at + 1)))?.value
}

/** "The whole of December". */
function wholeMonthAt(text: TimeText, index: number): Day | undefined {
  const whole = text.link('whole', text.past('on', index)) ?? text.link('whole', index)
  const month = whole === undefined ? undefined : monthAt(text, whole)
  const day = month === undefined ? undefined : nextDate(text.today, month.value, 1)
  if (month === undefined || day === undefined) return undefined
  return { day, span: day.daysInMonth ?? 30, end: month.end, near: false }
}

const ordinals = once(() => heardWords('ordinalEnds'))
const ordinalEnd = (text: TimeText, index: number): number =>
  text.touches(index) && (ordinals().has(text.token(index)?.plain ?? '') || text.sign('.', index)) ? index + 1 : index

function yearEnd(text: TimeText, index: number): number {
  const at = text.sign(',', index) ? index + 1 : index
  const year = text.digits(at, 4)
  return year !== undefined && year > 2000 && year < 2100 ? at + 1 : index
}

function nextDate(today: DateTime, month: number, day: number): DateTime | undefined {
  const date = valid(DateTime.fromObject({ year: today.year, month, day }, { zone: today.zone }))
  return date !== undefined && date < today ? date.plus({ years: 1 }) : date
}

const valid = (date: DateTime): DateTime | undefined => (date.isValid ? date : undefined)
