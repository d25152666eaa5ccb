import { currentUserOn, denied, list, one, personCalling } from './graph-call.ts'
import type { GraphCall, GraphHandler } from './graph-call.ts'
import { expandedPrincipal } from './graph-directory.ts'
import type { EntityType, Expansion } from './odata-query.ts'
import { currentEligibilities, mayReadOthers, reaches, visibleAssignments } from './pim-reads.ts'
import type { DirectoryRole, RoleAssignment, RoleEligibility } from './pim-state.ts'
import { instanceId } from './stable-id.ts'
import type { EmulatedTenant } from './tenant.ts'

const roles = '/roleManagement/directory'
const mine = "filterByCurrentUser(on='{on}')"

export const roleDefinition: EntityType<DirectoryRole> = {
  name: 'microsoft.graph.unifiedRoleDefinition',
  properties: ({ id, displayName }) => ({
    id,
    description: null,
    displayName,
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ['/'],
    templateId: id,
    version: '1',
    rolePermissions: [],
  }),
  filterable: { displayName: ['eq', 'startswith'], id: ['eq'], isBuiltIn: ['eq'], templateId: ['eq'] },
}

type Held = { roleId: string; principalId: string }

/** The navigations that eligibilities, assignments and requests have in common. */
export function heldNavigation(tenant: EmulatedTenant) {
  return {
    principal: ({ principalId }: Held, { select }: Expansion) => expandedPrincipal(tenant, principalId, select),
    roleDefinition: ({ roleId }: Held) => {
      const role = tenant.roles.get(roleId)
      return role === undefined ? null : roleDefinition.properties(role)
    },
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

const held = ({ roleId, principalId }: Held) => ({
  principalId,
  roleDefinitionId: roleId,
  directoryScopeId: '/',
  appScopeId: null,
})

const window = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }) => ({
  startDateTime: startsAt.toISOString(),
  endDateTime: endsAt?.toISOString() ?? null,
})

const scheduleInfo = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }) => ({
  startDateTime: startsAt.toISOString(),
  recurrence: null,
  expiration: {
    type: endsAt === null ? 'noExpiration' : 'afterDateTime',
    endDateTime: endsAt?.toISOString() ?? null,
    duration: null,
  },
})

/** How the caller comes by it: through a group only where the list is the caller's own. */
const memberType = (viaGroup: boolean) => (viaGroup ? 'Group' : 'Direct')

function eligibilitySchedule(tenant: EmulatedTenant, viaGroup: Via): EntityType<RoleEligibility> {
  return {
    name: 'microsoft.graph.unifiedRoleEligibilitySchedule',
    properties: (eligibility) => ({
      id: eligibility.id,
      ...held(eligibility),
      createdUsing: eligibility.id,
      createdDateTime: eligibility.startsAt.toISOString(),
      modifiedDateTime: null,
      status: 'Provisioned',
      memberType: memberType(viaGroup(eligibility)),
      scheduleInfo: scheduleInfo(eligibility),
    }),
    expand: heldNavigation(tenant),
    filterable,
  }
}

function eligibilityInstance(tenant: EmulatedTenant, viaGroup: Via): EntityType<RoleEligibility> {
  return {
    name: 'microsoft.graph.unifiedRoleEligibilityScheduleInstance',
    properties: (eligibility) => ({
      id: instanceId(eligibility.id, '1-e'),
      ...held(eligibility),
      ...window(eligibility),
      memberType: memberType(viaGroup(eligibility)),
      roleEligibilityScheduleId: eligibility.id,
    }),
    expand: heldNavigation(tenant),
    filterable: { ...filterable, roleEligibilityScheduleId: ['eq'], startDateTime: compare, endDateTime: compare },
  }
}

const compare = ['eq', 'ge', 'le', 'gt', 'lt'] as const

export function assignmentSchedule(tenant: EmulatedTenant, viaGroup: Via): EntityType<RoleAssignment> {
  return {
    name: 'microsoft.graph.unifiedRoleAssignmentSchedule',
    properties: (assignment) => ({
      id: assignment.id,
      ...held(assignment),
      createdUsing: assignment.id,
      createdDateTime: assignment.createdAt.toISOString(),
      modifiedDateTime: null,
      status: 'Provisioned',
      assignmentType: assignment.type,
      memberType: memberType(viaGroup(assignment)),
      scheduleInfo: scheduleInfo(assignment),
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

function assignmentInstance(tenant: EmulatedTenant, viaGroup: Via): EntityType<RoleAssignment> {
  return {
    name: 'microsoft.graph.unifiedRoleAssignmentScheduleInstance',
    properties: (assignment) => ({
      id: instanceId(assignment.id, '1'),
      ...held(assignment),
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

type Via = (held: Held) => boolean
export const direct: Via = () => false

/** @throws {Refusal} 403 where a person without a reading role asks for what is not theirs alone. */
export function readingOthers(call: GraphCall) {
  const { tenant, caller } = call
  if (caller.kind === 'delegated' && !mayReadOthers(tenant, caller.person)) throw denied()
}

/** The three reads of a collection: all of it, the caller's own, one. */
function reads<Source extends Held>(
  collection: string,
  keyName: string,
  type: (tenant: EmulatedTenant, viaGroup: Via) => EntityType<Source>,
  sources: (tenant: EmulatedTenant) => readonly Source[],
): Record<string, GraphHandler> {
  return {
    [`GET ${roles}/${collection}`]: (call) => {
      readingOthers(call)
      return list(call, type(call.tenant, direct), sources(call.tenant))
    },
    [`GET ${roles}/${collection}/${mine}`]: (call) => {
      const { person } = personCalling(call)
      currentUserOn(call, ['principal'])
      const own = sources(call.tenant).filter(({ principalId }) => reaches(call.tenant, principalId, person))
      return list(
        call,
        type(call.tenant, ({ principalId }) => principalId !== person.objectId),
        own,
      )
    },
    [`GET ${roles}/${collection}/{${keyName}}`]: (call) => {
      const entity = type(call.tenant, direct)
      const found = sources(call.tenant).find((source) => entity.properties(source)['id'] === call.keys[0])
      const own =
        found !== undefined &&
        call.caller.kind === 'delegated' &&
        reaches(call.tenant, found.principalId, call.caller.person)
      if (!own) readingOthers(call)
      return one(call, entity, found)
    },
  }
}

/** Schedules are what is in force now or later; instances only what is in force now. */
const unfinished = <Source extends { endsAt: Date | null }>(tenant: EmulatedTenant, sources: readonly Source[]) =>
  sources.filter(({ endsAt }) => endsAt === null || endsAt > tenant.now())

export const roleOperations: Readonly<Record<string, GraphHandler>> = {
  [`GET ${roles}/roleDefinitions`]: (call) => list(call, roleDefinition, [...call.tenant.roles.values()]),
  [`GET ${roles}/roleDefinitions/{unifiedRoleDefinition-id}`]: (call) =>
    one(call, roleDefinition, call.tenant.roles.get(call.keys[0] ?? '')),
  ...reads('roleEligibilitySchedules', 'unifiedRoleEligibilitySchedule-id', eligibilitySchedule, (tenant) =>
    unfinished(tenant, tenant.eligibilities),
  ),
  ...reads(
    'roleEligibilityScheduleInstances',
    'unifiedRoleEligibilityScheduleInstance-id',
    eligibilityInstance,
    currentEligibilities,
  ),
  ...reads('roleAssignmentSchedules', 'unifiedRoleAssignmentSchedule-id', assignmentSchedule, (tenant) =>
    unfinished(tenant, tenant.assignments),
  ),
  ...reads(
    'roleAssignmentScheduleInstances',
    'unifiedRoleAssignmentScheduleInstance-id',
    assignmentInstance,
    visibleAssignments,
  ),
}
