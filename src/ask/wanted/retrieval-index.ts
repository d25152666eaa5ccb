import type { Catalogue, Entitlement } from '../../entitlement/entitlement.ts'
import type { EntitlementId } from '../../entitlement/entry.ts'
import { environments, holders } from '../language/field.ts'
import { spokenNames } from './name-index.ts'
import { actionsOf } from './role-actions.ts'
import { ideasOf, stemOf, wordsOf } from '../language/words.ts'

/** One entry as it is found by its words. */
export interface Indexed {
  readonly id: EntitlementId
  readonly kind: Entitlement['kind']
  /** How much each stem says of it, from 0 to 1. */
  readonly stems: ReadonlyMap<string, number>
  /** Each name's stems. */
  readonly names: readonly (readonly string[])[]
  readonly environments: ReadonlySet<string>
  readonly holders: ReadonlySet<string>
  /** The longest that can be asked for, in milliseconds. */
  readonly longest: number
  /** How much it opens, for telling the narrower of two: tier, then how many things it lets a person do. */
  readonly breadth: number
  /** What its limits list: `regions`, `deployments`. */
  readonly limited: readonly string[]
}

interface Posting {
  readonly entry: number
  readonly weight: number
}

/** A catalogue's entries by their words, and by the ideas that words stand for. */
export interface RetrievalIndex {
  readonly entries: readonly Indexed[]
  readonly byId: ReadonlyMap<EntitlementId, Indexed>
  readonly postings: ReadonlyMap<string, readonly Posting[]>
  /** How rare a key is: the rarer, the more it tells. */
  rarity(key: string): number
}

const known = new WeakMap<Catalogue, RetrievalIndex>()

/** Made once for each catalogue: it never changes. */
export function retrievalOf(catalogue: Catalogue): RetrievalIndex {
  const ready = known.get(catalogue) ?? build(catalogue)
  known.set(catalogue, ready)
  return ready
}

/** What a name says counts most, then what it is on, then what it grants, then what its role's definition allows. */
const ofGrants = 0.5
const ofTarget = 0.6
const ofActions = 0.35
const ofLimits = 0.4
const ofIdea = 0.5
/** What a word in one of many names says, and what it says more where it is in all of them. */
const ofSomeName = 0.5
const ofEveryName = 0.5

/** An entry goes by a word that says so much of it or more: its names, what it is on, what it grants. */
export const goesBy = 0.5
/** A word that says so much of it is part of what it is called: grants alone are not. */
export const isCalled = 0.6

function build(catalogue: Catalogue): RetrievalIndex {
  const entries = [...catalogue.entitlements.values()].map(indexed)
  const postings = new Map<string, Posting[]>()
  for (const [entry, { stems, kind, limited }] of entries.entries()) {
    const keys = new Map<string, number>([[kindKey(kind), 1], ...limited.map((limit) => [kindKey(limit), 1] as const)])
    for (const [stem, weight] of stems) {
      keys.set(stem, Math.max(keys.get(stem) ?? 0, weight))
      for (const idea of ideasOf(stem)) keys.set(ideaKey(idea), Math.max(keys.get(ideaKey(idea)) ?? 0, weight * ofIdea))
    }
    for (const [key, weight] of keys) {
      const list = postings.get(key) ?? []
      list.push({ entry, weight })
      postings.set(key, list)
    }
  }
  const count = entries.length
  const rare = new Map([...postings].map(([key, list]) => [key, Math.log(1 + count / list.length)] as const))
  const unheard = Math.log(1 + count * 2)
  return {
    entries,
    byId: new Map(entries.map((entry) => [entry.id, entry])),
    postings,
    rarity: (key) => rare.get(key) ?? unheard,
  }
}

export const ideaKey = (idea: number): string => `~${idea}`
export const kindKey = (kind: string): string => `kind:${kind}`

function indexed(entry: Entitlement): Indexed {
  const names = spokenNames(entry).map((name) => solid(name))
  const stems = new Map<string, number>()
  const say = (stem: string, weight: number) => stems.set(stem, Math.max(stems.get(stem) ?? 0, weight))
  for (const stem of new Set(names.flat()))
    say(stem, ofSomeName + ofEveryName * (names.filter((name) => name.includes(stem)).length / names.length))
  for (const target of targetsOf(entry)) {
    say(stemOf(target.toLowerCase().replace(/[^a-z0-9]/g, '')), 1)
    for (const stem of solid(target)) say(stem, ofTarget)
  }
  for (const stem of solid(kindWords[entry.kind])) say(stem, ofTarget)
  // "Push branches" is one thing to do, and "push" and "branches" tell of it as well.
  for (const stem of [...solid(entry.grants), ...solid(entry.grants, false)]) say(stem, ofGrants)
  const lists = listsOf(entry)
  for (const [, items] of lists) for (const stem of solid(items.join(' '))) say(stem, ofLimits)
  for (const stem of solid(actionsOf(entry).words)) say(stem, ofActions)
  const said = [...stems.keys()]
  const breadth = tiers[entry.tier] * 100 + actionsOf(entry).count + solid(entry.grants).length
  return {
    id: entry.id,
    kind: entry.kind,
    stems,
    names,
    environments: new Set(environments.filter((name) => said.includes(name))),
    holders: new Set(holders.filter((name) => names.flat().includes(stemOf(name)))),
    longest: entry.duration.longest,
    breadth,
    limited: lists.map(([name]) => name),
  }
}

/** What the limits of an exception allow by name: regions, deployments, kinds of resources. */
const listsOf = (entry: Entitlement): readonly (readonly [name: string, items: readonly string[]])[] =>
  'limits' in entry
    ? Object.entries(entry.limits).flatMap(([name, list]) =>
        Array.isArray(list) && !name.startsWith('denied') ? [[name, list.map(apart)] as const] : [],
      )
    : []

const tiers = { low: 0, medium: 1, high: 2, severe: 3 }

const small = new Set(
  'the a an of on in to for with from at and or as by that which its their them they one more any every can be is are it this than into over only'.split(
    ' ',
  ),
)
const solid = (text: string, loosely = true): readonly string[] => [
  ...new Set(
    wordsOf(text, undefined, loosely)
      .filter(({ raw }) => !small.has(raw))
      .map(({ stem }) => stem),
  ),
]

/** "polandcentral" is also spoken of as Poland. */
const apart = (item: unknown): string =>
  String(item).replace(
    /^([a-z]{4,})((?:north|south|west|east)?(?:central|north|south|west|east|europe)\d?)$/,
    '$1$2 $1',
  )

/** What the entry is on: resource names, policies, properties, without ids. */
const targetsOf = (entry: Entitlement): readonly string[] =>
  Object.values(entry.target)
    .filter((value): value is string => typeof value === 'string' && value.length > 2 && !/^[0-9a-f-]{36}$/.test(value))
    .map((value) => value.replace(/^properties\./, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' '))

/** What people call such a thing. */
export const kindWords: Readonly<Record<Entitlement['kind'], string>> = {
  directoryRole: 'directory role entra',
  group: 'group',
  azureRole: 'azure role',
  accessPackage: 'access package',
  policyExemption: 'policy exception sandbox',
  outboundFqdn: 'outbound host exception egress sandbox',
  publicNetworkAccess: 'public network exception sandbox',
  ipAllow: 'ip address firewall exception sandbox',
  localAuth: 'local auth key exception sandbox',
  modelCapacity: 'model capacity quota tokens sandbox',
  budgetRaise: 'budget raise sandbox',
  expiryExtension: 'sandbox lifetime expiry',
}
