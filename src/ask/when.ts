import { DateTime } from 'luxon'
import { type Duration, hours, milliseconds } from '../time.ts'
import type { Stretch } from './ask.ts'
import { countOf, lengthsIn, type Length } from './lengths.ts'
import { instantOf, momentPattern, readMoment } from './moments.ts'

/** When and how long, and the stretches of the text that said so. */
export interface When {
  readonly duration?: Duration
  readonly start?: Date
  readonly said: readonly Stretch[]
}

const before = String.raw`(?<![\p{L}\p{N}])`
const until = new RegExp(String.raw`${before}(?:until|untill|till|til|'til) (${momentPattern(true)})`, 'giu')
const range = new RegExp(
  String.raw`${before}(?:from |between )?(${momentPattern(true)}) ?(?:-|–|—|to|till|until|and) ?(${momentPattern(true)})`,
  'giu',
)
const startAt = new RegExp(
  String.raw`${before}(?:from|starting(?: on| at| from)?|as of|on|at|beginning) (${momentPattern(true)})`,
  'giu',
)
const bareStart = new RegExp(String.raw`${before}(${momentPattern(false)})`, 'giu')
const inSome =
  /(?<![\p{L}\p{N}])in (\d{1,3}|an?|half an|one|two|three|five|ten|fifteen|twenty|thirty) ?(minutes?|mins?|hours?|hrs?|h)(?![\p{L}\p{N}])/giu

/** A length after one of these tells of something else: "the last 3 days of logs", "kept 90 days". */
const ofSomethingElse =
  /(?:^|[^\p{L}])(?:last|past|every|each|kept|keep|only|older than|since|after|previous|retention|within|instead of|per|from \d{1,4} to|jusqu['’]à|bis|hasta|até|às|à)\s{1,3}(?:only\s)?$/iu
const correction =
  /(?:^|[\s,.;:?!(-])(?:no|nope|sorry|actually|make it|rather|i mean|instead|wait|correction|enough)(?:$|[\s,.;:?!)-])/i
const bareCorrection =
  /^[\s,.?!;:-]{1,6}(?:(?:no|nope|sorry|actually|wait|rather|i mean|make it)[\s,.:;-]{1,4}){1,3}(\d{1,4}|one|two|three|four|five|six|eight|ten)(?=\s{0,2}(?:$|[,.;!)\n-]))/i

/** Until an hour that has just passed is more likely a slip than tomorrow: longer than this is not guessed. */
const furthest = hours(18)

/** Reads when it is to begin and how long it is to last, in the speaker's zone. */
export function whenOf(text: string, now: Date, zone: string): When {
  const here = DateTime.fromJSDate(now, { zone })
  const ranged = rangeIn(text, here)
  if (ranged !== undefined) return ranged
  const delayed = delayIn(text, now)
  const masked = blank(text, delayed?.said ?? [])
  const ended = untilIn(masked, here)
  const length = lengthIn(blank(masked, ended?.said ?? []))
  const begun = delayed ?? startIn(blank(masked, [...(ended?.said ?? []), ...(length?.said ?? [])]), here)
  const duration = length?.duration ?? ended?.duration
  return {
    ...(duration === undefined ? {} : { duration }),
    ...(begun?.start === undefined ? {} : { start: begun.start }),
    said: [...(begun?.said ?? []), ...(ended?.said ?? []), ...(length?.said ?? [])],
  }
}

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

const stretchOf = (match: RegExpExecArray): Stretch => ({ from: match.index, to: match.index + match[0].length })

function rangeIn(text: string, here: DateTime): When | undefined {
  for (const match of text.matchAll(range)) {
    const [, fromText = '', toText = ''] = match
    // "120K - 300" or "9-11" alone could be anything: one side must be a clock time, or a day must be near.
    const near = `${text.slice(Math.max(0, match.index - 24), match.index)}${match[0]}`
    if (!/:|am|pm|noon|midnight|day|tomorrow|tmrw|today|tonight|morning|evening|\bfrom\b|\dh/i.test(near)) continue
    const lead = new RegExp(String.raw`(${momentPattern(false)})[ ,]{1,2}$`, 'iu').exec(
      text.slice(Math.max(0, match.index - 24), match.index),
    )
    const first = readMoment(fromText, match.index, here)
    const dayBefore = lead?.[1] === undefined ? undefined : readMoment(lead[1], 0, here).day
    const day = first.day ?? dayBefore
    const begin = instantOf(day === undefined ? first : { ...first, day }, here)
    if (begin === undefined) continue
    const second = readMoment(toText, 0, here)
    const closing = instantOf(second, begin)
    // "From Monday to Friday" means Friday too.
    const wholeDays = first.time === undefined && second.time === undefined
    const end = wholeDays ? closing?.plus({ days: 1 }) : closing
    if (end === undefined || (second.day === undefined && second.time === undefined)) continue
    const said = { from: match.index - (lead?.[0].length ?? 0), to: match.index + match[0].length }
    return { start: begin.toJSDate(), duration: milliseconds(end.diff(begin).toMillis()), said: [said] }
  }
  return undefined
}

function untilIn(text: string, here: DateTime): When | undefined {
  for (const match of text.matchAll(until)) {
    // "until EOD (18:30)": what stands in brackets says it better.
    const closer = /^ ?\((\d{1,2}[:.]\d{2})\)/.exec(text.slice(match.index + match[0].length))
    const moment = readMoment(closer?.[1] ?? match[1] ?? '', match.index, here)
    const end = instantOf(moment, here)
    if (end === undefined) continue
    const duration = milliseconds(end.diff(here).toMillis())
    const said = [{ from: match.index, to: match.index + match[0].length + (closer?.[0].length ?? 0) }]
    return moment.day === undefined && duration > furthest ? { said } : { duration, said }
  }
  return undefined
}

function delayIn(text: string, now: Date): When | undefined {
  const match = [...text.matchAll(inSome)][0]
  if (match === undefined) return undefined
  const one = /^h/i.test(match[2] ?? '') ? hours(1) : hours(1) / 60
  return { start: new Date(now.getTime() + countOf(match[1] ?? '') * one), said: [stretchOf(match)] }
}

function startIn(text: string, here: DateTime): When | undefined {
  const places = [...text.matchAll(bareStart), ...text.matchAll(startAt)].toSorted((a, b) => a.index - b.index)
  for (const match of places) {
    const moment = readMoment(match[1] ?? '', match.index, here)
    // "today", "tonight" and a bare number begin nothing.
    if (moment.time === undefined && (moment.day === undefined || moment.day <= here)) continue
    if (moment.day === undefined && /(?:since|the|by)\s$/i.test(text.slice(Math.max(0, match.index - 6), match.index)))
      continue
    if (moment.time?.half === true && moment.day === undefined) continue
    const begin = instantOf(moment, here)
    if (begin !== undefined) return { start: begin.toJSDate(), said: [stretchOf(match)] }
  }
  return undefined
}

/** The length asked for; the last one where the words correct themselves. "Six standups a day" is a rate, not a length. */
function lengthIn(text: string): { readonly duration: Duration; readonly said: readonly Stretch[] } | undefined {
  const all = lengthsIn(text).filter(({ from, to }) => {
    const before = text.slice(Math.max(0, from - 24), from)
    return !ofSomethingElse.test(before) && !(/\p{Ll}s $/u.test(before) && /^an? /i.test(text.slice(from, to)))
  })
  let [chosen, ...later] = all
  if (chosen === undefined) return undefined
  const said: Stretch[] = [chosen]
  for (const next of later) {
    const between = text.slice(chosen.to, next.from)
    if (between.length > 60 || !correction.test(between)) break
    said.push({ from: next.from, to: next.to })
    chosen = next
  }
  const bare = bareCorrection.exec(text.slice(chosen.to, chosen.to + 60))
  if (bare === null) return { duration: chosen.duration, said }
  said.push({ from: chosen.to, to: chosen.to + bare[0].length })
  return { duration: milliseconds(countOf(bare[1] ?? '') * unitOf(chosen)), said }
}

const unitOf = ({ unit }: Length): Duration => unit
