import type { DateTime } from 'luxon'
import { milliseconds } from '../time.ts'
import { instantOf, type Moment, momentAt } from './moments.ts'
import type { Aside, When } from './time-said.ts'
import type { TimeText } from './time-words.ts'

/** `tomorrow 9 to 11`, `from Monday to Friday`, `13-15h the day after tomorrow`, 10時から12時まで. */
export function rangeIn(text: TimeText, here: DateTime, aside: Aside): When | undefined {
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
export const boundaryAt = (text: TimeText, index: number): boolean => {
  const token = text.token(index)
  return (
    token === undefined ||
    token.kind === 'sign' ||
    /^(?:for|to|please|pls|because|i|we|if|so|today|cause|bitte|por|para|pour|damit|um)$/.test(token.plain)
  )
}
