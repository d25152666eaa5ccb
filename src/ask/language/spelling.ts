import { editDistance } from '../../entitlement/edit-distance.ts'
import { isFrame, type Language } from './language.ts'
import type { Word } from './words.ts'

/** Words that are known, so that a slip in one of them can be set right. */
export interface Spelling {
  readonly vocabulary: ReadonlySet<string>
  /** The words, by each form with one letter left out. */
  readonly spellings: ReadonlyMap<string, ReadonlySet<string>>
}

export const spellingOf = (vocabulary: ReadonlySet<string>): Spelling => ({
  vocabulary,
  spellings: spellingsOf(vocabulary),
})

/** Each word without one of its letters: two words that share such a form are a typo apart. */
const shorter = (word: string): readonly string[] => [
  word,
  ...Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1)),
]

function spellingsOf(vocabulary: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const spellings = new Map<string, Set<string>>()
  for (const word of vocabulary)
    if (word.length >= 4 && word.length <= 24)
      for (const form of shorter(word)) spellings.set(form, (spellings.get(form) ?? new Set()).add(word))
  return spellings
}

/** The known word that this one is a slip of: one letter, or two in a long word, never the first letter. */
export function respelt(word: Word, known: Spelling, language: Language): string | undefined {
  const { stem } = word
  if (stem.length < 4 || stem.length > 24 || known.vocabulary.has(stem) || /\d/.test(stem) || isFrame(word, language))
    return undefined
  const most = stem.length >= 8 ? 2 : 1
  const near = new Set(shorter(stem).flatMap((form) => [...(known.spellings.get(form) ?? [])]))
  const ranked = [...near]
    .filter((other) => other[0] === stem[0])
    .map((other) => ({ other, distance: editDistance(stem, other, most) }))
    .filter(({ distance }) => distance <= most)
  return ranked.toSorted((a, b) => a.distance - b.distance || (a.other < b.other ? -1 : 1))[0]?.other
}
