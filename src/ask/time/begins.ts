import type { DateTime } from 'luxon'
import { type Duration, hours, milliseconds } from '../../time.ts'
import type { Stretch } from '../ask.ts'
import type { Length } from './lengths.ts'
import { instantOf, type Moment, momentAt } from './moments.ts'
import { boundaryAt, isOfData } from './ranges.ts'
import { type Aside, overlaps, type When } from './time-said.ts'
import { heardWords, once } from '../language/heard.ts'
import type { TimeText } from './time-words.ts'

export function delayIn(text: TimeText, lengths: readonly Length[], here: DateTime, aside: Aside): When | undefined {
  for (const length of lengths) {
    const ahead = [1, 2].find((back) => text.link('in', length.first - back) === length.first)
    const inAfter = text.link('inAfter', length.end)
    // "Three days from now on" is how long.
    const after = inAfter === undefined || text.link('onward', inAfter) !== undefined ? undefined : inAfter
    if (ahead === undefined && after === undefined) continue
    const apart = ahead !== undefined && length.from - text.to(length.first) > 2
    if (apart) continue
    const from = ahead === undefined ? length.from : text.from(length.first - ahead)
    if (ahead !== undefined && happensAt(text, length.first - ahead)) return { said: [{ from, to: length.to }] }
    if (aside(length)) continue
    return { start: here.plus(length.duration).toJSDate(), said: [{ from, to: text.to(after ?? length.end) }] }
  }
  return undefined
}

export function startIn(text: TimeText, here: DateTime, aside: Aside, said: readonly Stretch[]): When | undefined {
  // Words of time that only tell a story begin nothing, and are no reason either.
  const told: Stretch[] = []
  for (let index = 0; index < text.tokens.length; index++) {
    const link = text.link('from', index) ?? text.link('at', index)
    const linked = link === undefined ? undefined : momentAt(text, link, true)
    const found = linked ?? momentAt(text, index, false)
    if (found === undefined) continue
    const place = { from: text.from(index), to: text.to(found.end) }
    if (!overlaps(place, said) && !aside(place) && tellsOnly(text, found, index, link)) told.push(place)
    const begin =
      overlaps(place, [...said, ...told]) || aside(place) || happenedBefore(text, index, link)
        ? undefined
        : beginOf(text, found, index, here)
    if (begin !== undefined) {
      const clock = found.clock === undefined ? clockLater(text, found, here) : undefined
      if (clock !== undefined) return { start: clock.begin, said: [...told, place, clock.place] }
      const whole = found.clock === undefined ? allDayBehind(text, found.end) : undefined
      if (whole !== undefined)
        return { start: begin.toJSDate(), said: [...told, place, whole], duration: oneDayFrom(begin) }
      return { start: begin.toJSDate(), said: [...told, place], ...wholeDays(found) }
    }
    index = Math.max(index, found.end - 1)
  }
  return told.length === 0 ? undefined : { said: told }
}

/** "Next Tuesday for 4 hours starting 1pm": the hour stands apart from its day. */
function clockLater(
  text: TimeText,
  day: Moment,
  here: DateTime,
): { readonly begin: Date; readonly place: Stretch } | undefined {
  for (let index = day.end; index < Math.min(text.tokens.length, day.end + 12); index++) {
    const link = text.link('from', index) ?? text.link('at', index)
    const clock = link === undefined ? undefined : momentAt(text, link, false)
    if (clock?.clock === undefined || clock.day !== undefined) continue
    const begin = instantOf({ ...clock, ...(day.day === undefined ? {} : { day: day.day }) }, here)
    if (begin !== undefined)
      return { begin: begin.toJSDate(), place: { from: text.from(index), to: text.to(clock.end) } }
  }
  return undefined
}

/** "For the weekend" says how long, too; a day alone does not. */
const wholeDays = ({ span, clock }: Moment): { readonly duration?: Duration } =>
  (span === 2 || span > 7) && clock === undefined ? { duration: milliseconds(span * hours(24)) } : {}

function allDayBehind(text: TimeText, index: number): Stretch | undefined {
  for (let at = index; at < text.tokens.length; at++) {
    const end = text.link('allDay', at)
    if (end !== undefined) return { from: text.from(at), to: text.to(end) }
  }
  return undefined
}

const oneDayFrom = (day: DateTime): Duration => milliseconds(day.plus({ days: 1 }).diff(day).toMillis())

/** "The certificate expires at 01:00": when something else happens. */
const happensAt = (text: TimeText, index: number): boolean =>
  [1, 2, 3].some((back) => text.link('happening', index - back) === index)

/** Words of time that only tell a story: "Monday greetings", "had lunch with Chen", "it's 2 am", "weekend labelling". */
function tellsOnly(
  text: TimeText,
  { clock, day, span, end }: Moment,
  index: number,
  link: number | undefined,
): boolean {
  if (link !== undefined && text.link('from', index) === link) return clock === undefined && isOfData(text, index)
  if (happensAt(text, index) || (clock === undefined && isOf(text, index))) return true
  const before = text.token(index - 1)
  const behind = text.token(end)
  const named = clock !== undefined && day === undefined && text.find(text.lexicon.clocks, link ?? index) !== undefined
  if (named && link === undefined) return !boundaryAt(text, end)
  if (day !== undefined && weDo(text, index, end)) return true
  if (clock !== undefined) return /^(?:s|its)$/.test(before?.plain ?? '') && day === undefined
  if (span === 2) return behind?.kind === 'word' && !boundaryAt(text, end)
  const greets = behind?.plain === '!' || /^(?:greetings?|again|blues|mood|vibes)$/.test(behind?.plain ?? '')
  return index === 0 && link === undefined && greets
}

/** "The prompts of 3 November", and the end of "of 3 to 9 November". */
const isOf = (text: TimeText, index: number): boolean =>
  text.token(index)?.plain === 'of' || /^(?:of|to|and)$/.test(text.token(index - 1)?.plain ?? '')

/** "On Saturday we migrate" tells of Saturday; "on Saturday we need it" asks for it. */
const weDo = (text: TimeText, index: number, end: number): boolean =>
  (index === 0 || text.token(index - 1)?.kind === 'sign') &&
  /^(?:we|they|he|she|it|our|there)$/.test(text.token(end)?.plain ?? '') &&
  !/^(?:need|needs|want|wants|would|will|d|ll|require|should|must)$/.test(
    text.token(text.sign("'’", end + 1) ? end + 2 : end + 1)?.plain ?? '',
  )

/** "What changed on Monday", "that it was broken on Friday"; "don't delete it on Friday". */
function happenedBefore(text: TimeText, index: number, link: number | undefined): boolean {
  if (link !== undefined && text.link('from', index) === link) return false
  const clause = /[^.!?;,:\n]*$/.exec(text.text.slice(0, text.from(index)).slice(-120))?.[0] ?? ''
  if (/\b(?:do not|don['’]?t|never|must not|mustn['’]t)\b/i.test(clause)) return true
  return /\b(?:if|that|why|what|how|whether|which|who|because|where|since|before|after|once|when)\b.*\b(?:\p{L}{3,}ed|was|were|had|did|went|broke|came|fell)\b/iu.test(
    clause,
  )
}

function beginOf(text: TimeText, found: Moment, index: number, here: DateTime): DateTime | undefined {
  const { clock, day } = found
  // "today", "tonight" and a bare number begin nothing.
  if (clock === undefined && (day === undefined || (day <= here && found.span === 1))) return undefined
  // "At five for an hour", "at quarter to five": the next such hour; anywhere else a bare number is no time.
  const at = text.token(index)?.plain === 'at' && boundaryAt(text, found.end)
  if (clock?.bare === true && day === undefined && !at) return undefined
  if (
    clock?.open === true &&
    day === undefined &&
    text.link('pm', found.end - 1) === undefined &&
    !at &&
    !afterStart(text, index)
  )
    return undefined
  // What was read as a name stands blank: then the word in front of it says nothing of the time.
  const before = text.from(index) - text.to(index) > 2 ? '' : (text.token(index - 1)?.plain ?? '')
  if (otherHour().has(before) && !afterStart(text, index)) return undefined
  return instantOf(found, here)
}

const otherHour = once(() => heardWords('otherHour'))

const afterStart = (text: TimeText, index: number): boolean => text.link('from', index) !== undefined
