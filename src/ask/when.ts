import { DateTime } from 'luxon'
import { type Duration, hours, milliseconds } from '../time.ts'
import type { Stretch } from './ask.ts'
import { countAt, type Length, lengthsIn } from './lengths.ts'
import { instantOf, type Moment, momentAt } from './moments.ts'
import { type TimeLexicon, TimeText } from './time-words.ts'

/** When and how long, and the stretches of the text that said so. */
export interface When {
  readonly duration?: Duration
  readonly start?: Date
  readonly said: readonly Stretch[]
}

/** Where a message speaks of something else than what it asks for: a time there is seldom the one wanted. */
export type Aside = (place: Stretch) => boolean

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

/** `tomorrow 9 to 11`, `from Monday to Friday`, `13-15h the day after tomorrow`, 10時から12時まで. */
function rangeIn(text: TimeText, here: DateTime, aside: Aside): When | undefined {
  for (let index = 0; index < text.tokens.length; index++) {
    const link = text.link('from', index)
    const first = momentAt(text, link ?? index, true)
    if (first === undefined) continue
    const before = text.link('fromAfter', first.end)
    const joint = before ?? jointAt(text, first.end)
    const second = joint === undefined ? undefined : momentAt(text, joint, true)
    if (joint === undefined || second === undefined) continue
    const range = rangeOf(text, index, link !== undefined || before !== undefined, first, second, here)
    if (range !== undefined && !aside(range.said[0] ?? { from: 0, to: 0 })) return range
  }
  return undefined
}

function jointAt(text: TimeText, index: number): number | undefined {
  const dash = text.sign('-–—~〜', index) ? index + 1 : (text.link('to', index) ?? text.link('until', index))
  return dash
}

function rangeOf(
  text: TimeText,
  index: number,
  linked: boolean,
  first: Moment,
  second: Moment,
  here: DateTime,
): When | undefined {
  const [led, leadDay] = linked || first.day === undefined ? leadingDay(text, index) : [index, undefined]
  const day = first.day ?? leadDay?.day ?? (first.clock === undefined ? undefined : second.day)
  const part = first.part ?? leadDay?.part ?? second.part
  const tail = text.link('untilAfter', second.end) ?? second.end
  const trailing = day === undefined ? momentAt(text, text.past('on', tail), false) : undefined
  const trailed = trailing?.day !== undefined && trailing.clock === undefined ? trailing : undefined
  const theDay = day ?? trailed?.day
  // "120 to 300" or "9-11" alone could be anything: a clock time, a day or "from" must make it a time.
  const clear =
    [first, second].some(({ clock, day: own }) => own !== undefined || (clock !== undefined && !clock.bare)) ||
    theDay !== undefined
  const bare = !clear && !(linked && boundaryAt(text, tail))
  if (bare || ((first.clock === undefined) !== (second.clock === undefined) && second.day === undefined))
    return undefined
  const shared = sharedHalf(first, second)
  const begun = { ...shared, ...(theDay === undefined ? {} : { day: theDay }), ...(part === undefined ? {} : { part }) }
  // "From 14:00 to 16:00" said at 14:30 began already, and is not tomorrow's.
  const begin = instantOf(begun, here)
  if (begin === undefined) return undefined
  const sameDay = second.day !== undefined && theDay !== undefined && second.day.equals(theDay)
  const { day: secondDay, ...untimed } = second
  const last =
    sameDay || secondDay === undefined || (first.day === undefined && theDay === secondDay) ? untimed : second
  const wholeDays = first.clock === undefined && second.clock === undefined
  const ending = instantOf(
    wholeDays
      ? second
      : {
          ...last,
          ...(last === untimed && part !== undefined && second.part === undefined && part !== 'morning'
            ? { part }
            : {}),
        },
    begin,
  )
  // Said on a Monday, "Monday to Wednesday" means next week's Wednesday too.
  const next = second.day?.plus({ weeks: 1 })
  const closing = ending ?? (next === undefined ? undefined : instantOf({ ...second, day: next }, begin))
  const end = wholeDays ? closing?.plus({ days: second.span }) : closing
  if (end === undefined) return undefined
  const said = { from: text.from(led), to: text.to(text.past('inclusive', trailed?.end ?? tail)) }
  return { start: begin.toJSDate(), duration: milliseconds(end.diff(begin).toMillis()), said: [said] }
}

/** "2-4pm": what the second says of the half of the day holds for the first as well. */
function sharedHalf(first: Moment, second: Moment): Moment {
  const [one, two] = [first.clock, second.clock]
  if (one === undefined || two === undefined || !one.open || two.open || two.hour <= 12 || one.hour === 12) return first
  return one.hour + 12 < two.hour ? { ...first, clock: { ...one, hour: one.hour + 12, open: false } } : first
}

/** "Tomorrow from 10 to 16", "Friday, 10 to 16": the day stands before. */
function leadingDay(text: TimeText, index: number): readonly [number, Moment | undefined] {
  const end = text.sign(',', index - 1) ? index - 1 : index
  for (let back = 1; back <= 5; back++) {
    const found = end - back < 0 ? undefined : momentAt(text, end - back, false)
    if (found?.day !== undefined && found.clock === undefined && (found.end === end || found.end === index))
      return [end - back, found]
  }
  return [index, undefined]
}

/** Nothing stands behind that a number could count. */
const boundaryAt = (text: TimeText, index: number): boolean => {
  const token = text.token(index)
  return (
    token === undefined ||
    token.kind === 'sign' ||
    /^(?:for|to|please|pls|because|i|we|if|so|today|cause|bitte|por|para|pour|damit|um)$/.test(token.plain)
  )
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

const ofSomethingElse =
  /(?:^|[^\p{L}])(?:last|past|every|each|kept|keep|only|older than|since|after|previous|retention(?: (?:to|of|from))?|within|instead of|per|from \d{1,4} to|to|from|ago|than|other|first|all|seit|alle|depuis|desde hace|jede|chaque|cada|ultimas?|letzten?|derniers?|dernieres?|these|those)\s{1,3}(?:only\s|the\s)?$/iu
const tellsOtherwise =
  /^\s{0,2}(?:ago|old|later|earlier|late|retention|early|in a row|behind|overdue|worth of|of (?:\p{L}+ ){0,2}(?:logs?|data|history|traces|telemetry|prompts|retention|records))(?![\p{L}\p{N}])/iu

/** The length asked for; the last one where the words correct themselves. "Six standups a day" is a rate, not a length. */
function lengthIn(
  text: TimeText,
  lengths: readonly Length[],
  aside: Aside,
): { readonly duration: Duration; readonly said: readonly Stretch[] } | undefined {
  const all = lengths.filter(({ from, to }) => {
    const before = text.text.slice(Math.max(0, from - 24), from)
    const behind = text.text.slice(to, to + 24)
    return (
      !ofSomethingElse.test(before) &&
      !tellsOtherwise.test(behind) &&
      !(/\p{Ll}s $/u.test(before) && /^an? /i.test(text.text.slice(from, to)))
    )
  })
  const weight = (length: Length): number =>
    (aside(length) ? 0 : 2) +
    (/(?:^|\s)(?:for|für|fuer|por|pour|pendant|durante|4)\s$/iu.test(text.text.slice(0, length.from).slice(-10))
      ? 1
      : 0)
  const best = Math.max(0, ...all.map(weight))
  // Said aside and without "for", it is about something else.
  if (all.length === 0 || best === 0) return undefined
  const first = all.findIndex((length) => weight(length) >= Math.min(best, 2))
  let chosen = all[first]
  if (chosen === undefined) return undefined
  const said: Stretch[] = [chosen]
  for (const next of all.slice(first + 1)) {
    if (!corrected(text, chosen.end, next.first)) {
      if (next.duration === chosen.duration && !aside(next)) said.push({ from: next.from, to: next.to })
      continue
    }
    said.push({ from: next.from - chosen.to < 26 ? chosen.to : next.from, to: next.to })
    chosen = next
  }
  const bare = bareCorrection(text, chosen.end)
  if (bare === undefined) return { duration: chosen.duration, said }
  said.push({ from: chosen.to, to: text.to(bare.end) })
  return { duration: milliseconds(bare.count * chosen.unit), said }
}

/** Whether words of correction, and little else, stand between. */
function corrected(text: TimeText, from: number, to: number): boolean {
  if (to - from > 14 || to <= from) return false
  for (let index = from; index < to; index++) if (text.find(text.lexicon.corrects, index) !== undefined) return true
  return text.token(from)?.plain === '/' || text.sign('→', from)
}

/** "2h, no, 3": the number alone counts what was counted before. */
function bareCorrection(text: TimeText, from: number) {
  let index = from
  let turned = false
  for (let steps = 0; steps < 8; steps++) {
    const correction = text.find(text.lexicon.corrects, index)
    if (correction !== undefined) turned = true
    else if (!text.sign('.,?!;:-–—…', index)) break
    index = correction?.end ?? index + 1
  }
  const count = turned ? countAt(text, index) : undefined
  const behind = count === undefined ? undefined : text.token(count.end)
  return count !== undefined &&
    count.count > 0 &&
    (behind === undefined ||
      (behind.kind === 'sign' && !behind.touches) ||
      text.sign('.,;!)', count.end) ||
      behind.plain === 'please' ||
      behind.plain === 'pls')
    ? count
    : undefined
}
