import { type Duration, hours, milliseconds, minutes, parseDuration } from '../../time.ts'
import type { Stretch } from '../ask.ts'
import type { TimeText } from './time-words.ts'

export interface Length extends Stretch {
  readonly duration: Duration
  /** Milliseconds of its last unit: what a bare number in a correction counts. */
  readonly unit: Duration
  /** Index of its first token, and of the one behind it. */
  readonly first: number
  readonly end: number
}

interface Count {
  readonly count: number
  readonly end: number
  /** In digits: then a unit of one letter may follow. */
  readonly digits: boolean
}

/** How many are said here: `3`, `1,5`, `two`, `a couple of`, `twenty five`, `two and a half`. */
export function countAt(text: TimeText, index: number): Count | undefined {
  const base = plainCountAt(text, index)
  if (base === undefined) return undefined
  const half = text.link('andHalf', base.end)
  return half === undefined ? base : { ...base, count: base.count + 0.5, end: half }
}

function plainCountAt(text: TimeText, index: number): Count | undefined {
  const whole = text.inName(index) ? undefined : text.digits(index, 5)
  if (whole !== undefined) {
    const part =
      text.sign('.,', index + 1) && text.touches(index + 1) && text.touches(index + 2)
        ? text.token(index + 2)
        : undefined
    const fraction = part?.kind === 'number' && part.plain.length <= 2 ? part.plain : undefined
    if (fraction !== undefined) return { count: Number(`${whole}.${fraction}`), end: index + 3, digits: true }
    return { count: whole, end: index + 1, digits: true }
  }
  const word = text.find(text.lexicon.numbers, index)
  if (word !== undefined) return { count: word.value, end: word.end, digits: false }
  const article = text.link('article', index)
  return article === undefined ? undefined : { count: 1, end: article, digits: false }
}

/** A length of time that begins at this token. */
function lengthAt(text: TimeText, index: number): Omit<Length, 'from' | 'to'> | undefined {
  if (
    index > 0 &&
    text.token(index)?.kind === 'word' &&
    text.touches(index) &&
    text.token(index - 1)?.kind === 'number'
  )
    return undefined
  return quarterAt(text, index) ?? halfAt(text, index) ?? countedAt(text, index)
}

/** Half an hour, a half hour. */
function halfAt(text: TimeText, index: number) {
  const first = text.past('article', index)
  const half = text.link('half', first) ?? text.link('half', index)
  if (half === undefined) return undefined
  const unit = unitAt(text, text.past('article', half), false) ?? unitAt(text, half, false)
  return unit === undefined ? undefined : made(index, unit.end, unit.minutes / 2, unit.minutes)
}

/** Three quarters of an hour. */
function quarterAt(text: TimeText, index: number) {
  const count = countAt(text, index)
  const quarter = text.link('quarter', count?.end ?? index)
  if (quarter === undefined) return undefined
  const unit = unitAt(text, text.past('of', quarter), false)
  return unit === undefined ? undefined : made(index, unit.end, (unit.minutes / 4) * (count?.count ?? 1), 15)
}

/** `2h`, `1h30`, `1:30h`, `one hour and 20 minutes`, `an hour and a half`, `another 3 days`. */
function countedAt(text: TimeText, index: number): Omit<Length, 'from' | 'to'> | undefined {
  const clocked = hoursAndMinutesAt(text, index)
  if (clocked !== undefined) return clocked
  const count = countAt(text, index)
  if (count === undefined) return fortnightAt(text, index) ?? hourAndAt(text, index)
  const unit = unitAt(text, text.past('more', dashed(text, count.end)), count.digits)
  if (unit === undefined) return undefined
  const half = text.link('andHalf', unit.end)
  const quarter = text.link('andQuarter', unit.end)
  const part = half ?? quarter
  if (part !== undefined)
    return made(index, part, (count.count + (half === undefined ? 0.25 : 0.5)) * unit.minutes, unit.minutes)
  const rest = restAt(text, unit.end, unit.minutes)
  return made(
    index,
    rest?.end ?? unit.end,
    count.count * unit.minutes + (rest?.minutes ?? 0),
    rest?.unit ?? unit.minutes,
  )
}

/** A unit that counts itself: "for the fortnight beginning Monday". */
function fortnightAt(text: TimeText, index: number) {
  const unit = unitAt(text, index, false)
  return unit?.minutes === 20_160 ? made(index, unit.end, unit.minutes, unit.minutes) : undefined
}

/** "Hour and a half", without a count. */
function hourAndAt(text: TimeText, index: number) {
  const unit = unitAt(text, index, false)
  if (unit === undefined) return undefined
  const half = text.link('andHalf', unit.end)
  const end = half ?? text.link('andQuarter', unit.end)
  return end === undefined
    ? undefined
    : made(index, end, unit.minutes * (half === undefined ? 1.25 : 1.5), unit.minutes)
}

/** The smaller units behind: `1h 30`, `1 hour and 20 minutes`, `2 days 4 hours`. */
function restAt(
  text: TimeText,
  index: number,
  bigger: number,
): { minutes: number; end: number; unit: number } | undefined {
  const joined = text.link('and', index)
  const digits = joined === undefined && text.touches(index) ? text.digits(index, 2) : undefined
  const count = digits === undefined ? countAt(text, joined ?? index) : { count: digits, end: index + 1, digits: true }
  if (count === undefined) return undefined
  const unit = unitAt(text, count.end, count.digits)
  if (unit !== undefined && unit.minutes < bigger)
    return { minutes: count.count * unit.minutes, end: unit.end, unit: unit.minutes }
  // "1h30" is a length; "9h 30 users" is not.
  const bare = bigger === 60 && joined === undefined && text.touches(index) && count.digits && count.count < 60
  const next = text.token(count.end)
  if (bare && (next?.touches !== true || next.kind === 'sign')) return { minutes: count.count, end: count.end, unit: 1 }
  // "2h 30," with nothing behind that could be counted.
  const apart = bigger === 60 && joined === undefined && text.token(index)?.plain.length === 2 && count.digits
  return apart && count.count < 60 && count.count % 5 === 0 && (next === undefined || text.sign(',.;)!?', count.end))
    ? { minutes: count.count, end: count.end, unit: 1 }
    : undefined
}

function hoursAndMinutesAt(text: TimeText, index: number) {
  const hour = text.inName(index) ? undefined : text.digits(index, 2)
  const minute =
    text.sign(':', index + 1) && text.touches(index + 1) && text.touches(index + 2)
      ? text.digits(index + 2, 2)
      : undefined
  if (hour === undefined || minute === undefined || minute > 59) return undefined
  const unit = unitAt(text, index + 3, true)
  return unit?.minutes === 60 ? made(index, unit.end, hour * 60 + minute, 60) : undefined
}

/** Behind a dash that joins a number to what it counts. */
export const dashed = (text: TimeText, index: number): number =>
  text.sign('-', index) && text.touches(index) ? index + 1 : index

function unitAt(text: TimeText, index: number, short: boolean) {
  const found = text.find(text.lexicon.units, index)
  const token = text.token(index)
  if (found === undefined || token === undefined) return undefined
  if (token.to - token.from === 1 && found.end === index + 1 && !short && /^[a-z]$/.test(token.plain)) return undefined
  // "0.2M tokens" are millions.
  if (text.text.slice(token.from, token.to) === 'M' && text.token(found.end)?.kind === 'word') return undefined
  // "2 d-shaped" and "5 m3" are not lengths.
  const next = text.token(found.end)
  const onward = found.value === 60 || text.find(text.lexicon.units, found.end + 1)?.value === 60
  if (next?.touches === true && next.kind === 'number' && !(onward && token.plain.length === 1)) return undefined
  return { minutes: found.value, end: found.end }
}

const made = (first: number, end: number, length: number, unit: number): Omit<Length, 'from' | 'to'> => ({
  first,
  end,
  duration: milliseconds(Math.round(length * minutes(1))),
  unit: minutes(unit),
})

const iso = /(?<![\p{L}\p{N}])P(?:\d{1,3}D)?(?:T(?:\d{1,4}H)?(?:\d{1,4}M)?)?(?![\p{L}\p{N}])/gu

/** Every length of time that the text states, in order; `two days … no, one day` is two of them. */
export function lengthsIn(text: TimeText): readonly Length[] {
  const found: Length[] = []
  let index = 0
  while (index < text.tokens.length) {
    const length = lengthAt(text, index)
    if (length !== undefined && length.duration > 0) {
      found.push({ ...length, from: text.from(index), to: text.to(length.end) })
      index = length.end
    } else index += 1
  }
  for (const match of text.text.matchAll(iso)) {
    const duration = parseDuration(match[0])
    if (duration === undefined || duration === 0) continue
    const [from, to] = [match.index, match.index + match[0].length]
    const first = text.tokens.findIndex((token) => token.from >= from)
    const end = text.tokens.findIndex((token) => token.from >= to)
    found.push({ from, to, duration, unit: hours(1), first, end: end < 0 ? text.tokens.length : end })
  }
  return found.toSorted((a, b) => a.from - b.from)
}
