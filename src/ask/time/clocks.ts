import { countAt, dashed } from './lengths.ts'
import type { TimeText } from './time-words.ts'

export interface ClockTime {
  readonly hour: number
  readonly minute: number
  /** The words leave open which half of the day: "until 6". */
  readonly open: boolean
  /** A bare number, which is a time only where one is expected. */
  readonly bare: boolean
  /** Written without a leading zero, early: "till 2:20" may well be in the afternoon. */
  readonly early?: true
}

export interface ClockAt {
  readonly clock: ClockTime
  readonly end: number
}

/** @param words whether number words are hours; @param bare whether a number alone is one. */
export function clockAt(text: TimeText, index: number, words: boolean, bare: boolean): ClockAt | undefined {
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
  // "10 to noon" is two hours.
  if (count.digits && end !== undefined && text.find(text.lexicon.clocks, end) !== undefined) return undefined
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
    const early = text.token(index)?.plain.length === 1 && hour > 0 && hour < 8
    const told = half(text, { hour, minute, open: false, bare: false, ...(early ? { early } : {}) }, end + 2)
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
  // "Thursday, 14 days": a number that counts is no hour.
  if (text.find(text.lexicon.units, text.past('more', dashed(text, end))) !== undefined) return undefined
  const told = half(text, { hour, minute: 0, open: hour <= 12 && hour > 0, bare: true }, end)
  if (told.end > end) return told
  const halfPast = text.link('andHalf', end)
  if (bare && halfPast !== undefined && text.link('past', halfPast) === undefined)
    return half(text, { hour, minute: 30, open: hour <= 12, bare: false }, halfPast)
  return bare && !text.touches(end) && !text.sign('%', end)
    ? told
    : bare && text.sign('-–—.?!,;:)', end)
      ? told
      : undefined
}

/** "3:30p" */
const letterAt = (text: TimeText, index: number, letter: string): number | undefined =>
  text.touches(index) && text.token(index)?.plain === letter && text.token(index + 1)?.kind !== 'number'
    ? index + 1
    : undefined

/** With "pm", "in the evening" behind it the hour is known. */
function half(text: TimeText, clock: ClockTime, end: number): ClockAt {
  const am = text.link('am', end) ?? letterAt(text, end, 'a')
  const pm = text.link('pm', end) ?? letterAt(text, end, 'p')
  if ((am === undefined && pm === undefined) || clock.hour > 12) return { clock, end: am ?? pm ?? end }
  return { clock: halved(clock, pm !== undefined), end: am ?? pm ?? end }
}
