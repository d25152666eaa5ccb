import { type Entitlement, principalName } from '../../entitlement/entitlement.ts'
import type { GroupName } from '../../entitlement/entry.ts'
import { type Kind, sameTarget } from '../../entitlement/kinds/kinds.ts'
import type { Person, PersonId } from '../../people.ts'
import type { Held } from '../ports/engine.ts'
import type { Edges } from '../ports/ports.ts'
import { engineFor, holdingsOfKind, targetOf } from './kinds.ts'

/** The set of the catalogue whose people are told what no approval explains, and may see who holds what. */
export const securitySet = 'security'

/** What one person is to entries of the catalogue. */
export interface Relation {
  /** Undefined for somebody the directory does not know. */
  self(): Promise<Person | undefined>
  /** Owner or backup. */
  owns(entry: Entitlement): Promise<boolean>
  /** In a set of the catalogue that one of its stages asks. */
  decides(entry: Entitlement): Promise<boolean>
  mayAsk(entry: Entitlement): Promise<boolean>
  /** As Entra lists it: active or eligible, whatever the catalogue says of guests. */
  holds(entry: Entitlement): Promise<boolean>
  /** In the catalogue's set of security people. */
  isSecurity(): Promise<boolean>
}

type Reads = Pick<Edges, 'tenant' | 'catalogue'>

/**
 * Each look-up is made once, and only when it is wanted; one that fails makes the answer fail.
 * @param several whether more than one entry will be asked about: then all that the person has is read at once.
 */
export function relationTo(edges: Reads, person: PersonId, several = true): Relation {
  const { tenant, catalogue } = edges
  const self = once(() => tenant.person(person))
  // By kind: a service that does not answer hides nothing of what others grant.
  const ofKind = new Map<Kind, Promise<readonly Held[]>>()
  const groups = once(() => tenant.groupsOf(person))
  const named = new Map<GroupName, Promise<boolean>>()

  function inGroup(name: GroupName): Promise<boolean> {
    const known = named.get(name)
    if (known !== undefined) return known
    const asked = tenant.groupNamed(name).then(async (group) => group !== undefined && (await groups()).has(group))
    named.set(name, asked)
    return asked
  }
  const inAny = async (names: readonly GroupName[]) => (await Promise.all(names.map(inGroup))).includes(true)
  const setGroups = (sets: readonly string[]) => sets.flatMap((set) => catalogue.approvers.get(set)?.group ?? [])

  async function heldAs(entry: Entitlement, wanted: (held: Held) => boolean): Promise<boolean> {
    const target = await targetOf(edges, entry)
    if (target === undefined) return false
    const known = ofKind.get(entry.kind) ?? holdingsOfKind(edges, person, entry.kind)
    ofKind.set(entry.kind, known)
    return (await known).some((held) => sameTarget(held.target, target) && wanted(held))
  }

  return {
    self,
    isSecurity: () => inAny(setGroups([securitySet])),

    async owns({ owners, backup }) {
      const name = (await self())?.userPrincipalName.toLowerCase()
      return [...owners, ...backup].some((handle) => principalName(catalogue, handle).toLowerCase() === name)
    },

    decides: ({ stages }) => inAny(setGroups(stages.flatMap(({ from }) => (typeof from === 'object' ? from.set : [])))),

    holds: (entry) => heldAs(entry, () => true),

    async mayAsk(entry) {
      const asking = await self()
      if (asking === undefined || !welcome(asking, entry)) return false
      if (entry.requesters !== undefined && !(await inAny(entry.requesters))) return false
      return tenantLets(asking, entry)
    },
  }

  /** As the tenant's own rules have it, whatever the catalogue says. */
  async function tenantLets(asking: Person, entry: Entitlement): Promise<boolean> {
    const engine = engineFor(edges, entry)
    if (engine === undefined) return tenant.kinds[entry.kind].lets(asking, entry, catalogue)
    if (several) return heldAs(entry, ({ as }) => as === 'eligible')
    const target = await engine.targetFor(entry, catalogue)
    return target !== undefined && (await engine.eligibility(person, target)) !== undefined
  }
}

/** Whether the entry is for people of this sort: members of the tenant, guests, or both. */
const welcome = ({ guest }: Person, { guests }: Entitlement): boolean => (guest ? guests !== 'deny' : guests !== 'only')

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined
  return () => (asked ??= read())
}
