import { DateTime } from 'luxon'
import type { DayPart } from './lexicon/lexicon.ts'
import { countAt } from './lengths.ts'
import type { TimeText } from './time-words.ts'

export interface ClockTime {
  readonly hour: number
  readonly minute: number
  /** The words leave open which half of the day: "until 6". */
  readonly open: boolean
  /** A bare number, which is a time only where one is expected. */
  readonly bare: boolean
}

/** A day, a time of day or both, as the words give them; what they leave out is undefined. */
export interface Moment {
  readonly first: number
  readonly end: number
  readonly day?: DateTime
  /** Days that the words span: two for a weekend. */
  readonly span: number
  readonly part?: DayPart
  readonly clock?: ClockTime
}

/** @param bare whether a number alone is taken for an hour: only behind "until", "from" and the like. */
export function momentAt(text: TimeText, index: number, bare: boolean): Moment | undefined {
  const day = dayAt(text, index)
  if (day !== undefined) {
    const part = partAt(text, day.end)
    let next = part?.end ?? day.end
    if (text.sign(',(', next)) next += 1
    const at = text.link('at', next) ?? text.link('from', next) ?? next
    const clock = clockAt(text, at, true, bare || at > next || day.near)
    const begun = { first: index, day: day.day, span: day.span, ...shown(day.part ?? part?.part) }
    if (clock === undefined) return { ...begun, end: part?.end ?? day.end }
    const later = partAt(text, clock.end)
    return {
      ...begun,
      ...shown(day.part ?? part?.part ?? later?.part),
      clock: clock.clock,
      end: later?.end ?? clock.end,
    }
  }
  const clock = clockAt(text, index, bare, bare)
  if (clock === undefined) return undefined
  const part = partAt(text, clock.end)
  const on = text.past('on', part?.end ?? clock.end)
  const later = dayAt(text, on) ?? dayAt(text, part?.end ?? clock.end)
  const said = later?.part ?? part?.part
  const base = { first: index, clock: clock.clock, span: 1, ...shown(said) }
  if (later === undefined) return { ...base, end: part?.end ?? clock.end }
  return { ...base, day: later.day, end: partAt(text, later.end)?.end ?? later.end }
}

const shown = (part: DayPart | undefined): { readonly part?: DayPart } => (part === undefined ? {} : { part })

function partAt(text: TimeText, index: number): { readonly part: DayPart; readonly end: number } | undefined {
  const found = text.find(text.lexicon.parts, index)
  return found === undefined ? undefined : { part: found.value, end: found.end }
}

interface Day {
  readonly day: DateTime
  readonly span: number
  readonly end: number
  readonly part?: DayPart
  /** "Tomorrow", "Monday": a bare number behind is an hour; behind "3 December" it may be a year. */
  readonly near: boolean
}

function dayAt(text: TimeText, index: number): Day | undefined {
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
  clockAt(text, text.past('at', index), true, false) !== undefined || text.digits(index, 2) !== undefined

/** The next such weekday: on a Monday, "Monday" is a week ahead unless it says "this". */
const ahead = (today: DateTime, weekday: number, orToday: boolean): DateTime => {
  const days = (weekday - today.weekday + 7) % 7
  return today.plus({ days: days === 0 && !orToday ? 7 : days })
}

/** `2026-12-03`, `3 December`, `Dec 3rd`, `3.12.`, `the 14th`, 12月3日. */
function dateAt(text: TimeText, index: number, today: DateTime): Day | undefined {
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
  const month = text.find(text.lexicon.months, on)
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
  const named = text.find(text.lexicon.months, text.past('of', ordinal))
  if (named !== undefined) {
    const day = nextDate(today, named.value, number)
    return day === undefined ? undefined : { day, span: 1, end: yearEnd(text, named.end), near }
  }
  // "The 14th" alone is one of this month or the next.
  const alone =
    japanese ?? (ordinal > on + 1 && on > index && text.token(on + 1)?.kind === 'word' ? ordinal : undefined)
  if (alone === undefined) return undefined
  const day = valid(today.set({ day: number }))
  const later = day !== undefined && day >= today ? day : valid(today.plus({ months: 1 }).set({ day: number }))
  return later === undefined ? undefined : { day: later, span: 1, end: alone, near }
}

const ordinals = new Set(['st', 'nd', 'rd', 'th', 'er', 'º', 'ª'])
const ordinalEnd = (text: TimeText, index: number): number =>
  text.touches(index) && (ordinals.has(text.token(index)?.plain ?? '') || text.sign('.', index)) ? index + 1 : index

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

interface ClockAt {
  readonly clock: ClockTime
  readonly end: number
}

/** @param words whether number words are hours; @param bare whether a number alone is one. */
function clockAt(text: TimeText, index: number, words: boolean, bare: boolean): ClockAt | undefined {
  const pm = text.link('pm', index)
  const am = text.link('am', index)
  if (pm !== undefined || am !== undefined) {
    // 午後3時 says the half first.
    const after =
      text.find(text.lexicon.numbers, pm ?? am ?? 0) === undefined
        ? numberedAt(text, pm ?? am ?? 0, false, true)
        : undefined
    if (after !== undefined) return { ...after, clock: halved(after.clock, pm !== undefined) }
  }
  return spokenAt(text, index) ?? numberedAt(text, index, words && bare, bare)
}

const halved = ({ hour, minute }: ClockTime, afternoon: boolean): ClockTime => ({
  hour: (hour % 12) + (afternoon ? 12 : 0),
  minute,
  open: false,
  bare: false,
})

/** Noon; half past five; quarter to six; halb drei. */
function spokenAt(text: TimeText, index: number): ClockAt | undefined {
  const named = text.find(text.lexicon.clocks, index)
  if (named !== undefined) return { clock: { hour: named.value, minute: 0, open: false, bare: false }, end: named.end }
  const halfTo = text.link('halfTo', index)
  if (halfTo !== undefined) {
    const hour = hourAt(text, halfTo)
    if (hour !== undefined) return shifted(text, hour, -30)
  }
  const article = text.past('article', index)
  const half = text.link('half', index)
  const minutes = half === undefined ? (text.link('quarter', article) ?? undefined) : undefined
  if (half !== undefined || minutes !== undefined) {
    const at = half ?? minutes ?? index
    const past = text.link('past', at)
    const before = text.link('before', at)
    const hour = hourAt(text, past ?? before ?? at)
    // "Half five" is half past five; "a quarter five" is nothing.
    if (hour === undefined || (past === undefined && before === undefined && half === undefined)) return undefined
    return shifted(text, hour, (half === undefined ? 15 : 30) * (before === undefined ? 1 : -1))
  }
  const count = countAt(text, index)
  if (count === undefined || count.count > 29) return undefined
  const past = text.link('past', count.end)
  const before = text.link('before', count.end)
  const end = past ?? before
  // "Ten to six", not "9 to 11": minutes are told in words or in fives, hours in words.
  if (
    end === undefined ||
    (count.digits && count.count % 5 !== 0) ||
    count.count % 5 !== 0 ||
    text.token(end)?.kind === 'number'
  )
    return undefined
  const hour = hourAt(text, end)
  return hour === undefined ? undefined : shifted(text, hour, past === undefined ? -count.count : count.count)
}

function shifted(text: TimeText, { clock, end }: ClockAt, minutes: number): ClockAt {
  const total = (clock.hour * 60 + clock.minute + minutes + 1440) % 1440
  return half(text, { hour: Math.floor(total / 60), minute: total % 60, open: clock.open, bare: false }, end)
}

function hourAt(text: TimeText, index: number): ClockAt | undefined {
  const named = text.find(text.lexicon.clocks, index)
  if (named !== undefined)
    return { clock: { hour: named.value % 24, minute: 0, open: false, bare: false }, end: named.end }
  return numberedAt(text, index, true, true)
}

/** `17:30`, `5pm`, `17h30`, `17 Uhr`, `5.30 pm`, `1730`; with `bare` also `5` and `five`. */
function numberedAt(text: TimeText, index: number, words: boolean, bare: boolean): ClockAt | undefined {
  if (text.inName(index)) return undefined
  const four = text.token(index)?.plain.length === 4 ? text.digits(index, 4) : undefined
  if (four !== undefined && bare && four % 100 < 60 && four < 2400 && !(four >= 2020 && four < 2060 && four % 5 !== 0))
    return half(
      text,
      { hour: Math.floor(four / 100), minute: four % 100, open: false, bare: false },
      text.past('oclock', index + 1),
    )
  const word = words ? text.find(text.lexicon.numbers, index) : undefined
  const hour = text.digits(index, 2) ?? word?.value
  if (hour === undefined || hour > 24 || !Number.isInteger(hour)) return undefined
  const end = word?.end ?? index + 1
  const separated = text.sign(':.', end) && text.touches(end) && text.touches(end + 1) ? text.token(end + 1) : undefined
  const minute = separated?.plain.length === 2 ? text.digits(end + 1, 2) : undefined
  if (minute !== undefined && minute < 60) {
    const dotted = text.sign('.', end)
    const told = half(text, { hour, minute, open: false, bare: false }, end + 2)
    // "4.12" is a room or a version, unless something says that it is a time.
    if (dotted && !bare && told.end === end + 2) return undefined
    return told
  }
  const oclock = text.link('oclock', end)
  if (oclock !== undefined) {
    const more = text.touches(oclock) ? text.digits(oclock, 2) : undefined
    const unit = text.token(end)?.plain ?? ''
    // "2 hours" is a length; "2h" is one too, unless a time is expected or minutes follow.
    const long = /^h(?:rs|ours)$/.test(unit)
    if (more !== undefined && more < 60) return half(text, { hour, minute: more, open: false, bare: false }, oclock + 1)
    if (long || (unit === 'h' && !bare)) return undefined
    const halfPast = text.link('andHalf', oclock)
    const clear = unit === 'h' || hour > 12
    return half(text, { hour, minute: halfPast === undefined ? 0 : 30, open: !clear, bare: false }, halfPast ?? oclock)
  }
  const told = half(text, { hour, minute: 0, open: hour <= 12 && hour > 0, bare: true }, end)
  if (told.end > end) return told
  const halfPast = text.link('andHalf', end)
  if (bare && halfPast !== undefined) return half(text, { hour, minute: 30, open: hour <= 12, bare: false }, halfPast)
  return bare && !text.touches(end) && !text.sign('%', end)
    ? told
    : bare && text.sign('-–—.?!,;:)', end)
      ? told
      : undefined
}

/** With "pm", "in the evening" behind it the hour is known. */
function half(text: TimeText, clock: ClockTime, end: number): ClockAt {
  const am = text.link('am', end)
  const pm = text.link('pm', end)
  if ((am === undefined && pm === undefined) || clock.hour > 12) return { clock, end: am ?? pm ?? end }
  return { clock: halved(clock, pm !== undefined), end: am ?? pm ?? end }
}

/** The hours that a clock time can mean on a day, by what is said of the part of the day. */
function hoursOf(clock: ClockTime, part: DayPart | undefined, dayGiven: boolean): readonly number[] {
  const { hour } = clock
  if (hour > 12 || hour === 0) return [hour]
  if (part === 'afternoon' || (part === 'evening' && hour < 12)) return [hour === 12 ? 12 : hour + 12]
  if (part === 'night') return [hour < 6 ? hour : hour === 12 ? 24 : hour + 12]
  if (part === 'morning') return [hour % 12]
  if (!clock.open) return [hour]
  // Nobody means six in the morning by "tomorrow at 3".
  if (dayGiven) return [hour < 7 ? hour + 12 : hour]
  return hour === 12 ? [12, 24] : [hour, hour + 12]
}

const partBegins: Readonly<Record<DayPart, number>> = { morning: 9, afternoon: 13, evening: 18, night: 22 }

/** The first instant after `after` that the moment can mean; undefined where it lies behind, or says neither day nor time. */
export function instantOf(moment: Moment, after: DateTime): DateTime | undefined {
  const { day, clock, part } = moment
  if (day !== undefined) {
    if (clock === undefined)
      return day > after ? day : part === undefined ? undefined : later(day.set({ hour: partBegins[part] }), after)
    const options = hoursOf(clock, part, day > after || part !== undefined).map((hour) => at(day, hour, clock.minute))
    const found = options.find((option) => option > after)
    // Midnight of a day, said as an end, is the one that closes it.
    if (found === undefined && clock.hour === 0) return later(at(day, 24, clock.minute), after)
    return found
  }
  if (clock === undefined) return undefined
  const today = after.startOf('day')
  const options = [0, 1].flatMap((days) =>
    hoursOf(clock, part, false).map((hour) => at(today.plus({ days }), hour, clock.minute)),
  )
  return options.find((option) => option > after)
}

const later = (option: DateTime, after: DateTime): DateTime | undefined => (option > after ? option : undefined)

const at = (day: DateTime, hour: number, minute: number): DateTime =>
  hour === 24 ? day.plus({ days: 1 }).set({ hour: 0, minute }) : day.set({ hour, minute })
