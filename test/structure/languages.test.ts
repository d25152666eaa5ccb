import { expect, test } from 'vitest'
import { akin, sameWord } from '../../src/ask/language/field.ts'
import { english } from '../../src/ask/language/lexicon/en.ts'
import { lexicons } from '../../src/ask/language/lexicon/lexicons.ts'
import { codeOf, files, imports } from './source.ts'

const inLexicons = (file: string): boolean => file.startsWith('ask/language/lexicon/')
const readers = files.filter((file) => file.startsWith('ask/') && !inLexicons(file))
const others = lexicons.filter((lexicon) => lexicon !== english)

/** Every text in a piece of a lexicon, keys included where they are phrases themselves. */
const textsIn = (data: unknown, keys: boolean): readonly string[] => {
  if (typeof data === 'string') return [data]
  if (Array.isArray(data)) return data.flatMap((each) => textsIn(each, keys))
  if (data === null || typeof data !== 'object' || data instanceof RegExp) return []
  return Object.entries(data).flatMap(([key, value]) => [...(keys ? [key] : []), ...textsIn(value, keys)])
}

/** Shorter words are too often the same in two languages. */
const shortest = 4
const wordsIn = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}]+/u)).filter((word) => word.length >= shortest)

const known = new Set(
  wordsIn([...textsIn(english, true), ...sameWord, ...akin, ...others.flatMap(({ means }) => Object.keys(means))]),
)
const foreign = new Set(
  wordsIn(
    others.flatMap(({ small, frame, cues, reason, corrects, time, spoken, commands }) => [
      small,
      frame,
      corrects,
      ...Object.keys(commands),
      ...Object.keys(spoken.currencies),
      ...[cues, reason, spoken].flatMap((part) => textsIn(part, false)),
      ...[time.numbers, time.units, time.days, time.clocks].flatMap((table) => Object.keys(table)),
      ...[time.weekdays, time.months, time.parts, time.links].flatMap((part) => textsIn(part, false)),
    ]),
  ).filter((word) => !known.has(word)),
)

/** English where they stand, and by chance words of another language as well. */
const sameByChance: Readonly<Record<string, readonly string[]>> = {
  // "Developer mode"; Portuguese has a verb form that looks like it.
  'ask/attempts.ts': ['mode'],
  // The beginning of "refuse" and "refused"; French for a refusal.
  'ask/persons.ts': ['refus'],
}

/** Letters that a file is about, none of which spells a word. */
const letters: Readonly<Record<string, string>> = {
  // What compares letters names the ones that Unicode folds in no way, and the marks that repeat a Chinese sign.
  'ask/language/tokens.ts': 'ß々〆',
}

test('no word of another language stands in what reads messages, outside of the lexicons', () => {
  const found = readers.flatMap((file) =>
    [...new Set(wordsIn([codeOf(file)]))]
      .filter((word) => foreign.has(word) && !sameByChance[file]?.includes(word))
      .map((word) => `${file}: ${word}`),
  )
  expect(found).toEqual([])
  expect(foreign.size).toBeGreaterThan(1000)
})

test('no letter beyond ASCII stands in what reads messages, outside of the lexicons', () => {
  const found = readers.flatMap((file) =>
    [...new Set(codeOf(file).match(/[^\P{L}a-z]/giu) ?? [])]
      .filter((letter) => !letters[file]?.includes(letter))
      .map((letter) => `${file}: ${letter}`),
  )
  expect(found).toEqual([])
})

test('each exception is one still', () => {
  for (const [file, words] of Object.entries(sameByChance))
    for (const word of words) expect(wordsIn([codeOf(file)]), file).toContain(word)
  for (const [file, each] of Object.entries(letters))
    for (const letter of each) expect(codeOf(file), file).toContain(letter)
})

test('a language is its lexicon and its name in the list of them: nothing else imports one, save English', () => {
  const lexicon = /^ask\/language\/lexicon\/[a-z]{2}\.ts$/
  const importing = imports.filter(({ to }) => lexicon.test(to) && to !== 'ask/language/lexicon/en.ts')
  expect(new Set(importing.map(({ from }) => from))).toEqual(new Set(['ask/language/lexicon/lexicons.ts']))
  expect(importing.length).toBe(files.filter((file) => lexicon.test(file)).length - 1)
})

test('a number that may stand alone is one of the numbers of its language', () => {
  for (const { language, spoken, time } of lexicons)
    for (const word of spoken.bareNumbers.split('|').filter((each) => each !== ''))
      expect(time.numbers[word], `${language}: ${word}`).toBeTypeOf('number')
})
