import { DateTime } from 'luxon'
import { type ClockTime, clockAt } from './clocks.ts'
import { dayAt, partAt, shown } from './days.ts'
import type { DayPart } from '../language/lexicon/lexicon.ts'
import type { TimeText } from './time-words.ts'

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
  const whole = isoAt(text, index) ?? thisTimeAt(text, index)
  if (whole !== undefined) return whole
  const day = dayAt(text, index)
  if (day !== undefined) {
    const part = partAt(text, day.end)
    let next = part?.end ?? day.end
    if (text.sign(',(', next)) next += 1
    const at = text.link('at', next) ?? text.link('from', next) ?? next
    const clock =
      at === next && next > day.end && lengthBehind(text, next)
        ? undefined
        : clockAt(text, at, true, bare || at > next || day.near)
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
  const end = partAt(text, later.end)?.end ?? later.end
  // "EOD Friday 6 pm": the clock says better what the end of a day is.
  const better = text.find(text.lexicon.clocks, index) === undefined ? undefined : clockAt(text, end, true, false)
  return better === undefined || better.clock.open
    ? { ...base, day: later.day, end }
    : { ...base, day: later.day, clock: better.clock, end: better.end }
}

/** "Tomorrow, 4h" and "tomorrow, 24h" say how long; "tomorrow, 14h" says when. */
function lengthBehind(text: TimeText, index: number): boolean {
  const number = text.digits(index, 2)
  return number !== undefined && (number <= 12 || number === 24) && text.token(index + 1)?.plain === 'h'
}

/** `2026-05-21T14:00`, also with `Z` or an offset. */
const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?(?![\p{L}\p{N}])/uy

function isoAt(text: TimeText, index: number): Moment | undefined {
  if (text.digits(index, 4) === undefined || text.token(index + 5)?.plain !== 't') return undefined
  iso.lastIndex = text.from(index)
  const [words] = iso.exec(text.text) ?? []
  const at = words === undefined ? undefined : DateTime.fromISO(words, { zone: text.today.zone })
  if (words === undefined || at?.isValid !== true) return undefined
  const behind = text.tokens.findIndex(({ from }) => from >= text.from(index) + words.length)
  return { ...minuteOf(at), first: index, end: behind < 0 ? text.tokens.length : behind, day: at.startOf('day') }
}

/** "This time on Sunday", "this time tomorrow". */
function thisTimeAt(text: TimeText, index: number): Moment | undefined {
  const end = text.link('thisTime', index)
  const day = end === undefined ? undefined : dayAt(text, end)
  return day === undefined ? undefined : { ...minuteOf(text.now), first: index, end: day.end, day: day.day }
}

const minuteOf = ({ hour, minute }: DateTime) => ({ span: 1, clock: { hour, minute, open: false, bare: false } })

/** The hours that a clock time can mean on a day, by what is said of the part of the day. */
function hoursOf(clock: ClockTime, part: DayPart | undefined, dayGiven: boolean): readonly number[] {
  const { hour } = clock
  // "Tonight at 2" is past midnight.
  if (part === 'evening' && (hour < 5 || hour === 12)) return [dayGiven || hour === 12 ? (hour % 12) + 24 : hour]
  if (hour > 12 || hour === 0) return [hour]
  if (part === 'afternoon' || (part === 'evening' && hour < 12)) return [hour === 12 ? 12 : hour + 12]
  if (part === 'night') return [hour < 6 ? hour : hour === 12 ? 24 : hour + 12]
  if (part === 'morning') return [hour % 12]
  if (!clock.open) return clock.early === true && !dayGiven ? [hour, hour + 12] : [hour]
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
  hour > 23 ? day.plus({ days: 1 }).set({ hour: hour - 24, minute }) : day.set({ hour, minute })
