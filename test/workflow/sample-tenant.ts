import { resolve } from 'node:path'
import type { EntraAsks, StagePeople } from '../../src/approval/plan.ts'
import { loadSeed } from '../../src/emulated-tenant/seed/seed-file.ts'
import type { Seed } from '../../src/emulated-tenant/seed/seed.ts'
import type { Catalogue, Entitlement } from '../../src/entitlement/entitlement.ts'
import type { StageRule } from '../../src/entitlement/entry.ts'
import { type Person, PersonId } from '../../src/people.ts'

// What the sample tenant says of its people, read from its seed alone: no server, no clock, no client of ours.

type Seeded = Seed['people'][number]
type Subject = { user: string } | { group: string }

/** What the tenant itself says about asking for one thing, for one person. */
export interface TenantSays {
  readonly mayAsk: boolean
  /** Entra's own stages in order; none where it asks nobody, several only for packages. */
  readonly asks: readonly EntraAsks[]
  /** The same as an administrator reads it: groups by name, and "manager" for everybody's own. */
  readonly inWords: string
}

export async function readSampleTenant() {
  const seed = await loadSeed(resolve(import.meta.dirname, '../../sample/contoso/tenant.yaml'))
  const bySeedId = new Map(seed.people.map((person) => [person.id, person]))
  const groups = new Map(seed.groups.map((group) => [group.name, group]))

  const person = (id: string): Person => personOf(found(bySeedId.get(id), id), seed.organisation.domain)
  const membersOf = (name: string): readonly string[] => {
    const { members, memberGroups } = found(groups.get(name), name)
    return [...new Set([...members, ...memberGroups.flatMap(membersOf)])]
  }
  const managerOf = (id: string): readonly Person[] => {
    const manager = bySeedId.get(id)?.manager ?? null
    return manager === null ? [] : [person(manager)]
  }
  const people = (subject: Subject): readonly Person[] =>
    'user' in subject ? [person(subject.user)] : membersOf(subject.group).map(person)
  const reaches = (subject: Subject, id: string): boolean =>
    'user' in subject ? subject.user === id : membersOf(subject.group).includes(id)

  const pim = (settings: Pim | undefined, id: string): TenantSays => {
    const { activation, eligible } = found(settings, 'PIM settings')
    const { approval } = activation
    return {
      mayAsk: eligible.some((each) => each.startsIn === undefined && reaches(each, id)),
      asks: approval === 'none' ? [] : [{ asks: 'approvers', people: unique(approval.approvers.flatMap(people)) }],
      inWords: approval === 'none' ? 'nobody' : named(approval.approvers),
    }
  }

  /** A package's own stages: its approvers, whoever stands in for a missing manager, and whoever joins after a while. */
  const packaged = (name: unknown, id: string): TenantSays => {
    const { policies } = found(
      seed.accessPackages.find((each) => each.name === name),
      String(name),
    )
    const own = policies.find(({ allowedTargetScope, specificAllowedTargets = [] }) =>
      allowedTargetScope === 'specificDirectoryUsers'
        ? specificAllowedTargets.some((subject) => reaches(subject, id))
        : allowedTargetScope === 'allDirectoryUsers' || bySeedId.get(id)?.userType === 'Member',
    )
    // Who would decide is told for everybody, so whoever comes under no policy is looked at under the first.
    const { stages } = found(own ?? policies[0], `a policy of ${String(name)}`)
    return {
      mayAsk: own !== undefined,
      asks: stages.map(({ approvers, fallback, alternates }) => {
        const primary = approvers.flatMap((each) => ('manager' in each ? managerOf(id) : people(each)))
        const first = primary.length === 0 ? fallback.flatMap(people) : primary
        return { asks: 'approvers', people: unique([...first, ...alternates.flatMap(people)]) }
      }),
      inWords:
        stages
          .map(({ approvers, fallback, alternates }) => {
            const without = fallback.length === 0 ? '' : ` (who has none: ${named(fallback)})`
            const late = alternates.length === 0 ? '' : `, later ${named(alternates)}`
            return `${named(approvers)}${without}${late}`
          })
          .join('; after that ') || 'nobody',
    }
  }

  return {
    person,
    managerOf,
    people: seed.people,
    /** Members of the tenant: guests are somebody else's people. */
    internal: seed.people.filter(({ userType }) => userType === 'Member').map(({ id }) => id),
    handleOf: (id: PersonId) => seed.people.find(({ objectId }) => objectId === id)?.id ?? id,

    saysOf(entitlement: Entitlement, id: string): TenantSays {
      switch (entitlement.kind) {
        case 'directoryRole': {
          const { templateId } = entitlement.target
          return pim(
            seed.directoryRoles.find((each) => each.templateId === templateId),
            id,
          )
        }
        case 'group': {
          const { group, access } = entitlement.target
          return pim(
            seed.pimGroups.find((each) => each.group === group && each.access === access),
            id,
          )
        }
        case 'azureRole': {
          const { roleId, resource } = entitlement.target
          return pim(
            seed.azure.roles.find((each) => each.roleId === roleId && each.scope === resource),
            id,
          )
        }
        case 'accessPackage':
          return packaged(entitlement.target['package'], id)
        default:
          // Exceptions: the tenant has no rule of its own, so the catalogue's is all there is.
          return {
            mayAsk: (entitlement.requesters ?? []).some((group) => reaches({ group }, id)),
            asks: [],
            inWords: '',
          }
      }
    },

    stagePeople(catalogue: Catalogue, entitlement: Entitlement, rule: StageRule, requester: string): StagePeople {
      if (rule.from === 'owner') {
        const { owners } = entitlement
        return { rule, people: owners.map(person), lastResort: owners.flatMap(managerOf) }
      }
      if (rule.from === 'manager') return { rule, people: managerOf(requester), lastResort: [] }
      const set = found(catalogue.approvers.get(rule.from.set), rule.from.set)
      return { rule, people: membersOf(set.group).map(person), lastResort: [] }
    },
  }
}
export type SampleTenant = Awaited<ReturnType<typeof readSampleTenant>>

const named = (subjects: readonly (Subject | { manager: number })[]): string =>
  subjects.map((each) => ('manager' in each ? 'manager' : 'user' in each ? each.user : each.group)).join(', ')

type Pim = Pick<Seed['directoryRoles'][number], 'activation' | 'eligible'>

const personOf = (seeded: Seeded, domain: string): Person => ({
  id: PersonId.parse(seeded.objectId),
  name: seeded.displayName,
  title: seeded.title,
  userPrincipalName: seeded.userPrincipalName ?? `${seeded.id}@${domain}`,
  guest: seeded.userType === 'Guest',
  enabled: seeded.accountEnabled,
})

const unique = (people: readonly Person[]): readonly Person[] => [
  ...new Map(people.map((person) => [person.id, person])).values(),
]

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the sample tenant does not have ${what}`)
  return value
}
