import type { Catalogue } from '../../entitlement/entitlement.ts'
import type { EntitlementId } from '../../entitlement/entry.ts'
import type { Stretch, Sureness } from '../ask.ts'
import type { Language } from '../language/language.ts'
import { joinedKey, loose, namesOf, rawKey, sortedKey, tight, type Names } from './name-index.ts'
import { goesBy, isCalled, retrievalOf } from './retrieval-index.ts'
import { respelt } from '../language/spelling.ts'
import { ideasOf, stemOf, type Word, wordsOf } from '../language/words.ts'

/** One stretch that names something of the catalogue, a role that nobody may ask for, or (no id) one kept elsewhere. */
export interface Mention extends Stretch {
  readonly ids: readonly EntitlementId[]
  readonly never: boolean
  readonly sure: Sureness
  /** How many words of the name it took: the longer name is the one meant. */
  readonly weight: number
  readonly first: number
  readonly last: number
  readonly stems: readonly string[]
  /** Its words stand in another order than in the name. */
  readonly turned: boolean
}

type Spelt = Word & { readonly slip: boolean }

/** A text's words, slips of the pen set right where the catalogue knows the word. */
export function speltWords(text: string, catalogue: Catalogue, language: Language, loosely = false): readonly Spelt[] {
  const { spelling } = namesOf(catalogue)
  const seen = new Map<string, string | undefined>()
  return wordsOf(text, language.meanings, loosely).map((word) => {
    if (!seen.has(word.stem))
      seen.set(word.stem, ideasOf(word.stem).length > 0 ? undefined : respelt(word, spelling, language))
    const stem = seen.get(word.stem)
    return stem === undefined ? { ...word, slip: false } : { ...word, stem, slip: true }
  })
}

/** Every name of the catalogue in the text, in order; where names overlap, the longest. */
export function mentionsIn(text: string, catalogue: Catalogue, language: Language): readonly Mention[] {
  const names = namesOf(catalogue)
  const words = speltWords(text, catalogue, language)
  const found: Mention[] = []
  for (let first = 0; first < words.length; first++) found.push(...mentionsFrom(words, first, names))
  const ranked = found.toSorted(
    (a, b) =>
      b.weight - a.weight ||
      Number(a.turned) - Number(b.turned) ||
      Number(a.sure !== 'named') - Number(b.sure !== 'named') ||
      a.from - b.from,
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

const asksWho = new Set(['approver', 'owner', 'reader', 'user'].map(stemOf))

function mentionsFrom(words: readonly Spelt[], first: number, names: Names): readonly Mention[] {
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
    // "The approvers for content filtering" are asked about, not for.
    if (whole === undefined && asksWho.has(head.stem) && window.some(({ raw }) => raw === 'for' || raw === 'of'))
      continue
    const inOrder = whole ?? (edges ? names.meaning.get(joinedKey(window)) : undefined)
    const meaning = inOrder ?? (edges ? names.meaning.get(sortedKey(window)) : undefined)
    if (meaning === undefined) continue
    const ids = [...meaning].flatMap((id) => (id === 'never' || id === 'elsewhere' ? [] : [id]))
    const sure = window.some(({ slip }) => slip) && whole === undefined ? 'misspelt' : 'named'
    const weight = tight(window).length
    found.push({
      from: head.from,
      to: tail.to,
      ids,
      never: meaning.has('never'),
      sure,
      weight,
      first,
      last,
      stems: tight(window).map(({ stem }) => stem),
      turned: inOrder === undefined,
    })
  }
  return found
}

/** Entries that are called by all these words: what somebody may mean who is not sure which. */
export function lookAlikes(stems: readonly string[], catalogue: Catalogue): readonly EntitlementId[] {
  const { entries, postings } = retrievalOf(catalogue)
  const [rarest] = stems.toSorted((a, b) => (postings.get(a)?.length ?? 0) - (postings.get(b)?.length ?? 0))
  const having = rarest === undefined ? [] : (postings.get(rarest) ?? [])
  return having.flatMap(({ entry }) => {
    const indexed = entries[entry]
    return indexed !== undefined && stems.every((stem) => (indexed.stems.get(stem) ?? 0) >= goesBy) ? [indexed.id] : []
  })
}

/** A mention with the words beside it that belong to the same entry: "log analytics" with "contributor" after it. */
export function widened(text: string, mention: Mention, catalogue: Catalogue, language: Language): Stretch {
  const entry = mention.ids[0] === undefined ? undefined : retrievalOf(catalogue).byId.get(mention.ids[0])
  const own = (word: Word | undefined): boolean =>
    word !== undefined && entry !== undefined && (entry.stems.get(word.stem) ?? 0) >= isCalled && !loose.has(word.raw)
  let { from, to } = mention
  for (const word of wordsOf(text.slice(mention.to, mention.to + 80), language.meanings)) {
    if (!word.joined || !own(word)) break
    to = mention.to + word.to
  }
  const base = Math.max(0, mention.from - 80)
  for (const word of wordsOf(text.slice(base, mention.from), language.meanings).toReversed()) {
    if (!own(word) || /[^\s-]/.test(text.slice(base + word.to, from))) break
    from = base + word.from
  }
  return { from, to }
}
