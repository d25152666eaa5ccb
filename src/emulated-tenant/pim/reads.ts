import { groupBy, isMember } from '../state/people-and-groups.ts'
import type { Person } from '../state/people-and-groups.ts'
import { holdsScope } from '../state/azure-scopes.ts'
import type { Assignment, Eligibility } from '../state/pim.ts'
import { resourceBy } from '../state/pim-resources.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

export const running = (window: { startsAt: Date; endsAt: Date | null }, at: Date) =>
  window.startsAt <= at && (window.endsAt === null || at < window.endsAt)

export const currentEligibilities = (tenant: EmulatedTenant): Eligibility[] =>
  tenant.eligibilities.filter((eligibility) => running(eligibility, tenant.now()))

/** In force, whether or not already listed. */
export const currentAssignments = (tenant: EmulatedTenant): Assignment[] =>
  tenant.assignments.filter((assignment) => running(assignment, tenant.now()))

/**
 * What one read of the instances shows of these: in force, past the delay of provisioning, and settled. Until then every
 * other read misses a fresh activation, the first one included.
 */
export function listAssignments(tenant: EmulatedTenant, assignments: readonly Assignment[]): Assignment[] {
  return assignments.filter((assignment) => {
    if (!running(assignment, tenant.now()) || assignment.visibleFrom > tenant.now()) return false
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

/** Whether a person holds one of some roles, in the directory or at or above a scope of Azure. */
export function holds(tenant: EmulatedTenant, person: Person, roleIds: readonly string[], scope = '/'): boolean {
  return currentAssignments(tenant).some((each) => {
    const held = resourceBy(tenant, each.resource)
    const there = held.scope === scope || (scope !== '/' && held.scope !== '/' && holdsScope(held.scope, scope))
    return roleIds.includes(held.id) && there && reaches(tenant, each.principalId, person)
  })
}
