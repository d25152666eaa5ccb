import { once } from './heard.ts'
import { english } from './lexicon/en.ts'
import type { Cue, Lexicon } from './lexicon/lexicon.ts'
import { lexicons } from './lexicon/lexicons.ts'
import { type Phrases, phrasesOf } from './phrases.ts'
import { timeLexiconOf, type TimeLexicon } from '../time/time-words.ts'
import { tokensOf } from './tokens.ts'
import { type Meanings, meaningsOf, type Word } from './words.ts'

/** A language as messages are read in it: its own lexicon first, the English of the trade behind it. */
export interface Language {
  /** BCP 47. */
  readonly tag: string
  readonly cues: Phrases<Cue>
  readonly time: TimeLexicon
  readonly meanings: Meanings
  readonly frame: ReadonlySet<string>
  readonly reason: Readonly<Record<keyof Lexicon['reason'], Phrases<true>>>
}

/** How much each small word speaks for a language: less, where several have it. */
const homes = new Map<string, string[]>()
for (const { language, small } of lexicons)
  for (const word of new Set(wordsIn(small))) homes.set(word, [...(homes.get(word) ?? []), language])

function wordsIn(list: string): readonly string[] {
  return tokensOf(list).map(({ plain }) => plain)
}

/** Each is made ready when its first message comes. */
const home = once(() => languageFrom(english))
const languages = new Map(
  lexicons.map(
    (lexicon) => [lexicon.language, lexicon === english ? home : once(() => languageFrom(lexicon))] as const,
  ),
)

function languageFrom(lexicon: Lexicon): Language {
  const own = lexicon === english ? [english] : [lexicon, english]
  const small = new Set(lexicon === english ? [] : wordsIn(lexicon.small))
  const cues = own.flatMap(({ cues: table, language }) =>
    Object.entries(table).flatMap(([cue, phrases]) =>
      // A small word of the language means what it means there, not what English would read in it.
      phrases
        .split('|')
        .filter((phrase) => language === lexicon.language || !small.has(phrase.trim()))
        .map((phrase) => [phrase, cue as Cue] as const),
    ),
  )
  const reasonOf = (part: keyof Lexicon['reason']) => phrasesOf(own.map(({ reason }) => [reason[part], true] as const))
  return {
    tag: lexicon.language,
    cues: phrasesOf(cues),
    time: timeLexiconOf(own.map((each) => (each === lexicon ? each : withoutSmall(each, small)))),
    meanings: meaningsOf(own.map(({ means }) => means)),
    frame: new Set(own.flatMap(({ frame }) => wordsIn(frame))),
    reason: {
      begins: reasonOf('begins'),
      announces: reasonOf('announces'),
      purpose: reasonOf('purpose'),
      ends: reasonOf('ends'),
    },
  }
}

/** "Mon adresse" is no Monday: days and months of another language that are small words of this one. */
function withoutSmall(other: Lexicon, small: ReadonlySet<string>): Lexicon {
  const kept = (phrases: string) =>
    phrases
      .split('|')
      .filter((phrase) => !small.has(phrase.trim()))
      .join('|')
  const { weekdays, months } = other.time
  return { ...other, time: { ...other.time, weekdays: weekdays.map(kept), months: months.map(kept) } }
}

/** Fewer small words than this are a slip or a name. */
const fewest = 0.9

/** The message's language, by its small words and its letters; English unless another one clearly is more at home. */
export function languageOf(text: string): Language {
  const start = text.slice(0, 2000)
  const scores = new Map<string, number>()
  for (const { plain } of tokensOf(start)) {
    const speaking = homes.get(plain) ?? []
    for (const language of speaking) scores.set(language, (scores.get(language) ?? 0) + 1 / speaking.length)
  }
  for (const { language, letters } of lexicons)
    if (letters?.pattern.test(start) === true) scores.set(language, (scores.get(language) ?? 0) + letters.weight)
  const [best] = [...scores].filter(([language]) => language !== 'en').toSorted((a, b) => b[1] - a[1])
  if (best === undefined || best[1] < fewest || best[1] <= (scores.get('en') ?? 0)) return home()
  return (languages.get(best[0]) ?? home)()
}

/** Whether a word only frames a request: politeness, small words, numbers. */
export const isFrame = (word: Pick<Word, 'raw'>, { frame }: Pick<Language, 'frame'>): boolean =>
  frame.has(word.raw) || /^\d{1,6}[hmdw]?$/.test(word.raw)
