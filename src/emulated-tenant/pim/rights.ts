import { groupBy, personBy, transitiveMembers } from '../state/people-and-groups.ts'
import type { Person } from '../state/people-and-groups.ts'
import type { AssignmentRequest, Resource } from '../state/pim.ts'
import { resourceBy } from '../state/pim-resources.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { holds } from './reads.ts'
import { globalAdministrator, privilegedRoleAdministrator, waysOf } from './ways.ts'

/** The roles whose holders may read everybody's eligibilities, assignments and policies. */
const readers = [
  globalAdministrator,
  privilegedRoleAdministrator,
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451', // Global Reader
  '5d6b6bb7-de71-4623-b4af-96380a352509', // Security Reader
  '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', // Security Operator
  '194ae4cb-b126-40b2-bd5b-6091b380977d', // Security Administrator
]

export const mayAdminister = (tenant: EmulatedTenant, person: Person, resource: Resource): boolean =>
  waysOf(resource).administers(tenant, person, resource)

export const mayReadOthers = (tenant: EmulatedTenant, person: Person): boolean => holds(tenant, person, readers)

/** Everybody who may decide activations now: groups resolved at any depth, disabled accounts left out. */
function approversOf(tenant: EmulatedTenant, resource: Resource): Person[] {
  const named = resource.activation.approvers ?? []
  const found =
    named.length === 0 && waysOf(resource).administratorsApprove
      ? [...tenant.people.values()].filter((person) => mayAdminister(tenant, person, resource))
      : named.flatMap((objectId) => {
          const group = groupBy(tenant, objectId)
          if (group !== undefined) return transitiveMembers(tenant, group)
          return personBy(tenant, objectId) ?? []
        })
  return [...new Set(found)].filter(({ accountEnabled }) => accountEnabled)
}

export function mayDecide(tenant: EmulatedTenant, request: AssignmentRequest, person: Person): boolean {
  if (request.step === null || isOwnRequest(request, person)) return false
  return approversOf(tenant, resourceBy(tenant, request.ask.resource)).includes(person)
}

export const isOwnRequest = ({ ask, createdBy }: AssignmentRequest, { objectId }: Person): boolean =>
  ask.principalId === objectId || createdBy.objectId === objectId
