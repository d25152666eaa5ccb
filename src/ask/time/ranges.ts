import type { DateTime } from 'luxon'
import { milliseconds } from '../../time.ts'
import { heardWords, once } from '../language/heard.ts'
import { dayAt, partAt, shown } from './days.ts'
import { instantOf, type Moment, momentAt } from './moments.ts'
import type { Aside, When } from './time-said.ts'
import type { TimeText } from './time-words.ts'

/** `tomorrow 9 to 11`, `from Monday to Friday`, `13-15h the day after tomorrow`, 10時から12時まで. */
export function rangeIn(text: TimeText, here: DateTime, aside: Aside): When | undefined {
  for (let index = 0; index < text.tokens.length; index++) {
    const link = text.link('from', index)
    const first = momentAt(text, link ?? index, true)
    if (first === undefined) continue
    // "The prompts of 3 to 9 November" are about those days.
    if (
      first.clock === undefined &&
      ([index, index - 1].some((at) => text.token(at)?.plain === 'of') || isOfData(text, index))
    )
      continue
    const before = text.link('fromAfter', first.end)
    const joint = before ?? jointAt(text, first.end)
    const second = joint === undefined ? undefined : secondAt(text, first, joint)
    if (joint === undefined || second === undefined) continue
    const range = rangeOf(text, index, link !== undefined || before !== undefined, first, second, here)
    if (range !== undefined && !aside(range.said[0] ?? { from: 0, to: 0 })) return range
  }
  return undefined
}

/** "The traces from 18 November": when they are of, not when to begin. */
export const isOfData = (text: TimeText, index: number): boolean =>
  text.from(index) - text.to(index) < 3 &&
  /^(?:logs?|traces|data|records?|prompts|history|events|entries|figures|numbers|files|e?mails|messages|tickets|alerts|metrics|telemetry|conversations|chats|requests|incidents?)$/.test(
    text.token(index - 1)?.plain ?? '',
  )

/** Behind what joins the two; a dash that begins a line is a bullet. */
function jointAt(text: TimeText, index: number): number | undefined {
  const bracket = text.sign(')', index) ? index + 1 : index
  const comma = text.sign(',', bracket) && text.link('until', bracket + 1) !== undefined ? bracket + 1 : bracket
  if (text.text.slice(text.to(index), text.from(comma)).includes('\n')) return undefined
  return text.sign('-–—~〜', index) ? index + 1 : (text.link('until', comma) ?? text.link('to', index))
}

/** What ends the range: its day may be told by the first one's. */
function secondAt(text: TimeText, first: Moment, joint: number): Moment | undefined {
  const at = text.past('inclusive', joint)
  if (first.day === undefined) return momentAt(text, at, true)
  const following = text.link('dayAfter', at)
  const day = first.day.plus({ days: 1 })
  if (following !== undefined && text.find(text.lexicon.days, at) === undefined) {
    const comma = text.sign(',', following) ? following + 1 : following
    const clock = momentAt(text, text.past('at', comma), true)
    return clock?.clock === undefined || clock.day !== undefined
      ? { first: at, end: following, day, span: 1 }
      : { ...clock, first: at, day }
  }
  const second = dayOfSameMonth(text, first, at) ?? momentAt(text, at, true)
  const end = second?.clock === undefined || second.day !== undefined ? undefined : text.link('dayAfter', second.end)
  return second === undefined || end === undefined ? second : { ...second, day, end }
}

/** "Dec 7 to 11": behind a date that began with its month a number is a day of that month. */
function dayOfSameMonth(text: TimeText, { day, clock, end }: Moment, at: number): Moment | undefined {
  const number = clock === undefined ? text.digits(at, 2) : undefined
  const month = text.find(text.lexicon.months, end - 2)
  if (number === undefined || day === undefined || month?.value !== day.month || number <= day.day) return undefined
  const timed = text.sign(':', at + 1) || text.link('am', at + 1) !== undefined || text.link('pm', at + 1) !== undefined
  const last = day.set({ day: number })
  return timed || last.month !== day.month ? undefined : { first: at, end: at + 1, day: last, span: 1 }
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
  const theDay =
    day ??
    trailed?.day ??
    (first.clock === undefined
      ? undefined
      : dayBefore(text, led, linked || !first.clock.bare || second.clock?.bare === false))
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
          ...(last === untimed && part !== undefined && second.part === undefined && laterHalf(part, second)
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

/** "Tonight from 8 to 11" ends in the evening as well; "tonight 20:00 until 02:00" does not. */
const laterHalf = (part: Moment['part'], { clock }: Moment): boolean =>
  part === 'afternoon' || (part !== 'morning' && clock?.open === true && clock.hour > 5 && clock.hour < 12)

/** "Tuesday lunchtime, say 12 to 13:30", "Friday is the release; that day 9 to 11": the day was said before. */
function dayBefore(text: TimeText, index: number, timed: boolean): Moment['day'] {
  const anaphor = [1, 2, 3, 4].some((back) => endsAt(text, text.link('thatDay', index - back), index))
  // Two bare numbers are hours only where their day is pointed at.
  if (!anaphor && !timed) return undefined
  for (let at = index - 1; at >= Math.max(0, index - 40); at--) {
    if (!anaphor && text.sign('.!?;', at) && !text.touches(at + 1)) return undefined
    const found = dayAt(text, at)
    if (found !== undefined && found.end <= index && !isPast(text, at)) {
      // A day with an hour of its own is another one; lunchtime is none.
      const clock = momentAt(text, at, false)?.clock
      if (clock !== undefined && clock.hour !== 12) return undefined
      const longer = [3, 2, 1].map((back) => dayAt(text, at - back))
      return longer.find((one) => one !== undefined && one.end >= found.end)?.day ?? found.day
    }
  }
  return undefined
}

const endsAt = (text: TimeText, end: number | undefined, index: number): boolean =>
  end !== undefined && (end === index || (end === index - 1 && text.sign(',', end)))

const pastWords = once(() => heardWords('beforePast'))
const isPast = (text: TimeText, index: number): boolean => pastWords().has(text.token(index - 1)?.plain ?? '')

/** "2-4pm": what the second says of the half of the day holds for the first as well. */
function sharedHalf(first: Moment, second: Moment): Moment {
  const [one, two] = [first.clock, second.clock]
  if (one === undefined || two === undefined || !one.open || one.hour === 12) return first
  // "9 to 5" is a working day.
  const working = two.open && first.part === undefined && one.hour > 6 && two.hour < 8
  if (two.open) return working ? { ...first, clock: { ...one, open: false } } : first
  const ahead = (two.hour - one.hour) * 60 + two.minute - one.minute
  const [early, late] = [(ahead + 1440) % 1440, (ahead + 720) % 1440]
  // Of the two hours it can be, the one that the second follows sooner.
  if (early > 0 && (late === 0 || early < late)) return { ...first, clock: { ...one, open: false } }
  return { ...first, clock: { ...one, hour: one.hour + 12, open: false } }
}

/** "Tomorrow from 10 to 16", "Friday, 10 to 16": the day stands before. */
function leadingDay(text: TimeText, index: number): readonly [number, Moment | undefined] {
  const end = text.sign(',.(', index - 1) ? index - 1 : index
  for (let back = 5; back >= 1; back--) {
    const day = end - back < 0 ? undefined : dayAt(text, end - back)
    const part = day === undefined ? undefined : partAt(text, day.end)
    const until = part?.end ?? day?.end
    if (day !== undefined && (until === end || until === index))
      return [end - back, { ...day, first: end - back, ...shown(day.part ?? part?.part) }]
  }
  return [index, undefined]
}

const uncounted = once(() => heardWords('behindNumber'))

/** Nothing stands behind that a number could count. */
export const boundaryAt = (text: TimeText, index: number): boolean => {
  const token = text.token(index)
  return token === undefined || token.kind === 'sign' || uncounted().has(token.plain)
}
