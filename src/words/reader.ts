import type { Duration } from '../time.ts'
import { type Language, say, spokenFor } from './language.ts'
import { escapeMarkdown, longestShown, plainText, withoutFunctions } from './safe-text.ts'

/**
 * Somebody a sentence is written for: in which language, how their dates look, what time it is, and how text that others wrote is made
 * safe for the place where the sentence will stand.
 */
export interface Reader {
  readonly language: Language
  readonly locale: string
  readonly zone: string
  readonly now: Date
  /** `markdown` for text blocks, facts and messages; `plain` for titles, inputs, what is spoken and lock screens. */
  readonly place: 'markdown' | 'plain'
}

/** A reader with a locale and zone that `Intl` knows: what a chat client sends is not to be trusted with that. */
export function readerOf(viewer: { readonly locale: string; readonly zone: string }, now: Date): Reader {
  const spoken = remembered(`locale ${viewer.locale}`, () => spokenFor(viewer.locale))
  return { ...spoken, zone: knownZone(viewer.zone), now, place: 'markdown' }
}

export const inPlain = (reader: Reader): Reader => ({ ...reader, place: 'plain' })

/** What somebody else wrote, made safe for the reader's place, cut at `most` characters. */
export function quoted(
  reader: Reader,
  text: string,
  most: number = longestShown,
  mark: (more: number) => string = (more) => cutMark(reader, more),
): string {
  const line = isolated(withoutFunctions(plainText(text, most, mark)))
  return reader.place === 'markdown' ? escapeMarkdown(line) : line
}

/** Scripts that are written from right to left. */
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/** In its own direction, and turning nothing of ours around it. */
const isolated = (line: string): string => (rightToLeft.test(line) ? `\u2068${line}\u2069` : line)

function cutMark(reader: Reader, more: number): string {
  const left = count(reader, more)
  return say(reader, {
    en: ` … (${left} more characters not shown)`,
    de: ` … (${left} weitere Zeichen nicht gezeigt)`,
  })
}

/** Names and titles end with a plain ellipsis: there is no room to count. */
export function named(reader: Reader, name: string, most = 80): string {
  const line = isolated(withoutFunctions(plainText(name, most, () => '…')))
  return reader.place === 'markdown' ? escapeMarkdown(line) : line
}

/** `12:03 GMT` on the reader's own day, else with the date, and the year where it is another. */
export function moment(reader: Reader, at: Date): string {
  const day = (instant: Date) => dates(reader, 'day').format(instant)
  if (day(at) === day(reader.now)) return dates(reader, 'time').format(at)
  return dates(reader, day(at).slice(0, 4) === day(reader.now).slice(0, 4) ? 'date' : 'year').format(at)
}

/** To follow a verb: `at 12:03 GMT`, `on Tue 24 Nov, 10:00 GMT`. Never `tomorrow`: a card is still read the day after. */
export function momentAt(reader: Reader, at: Date): string {
  const words = moment(reader, at)
  return /^\d/.test(words)
    ? say(reader, { en: `at ${words}`, de: `um ${words}` })
    : say(reader, { en: `on ${words}`, de: `am ${words}` })
}

/** `Mon 9 Nov`, with the year where it is another. */
export function dayOf(reader: Reader, at: Date): string {
  const year = (instant: Date) => dates(reader, 'day').format(instant).slice(0, 4)
  return dates(reader, year(at) === year(reader.now) ? 'dayOnly' : 'dayOfYear').format(at)
}

/** `1 hour 30 minutes`, `3 days`; seconds only below a minute. */
export function span(reader: Reader, duration: Duration): string {
  const seconds = Math.round(duration / 1000)
  const wholeDays = seconds >= 86_400 && seconds % 86_400 === 0
  const parts: [number, string][] = wholeDays
    ? [[seconds / 86_400, 'day']]
    : [
        [Math.floor(seconds / 3600), 'hour'],
        [Math.floor((seconds % 3600) / 60), 'minute'],
        [seconds < 60 ? seconds : 0, 'second'],
      ]
  const shown = parts.filter(([count]) => count > 0)
  return (shown.length > 0 ? shown : [[0, 'second'] as const])
    .map(([count, unit]) =>
      remembered(
        `${unit} ${reader.locale}`,
        () => new Intl.NumberFormat(reader.locale, { style: 'unit', unit, unitDisplay: 'long' }),
      ).format(count),
    )
    .join(' ')
}

export const count = (reader: Reader, number: number): string =>
  remembered(`number ${reader.locale}`, () => new Intl.NumberFormat(reader.locale)).format(number)

/** `Priya, Hannah or Omar`; of many the first few, and how many more there are. The items are safe already. */
export const anyOf = (reader: Reader, items: readonly string[]): string => listed(reader, 'disjunction', items)

/** `Priya, Hannah and Omar`; of many the first few, and how many more there are. The items are safe already. */
export const allOf = (reader: Reader, items: readonly string[]): string => listed(reader, 'conjunction', items)

const longestList = 6

function listed(reader: Reader, type: 'conjunction' | 'disjunction', items: readonly string[]): string {
  const left = count(reader, items.length - longestList + 1)
  const others = say(reader, { en: `${left} others`, de: `${left} weitere` })
  const shown = items.length <= longestList ? items : [...items.slice(0, longestList - 1), others]
  return remembered(`${type} ${reader.locale}`, () => new Intl.ListFormat(reader.locale, { type })).format(shown)
}

const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const
const shapes = {
  day: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: clock,
  dayOnly: { weekday: 'short', day: 'numeric', month: 'short' },
  dayOfYear: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  date: { weekday: 'short', day: 'numeric', month: 'short', ...clock },
  year: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...clock },
} as const

function dates(reader: Reader, shape: keyof typeof shapes): Intl.DateTimeFormat {
  // The Swedish form of a day sorts and compares as text, whoever reads.
  const locale = shape === 'day' ? 'sv-SE' : reader.locale
  return remembered(
    `${shape} ${reader.locale} ${reader.zone}`,
    () => new Intl.DateTimeFormat(locale, { ...shapes[shape], timeZone: reader.zone }),
  )
}

const made = new Map<string, unknown>()

/** Formats take far longer to make than to use. The key must tell kinds of formats apart. */
function remembered<Format>(key: string, make: () => Format): Format {
  const known = made.get(key)
  // What a key was first made as, it stays.
  if (known !== undefined) return known as Format
  // Locales and zones come from people's clients: what is remembered stays bounded.
  if (made.size > 2000) made.clear()
  const format = make()
  made.set(key, format)
  return format
}

const knownZone = (zone: string): string =>
  remembered(`zone ${zone}`, () => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
    } catch {
      return 'UTC'
    }
  })
