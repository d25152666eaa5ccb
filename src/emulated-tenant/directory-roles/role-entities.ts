import { expandedPrincipal } from '../directory/directory-operations.ts'
import { scheduleOf } from '../pim/schedule-info.ts'
import type { EntityType, Expansion } from '../graph/odata-query.ts'
import type { Assignment, Eligibility, Resource } from '../state/pim.ts'
import { instanceId } from '../stable-id.ts'
import { resourceBy } from '../state/pim-resources.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

export const roleDefinition: EntityType<Resource> = {
  name: 'microsoft.graph.unifiedRoleDefinition',
  properties: ({ id, name }) => ({
    id,
    description: null,
    displayName: name,
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ['/'],
    templateId: id,
    version: '1',
    rolePermissions: [],
  }),
  filterable: { displayName: ['eq', 'startswith'], id: ['eq'], isBuiltIn: ['eq'], templateId: ['eq'] },
}

export type Held = { resource: string; principalId: string }

/** The navigations that eligibilities, assignments and requests have in common. */
export function heldNavigation(tenant: EmulatedTenant) {
  return {
    principal: ({ principalId }: Held, { select }: Expansion) => expandedPrincipal(tenant, principalId, select),
    roleDefinition: ({ resource }: Held) => roleDefinition.properties(resourceBy(tenant, resource)),
    directoryScope: () => null,
  }
}

const filterable = {
  id: ['eq'],
  principalId: ['eq', 'ne'],
  roleDefinitionId: ['eq', 'ne'],
  directoryScopeId: ['eq', 'ne'],
  memberType: ['eq'],
  status: ['eq', 'ne'],
} as const

const held = (tenant: EmulatedTenant, { resource, principalId }: Held) => ({
  principalId,
  roleDefinitionId: resourceBy(tenant, resource).id,
  directoryScopeId: '/',
  appScopeId: null,
})

const window = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }) => ({
  startDateTime: startsAt.toISOString(),
  endDateTime: endsAt?.toISOString() ?? null,
})

const memberType = (viaGroup: boolean) => (viaGroup ? 'Group' : 'Direct')

export function eligibilitySchedule(tenant: EmulatedTenant, viaGroup: Via): EntityType<Eligibility> {
  return {
    name: 'microsoft.graph.unifiedRoleEligibilitySchedule',
    properties: (eligibility) => ({
      id: eligibility.id,
      ...held(tenant, eligibility),
      createdUsing: eligibility.id,
      createdDateTime: eligibility.startsAt.toISOString(),
      modifiedDateTime: null,
      status: 'Provisioned',
      memberType: memberType(viaGroup(eligibility)),
      scheduleInfo: scheduleOf(eligibility),
    }),
    expand: heldNavigation(tenant),
    filterable,
  }
}

export function eligibilityInstance(tenant: EmulatedTenant, viaGroup: Via): EntityType<Eligibility> {
  return {
    name: 'microsoft.graph.unifiedRoleEligibilityScheduleInstance',
    properties: (eligibility) => ({
      id: instanceId(eligibility.id, '1-e'),
      ...held(tenant, eligibility),
      ...window(eligibility),
      memberType: memberType(viaGroup(eligibility)),
      roleEligibilityScheduleId: eligibility.id,
    }),
    expand: heldNavigation(tenant),
    filterable: { ...filterable, roleEligibilityScheduleId: ['eq'], startDateTime: compare, endDateTime: compare },
  }
}

const compare = ['eq', 'ge', 'le', 'gt', 'lt'] as const

export function assignmentSchedule(tenant: EmulatedTenant, viaGroup: Via): EntityType<Assignment> {
  return {
    name: 'microsoft.graph.unifiedRoleAssignmentSchedule',
    properties: (assignment) => ({
      id: assignment.id,
      ...held(tenant, assignment),
      createdUsing: assignment.id,
      createdDateTime: assignment.createdAt.toISOString(),
      modifiedDateTime: null,
      status: 'Provisioned',
      assignmentType: assignment.type,
      memberType: memberType(viaGroup(assignment)),
      scheduleInfo: scheduleOf(assignment),
    }),
    expand: {
      ...heldNavigation(tenant),
      activatedUsing: ({ activatedUsing }) => {
        const eligibility = tenant.eligibilities.find(({ id }) => id === activatedUsing)
        return eligibility === undefined ? null : eligibilitySchedule(tenant, direct).properties(eligibility)
      },
    },
    filterable: { ...filterable, assignmentType: ['eq'], createdUsing: ['eq'] },
  }
}

export function assignmentInstance(tenant: EmulatedTenant, viaGroup: Via): EntityType<Assignment> {
  return {
    name: 'microsoft.graph.unifiedRoleAssignmentScheduleInstance',
    properties: (assignment) => ({
      id: instanceId(assignment.id, '1'),
      ...held(tenant, assignment),
      ...window(assignment),
      assignmentType: assignment.type,
      memberType: memberType(viaGroup(assignment)),
      roleAssignmentOriginId: instanceId(assignment.id, '1'),
      roleAssignmentScheduleId: assignment.id,
    }),
    expand: {
      ...heldNavigation(tenant),
      activatedUsing: ({ activatedUsing }) => {
        const eligibility = tenant.eligibilities.find(({ id }) => id === activatedUsing)
        return eligibility === undefined ? null : eligibilityInstance(tenant, direct).properties(eligibility)
      },
    },
    filterable: {
      ...filterable,
      assignmentType: ['eq'],
      roleAssignmentScheduleId: ['eq'],
      startDateTime: compare,
      endDateTime: compare,
    },
  }
}

/** Whether the caller comes by it through a group, which shows only in a list of the caller's own. */
export type Via = (held: Held) => boolean
export const direct: Via = () => false
