import type { Catalogue, Entitlement } from '../../entitlement/entitlement.ts'
import type { EntitlementId } from '../../entitlement/entry.ts'
import { builtInRoles } from './built-in-roles.ts'
import { neverAzureRoles, neverDirectoryRoles } from '../../entitlement/never.ts'
import { phrasesOf } from '../language/phrases.ts'
import { spellingOf, type Spelling } from '../language/spelling.ts'
import { wordsOf, type Word } from '../language/words.ts'

/** The names of a catalogue, indexed for finding them in a text. */
export interface Names {
  /** What each name means, its words joined; and, order aside, its words sorted. `elsewhere` is not in the catalogue. */
  readonly meaning: ReadonlyMap<string, ReadonlySet<EntitlementId | 'never' | 'elsewhere'>>
  readonly longest: number
  readonly spelling: Spelling
  /** Azure regions that an exception allows: the only ones worth recognising. */
  readonly regions: readonly string[]
}

const noMeanings = phrasesOf<string>([])
const known = new WeakMap<Catalogue, Names>()

/** The names of a catalogue, made ready once: a catalogue never changes, another one is another object. */
export function namesOf(catalogue: Catalogue): Names {
  const ready = known.get(catalogue) ?? indexNames(catalogue)
  known.set(catalogue, ready)
  return ready
}

/** Small words that a name may have or lack. */
export const loose = new Set('the a an of on in to for with my our role group package'.split(' '))
export const joinedKey = (words: readonly Word[]): string =>
  tight(words)
    .map(({ stem }) => stem)
    .join('')
export const sortedKey = (words: readonly Word[]): string =>
  ` ${tight(words)
    .map(({ stem }) => stem)
    .toSorted()
    .join(' ')}`
export const rawKey = (words: readonly Word[]): string => words.map(({ raw }) => raw).join('')
export const tight = (words: readonly Word[]): readonly Word[] => words.filter(({ raw }) => !loose.has(raw))

function indexNames(catalogue: Catalogue): Names {
  const meaning = new Map<string, Set<EntitlementId | 'never' | 'elsewhere'>>()
  const add = (key: string, id: EntitlementId | 'never' | 'elsewhere') =>
    meaning.set(key, (meaning.get(key) ?? new Set()).add(id))
  const vocabulary = new Set<string>()
  let longest = 1
  const learn = (name: string, id: EntitlementId | 'never' | 'elsewhere', weak = false) => {
    const words = wordsOf(name)
    const solid = tight(words)
    if (weak && (meaning.has(joinedKey(words)) || meaning.has(sortedKey(words)))) return
    add(rawKey(words), id)
    for (const word of [...words.map(({ raw }) => raw), rawKey(words)]) vocabulary.add(word)
    // "Owner" alone is an ordinary word; only with "role" or "subscription" beside it is it the role.
    if (id === 'never' && solid.length < 2) return
    // With a slip in it, "conditional acess" is not known as one idea: it is found by its words alone.
    const apart = wordsOf(name, noMeanings)
    for (const each of [words, apart]) {
      add(joinedKey(each), id)
      if (tight(each).length > 1) add(sortedKey(each), id)
      for (const word of [...tight(each).map(({ stem }) => stem), joinedKey(each)]) vocabulary.add(word)
    }
    longest = Math.max(longest, apart.length)
  }
  const entries = [...catalogue.entitlements.values()]
  for (const entry of entries) for (const name of spokenNames(entry)) learn(name, entry.id)
  // What a name is without its holder is weaker than any name of its own.
  for (const entry of entries) for (const name of spokenNames(entry).flatMap(withoutHolder)) learn(name, entry.id, true)
  for (const [family, ids] of familiesOf(entries))
    if (!meaning.has(joinedKey(wordsOf(family)))) for (const id of ids) learn(family, id)
  for (const role of [...neverDirectoryRoles, ...neverAzureRoles])
    for (const name of role.name === 'Owner' ? role.alsoCalled : [role.name, ...role.alsoCalled]) learn(name, 'never')
  for (const name of builtInRoles) if (!meaning.has(joinedKey(wordsOf(name)))) learn(name, 'elsewhere', true)
  for (const entry of entries) for (const { stem } of wordsOf(entry.grants)) vocabulary.add(stem)
  return { meaning, longest: longest + 2, spelling: spellingOf(vocabulary), regions: regionsOf(catalogue) }
}

/** "AI Research Assistant - Pilot" and "- Legal reviewers" are a family, known by the words they share. */
function familiesOf(entries: readonly Entitlement[]): ReadonlyMap<string, readonly EntitlementId[]> {
  const families = new Map<string, EntitlementId[]>()
  for (const { id, name } of entries) {
    const [family = '', rest] = name.split(/ [-–—:] /)
    if (rest !== undefined) families.set(family, [...(families.get(family) ?? []), id])
  }
  return new Map([...families].filter(([, ids]) => ids.length > 1))
}

/** What an entry is called, by the catalogue and by the tenant. */
export function spokenNames(entry: Entitlement): readonly string[] {
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

function regionsOf({ entitlements }: Catalogue): readonly string[] {
  const lists = [...entitlements.values()].map((entry) => ('limits' in entry ? entry.limits['regions'] : undefined))
  return lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : []))
}
