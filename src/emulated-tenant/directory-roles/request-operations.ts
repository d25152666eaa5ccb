import { actorOf, currentUserOn, denied, key, list, one, personCalling } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import { readingOthers } from './role-operations.ts'
import type { EntityType } from '../graph/odata-query.ts'
import { assignmentSchedule, direct, heldNavigation } from './role-entities.ts'
import { isOwnRequest, mayDecide } from '../pim/rights.ts'
import { cancelRequest, fileRequest } from '../pim/requests.ts'
import type { AssignmentRequest } from '../state/pim.ts'
import { scheduleInfoOf } from '../pim/schedule-info.ts'
import { parseAsk } from './role-request-wire.ts'
import { ofService, resourceBy } from '../state/pim-resources.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const requests = '/roleManagement/directory/roleAssignmentScheduleRequests'

const navigable = (request: AssignmentRequest) => ({
  resource: request.ask.resource,
  principalId: request.ask.principalId,
})

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
        roleDefinitionId: resourceBy(tenant, ask.resource).id,
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

const roleRequests = (tenant: EmulatedTenant) =>
  tenant.requests.filter(({ ask }) => ofService(tenant, 'entraRoles', [ask]).length > 0)

/** A request is read by its requester, those who may decide it, and readers of the directory. */
function requestOf(call: GraphCall): AssignmentRequest | undefined {
  const { tenant, caller } = call
  const request = roleRequests(tenant).find(({ id }) => id === key(call))
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
    return list(call, requestType(call.tenant), roleRequests(call.tenant))
  },
  [`GET ${requests}/filterByCurrentUser(on='{on}')`]: (call) => {
    const { person } = personCalling(call)
    const on = currentUserOn(call, ['principal', 'approver'])
    const own = roleRequests(call.tenant).filter((request) =>
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
