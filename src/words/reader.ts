import type { Duration } from '../time.ts'
import { escapeMarkdown, longestShown, plainText } from './safe-text.ts'

/**
 * Somebody a sentence is written for: how their dates look, what time it is, and how text that others wrote is made
 * safe for the place where the sentence will stand.
 */
export interface Reader {
  readonly locale: string
  readonly zone: string
  readonly now: Date
  /** `markdown` for text blocks, facts and messages; `plain` for titles, inputs, what is spoken and lock screens. */
  readonly place: 'markdown' | 'plain'
}

/** A reader with a locale and zone that `Intl` knows: what a chat client sends is not to be trusted with that. */
export function readerOf(viewer: { readonly locale: string; readonly zone: string }, now: Date): Reader {
  return { locale: englishAs(viewer.locale), zone: knownZone(viewer.zone), now, place: 'markdown' }
}

export const inPlain = (reader: Reader): Reader => ({ ...reader, place: 'plain' })

/** What somebody else wrote, made safe for the reader's place, cut at `most` characters. */
export function quoted(reader: Reader, text: string, most: number = longestShown): string {
  const line = plainText(text, most, (more) => cutMark(reader, more))
  return reader.place === 'markdown' ? escapeMarkdown(line) : line
}

const cutMark = (reader: Reader, more: number) =>
  ` … (${new Intl.NumberFormat(reader.locale).format(more)} more characters not shown)`

/** Names and titles end with a plain ellipsis: there is no room to count. */
export function named(reader: Reader, name: string, most = 80): string {
  const line = plainText(name, most, () => '…')
  return reader.place === 'markdown' ? escapeMarkdown(line) : line
}

/** `12:03 GMT` on the reader's own day, else with the date, and the year where it is another. */
export function moment(reader: Reader, at: Date): string {
  const day = (instant: Date) => dates(reader, 'day').format(instant)
  if (day(at) === day(reader.now)) return dates(reader, 'time').format(at)
  return dates(reader, day(at).slice(0, 4) === day(reader.now).slice(0, 4) ? 'date' : 'year').format(at)
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
      new Intl.NumberFormat(reader.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    )
    .join(' ')
}

/** `Priya, Hannah or Omar`. The items are safe already. */
export const anyOf = (reader: Reader, items: readonly string[]): string =>
  new Intl.ListFormat(reader.locale, { type: 'disjunction' }).format(items)

/** `Priya, Hannah and Omar`. The items are safe already. */
export const allOf = (reader: Reader, items: readonly string[]): string =>
  new Intl.ListFormat(reader.locale, { type: 'conjunction' }).format(items)

const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const
const shapes = {
  day: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: clock,
  date: { weekday: 'short', day: 'numeric', month: 'short', ...clock },
  year: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...clock },
} as const

const made = new Map<string, Intl.DateTimeFormat>()

function dates(reader: Reader, shape: keyof typeof shapes): Intl.DateTimeFormat {
  const key = `${shape} ${reader.locale} ${reader.zone}`
  const known = made.get(key)
  if (known) return known
  // Locales and zones come from people's clients: what is remembered stays bounded.
  if (made.size > 2000) made.clear()
  // The Swedish form of a day sorts and compares as text, whoever reads.
  const locale = shape === 'day' ? 'sv-SE' : reader.locale
  const format = new Intl.DateTimeFormat(locale, { ...shapes[shape], timeZone: reader.zone })
  made.set(key, format)
  return format
}

/** English as written where the reader is: `de-DE` becomes `en-DE`, so that one sentence is in one language. */
function englishAs(locale: string): string {
  try {
    const { language, region } = new Intl.Locale(locale).maximize()
    if (language === 'en') return new Intl.Locale(locale).baseName
    return region === undefined ? 'en-GB' : `en-${region}`
  } catch {
    return 'en-GB'
  }
}

function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
