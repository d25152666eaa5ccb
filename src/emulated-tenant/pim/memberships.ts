import { groupBy, principalBy } from '../state/people-and-groups.ts'
import type { Group } from '../state/people-and-groups.ts'
import type { Assignment } from '../state/pim.ts'
import { resourceBy } from '../state/pim-resources.ts'
import { stableGuid } from '../stable-id.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

/** An assignment that begins puts its holder into the group that it is about; one for a role changes no group. */
export function enter(tenant: EmulatedTenant, assignment: Assignment) {
  change(tenant, assignment, (ids, id) => ids.add(id))
}

export function leave(tenant: EmulatedTenant, assignment: Assignment) {
  change(tenant, assignment, (ids, id) => ids.delete(id))
}

function change(
  tenant: EmulatedTenant,
  { resource, principalId }: Assignment,
  apply: (ids: Set<string>, id: string) => unknown,
) {
  const { id, access } = resourceBy(tenant, resource)
  const group = access === null ? undefined : groupBy(tenant, id)
  const principal = principalBy(tenant, principalId)
  if (group === undefined || principal === undefined) return
  const { members, owners, memberGroups } = group.activated
  if (principal.kind === 'group') apply(memberGroups, principal.group.name)
  else apply(access === 'owner' ? owners : members, principal.person.id)
}

/** Who is in a group, or owns it, without PIM: assigned for good, as it shows them once it has taken the group in. */
export function standing(tenant: EmulatedTenant, key: string): Assignment[] {
  const { id: groupId, access, onboarded } = resourceBy(tenant, key)
  const group = access === null || !onboarded ? undefined : groupBy(tenant, groupId)
  if (group === undefined) return []
  return holdersOf(tenant, group, access === 'owner').map((principalId) => ({
    id: stableGuid('standing', key, principalId),
    resource: key,
    principalId,
    type: 'Assigned',
    startsAt: tenant.startedAt,
    endsAt: null,
    visibleFrom: tenant.startedAt,
    listings: 0,
    activatedUsing: null,
    createdAt: tenant.startedAt,
  }))
}

function holdersOf(tenant: EmulatedTenant, { owners, members, memberGroups }: Group, asOwners: boolean): string[] {
  const people = (asOwners ? owners : members).flatMap((id) => tenant.people.get(id)?.objectId ?? [])
  return asOwners ? people : [...people, ...memberGroups.flatMap((name) => tenant.groups.get(name)?.objectId ?? [])]
}
