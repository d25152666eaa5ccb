import type { Catalogue, Entitlement, EntitlementId } from '../entitlement/entitlement.ts'
import { neverAzureRoles, neverDirectoryRoles } from '../entitlement/never.ts'
import { spellingOf, type Spelling } from './spelling.ts'
import { wordsOf, type Word } from './words.ts'

/** The names of a catalogue, indexed for finding them in a text. */
export interface Names {
  /** What each name means, its words joined; and, order aside, its words sorted. */
  readonly meaning: ReadonlyMap<string, ReadonlySet<EntitlementId | 'never'>>
  readonly longest: number
  readonly spelling: Spelling
  /** Azure regions that an exception allows: the only ones worth recognising. */
  readonly regions: readonly string[]
  /** For each entry, the words of what it is called, and of what it grants besides. */
  readonly called: ReadonlyMap<
    EntitlementId,
    { readonly names: ReadonlySet<string>; readonly all: ReadonlySet<string> }
  >
}

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
    .sort()
    .join(' ')}`
export const rawKey = (words: readonly Word[]): string => words.map(({ raw }) => raw).join('')
export const tight = (words: readonly Word[]): readonly Word[] => words.filter(({ raw }) => !loose.has(raw))

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
  const words = [...catalogue.entitlements.values()].map((entry) => {
    const spoken = spokenNames(entry)
    for (const name of [...spoken, ...spoken.flatMap(withoutHolder)]) learn(name, entry.id)
    const names = stems([...spoken, entry.kind, ...targetWords(entry)].join(' '))
    return [entry.id, { names, all: new Set([...names, ...stems(entry.grants)]) }] as const
  })
  for (const role of [...neverDirectoryRoles, ...neverAzureRoles])
    for (const name of role.name === 'Owner' ? role.alsoCalled : [role.name, ...role.alsoCalled]) learn(name, 'never')
  for (const [, { all }] of words) for (const word of all) vocabulary.add(word)
  return {
    meaning,
    longest: longest + 2,
    spelling: spellingOf(vocabulary),
    regions: regionsOf(catalogue),
    called: new Map(words),
  }
}

const stems = (text: string): ReadonlySet<string> => new Set(wordsOf(text).map(({ stem }) => stem))
const targetWords = (entry: Entitlement): readonly string[] =>
  Object.values(entry.target).filter(
    (value) => typeof value === 'string' && !/^[0-9a-f-]{36}$|^properties\./.test(value),
  ) as string[] // all strings, as just filtered

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

function regionsOf({ entitlements }: Catalogue): readonly string[] {
  const lists = [...entitlements.values()].map((entry) => ('limits' in entry ? entry.limits['regions'] : undefined))
  return lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : []))
}
