import { expandedGroup, expandedPrincipal } from '../directory/directory-operations.ts'
import type { EntityType, Expansion } from '../graph/odata-query.ts'
import { scheduleInfoOf, scheduleOf } from '../pim/schedule-info.ts'
import type { Assignment, AssignmentRequest, Eligibility } from '../state/pim.ts'
import { resourceBy } from '../state/pim-resources.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

export type Held = { resource: string; principalId: string }
/** Whether the caller comes by it through a group, which shows only in a list of the caller's own. */
export type Via = (held: Held) => boolean
export const direct: Via = () => false

/** A word as the service spells it: its contract and its published answers disagree on the first letter. */
export function spelled(tenant: EmulatedTenant, word: string): string {
  const first = word.charAt(0)
  return (tenant.switches.groupWords === 'PascalCase' ? first.toUpperCase() : first.toLowerCase()) + word.slice(1)
}

/** `{group}_{member|owner}_{id}`, of schedules and instances alike. */
export const scheduleId = ({ resource, id }: { resource: string; id: string }) => `${resource}_${id}`

const of = (tenant: EmulatedTenant, { resource, principalId }: Held) => ({
  accessId: resourceBy(tenant, resource).access,
  groupId: resourceBy(tenant, resource).id,
  principalId,
})

const navigation = (tenant: EmulatedTenant) => ({
  principal: ({ principalId }: Held, { select }: Expansion) => expandedPrincipal(tenant, principalId, select),
  group: ({ resource }: Held) => expandedGroup(tenant, resourceBy(tenant, resource).id),
})

export const filterable = {
  id: ['eq'],
  groupId: ['eq'],
  principalId: ['eq'],
  accessId: ['eq'],
  memberType: ['eq'],
  assignmentType: ['eq'],
  status: ['eq', 'ne'],
  action: ['eq', 'ne'],
} as const

const window = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }) => ({
  startDateTime: startsAt.toISOString(),
  endDateTime: endsAt?.toISOString() ?? null,
})

const member = (tenant: EmulatedTenant, viaGroup: boolean) => spelled(tenant, viaGroup ? 'group' : 'direct')

export const eligibilitySchedule = (tenant: EmulatedTenant, via: Via): EntityType<Eligibility> => ({
  name: 'microsoft.graph.privilegedAccessGroupEligibilitySchedule',
  properties: (eligibility) => ({
    id: scheduleId(eligibility),
    ...of(tenant, eligibility),
    createdUsing: eligibility.id,
    createdDateTime: eligibility.startsAt.toISOString(),
    // As published: the beginning of time stands for never.
    modifiedDateTime: '0001-01-01T08:00:00Z',
    status: 'Provisioned',
    memberType: member(tenant, via(eligibility)),
    scheduleInfo: scheduleOf(eligibility),
  }),
  expand: navigation(tenant),
  filterable,
})

export const eligibilityInstance = (tenant: EmulatedTenant, via: Via): EntityType<Eligibility> => ({
  name: 'microsoft.graph.privilegedAccessGroupEligibilityScheduleInstance',
  properties: (eligibility) => ({
    id: scheduleId(eligibility),
    ...of(tenant, eligibility),
    ...window(eligibility),
    memberType: member(tenant, via(eligibility)),
    eligibilityScheduleId: scheduleId(eligibility),
  }),
  expand: navigation(tenant),
  filterable,
})

/** The eligibility that something was activated from. */
const activatedUsing =
  (tenant: EmulatedTenant, type: EntityType<Eligibility>) =>
  ({ activatedUsing: used }: { activatedUsing: string | null }) => {
    const eligibility = tenant.eligibilities.find(({ id }) => id === used)
    return eligibility === undefined ? null : type.properties(eligibility)
  }

export const assignmentSchedule = (tenant: EmulatedTenant, via: Via): EntityType<Assignment> => ({
  name: 'microsoft.graph.privilegedAccessGroupAssignmentSchedule',
  properties: (assignment) => ({
    id: scheduleId(assignment),
    ...of(tenant, assignment),
    createdUsing: assignment.id,
    createdDateTime: assignment.createdAt.toISOString(),
    modifiedDateTime: '0001-01-01T08:00:00Z',
    status: 'Provisioned',
    assignmentType: spelled(tenant, assignment.type),
    memberType: member(tenant, via(assignment)),
    scheduleInfo: scheduleOf(assignment),
  }),
  expand: { ...navigation(tenant), activatedUsing: activatedUsing(tenant, eligibilitySchedule(tenant, direct)) },
  filterable,
})

export const assignmentInstance = (tenant: EmulatedTenant, via: Via): EntityType<Assignment> => ({
  name: 'microsoft.graph.privilegedAccessGroupAssignmentScheduleInstance',
  properties: (assignment) => ({
    id: scheduleId(assignment),
    ...of(tenant, assignment),
    ...window(assignment),
    // Who was in the group before PIM took it in has no start.
    ...(tenant.assignments.includes(assignment) ? {} : { startDateTime: null }),
    assignmentType: spelled(tenant, assignment.type),
    memberType: member(tenant, via(assignment)),
    assignmentScheduleId: scheduleId(assignment),
  }),
  expand: { ...navigation(tenant), activatedUsing: activatedUsing(tenant, eligibilityInstance(tenant, direct)) },
  filterable,
})

export function requestType(tenant: EmulatedTenant): EntityType<AssignmentRequest> {
  const { principal, group } = navigation(tenant)
  return {
    name: 'microsoft.graph.privilegedAccessGroupAssignmentScheduleRequest',
    properties: (request) => {
      const { ask, createdBy, id } = request
      const { resource } = ask
      const user = { displayName: createdBy.displayName, id: createdBy.objectId }
      return {
        id,
        status: request.status,
        createdDateTime: request.createdAt.toISOString(),
        completedDateTime: request.completedAt?.toISOString() ?? null,
        approvalId: request.step === null ? null : id,
        customData: ask.customData,
        createdBy: { user: createdBy.objectId === null ? null : user },
        action: spelled(tenant, ask.action),
        isValidationOnly: ask.validationOnly,
        justification: ask.justification,
        scheduleInfo: spelledSchedule(tenant, request),
        ticketInfo: ask.ticket ?? { ticketNumber: null, ticketSystem: null },
        ...of(tenant, ask),
        targetScheduleId: tenant.switches.groupTargetSchedule === 'request' ? id : scheduleId({ resource, id }),
      }
    },
    expand: {
      principal: ({ ask }, inner) => principal(ask, inner),
      group: ({ ask }) => group(ask),
      activatedUsing: ({ eligibilityId }) => {
        const eligibility = tenant.eligibilities.find(({ id }) => id === eligibilityId)
        return eligibility === undefined ? null : eligibilitySchedule(tenant, direct).properties(eligibility)
      },
    },
    filterable,
  }
}

function spelledSchedule(tenant: EmulatedTenant, request: AssignmentRequest) {
  const info = scheduleInfoOf(tenant, request)
  return info === null
    ? null
    : { ...info, expiration: { ...info.expiration, type: spelled(tenant, info.expiration.type) } }
}
