import { z } from 'zod'
import { sameTarget } from '../../entitlement/kinds/kinds.ts'
import { GroupId, type PersonId, PersonId as Person } from '../../people.ts'
import { ok, refuse, type Result } from '../../result.ts'
import type { Standing, Unread } from '../../request/since-last-look.ts'
import type { ActiveInstance, Eligibility, Engine, Held, Holder, Wanted } from '../../workflow/ports/engine.ts'
import type { Directory } from '../../workflow/ports/directory.ts'
import { guarded } from '../pim/assignments.ts'
import { accountIn, accountOf } from '../pim/may-still-ask.ts'
import { Rule, rulesIn, unreadable } from '../pim/rules.ts'
import type { ArmReader } from '../wire/arm-reader.ts'
import type { Reader } from '../wire/graph-reader.ts'
import { active, assignedTo, type AzureListed, eligible, lets, listedAt, pimVersion } from './lists.ts'
import { asAzureRole, type AzureTarget, nameIn, provider, roleDefinitionOf, subscriptionOf } from './target.ts'

const whoMay = 'reading who may activate an Azure role'
const whatIsActive = 'reading which Azure roles are active'

/** One schedule of an assignment, and one item of roleManagementPolicyAssignments. */
const Schedule = z.object({ properties: z.object({ roleAssignmentScheduleRequestId: z.string().nullish() }) })
const Policy = z.object({
  properties: z.object({ roleDefinitionId: z.string(), effectiveRules: z.array(Rule).nullish() }),
})
const Definition = z.object({ properties: z.object({ roleName: z.string() }) })

/** A schedule never comes from another request than it did, so it is asked once. */
const mostRemembered = 2_000

type Reads = Pick<
  Engine,
  'nameOf' | 'eligibility' | 'askers' | 'rules' | 'active' | 'activeOf' | 'standingOf' | 'holdings' | 'holders'
>

/** PIM for Azure resources, read with the bot's own identity: it needs Reader on the scopes of the catalogue. */
export function azureReads(arm: ArmReader, graph: Reader, { membersOf }: Pick<Directory, 'membersOf'>): Reads {
  const origins = new Map<string, string>()

  const eligibilitiesOf = async (person: PersonId, target: AzureTarget) =>
    (await listedAt(arm, whoMay, target.scope, eligible, assignedTo(person))).filter(lets(target))

  async function eligibility(person: PersonId, target: AzureTarget): Promise<Eligibility | undefined> {
    const found = await eligibilitiesOf(person, target)
    const own = found.filter(({ principal }) => principal === person)
    const [through] = found
    if (through === undefined) return undefined
    if (own.length > 0) return { person, through: null, until: latest(own) }
    const same = found.filter(({ principal }) => principal === through.principal)
    return { person, through: GroupId.parse(through.principal), until: latest(same) }
  }

  /** The request that a schedule was made by; null where that is not told yet. */
  async function originOf(scope: string, schedule: string): Promise<string | null> {
    const known = origins.get(schedule)
    if (known !== undefined) return known
    const path = `${scope}${provider}/roleAssignmentSchedules/${encodeURIComponent(schedule)}`
    const read = await arm.maybe(whatIsActive, path, { 'api-version': pimVersion }, Schedule)
    const request = read?.properties.roleAssignmentScheduleRequestId
    if (!request) return null
    const [oldest] = origins.keys()
    if (origins.size >= mostRemembered && oldest !== undefined) origins.delete(oldest)
    origins.set(schedule, nameIn(request))
    return nameIn(request)
  }

  const instance = async (listed: AzureListed, person: PersonId): Promise<ActiveInstance> => ({
    id: listed.id,
    person,
    from: listed.from ?? new Date(0),
    until: listed.until,
    createdBy:
      listed.held === 'activated' && listed.schedule !== null
        ? await originOf(listed.target.scope, listed.schedule)
        : null,
    activated: listed.held === 'activated',
  })

  const instancesOf = (found: readonly AzureListed[], person: PersonId, target: AzureTarget) =>
    Promise.all(
      found
        .filter((each) => each.principal === person && sameTarget(each.target, target))
        .map((each) => instance(each, person)),
    )

  return {
    async nameOf(asked) {
      const { role, scope } = asAzureRole(asked)
      const path = `${scope}${provider}/roleDefinitions/${role}`
      const found = await arm.maybe('reading an Azure role', path, { 'api-version': '2022-04-01' }, Definition)
      return found === undefined ? undefined : `${found.properties.roleName} on ${nameIn(scope)}`
    },

    eligibility: (person, asked) => eligibility(person, asAzureRole(asked)),

    async askers(asked) {
      const target = asAzureRole(asked)
      const listed = (await listedAt(arm, whoMay, target.scope, eligible, 'atScope()')).filter(lets(target))
      const found = new Set<PersonId>()
      for (const { isGroup, principal } of listed) {
        const people = isGroup
          ? (await membersOf(GroupId.parse(principal))).map(({ id }) => id)
          : [Person.parse(principal)]
        for (const person of people) found.add(person)
      }
      return [...found]
    },

    async rules(asked) {
      const target = asAzureRole(asked)
      const query = { 'api-version': pimVersion, $filter: `roleDefinitionId eq '${roleDefinitionOf(target)}'` }
      const path = `${target.scope}${provider}/roleManagementPolicyAssignments`
      const found = await arm.all("reading a policy's rules", path, query, Policy)
      // The contract knows no filter here: whether it was heeded or not, another role's settings are not this one's.
      const [own, second] = found.filter(({ properties }) => nameIn(properties.roleDefinitionId) === target.role)
      if (own === undefined || second !== undefined) throw unreadable(`${found.length} policies apply to it`)
      return rulesIn(own.properties.effectiveRules ?? [])
    },

    async active(person, asked) {
      const target = asAzureRole(asked)
      const filter = `principalId eq '${person}'`
      return instancesOf(await listedAt(arm, whatIsActive, target.scope, active, filter), person, target)
    },

    /** Resource Manager has no batch: one list of a place for all who wait there. */
    async activeOf(wanted) {
      const scopes = Map.groupBy(wanted, ({ target }) => asAzureRole(target).scope)
      const lists = new Map<string, Result<readonly AzureListed[], Unread>>()
      for (const [scope, some] of scopes) {
        const [{ person } = { person: null }, another] = some
        const filter = another === undefined ? `principalId eq '${person}'` : 'atScope()'
        lists.set(scope, await guarded(() => listedAt(arm, whatIsActive, scope, active, filter)))
      }
      return Promise.all(wanted.map((one) => oneOf(one, lists)))
    },

    async standingOf(wanted) {
      const people = [...new Set(wanted.map(({ person }) => person))]
      const came = await graph.several('reading who may still ask', people.map(accountOf))
      const accounts = new Map(people.map((person, index) => [person, accountIn(came[index]?.came)]))
      const answers: Result<Standing, Unread>[] = []
      for (const { person, target } of wanted) {
        const account = accounts.get(person) ?? refuse({ why: 'not asked', retryAfter: null })
        answers.push(
          account.ok && account.value === 'may'
            ? await guarded(async () =>
                (await eligibility(person, asAzureRole(target))) === undefined ? 'not-eligible' : 'may',
              )
            : account,
        )
      }
      return answers
    },

    /** Eligibilities are in no inventory: they are asked for subscription by subscription, of those that are named. */
    async holdings(person, named) {
      const subscriptions = [...new Set(named.map((target) => subscriptionOf(asAzureRole(target).scope)))]
      const found = await Promise.all(
        subscriptions.flatMap((scope) => [
          listedAt(arm, whatIsActive, scope, active, assignedTo(person)),
          listedAt(arm, whoMay, scope, eligible, assignedTo(person)),
        ]),
      )
      const rows = found.flat().flatMap((each) => heldRows(each, named.map(asAzureRole)))
      return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
    },

    async holders(asked) {
      const target = asAzureRole(asked)
      const lists = await Promise.all([
        listedAt(arm, whatIsActive, target.scope, active, 'atScope()'),
        listedAt(arm, whoMay, target.scope, eligible, 'atScope()'),
      ])
      return (
        await Promise.all(
          lists
            .flat()
            .filter(lets(target))
            .map((each) => holdersIn(each, target)),
        )
      ).flat()
    },
  }

  async function oneOf(
    { person, target }: Wanted,
    lists: ReadonlyMap<string, Result<readonly AzureListed[], Unread>>,
  ): Promise<Result<readonly ActiveInstance[], Unread>> {
    const own = asAzureRole(target)
    const list = lists.get(own.scope)
    if (list === undefined) return ok([])
    return list.ok ? guarded(() => instancesOf(list.value, person, own)) : list
  }

  async function holdersIn(listed: AzureListed, target: AzureTarget): Promise<readonly Holder[]> {
    const name = listed.principalName ?? listed.principal
    const held = { ...rowOf(listed, target), through: null }
    if (!listed.isGroup) return [{ ...held, name, person: Person.safeParse(listed.principal).data ?? null }]
    const members = await membersOf(GroupId.parse(listed.principal))
    return members.map((member) => ({ ...held, through: name, name: member.name, person: member.id }))
  }
}

const rowOf = ({ held, from, until, isGroup, principalName, principal }: AzureListed, target: AzureTarget): Held => ({
  target,
  as: held ?? 'eligible',
  through: isGroup ? (principalName ?? principal) : null,
  from,
  until,
})

/** What is eligible above a named place may be activated there: it is a row of that place, and one of its own. */
function heldRows(listed: AzureListed, named: readonly AzureTarget[]): readonly Held[] {
  const below = listed.held === null ? named.filter((target) => lets(target)(listed)) : []
  const own = below.some((target) => sameTarget(target, listed.target)) ? [] : [listed.target]
  return [...own, ...below].map((target) => rowOf(listed, target))
}

function latest(found: readonly AzureListed[]): Date | null {
  const ends = found.map(({ until }) => until)
  return ends.includes(null) ? null : new Date(Math.max(...ends.map((end) => end?.getTime() ?? 0)))
}
