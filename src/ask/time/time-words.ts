import type { DateTime } from 'luxon'
import type { DayPart, Lexicon, TimeLink } from '../language/lexicon/lexicon.ts'
import { heardWords, once } from '../language/heard.ts'
import { type Found, type Phrases, phrasesOf } from '../language/phrases.ts'
import { type Token, tokensOf } from '../language/tokens.ts'

/** A language's words about time, ready to be looked up. */
export interface TimeLexicon {
  readonly numbers: Phrases<number>
  /** In minutes. */
  readonly units: Phrases<number>
  readonly days: Phrases<number>
  /** 1 is Monday. */
  readonly weekdays: Phrases<number>
  readonly months: Phrases<number>
  readonly clocks: Phrases<number>
  readonly parts: Phrases<DayPart>
  readonly links: Readonly<Record<TimeLink, Phrases<true>>>
  readonly corrects: Phrases<true>
}

const linkNames: readonly TimeLink[] = [
  ...([
    'until',
    'untilAfter',
    'from',
    'fromAfter',
    'to',
    'in',
    'inAfter',
    'at',
    'on',
    'this',
    'next',
    'and',
    'article',
  ] as const),
  ...([
    'half',
    'halfTo',
    'andHalf',
    'quarter',
    'past',
    'before',
    'oclock',
    'am',
    'pm',
    'of',
    'more',
    'weekend',
    'week',
  ] as const),
  ...([
    'inclusive',
    'day',
    'andQuarter',
    'through',
    'whole',
    'allDay',
    'dayAfter',
    'thatDay',
    'thisTime',
    'endOf',
    'year',
    'lasting',
    'happening',
    'onward',
  ] as const),
]

/** @param lexicons the message's own language first: of two that know a word, the first is believed. */
export function timeLexiconOf(lexicons: readonly Lexicon[]): TimeLexicon {
  const times = lexicons.map(({ time }) => time)
  const table = (pick: (time: Lexicon['time']) => Readonly<Record<string, number>>) =>
    phrasesOf(times.flatMap((time) => Object.entries(pick(time))))
  const listed = (pick: (time: Lexicon['time']) => readonly string[]) =>
    phrasesOf(times.flatMap((time) => pick(time).map((phrases, index) => [phrases, index + 1] as const)))
  const links = linkNames.map((name) => {
    const phrases = times.flatMap((time) =>
      time.links[name] === undefined ? [] : [[time.links[name], true as const] as const],
    )
    return [name, phrasesOf(phrases)] as const
  })
  return {
    numbers: table((time) => time.numbers),
    units: table((time) => time.units),
    days: table((time) => time.days),
    weekdays: listed((time) => time.weekdays),
    months: listed((time) => time.months),
    clocks: table((time) => time.clocks),
    parts: phrasesOf(times.flatMap((time) => partsOf(time.parts))),
    // One phrase table for every name of the list above.
    links: Object.fromEntries(links) as TimeLexicon['links'],
    corrects: phrasesOf(lexicons.map(({ corrects }) => [corrects, true] as const)),
  }
}

const partsOf = (parts: Lexicon['time']['parts']): readonly (readonly [string, DayPart])[] =>
  (['morning', 'afternoon', 'evening', 'night'] as const).flatMap((part) => {
    const phrases = parts[part]
    return phrases === undefined ? [] : [[phrases, part] as const]
  })

const hourMarks = once(() => heardWords('hourMark'))

/** The message as its time is read: its tokens, and a language's words for time. */
export class TimeText {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly lexicon: TimeLexicon

  readonly now: DateTime

  /** The speaker's day, at its beginning. */
  readonly today: DateTime

  constructor(text: string, lexicon: TimeLexicon, now: DateTime) {
    this.text = text
    this.now = now
    this.today = now.startOf('day')
    // Nobody says when in the five hundredth word.
    this.tokens = tokensOf(text).slice(0, 500)
    this.lexicon = lexicon
  }

  token(index: number): Token | undefined {
    return this.tokens[index]
  }

  /** Index behind this link's words, where they stand here. */
  link(name: TimeLink, index: number): number | undefined {
    return this.lexicon.links[name].at(this.tokens, index)?.end
  }

  /** The same, or where it began: a word that may be missing. */
  past(name: TimeLink, index: number): number {
    return this.link(name, index) ?? index
  }

  sign(signs: string, index: number): boolean {
    const token = this.tokens[index]
    return token?.kind === 'sign' && signs.includes(token.plain)
  }

  touches(index: number): boolean {
    return this.tokens[index]?.touches === true
  }

  /** Digits here, no more of them than this. */
  digits(index: number, most: number): number | undefined {
    const token = this.tokens[index]
    return token?.kind === 'number' && /^\d+$/.test(token.plain) && token.plain.length <= most
      ? Number(token.plain)
      : undefined
  }

  find<T>(phrases: Phrases<T>, index: number): Found<T> | undefined {
    return phrases.at(this.tokens, index)
  }

  /** Whether a number that begins here belongs to a name, a version or an address. */
  inName(index: number): boolean {
    const before = this.tokens[index - 1]
    const here = this.tokens[index]
    if (here === undefined || before === undefined || !here.touches) return false
    const joined = before.touches ? this.tokens[index - 2] : undefined
    if (before.kind === 'sign')
      return '.,:/#£€$_@'.includes(before.plain)
        ? joined !== undefined || '#£€$'.includes(before.plain)
        : before.plain === '-' &&
            joined?.kind === 'word' &&
            !hourMarks().has(joined.plain) &&
            this.find(this.lexicon.clocks, index - 2) === undefined
    return before.kind === 'word' && /\p{Script=Latin}/u.test(before.plain)
  }

  from(index: number): number {
    return this.tokens[index]?.from ?? this.text.length
  }

  to(end: number): number {
    return this.tokens[end - 1]?.to ?? 0
  }
}
