import type { Stretch } from '../ask.ts'
import { akin, sameWord } from './field.ts'
import { type Phrases, phrasesOf } from './phrases.ts'
import { plainOf, scriptWithoutSpaces, type Token, tokensOf } from './tokens.ts'

export interface Word extends Stretch {
  /** As typed, in lower case and without accents. */
  readonly raw: string
  /** In the form that names are compared in. */
  readonly stem: string
  /** No separator such as a comma or full stop stands between this word and the one before. */
  readonly joined: boolean
}

/** What several words together, or words of another language, stand for. */
export type Meanings = Phrases<string>

const kept = new Set([
  'setting',
  'settings',
  'during',
  'pricing',
  'thing',
  'string',
  'spring',
  'bring',
  'used',
  'need',
  'embed',
  'speed',
])

/** A word with what does not change its meaning taken off: plural, -ing, -ed, a silent e. */
function bareOf(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  const single = /(?:ss|us|is)$/.test(word)
    ? word
    : word
        .replace(/ies$/, 'y')
        .replace(/(?<=x|ch|sh|ss)es$/, '')
        .replace(/s$/, '')
  if (kept.has(single)) return single
  const verb = single.length > 5 ? single.replace(/ing$/, '') : single
  const past = verb.length > 4 ? verb.replace(/ed$/, '') : verb
  const whole = past === single ? past : past.replace(/([bdgklmnprt])\1$/, '$1')
  return whole.length > 4 ? whole.replace(/e$/, '') : whole
}

const sameOf = new Map(
  sameWord.flatMap((line) => {
    const [first = '', ...others] = line.split('|')
    return [first, ...others]
      .filter((word) => !word.includes(' '))
      .map((word) => [bareOf(word), bareOf(first)] as const)
  }),
)

const stems = new Map<string, string>()

/** In the form that names are compared in. */
export function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const bare = bareOf(word)
  const stem = sameOf.get(word) ?? sameOf.get(bare) ?? bare
  // The same words come again and again; what strangers type must not fill the memory.
  if (stems.size > 50_000) stems.clear()
  stems.set(word, stem)
  return stem
}

/** The ideas that a stem may stand for, as numbers. */
const ideas = new Map<string, number[]>()
const ideaPhrases: (readonly [string, string])[] = []
for (const [index, line] of akin.entries())
  for (const phrase of line.split('|')) {
    const tokens = tokensOf(phrase)
    const stem = tokens.length === 1 ? stemOf(phrase) : phrase.replaceAll(' ', '')
    if (tokens.length > 1) ideaPhrases.push([phrase, stem])
    ideas.set(stem, [...(ideas.get(stem) ?? []), index])
  }
export const ideasOf = (stem: string): readonly number[] => ideas.get(stem) ?? []

const samePhrases = sameWord.flatMap((line) => {
  const [first = '', ...others] = line.split('|')
  return others.filter((phrase) => tokensOf(phrase).length > 1).map((phrase) => [phrase, first] as const)
})

/** @param means of the message's language: its phrases, with the English words for them. */
export const meaningsOf = (means: readonly Readonly<Record<string, string>>[]): Meanings =>
  phrasesOf([
    ...means.flatMap((table) => Object.entries(table).map(([english, phrases]) => [phrases, english] as const)),
    ...samePhrases,
  ])

export const englishMeanings = meaningsOf([])
const loosely = phrasesOf(ideaPhrases)

/**
 * The words of a text; several that are known together are one, one that stands for several is several.
 * @param loose whether phrases that mean nearly the same as something are words too: "call out" for egress.
 */
export function wordsOf(text: string, meanings: Meanings = englishMeanings, loose = false): readonly Word[] {
  const tokens = tokensOf(text)
  const words: Word[] = []
  let end = 0
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index]
    if (token === undefined) break
    if (token.kind === 'sign') {
      index += 1
      continue
    }
    const found = meanings.at(tokens, index) ?? (loose ? loosely.at(tokens, index) : undefined)
    const next = found?.end ?? wholeEnd(tokens, index)
    const to = tokens[next - 1]?.to ?? token.to
    const joined = !/[,;!?\n]|[.:](?:\s|$)/.test(text.slice(end, token.from))
    const raw = plainOf(text.slice(token.from, to)).replace(/[^\p{L}\p{N}]/gu, '')
    const stems = found === undefined ? [stemOf(raw)] : found.value.split(' ').map(stemOf)
    for (const stem of stems) words.push({ raw, stem, from: token.from, to, joined: joined || stem !== stems[0] })
    end = to
    index = next
  }
  return words
}

/** Letters and digits that touch are one word: `gpt4o`, `westus3`. */
function wholeEnd(tokens: readonly Token[], index: number): number {
  let end = index + 1
  if (scriptWithoutSpaces.test(tokens[index]?.plain ?? '')) return end
  while (
    tokens[end]?.touches === true &&
    tokens[end]?.kind !== 'sign' &&
    !scriptWithoutSpaces.test(tokens[end]?.plain ?? '')
  )
    end += 1
  return end
}
