import { editDistance } from '../entitlement/edit-distance.ts'
import type { Catalogue, Entitlement, EntitlementId } from '../entitlement/entitlement.ts'
import { neverAzureRoles, neverDirectoryRoles } from '../entitlement/never.ts'
import type { Stretch, Sureness } from './ask.ts'
import { isFrame, wordsOf, type Word } from './words.ts'

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

interface Names {
  /** What each name means, its words joined; and, order aside, its words sorted. */
  readonly meaning: ReadonlyMap<string, ReadonlySet<EntitlementId | 'never'>>
  readonly longest: number
  /** Words of names, by each form with one letter left out. */
  readonly spellings: ReadonlyMap<string, ReadonlySet<string>>
  readonly vocabulary: ReadonlySet<string>
  /** For each entry, the words of what it is called, and of what it grants besides. */
  readonly called: readonly {
    readonly id: EntitlementId
    readonly names: ReadonlySet<string>
    readonly all: ReadonlySet<string>
  }[]
}

const known = new WeakMap<Catalogue, Names>()

/** The names of a catalogue, made ready once: a catalogue never changes, another one is another object. */
function namesOf(catalogue: Catalogue): Names {
  const ready = known.get(catalogue) ?? indexNames(catalogue)
  known.set(catalogue, ready)
  return ready
}

/** Small words that a name may have or lack. */
const loose = new Set('the a an of on in to for with my our role group package'.split(' '))
const joinedKey = (words: readonly Word[]): string =>
  tight(words)
    .map(({ stem }) => stem)
    .join('')
const sortedKey = (words: readonly Word[]): string =>
  ` ${tight(words)
    .map(({ stem }) => stem)
    .sort()
    .join(' ')}`
const rawKey = (words: readonly Word[]): string => words.map(({ raw }) => raw).join('')
const tight = (words: readonly Word[]): readonly Word[] => words.filter(({ raw }) => !loose.has(raw))

function indexNames(catalogue: Catalogue): Names {
  const meaning = new Map<string, Set<EntitlementId | 'never'>>()
  const add = (key: string, id: EntitlementId | 'never') => meaning.set(key, (meaning.get(key) ?? new Set()).add(id))
  const vocabulary = new Set<string>()
  let longest = 1
  const learn = (name: string, id: EntitlementId | 'never') => {
    const words = wordsOf(name)
    const solid = tight(words)
    add(rawKey(words), id)
    for (const word of [...words.map(({ raw }) => raw), rawKey(words)]) vocabulary.add(word)
    // "Owner" alone is an ordinary word; only with "role" or "subscription" beside it is it the role.
    if (id === 'never' && solid.length < 2) return
    add(joinedKey(words), id)
    if (solid.length > 1) add(sortedKey(words), id)
    longest = Math.max(longest, words.length)
    for (const word of [...solid.map(({ stem }) => stem), joinedKey(words)]) vocabulary.add(word)
  }
  const called = [...catalogue.entitlements.values()].map((entry) => {
    const spoken = spokenNames(entry)
    for (const name of [...spoken, ...spoken.flatMap(withoutHolder)]) learn(name, entry.id)
    const names = stems([...spoken, entry.kind, ...targetWords(entry)].join(' '))
    return { id: entry.id, names, all: new Set([...names, ...stems(entry.grants)]) }
  })
  for (const role of [...neverDirectoryRoles, ...neverAzureRoles])
    for (const name of role.name === 'Owner' ? role.alsoCalled : [role.name, ...role.alsoCalled]) learn(name, 'never')
  for (const { all } of called) for (const word of all) vocabulary.add(word)
  return { meaning, longest: longest + 2, vocabulary, spellings: spellingsOf(vocabulary), called }
}

const stems = (text: string): ReadonlySet<string> => new Set(wordsOf(text).map(({ stem }) => stem))
const targetWords = (entry: Entitlement): readonly string[] =>
  Object.values(entry.target).filter(
    (value) => typeof value === 'string' && !/^[0-9a-f-]{36}$|^properties\./.test(value),
  ) as string[]

function spokenNames(entry: Entitlement): readonly string[] {
  const { id, name, aliases } = entry
  const own = [id, name, ...aliases]
  switch (entry.kind) {
    case 'directoryRole':
      return [...own, entry.target.role]
    case 'group':
      return [...own, entry.target.group]
    case 'azureRole':
      return [...own, `${entry.target.role} on ${entry.target.resource}`]
    default:
      return own
  }
}

/** "Model router admins" are also asked for as "model router", but only where two words at least are left to know it by. */
function withoutHolder(name: string): readonly string[] {
  const shorter = name.replace(holder, '')
  return shorter !== name && tight(wordsOf(shorter)).length > 1 ? [shorter] : []
}
const holder = / (?:admins?|administrators?|approvers?|operators?|editors?|readers?|developer|exception|exemption)$/i

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

/** The word of the catalogue that this one is a slip of: one letter, or two in a long word, never the first letter. */
function respelt(word: Word, names: Names): string | undefined {
  const { stem } = word
  if (stem.length < 4 || stem.length > 24 || names.vocabulary.has(stem) || /\d/.test(stem) || isFrame(word))
    return undefined
  const most = stem.length >= 8 ? 2 : 1
  const near = new Set(shorter(stem).flatMap((form) => [...(names.spellings.get(form) ?? [])]))
  const ranked = [...near]
    .filter((other) => other[0] === stem[0])
    .map((other) => ({ other, distance: editDistance(stem, other, most) }))
    .filter(({ distance }) => distance <= most)
  return ranked.toSorted((a, b) => a.distance - b.distance || (a.other < b.other ? -1 : 1))[0]?.other
}

/** The text's words, slips of the pen set right where the catalogue knows the word. */
function corrected(words: readonly Word[], names: Names): readonly (Word & { readonly slip: boolean })[] {
  const seen = new Map<string, string | undefined>()
  return words.map((word) => {
    if (!seen.has(word.raw)) seen.set(word.raw, respelt(word, names))
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
    if (!loose.has(tail.raw) && !names.vocabulary.has(tail.stem) && !names.vocabulary.has(tail.raw)) break
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
  const having = (set: 'names' | 'all') => names.called.filter((entry) => wanted.every((word) => entry[set].has(word)))
  const found = having('names')
  return (found.length > 0 ? found : having('all')).map(({ id }) => id)
}

/** A mention with the words beside it that belong to the same entry: "log analytics" with "contributor" after it. */
export function widened(text: string, mention: Mention, catalogue: Catalogue): Stretch {
  const entry = namesOf(catalogue).called.find(({ id }) => id === mention.ids[0])
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
