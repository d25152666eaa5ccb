import type { DateTime } from 'luxon'
import { hours, milliseconds } from '../../time.ts'
import { instantOf, type Moment, momentAt } from './moments.ts'
import type { Aside, When } from './time-said.ts'
import type { TimeText } from './time-words.ts'

/** Until an hour that has just passed is more likely a slip than tomorrow: longer than this is not guessed. */
const furthest = hours(18)

export interface Ended extends When {
  readonly moment: Moment
  /** Undefined where the hour alone is said, and lies far off unless something begins later. */
  readonly end?: DateTime
}

/** When it ends, said of what begins then: "Thursday 17:00, until 19:00" ends on Thursday. */
export const endAfter = ({ moment, end }: Ended, begin: DateTime): DateTime | undefined =>
  moment.day === undefined ? instantOf(moment, begin) : end

export function untilIn(text: TimeText, here: DateTime, aside: Aside): Ended | undefined {
  let late: Ended | undefined
  for (let index = 0; index < text.tokens.length; index++) {
    const link = text.link('until', index) ?? lastingTo(text, index)
    const found = link === undefined ? closedAt(text, index) : (periodAt(text, link) ?? momentAt(text, link, true))
    if (found === undefined) continue
    const closed = text.link('untilAfter', found.end) ?? text.past('inclusive', found.end)
    const better = inBrackets(text, closed)
    const place = { from: text.from(index), to: text.to(better === undefined ? closed : better.end + 1) }
    const moment = better === undefined ? found : { ...found, ...better }
    const end = instantOf(moment, here)
    if (end === undefined || aside(place)) continue
    const whole = found.clock === undefined && (closesDay(text, index, link) || closed > found.end)
    const closing = whole && text.link('untilAfter', found.end) === undefined ? end.plus({ days: found.span }) : end
    const said = [...(late?.said ?? []), place]
    const duration = milliseconds(closing.diff(here).toMillis())
    // What was asked may have been set right: "until 5, no, until 6".
    late = moment.day === undefined && duration > furthest ? { moment, said } : { moment, duration, end: closing, said }
  }
  return late
}

/** 五時まで */
function closedAt(text: TimeText, index: number): Moment | undefined {
  const moment = momentAt(text, index, false)
  return moment !== undefined && text.link('untilAfter', moment.end) !== undefined ? moment : undefined
}

/** "Through Friday" is until Friday is over. */
const closesDay = (text: TimeText, index: number, link: number | undefined): boolean =>
  link !== undefined && text.link('through', index) === link

/** "Until EOD (18:30)", "till 4 (or let's say quarter past 4)": what stands in brackets says it better. */
function inBrackets(text: TimeText, index: number): Moment | undefined {
  if (!text.sign('(', index)) return undefined
  let at = index + 1
  if (text.token(at)?.plain === 'or') at += 1
  at = text.find(text.lexicon.corrects, at)?.end ?? at
  const moment = momentAt(text, at, true)
  return moment?.clock !== undefined && text.sign(')', moment.end) ? moment : undefined
}

/** "Let it run to 6pm", "extend it to Friday": behind such a verb, "to" is until. */
function lastingTo(text: TimeText, index: number): number | undefined {
  const to = text.link('to', index)
  if (to === undefined || text.token(index)?.plain !== 'to') return undefined
  const moment = momentAt(text, to, false)
  if (moment === undefined || (moment.clock !== undefined && (moment.clock.bare || moment.clock.open))) return undefined
  for (let at = index - 1; at >= Math.max(0, index - 8); at--) {
    if (text.sign('.!?;', at) && !text.touches(at + 1)) return undefined
    if (text.link('lasting', at) !== undefined) return to
  }
  return undefined
}

/** "The end of the year", "month end": until the next one begins. */
function periodAt(text: TimeText, index: number): Moment | undefined {
  const before = text.token(index - 1)?.plain === 'of' ? text.past('on', index) : undefined
  const at = text.link('endOf', index) ?? before
  if (at === undefined) return undefined
  const year = text.link('year', at)
  if (year !== undefined)
    return { first: index, end: year, span: 1, day: text.today.startOf('year').plus({ years: 1 }) }
  const unit = text.find(text.lexicon.units, at)
  return unit?.value === 43_200
    ? { first: index, end: unit.end, span: 1, day: text.today.startOf('month').plus({ months: 1 }) }
    : undefined
}
