import { type Duration, days, hours, milliseconds, minutes } from '../time.ts'
import type { Stretch } from './ask.ts'

export interface Length extends Stretch {
  readonly duration: Duration
  /** Milliseconds of its last unit: what a bare number in a correction counts. */
  readonly unit: Duration
}

const numerals = `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen twenty`.split(/\s+/)
const wordNumbers: ReadonlyMap<string, number> = new Map([
  ...numerals.map((word, index) => [word, index] as const),
  ...['thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map(
    (word, index) => [word, 30 + index * 10] as const,
  ),
  ['forty-five', 45],
  ['twenty-four', 24],
  ['a', 1],
  ['an', 1],
  ['another', 1],
  ['couple', 2],
  ['few', 3],
  ['half', 0.5],
])

const units: readonly (readonly [RegExp, Duration])[] = [
  [/^(?:m|mins?|minutes?|minuten?|minutos?)$/i, minutes(1)],
  [/^(?:h|hrs?|hours?|stunden?|std|horas?|heures?)$/i, hours(1)],
  [/^(?:d|days?|tagen?|tage|d[ií]as?|jours?)$/i, days(1)],
  [/^(?:w|wks?|weeks?|wochen?|semanas?|semaines?)$/i, days(7)],
  [/^(?:fortnights?)$/i, days(14)],
  [/^(?:months?|monate?n?|mes(?:es)?|mois)$/i, days(30)],
]
const unitLength = (word: string): Duration => units.find(([pattern]) => pattern.test(word))?.[1] ?? minutes(0)

const unit = String.raw`(?:minutes?|minuten?|minutos?|mins?|m|hours?|hrs?|h|stunden?|std|horas?|heures?|days?|d|tagen?|tage|d[ií]as?|jours?|weeks?|wks?|w|wochen?|semanas?|semaines?|fortnights?|months?|monaten?|mes(?:es)?|mois)(?![\p{L}\p{N}])`
const words = [...wordNumbers.keys()]
  .filter((word) => !['a', 'an', 'half', 'couple', 'few'].includes(word))
  .toSorted((a, b) => b.length - a.length)
const wordNumber = String.raw`(?:${words.join('|')}|(?:a |another |next )?(?:couple|few)(?: of)?|half an?|an?)`
/** Digits may touch their unit, as in `2h`; a word may not, or "and" would be a day. */
const counted = String.raw`(?:(\d{1,4}(?:[.,]\d{1,2})?)(?: more| other| additional| extra)?[ \t-]{0,3}|(${wordNumber})(?: more| other| additional| extra)?[ \t-]{1,3}(?=\p{L}{2}))`
const start = String.raw`(?<![\p{L}\p{N}.,:/#£€$-])`
const gap = String.raw`[ \t-]{0,3}`

// Every repetition is bounded, and no two neighbours can take the same characters: reading stays linear.
const patterns = {
  iso: /(?<![\p{L}\p{N}])P(?:\d{1,3}D)?(?:T(?:\d{1,4}H)?(?:\d{1,4}M)?)?(?![\p{L}\p{N}])/gu,
  /** 1h30, 2h 15m, 1 hour and 20 minutes */
  both: new RegExp(
    String.raw`${start}(\d{1,3})${gap}(?:h|hrs?|hours?)(?: and)?[ \t]{0,2}(\d{1,2})(?:${gap}(?:m|mins?|minutes?))?(?![\p{L}\p{N}:.,]\w|[\p{L}\p{N}])`,
    'giu',
  ),
  /** an hour and a half, two and a half hours */
  half: new RegExp(String.raw`${start}(\d{1,3}|${wordNumber}) (?:(${unit}) and a half|and a half (${unit}))`, 'giu'),
  quarter: new RegExp(String.raw`${start}(a|one|three) quarters?(?: of)? an hour`, 'giu'),
  plain: new RegExp(String.raw`${start}\+?${counted}(${unit})`, 'giu'),
}

/** How many a number's words say: `3`, `1,5`, `two`, `a couple of`, `half an`. */
export function countOf(text: string): number {
  const word = text.trim().toLowerCase()
  if (/^\d/.test(word)) return Number(word.replace(',', '.'))
  return wordNumbers.get(word.replace(/^(?:a|another|next) (?=couple|few)/, '').replace(/ (?:of|an?)$/, '')) ?? 0
}

/** Every length of time that the text states, in order; `two days … no, one day` is two of them. */
export function lengthsIn(text: string): readonly Length[] {
  const found = [
    ...[...text.matchAll(patterns.iso)].flatMap((match) => isoLength(match)),
    ...[...text.matchAll(patterns.both)].map((match) =>
      lengthAt(match, Number(match[1]) * hours(1) + Number(match[2]) * minutes(1), minutes(1)),
    ),
    ...[...text.matchAll(patterns.half)].map((match) => {
      const one = unitLength(match[2] ?? match[3] ?? '')
      return lengthAt(match, (countOf(match[1] ?? '') + 0.5) * one, one)
    }),
    ...[...text.matchAll(patterns.quarter)].map((match) =>
      lengthAt(match, minutes(15) * (match[1]?.toLowerCase() === 'three' ? 3 : 1), minutes(15)),
    ),
    ...[...text.matchAll(patterns.plain)].map((match) => {
      const one = unitLength(match[3] ?? '')
      return lengthAt(match, countOf(match[1] ?? match[2] ?? '') * one, one)
    }),
  ]
  const ordered = found.filter(({ duration }) => duration > 0).toSorted((a, b) => a.from - b.from || b.to - a.to)
  let end = 0
  return ordered.filter(({ from, to }) => {
    if (from < end) return false
    end = to
    return true
  })
}

const lengthAt = (match: RegExpExecArray, length: number, one: Duration): Length => ({
  from: match.index,
  to: match.index + match[0].length,
  duration: milliseconds(Math.round(length)),
  unit: one,
})

function isoLength(match: RegExpExecArray): readonly Length[] {
  const [, d, h, m] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(match[0]) ?? []
  const length = Number(d ?? 0) * days(1) + Number(h ?? 0) * hours(1) + Number(m ?? 0) * minutes(1)
  return [lengthAt(match, length, hours(1))]
}
