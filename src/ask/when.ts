import { DateTime } from 'luxon'
import { type Duration, hours, milliseconds } from '../time.ts'
import type { Stretch } from './ask.ts'
import { type Length, lengthsIn } from './lengths.ts'
import { instantOf, type Moment, momentAt } from './moments.ts'
import { rangeIn } from './ranges.ts'
import { lengthIn } from './stated-length.ts'
import type { Aside, When } from './time-said.ts'
import { type TimeLexicon, TimeText } from './time-words.ts'

/** Until an hour that has just passed is more likely a slip than tomorrow: longer than this is not guessed. */
const furthest = hours(18)

/** Reads when it is to begin and how long it is to last, in the speaker's zone. */
export function whenOf(words: string, now: Date, zone: string, lexicon: TimeLexicon, aside: Aside = () => false): When {
  const here = DateTime.fromJSDate(now, { zone })
  const text = new TimeText(words, lexicon, here)
  const ranged = rangeIn(text, here, aside)
  if (ranged !== undefined) return ranged
  const lengths = lengthsIn(text)
  const delayed = delayIn(text, lengths, here)
  const ended = untilIn(text, here, aside)
  const free = lengths.filter((length) => !overlaps(length, [...(delayed?.said ?? []), ...(ended?.said ?? [])]))
  const length = lengthIn(text, free, aside)
  const begun = delayed ?? startIn(text, here, aside, [...(ended?.said ?? []), ...lengths])
  const late = ended?.end !== undefined && begun?.start !== undefined ? ended.end.getTime() - begun.start.getTime() : 0
  const duration =
    length?.duration ??
    (late > 0 ? milliseconds(late) : ended?.duration) ??
    (delayed === undefined ? begun?.duration : undefined)
  return {
    ...(duration === undefined ? {} : { duration }),
    ...(begun?.start === undefined ? {} : { start: begun.start }),
    said: [...(begun?.said ?? []), ...(ended?.said ?? []), ...(length?.said ?? [])],
  }
}

const overlaps = (one: Stretch, others: readonly Stretch[]): boolean =>
  others.some(({ from, to }) => one.from < to && from < one.to)

/** The text with these stretches as spaces: places keep their numbers. */
export function blank(text: string, stretches: readonly Stretch[]): string {
  let out = ''
  let end = 0
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    if (to <= end) continue
    const start = Math.max(from, end)
    out += text.slice(end, start) + ' '.repeat(to - start)
    end = to
  }
  return out + text.slice(end)
}

interface Ended extends When {
  readonly end?: Date
}

function untilIn(text: TimeText, here: DateTime, aside: Aside): Ended | undefined {
  let late: Ended | undefined
  for (let index = 0; index < text.tokens.length; index++) {
    const link = text.link('until', index)
    const after = link === undefined ? momentAt(text, index, false) : undefined
    const found = link === undefined ? after : momentAt(text, link, true)
    if (found === undefined || (link === undefined && text.link('untilAfter', found.end) === undefined)) continue
    const closed = text.link('untilAfter', found.end) ?? text.past('inclusive', found.end)
    // "until EOD (18:30)": what stands in brackets says it better.
    const closer = text.sign('(', closed) ? momentAt(text, closed + 1, true) : undefined
    const better = closer?.clock !== undefined && text.sign(')', closer.end) ? closer : undefined
    const place = { from: text.from(index), to: text.to(better === undefined ? closed : better.end + 1) }
    const end = instantOf(better === undefined ? found : { ...found, ...better }, here)
    if (end === undefined || aside(place)) continue
    const closing =
      text.link('inclusive', found.end) !== undefined && found.clock === undefined ? end.plus({ days: 1 }) : end
    const duration = milliseconds(closing.diff(here).toMillis())
    // What was asked may have been set right: "until 5, no, until 6".
    if (found.day === undefined && duration > furthest) late = { said: [...(late?.said ?? []), place] }
    else late = { duration, end: closing.toJSDate(), said: [...(late?.said ?? []), place] }
  }
  return late
}

function delayIn(text: TimeText, lengths: readonly Length[], here: DateTime): When | undefined {
  for (const length of lengths) {
    const ahead = [1, 2].find((back) => text.link('in', length.first - back) === length.first)
    const after = text.link('inAfter', length.end)
    if (ahead === undefined && after === undefined) continue
    const from = ahead === undefined ? length.from : text.from(length.first - ahead)
    return { start: here.plus(length.duration).toJSDate(), said: [{ from, to: text.to(after ?? length.end) }] }
  }
  return undefined
}

function startIn(text: TimeText, here: DateTime, aside: Aside, said: readonly Stretch[]): When | undefined {
  for (let index = 0; index < text.tokens.length; index++) {
    const link = text.link('from', index) ?? text.link('at', index)
    const linked = link === undefined ? undefined : momentAt(text, link, true)
    const found = linked ?? momentAt(text, index, false)
    if (found === undefined) continue
    const place = { from: text.from(index), to: text.to(found.end) }
    const begin = overlaps(place, said) || aside(place) ? undefined : beginOf(text, found, index, here)
    if (begin !== undefined) {
      const clock = found.clock === undefined ? clockLater(text, found, here) : undefined
      if (clock !== undefined) return { start: clock.begin, said: [place, clock.place] }
      return { start: begin.toJSDate(), said: [place], ...wholeDays(found) }
    }
    index = Math.max(index, found.end - 1)
  }
  return undefined
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
  span === 2 && clock === undefined ? { duration: milliseconds(2 * hours(24)) } : {}

function beginOf(text: TimeText, found: Moment, index: number, here: DateTime): DateTime | undefined {
  const { clock, day } = found
  // "today", "tonight" and a bare number begin nothing.
  if (clock === undefined && (day === undefined || (day <= here && found.span === 1))) return undefined
  if (clock?.bare === true && day === undefined) return undefined
  if (
    clock?.open === true &&
    day === undefined &&
    text.link('pm', found.end - 1) === undefined &&
    !afterStart(text, index)
  )
    return undefined
  const before = text.token(index - 1)?.plain ?? ''
  if (
    /^(?:since|the|by|before|after|last|past|than|until|till|seit|vor|nach|depuis|avant|desde|antes|since|of|every|each|um)$/.test(
      before,
    ) &&
    !afterStart(text, index)
  )
    return undefined
  return instantOf(found, here)
}

const afterStart = (text: TimeText, index: number): boolean => text.link('from', index) !== undefined
