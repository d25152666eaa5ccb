import type { Lexicon, Spoken } from './lexicon/lexicon.ts'
import { lexicons } from './lexicon/lexicons.ts'

/** What is listened for in words that have no more to them than their phrases. */
type Listed = { [What in keyof Spoken]: Spoken[What] extends string ? What : never }[keyof Spoken]

/** In which languages: all, those with spaces between their words, or those without. */
type Where = 'anywhere' | 'spaced' | 'unspaced'

/**
 * The phrases of all languages, for a place in a pattern: one alternative each, the longest first. Where no language has
 * one, a piece that matches nothing.
 */
export function heard(what: Listed, where: Where = 'anywhere'): string {
  const key = `${where} ${what}`
  const known = pieces.get(key)
  if (known !== undefined) return known
  const piece = anyOf(spokenIn(where).flatMap(({ spoken }) => phrasesIn(spoken[what])))
  pieces.set(key, piece)
  return piece
}
const pieces = new Map<string, string>()

/** The same as words to compare a word with, in lower case. */
export const heardWords = (what: Listed): ReadonlySet<string> =>
  new Set(lexicons.flatMap(({ spoken }) => phrasesIn(spoken[what])))

const spokenIn = (where: Where): readonly Lexicon[] =>
  where === 'anywhere' ? lexicons : lexicons.filter(({ spaces }) => spaces === (where === 'spaced'))

export const phrasesIn = (list: string): readonly string[] =>
  list
    .split('|')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')

/** A piece of a pattern that matches each of these phrases, the longest first. */
export const anyOf = (phrases: readonly string[]): string =>
  phrases.length === 0
    ? '(?!)'
    : [...new Set(phrases)]
        .toSorted((one, other) => other.length - one.length)
        .map(literal)
        .join('|')

const literal = (phrase: string): string =>
  Array.from(phrase, (letter) => (letter === "'" ? "['’]" : syntax.includes(letter) ? `\\${letter}` : letter)).join('')
const syntax = String.raw`\^$.*+?()[]{}|/`

/** Made when it is first asked for, and once: a process that reads no message compiles nothing. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
