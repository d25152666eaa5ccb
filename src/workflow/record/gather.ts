import type { EntraAsks, StagePeople } from '../../approval/plan.ts'
import type { Entitlement } from '../../entitlement/entitlement.ts'
import type { StageRule } from '../../entitlement/entry.ts'
import { principalName } from '../../entitlement/entitlement.ts'
import type { TenantRules } from '../../entitlement/terms.ts'
import type { Person, PersonId } from '../../people.ts'
import type { Situation } from '../../request/assess.ts'
import type { RequestId } from '../../request/events.ts'
import type { Edges } from '../ports/ports.ts'
import { engineFor } from './kinds.ts'
import type { ActiveInstance } from '../ports/engine.ts'

type Reads = Pick<Edges, 'tenant' | 'requests' | 'catalogue' | 'now'>

/**
 * Looks up everything that decides whether a person may ask for an entitlement now. Throws when any look-up fails:
 * what could not be read is never taken for "none".
 * @param apart a request of theirs that does not count as another open one.
 * @returns undefined when the directory does not know the person.
 */
export async function gather(
  edges: Reads,
  person: PersonId,
  entitlement: Entitlement,
  apart?: RequestId,
): Promise<Situation | undefined> {
  const { tenant, catalogue } = edges
  const at = edges.now()
  const engine = engineFor(edges, entitlement)
  const target = await engine?.targetFor(entitlement, catalogue)
  if (engine === undefined || target === undefined) {
    const requester = await tenant.person(person)
    if (requester === undefined) return undefined
    // Nothing of the tenant is asked about a kind that cannot be granted yet; `assess` refuses it by its kind.
    return { ...nothingRead, at, requester, beneficiary: requester, entitlement, catalogueDigest: catalogue.digest }
  }
  // Asked at the same moment, and answered only for somebody whom the directory knows: the rest then means nothing.
  const known = tenant.person(person)
  const reads = Promise.all([
    engine.eligibility(person, target),
    engine.rules(target),
    Promise.all(entitlement.stages.map((rule) => peopleOf(edges, entitlement, rule, person))),
    named(edges, entitlement.backup),
    edges.requests.ofPerson(person),
    // Of a request that stands, what is active may be its own.
    apart === undefined ? engine.active(person, target) : [],
    isAmongRequesters(edges, entitlement, person),
  ])
  reads.catch(() => undefined)
  const requester = await known
  if (requester === undefined) return undefined
  const [eligibility, rules, stages, backup, open, active, mayAsk] = await reads
  const [elsewhere] = active.toSorted((one, other) => endOf(other) - endOf(one))
  return {
    at,
    requester,
    beneficiary: requester,
    entitlement,
    target,
    catalogueDigest: catalogue.digest,
    eligible: eligibility !== undefined && mayAsk,
    rules,
    stages,
    backup,
    entra: await entraAsks(edges, rules),
    alreadyOpen: open.some((other) => other.open && other.entitlement === entitlement.id && other.id !== apart),
    ...(elsewhere === undefined ? {} : { elsewhere: { until: elsewhere.until } }),
  }
}

/** The catalogue can narrow whom the tenant lets ask; a group that is not there has no members. */
async function isAmongRequesters({ tenant }: Reads, { requesters }: Entitlement, person: PersonId): Promise<boolean> {
  if (requesters === undefined) return true
  const [groups, ...ids] = await Promise.all([
    tenant.groupsOf(person),
    ...requesters.map((name) => tenant.groupNamed(name)),
  ])
  return ids.some((id) => id !== undefined && groups.has(id))
}

const endOf = ({ until }: ActiveInstance): number => until?.getTime() ?? Infinity

const nothingRead = {
  eligible: false,
  rules: {
    longest: 0 as TenantRules['longest'],
    justification: true,
    ticket: true,
    multiFactor: true,
    approval: { asks: 'nobody' },
  },
  stages: [],
  backup: [],
  entra: { asks: 'nobody' },
  alreadyOpen: false,
} satisfies Omit<Situation, 'at' | 'requester' | 'beneficiary' | 'entitlement' | 'catalogueDigest'>

async function peopleOf(
  edges: Reads,
  entitlement: Entitlement,
  rule: StageRule,
  requester: PersonId,
): Promise<StagePeople> {
  if (rule.from === 'owner') {
    const found = await Promise.all(
      entitlement.owners.map(async (handle) => {
        const name = principalName(edges.catalogue, handle)
        const [owner, manager] = await Promise.all([edges.tenant.personNamed(name), edges.tenant.managerOfNamed(name)])
        return owner === undefined ? [] : [{ owner, manager }]
      }),
    )
    const owners = found.flat()
    return {
      rule,
      people: owners.map(({ owner }) => owner),
      lastResort: owners.flatMap(({ manager }) => manager ?? []),
    }
  }
  if (rule.from === 'manager') {
    const manager = await edges.tenant.managerOf(requester)
    return { rule, people: manager === undefined ? [] : [manager], lastResort: [] }
  }
  const set = edges.catalogue.approvers.get(rule.from.set)
  const group = set === undefined ? undefined : await edges.tenant.groupNamed(set.group)
  return { rule, people: group === undefined ? [] : await edges.tenant.membersOf(group), lastResort: [] }
}

/** The people behind the catalogue's handles; one the directory does not know is nobody. */
async function named(edges: Reads, handles: readonly string[]): Promise<readonly Person[]> {
  const found = await Promise.all(
    handles.map((handle) => edges.tenant.personNamed(principalName(edges.catalogue, handle))),
  )
  return found.filter((person) => person !== undefined)
}

async function entraAsks({ tenant }: Reads, { approval }: TenantRules): Promise<EntraAsks> {
  if (approval.asks === 'nobody') return { asks: 'nobody' }
  const [people, groups] = await Promise.all([
    Promise.all(approval.people.map((id) => tenant.person(id))),
    Promise.all(approval.groups.map((group) => tenant.membersOf(group))),
  ])
  const all = [...people.filter((person) => person !== undefined), ...groups.flat()]
  return { asks: 'approvers', people: [...new Map(all.map((person) => [person.id, person])).values()] }
}
