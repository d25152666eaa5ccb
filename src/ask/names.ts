import type { Catalogue, EntitlementId } from '../entitlement/entitlement.ts'
import type { Stretch, Sureness } from './ask.ts'
import { joinedKey, loose, namesOf, rawKey, sortedKey, tight, type Names } from './name-index.ts'
import { respelt } from './spelling.ts'
import { wordsOf, type Word } from './words.ts'

/** One stretch of the text that names something of the catalogue, or a role that nobody may ask for. */
export interface Mention extends Stretch {
  readonly ids: readonly EntitlementId[]
  readonly never: boolean
  readonly sure: Sureness
  /** How many words of the name it took: the longer name is the one meant. */
  readonly weight: number
  readonly first: number
  readonly last: number
}

/** The text's words, slips of the pen set right where the catalogue knows the word. */
function corrected(words: readonly Word[], names: Names): readonly (Word & { readonly slip: boolean })[] {
  const seen = new Map<string, string | undefined>()
  return words.map((word) => {
    if (!seen.has(word.raw)) seen.set(word.raw, respelt(word, names.spelling))
    const stem = seen.get(word.raw)
    return stem === undefined ? { ...word, slip: false } : { ...word, stem, slip: true }
  })
}

/** Every name of the catalogue in the text, in order; where names overlap, the longest. */
export function mentionsIn(text: string, catalogue: Catalogue): readonly Mention[] {
  const names = namesOf(catalogue)
  const words = corrected(wordsOf(text), names)
  const found: Mention[] = []
  for (let first = 0; first < words.length; first++) found.push(...mentionsFrom(words, first, names))
  const ranked = found.toSorted(
    (a, b) => b.weight - a.weight || Number(a.sure !== 'named') - Number(b.sure !== 'named') || a.from - b.from,
  )
  const taken = new Set<number>()
  const kept = ranked.filter(({ first, last }) => {
    const inside = Array.from({ length: last - first + 1 }, (_, index) => first + index)
    if (inside.some((index) => taken.has(index))) return false
    for (const index of inside) taken.add(index)
    return true
  })
  return kept.toSorted((a, b) => a.from - b.from)
}

function mentionsFrom(words: readonly (Word & { slip: boolean })[], first: number, names: Names): readonly Mention[] {
  const found: Mention[] = []
  for (let last = first; last < Math.min(words.length, first + names.longest); last++) {
    const head = words[first]
    const tail = words[last]
    if (head === undefined || tail === undefined || (last > first && !tail.joined)) break
    if (!loose.has(tail.raw) && !names.spelling.vocabulary.has(tail.stem) && !names.spelling.vocabulary.has(tail.raw))
      break
    const window = words.slice(first, last + 1)
    const whole = names.meaning.get(rawKey(window))
    const edges = !loose.has(head.raw) && !loose.has(tail.raw)
    const meaning =
      whole ?? (edges ? (names.meaning.get(joinedKey(window)) ?? names.meaning.get(sortedKey(window))) : undefined)
    if (meaning === undefined) continue
    const ids = [...meaning].flatMap((id) => (id === 'never' ? [] : [id]))
    const sure = window.some(({ slip }) => slip) && whole === undefined ? 'misspelt' : 'named'
    found.push({
      from: head.from,
      to: tail.to,
      ids,
      never: meaning.has('never'),
      sure,
      weight: tight(window).length,
      first,
      last,
    })
  }
  return found
}

/**
 * Entries that have every one of these words: in what they are called, else in what they grant besides.
 * None where a word is unknown, so that "Exchange admin" is not taken for some other administrator.
 */
export function partlyNamed(words: readonly Word[], catalogue: Catalogue): readonly EntitlementId[] {
  const names = namesOf(catalogue)
  const wanted = corrected(words, names).map(({ stem }) => stem)
  if (wanted.length === 0) return []
  const having = (set: 'names' | 'all') =>
    [...names.called].flatMap(([id, entry]) => (wanted.every((word) => entry[set].has(word)) ? [id] : []))
  const found = having('names')
  return found.length > 0 ? found : having('all')
}

/** A mention with the words beside it that belong to the same entry: "log analytics" with "contributor" after it. */
export function widened(text: string, mention: Mention, catalogue: Catalogue): Stretch {
  const [id] = mention.ids
  const entry = id === undefined ? undefined : namesOf(catalogue).called.get(id)
  const own = (word: Word | undefined): boolean =>
    word !== undefined && entry !== undefined && entry.names.has(word.stem) && !loose.has(word.raw)
  let { from, to } = mention
  for (const word of wordsOf(text.slice(mention.to, mention.to + 80))) {
    if (!word.joined || !own(word)) break
    to = mention.to + word.to
  }
  const base = Math.max(0, mention.from - 80)
  for (const word of wordsOf(text.slice(base, mention.from)).toReversed()) {
    if (!own(word) || /[^\s-]/.test(text.slice(base + word.to, from))) break
    from = base + word.from
  }
  return { from, to }
}
