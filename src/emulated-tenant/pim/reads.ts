import { groupBy, isMember, personBy, transitiveMembers } from '../state/people-and-groups.ts'
import type { Person } from '../state/people-and-groups.ts'
import type { AssignmentRequest, RoleAssignment, RoleEligibility } from '../state/pim.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814'

/** The roles whose holders may read everybody's eligibilities, assignments and policies. */
const readers = [
  globalAdministrator,
  privilegedRoleAdministrator,
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451', // Global Reader
  '5d6b6bb7-de71-4623-b4af-96380a352509', // Security Reader
  '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', // Security Operator
  '194ae4cb-b126-40b2-bd5b-6091b380977d', // Security Administrator
]

export const running = (window: { startsAt: Date; endsAt: Date | null }, at: Date) =>
  window.startsAt <= at && (window.endsAt === null || at < window.endsAt)

export const currentEligibilities = (tenant: EmulatedTenant): RoleEligibility[] =>
  tenant.eligibilities.filter((eligibility) => running(eligibility, tenant.now()))

/** In force, whether or not already listed. */
export const currentAssignments = (tenant: EmulatedTenant): RoleAssignment[] =>
  tenant.assignments.filter((assignment) => running(assignment, tenant.now()))

/**
 * What one read of the instances shows: in force, past the delay of provisioning, and settled. Until then every other
 * read misses a fresh activation, the first one included.
 */
export function listAssignments(tenant: EmulatedTenant): RoleAssignment[] {
  return currentAssignments(tenant).filter((assignment) => {
    if (assignment.visibleFrom > tenant.now()) return false
    assignment.listings += 1
    const settled = assignment.type === 'Assigned' || assignment.listings > tenant.switches.unsettledReads
    return settled || assignment.listings % 2 === 0
  })
}

/** Whether an id is the person's own or that of a group they are in. */
export function reaches(tenant: EmulatedTenant, principalId: string, person: Person): boolean {
  if (principalId === person.objectId) return true
  const group = groupBy(tenant, principalId)
  return group !== undefined && isMember(tenant, person, group)
}

function holds(tenant: EmulatedTenant, person: Person, roleIds: readonly string[]): boolean {
  return currentAssignments(tenant).some(
    ({ roleId, principalId }) => roleIds.includes(roleId) && reaches(tenant, principalId, person),
  )
}

export const mayAdminister = (tenant: EmulatedTenant, person: Person): boolean =>
  holds(tenant, person, [privilegedRoleAdministrator, globalAdministrator])

export const mayReadOthers = (tenant: EmulatedTenant, person: Person): boolean => holds(tenant, person, readers)

/** Everybody who may decide a role's activations now: groups resolved at any depth, disabled accounts left out. */
function approversOf(tenant: EmulatedTenant, roleId: string): Person[] {
  const named = tenant.roles.get(roleId)?.activation.approvers ?? []
  const found =
    named.length === 0
      ? [...tenant.people.values()].filter((person) => mayAdminister(tenant, person))
      : named.flatMap((objectId) => {
          const group = groupBy(tenant, objectId)
          if (group !== undefined) return transitiveMembers(tenant, group)
          return personBy(tenant, objectId) ?? []
        })
  return [...new Set(found)].filter(({ accountEnabled }) => accountEnabled)
}

export function mayDecide(tenant: EmulatedTenant, request: AssignmentRequest, person: Person): boolean {
  if (request.step === null || isOwnRequest(request, person)) return false
  return approversOf(tenant, request.ask.roleId).includes(person)
}

export const isOwnRequest = ({ ask, createdBy }: AssignmentRequest, { objectId }: Person): boolean =>
  ask.principalId === objectId || createdBy.objectId === objectId
