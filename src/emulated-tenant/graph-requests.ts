import { z } from 'zod'
import { actorOf, currentUserOn, denied, key, list, one, personCalling } from './graph-call.ts'
import type { GraphCall, GraphHandler } from './graph-call.ts'
import { assignmentSchedule, direct, heldNavigation, readingOthers } from './graph-roles.ts'
import { durationMs } from './iso-duration.ts'
import type { EntityType } from './odata-query.ts'
import { isOwnRequest, mayDecide } from './pim-reads.ts'
import { cancelRequest, fileRequest } from './pim-requests.ts'
import type { Ask, AssignmentRequest, Schedule } from './pim-state.ts'
import { Refusal } from './refusal.ts'
import type { EmulatedTenant } from './tenant.ts'

const requests = '/roleManagement/directory/roleAssignmentScheduleRequests'

const actions = [
  'adminAssign',
  'adminUpdate',
  'adminRemove',
  'adminExtend',
  'adminRenew',
  'selfActivate',
  'selfDeactivate',
  'selfExtend',
  'selfRenew',
] as const

const text = z.string().nullish()
const instant = z.iso.datetime({ offset: true }).nullish()

const ScheduleInfo = z.object({
  startDateTime: instant,
  expiration: z.object({ type: z.string().nullish(), duration: text, endDateTime: instant }).nullish(),
  recurrence: z.null().optional(),
})

const Body = z.object({
  action: z.enum(actions),
  principalId: z.guid(),
  roleDefinitionId: z.guid(),
  directoryScopeId: z.string(),
  appScopeId: z.null().optional(),
  scheduleInfo: ScheduleInfo.nullish(),
  justification: text,
  ticketInfo: z.object({ ticketNumber: text, ticketSystem: text }).nullish(),
  isValidationOnly: z.boolean().nullish(),
  customData: text,
})

/** @throws {Refusal} 400 BadRequest, naming what is wrong with the body. */
function parseAsk(body: unknown): Ask {
  const parsed = Body.safeParse(body)
  if (!parsed.success) throw new Refusal(400, 'BadRequest', z.prettifyError(parsed.error))
  const { ticketInfo, scheduleInfo, ...wire } = parsed.data
  return {
    action: wire.action,
    principalId: wire.principalId.toLowerCase(),
    roleId: wire.roleDefinitionId.toLowerCase(),
    scope: wire.directoryScopeId,
    schedule: scheduleInfo == null ? null : parseSchedule(scheduleInfo),
    justification: wire.justification ?? null,
    ticket:
      ticketInfo == null
        ? null
        : { ticketNumber: ticketInfo.ticketNumber ?? null, ticketSystem: ticketInfo.ticketSystem ?? null },
    validationOnly: wire.isValidationOnly ?? false,
    customData: wire.customData ?? null,
  }
}

function parseSchedule({ startDateTime, expiration }: z.infer<typeof ScheduleInfo>): Schedule {
  const startsAt = startDateTime == null ? null : new Date(startDateTime)
  const { type = null, duration, endDateTime } = expiration ?? {}
  // Answers are camelCase; requests arrive in either casing and are taken in either.
  switch (type?.toLowerCase()) {
    case undefined:
    case 'noexpiration':
    case 'notspecified':
      return { startsAt, expiration: { kind: 'none' } }
    case 'afterduration': {
      const ms = durationMs(duration ?? '')
      if (duration == null || ms === undefined) throw new Refusal(400, 'BadRequest', `'${duration}' is no duration.`)
      return { startsAt, expiration: { kind: 'after', duration, ms } }
    }
    case 'afterdatetime':
      if (endDateTime == null) throw new Refusal(400, 'BadRequest', 'afterDateTime needs an endDateTime.')
      return { startsAt, expiration: { kind: 'at', end: new Date(endDateTime) } }
    default:
      throw new Refusal(400, 'BadRequest', `The expiration type '${type}' is unknown.`)
  }
}

function scheduleInfoOf(tenant: EmulatedTenant, { ask, status, id, completedAt }: AssignmentRequest) {
  if (ask.schedule === null) return null
  const { expiration, startsAt } = ask.schedule
  const hidden = status === 'PendingApproval' && tenant.switches.pendingStartHidden
  // "Now" or earlier becomes the moment of provisioning.
  const began = tenant.assignments.find((assignment) => assignment.id === id)?.startsAt ?? completedAt ?? startsAt
  return {
    startDateTime: hidden ? null : ((status === 'PendingApproval' ? startsAt : began)?.toISOString() ?? null),
    recurrence: null,
    expiration: {
      type: { after: 'afterDuration', at: 'afterDateTime', none: 'noExpiration' }[expiration.kind],
      endDateTime: expiration.kind === 'at' ? expiration.end.toISOString() : null,
      duration: expiration.kind === 'after' ? expiration.duration : null,
    },
  }
}

const navigable = (request: AssignmentRequest) => ({ roleId: request.ask.roleId, principalId: request.ask.principalId })

function requestType(tenant: EmulatedTenant): EntityType<AssignmentRequest> {
  const { principal, roleDefinition, directoryScope } = heldNavigation(tenant)
  return {
    name: 'microsoft.graph.unifiedRoleAssignmentScheduleRequest',
    properties: (request) => {
      const { ask, createdBy } = request
      const user = { displayName: createdBy.displayName, id: createdBy.objectId }
      return {
        id: request.id,
        status: request.status,
        createdDateTime: request.createdAt.toISOString(),
        completedDateTime: request.completedAt?.toISOString() ?? null,
        approvalId: request.step === null ? null : request.id,
        customData: ask.customData,
        action: ask.action,
        principalId: ask.principalId,
        roleDefinitionId: ask.roleId,
        directoryScopeId: ask.scope,
        appScopeId: null,
        isValidationOnly: ask.validationOnly,
        targetScheduleId: request.id,
        justification: ask.justification,
        createdBy: { application: null, device: null, user: createdBy.objectId === null ? null : user },
        scheduleInfo: scheduleInfoOf(tenant, request),
        ticketInfo: ask.ticket ?? { ticketNumber: null, ticketSystem: null },
      }
    },
    expand: {
      principal: (request, inner) => principal(navigable(request), inner),
      roleDefinition: (request) => roleDefinition(navigable(request)),
      directoryScope,
      activatedUsing: ({ eligibilityId }) => {
        const eligibility = tenant.eligibilities.find(({ id }) => id === eligibilityId)
        return eligibility === undefined ? null : { id: eligibility.id, memberType: 'Direct' }
      },
      targetSchedule: ({ id }) => {
        const assignment = tenant.assignments.find((each) => each.id === id)
        return assignment === undefined ? null : assignmentSchedule(tenant, direct).properties(assignment)
      },
    },
    filterable: {
      action: ['eq', 'ne'],
      principalId: ['eq', 'ne'],
      roleDefinitionId: ['eq', 'ne'],
      directoryScopeId: ['eq', 'ne'],
      status: ['eq', 'ne'],
      targetScheduleId: ['eq', 'ne'],
    },
  }
}

/** A request is read by its requester, those who may decide it, and readers of the directory. */
function requestOf(call: GraphCall): AssignmentRequest | undefined {
  const { tenant, caller } = call
  const request = tenant.requests.find(({ id }) => id === key(call))
  const concerned =
    request !== undefined &&
    caller.kind === 'delegated' &&
    (isOwnRequest(request, caller.person) || mayDecide(tenant, request, caller.person))
  if (!concerned) readingOthers(call)
  return request
}

export const requestOperations: Readonly<Record<string, GraphHandler>> = {
  [`GET ${requests}`]: (call) => {
    readingOthers(call)
    return list(call, requestType(call.tenant), call.tenant.requests)
  },
  [`GET ${requests}/filterByCurrentUser(on='{on}')`]: (call) => {
    const { person } = personCalling(call)
    const on = currentUserOn(call, ['principal', 'approver'])
    const own = call.tenant.requests.filter((request) =>
      on === 'principal' ? request.ask.principalId === person.objectId : mayDecide(call.tenant, request, person),
    )
    return list(call, requestType(call.tenant), own)
  },
  [`GET ${requests}/{unifiedRoleAssignmentScheduleRequest-id}`]: (call) =>
    one(call, requestType(call.tenant), requestOf(call)),
  [`POST ${requests}`]: (call) => {
    const ask = parseAsk(call.body)
    if (call.caller.kind === 'app' && ask.action.startsWith('self')) throw denied()
    const request = fileRequest(call.tenant, actorOf(call), ask)
    const body = {
      '@odata.context': `${call.tenant.origins.graph}/v1.0/$metadata#roleManagement/directory/roleAssignmentScheduleRequests/$entity`,
      ...requestType(call.tenant).properties(request),
    }
    return { status: 201, body }
  },
  [`POST ${requests}/{unifiedRoleAssignmentScheduleRequest-id}/cancel`]: (call) => {
    cancelRequest(call.tenant, actorOf(call), key(call))
    return { status: 204 }
  },
}
