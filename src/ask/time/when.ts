import { DateTime } from 'luxon'
import { type Duration, milliseconds } from '../../time.ts'
import type { Stretch } from '../ask.ts'
import { delayIn, startIn } from './begins.ts'
import { endAfter, type Ended, untilIn } from './ends.ts'
import { type Length, lengthsIn } from './lengths.ts'
import { rangeIn } from './ranges.ts'
import { lengthIn } from './stated-length.ts'
import { type Aside, type Elsewhere, overlaps, type When } from './time-said.ts'
import { type TimeLexicon, TimeText } from './time-words.ts'

/** Reads when it is to begin and how long it is to last, in the speaker's zone. */
export function whenOf(
  words: string,
  now: Date,
  zone: string,
  lexicon: TimeLexicon,
  elsewhere: Elsewhere = () => undefined,
): When {
  const here = DateTime.fromJSDate(now, { zone })
  const text = new TimeText(words, lexicon, here)
  let others = false
  const near = readWhen(text, here, (place) => {
    const where = elsewhere(place)
    others ||= where === 'other'
    return where !== undefined
  })
  // Read again only where something was passed over.
  if (near.duration !== undefined || !others) return near
  // Nothing says how long where it is asked for: then what is said beside it does, unless it is the reason.
  const far = readWhen(text, here, (place) => elsewhere(place) === 'reason')
  if (far.duration === undefined) return near
  return near.start === undefined || overlaps(far.said[0] ?? { from: 0, to: 0 }, near.said)
    ? far
    : { ...near, duration: far.duration, said: [...near.said, ...far.said] }
}

function readWhen(text: TimeText, here: DateTime, aside: Aside): When {
  const ranged = rangeIn(text, here, aside)
  if (ranged !== undefined) return ranged
  const lengths = lengthsIn(text).filter((length) => !isHour(text, length))
  const delayed = delayIn(text, lengths, here, aside)
  const ended = untilIn(text, here, aside)
  const free = lengths.filter((length) => !overlaps(length, [...(delayed?.said ?? []), ...(ended?.said ?? [])]))
  const length = lengthIn(text, free, aside)
  // "Four weeks beginning on Monday": what stands beside the length is of the same thing.
  const away: Aside = (place) =>
    aside(place) && !(length?.said.some((stretch) => beside(text, place, stretch)) ?? false)
  const begun = delayed?.start === undefined ? startIn(text, here, away, [...(ended?.said ?? []), ...lengths]) : delayed
  const duration =
    length?.duration ?? endedAfter(ended, begun, here) ?? (delayed?.start === undefined ? begun?.duration : undefined)
  return {
    ...(duration === undefined ? {} : { duration }),
    ...(begun?.start === undefined ? {} : { start: begun.start }),
    said: [
      ...(delayed === begun ? [] : (delayed?.said ?? [])),
      ...(begun?.said ?? []),
      ...(ended?.said ?? []),
      ...(length?.said ?? []),
    ],
  }
}

/** "À 14h", "às 14h": an hour of the day, though it is written like a length. */
const isHour = (text: TimeText, { first, end }: Length): boolean =>
  end === first + 2 &&
  text.token(first + 1)?.plain === 'h' &&
  (text.digits(first, 2) ?? 25) <= 24 &&
  [1, 2, 3].some((back) => text.link('at', first - back) === first)

/** Whether nothing but a comma and a small word stands between. */
const beside = ({ text }: TimeText, one: Stretch, other: Stretch): boolean => {
  const [first, second] = one.from < other.from ? [one, other] : [other, one]
  return /^(?:\s{0,2}|[\s,]{0,3}(?:for|lasts|lasting|of|and)\s{0,2})$/i.test(text.slice(first.to, second.from))
}

/** How long from its beginning, or from now, until its end. */
function endedAfter(ended: Ended | undefined, begun: When | undefined, here: DateTime): Duration | undefined {
  const begin = begun?.start === undefined ? undefined : DateTime.fromJSDate(begun.start, { zone: here.zone })
  const end = ended === undefined || begin === undefined ? undefined : endAfter(ended, begin)
  const late = end === undefined || begin === undefined ? 0 : end.diff(begin).toMillis()
  return late > 0 ? milliseconds(late) : ended?.duration
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
