import { list } from '../graph/call.ts'
import type { GraphHandler } from '../graph/call.ts'
import { readingOthers } from '../directory-roles/role-operations.ts'
import type { Entity, EntityType } from '../graph/odata-query.ts'
import type { Seed } from '../seed/seed.ts'
import type { Subject } from '../seed/parts.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

type Package = Seed['accessPackages'][number]
type Policy = Package['policies'][number]

const packageType = (tenant: EmulatedTenant): EntityType<Package> => ({
  name: 'microsoft.graph.accessPackage',
  properties: ({ id, name, description }) => ({
    id,
    displayName: name,
    description,
    isHidden: false,
    createdDateTime: tenant.startedAt.toISOString(),
    modifiedDateTime: tenant.startedAt.toISOString(),
  }),
  expand: {
    assignmentPolicies: ({ policies }) => policies.map((policy) => policyOf(tenant, policy)),
    catalog: ({ catalog }) => catalogOf(tenant, catalog),
  },
  filterable: { displayName: ['eq'], id: ['eq'] },
})

const policyOf = (tenant: EmulatedTenant, policy: Policy) => ({
  id: policy.id,
  displayName: policy.name,
  description: '',
  allowedTargetScope: policy.allowedTargetScope,
  specificAllowedTargets: (policy.specificAllowedTargets ?? []).flatMap((subject) => subjectSet(tenant, subject)),
  expiration: { type: 'afterDuration', duration: policy.expiration, endDateTime: null },
  requestorSettings: {
    enableTargetsToSelfAddAccess: true,
    enableTargetsToSelfUpdateAccess: false,
    enableTargetsToSelfRemoveAccess: policy.selfRemove,
    allowCustomAssignmentSchedule: policy.customSchedule,
    enableOnBehalfRequestorsToAddAccess: policy.onBehalf === 'manager',
    enableOnBehalfRequestorsToUpdateAccess: false,
    enableOnBehalfRequestorsToRemoveAccess: false,
    onBehalfRequestors:
      policy.onBehalf === 'manager' ? [{ '@odata.type': '#microsoft.graph.targetManager', managerLevel: 1 }] : [],
  },
})

/** A target as Graph names it; one that has left the directory is named no more. */
function subjectSet(tenant: EmulatedTenant, subject: Subject): Entity[] {
  const user = 'user' in subject ? tenant.people.get(subject.user) : undefined
  const group = 'group' in subject ? tenant.groups.get(subject.group) : undefined
  if (user !== undefined)
    return [{ '@odata.type': '#microsoft.graph.singleUser', userId: user.objectId, description: user.displayName }]
  if (group === undefined) return []
  return [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: group.objectId, description: group.name }]
}

function catalogOf(tenant: EmulatedTenant, name: string) {
  const found = tenant.seed.accessPackageCatalogs.find((each) => each.name === name)
  if (found === undefined) return null
  const { id, isExternallyVisible } = found
  return { id, displayName: name, description: null, isExternallyVisible, state: 'published' }
}

export const packageOperations: Readonly<Record<string, GraphHandler>> = {
  'GET /identityGovernance/entitlementManagement/accessPackages': (call) => {
    readingOthers(call)
    return list(call, packageType(call.tenant), call.tenant.seed.accessPackages)
  },
}
