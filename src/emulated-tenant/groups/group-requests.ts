import { z } from 'zod'
import { actorOf, currentUserOn, denied, key, list, one, personCalling } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import { readingOthers } from '../directory-roles/role-operations.ts'
import { cancelRequest, fileRequest } from '../pim/requests.ts'
import { isOwnRequest, mayDecide } from '../pim/rights.ts'
import { parseSchedule, ScheduleInfo } from '../pim/schedule-info.ts'
import { actions } from '../state/pim.ts'
import type { Ask, AssignmentRequest } from '../state/pim.ts'
import { groupKey, ofService } from '../state/pim-resources.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { requestType } from './group-entities.ts'
import { groups, mine, narrowed } from './group-operations.ts'

const requests = `${groups}/assignmentScheduleRequests`
const text = z.string().nullish()

const Body = z.object({
  action: z
    .string()
    .transform((word) => word.charAt(0).toLowerCase() + word.slice(1))
    .pipe(z.enum(actions)),
  accessId: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['member', 'owner'])),
  groupId: z.guid().toLowerCase(),
  principalId: z.guid().toLowerCase(),
  scheduleInfo: ScheduleInfo.nullish(),
  justification: text,
  ticketInfo: z.object({ ticketNumber: text, ticketSystem: text }).nullish(),
  isValidationOnly: z.boolean().nullish(),
  customData: text,
})

/** @throws {Refusal} 400 for a body that is none, 404 for a group that the tenant has not got. */
function parseAsk(tenant: EmulatedTenant, body: unknown): Ask {
  const parsed = Body.safeParse(body)
  if (!parsed.success) throw new Refusal(400, 'BadRequest', z.prettifyError(parsed.error))
  const { action, accessId, groupId, principalId, scheduleInfo, ticketInfo, ...wire } = parsed.data
  const resource = groupKey(groupId, accessId)
  if (!tenant.resources.has(resource)) throw new Refusal(404, 'ResourceNotFound', 'The group is not found.')
  return {
    action,
    principalId,
    resource,
    scope: groupId,
    schedule: parseSchedule(scheduleInfo),
    justification: wire.justification ?? null,
    ticket:
      ticketInfo == null
        ? null
        : { ticketNumber: ticketInfo.ticketNumber ?? null, ticketSystem: ticketInfo.ticketSystem ?? null },
    validationOnly: wire.isValidationOnly ?? false,
    customData: wire.customData ?? null,
  }
}

export const groupRequests = (tenant: EmulatedTenant): AssignmentRequest[] =>
  tenant.requests.filter(({ ask }) => ofService(tenant, 'entraGroups', [ask]).length > 0)

/** A request is read by its requester, those who may decide it, and readers of the directory. */
function requestOf(call: GraphCall): AssignmentRequest | undefined {
  const { tenant, caller } = call
  const request = groupRequests(tenant).find(({ id }) => id === key(call))
  const concerned =
    request !== undefined &&
    caller.kind === 'delegated' &&
    (isOwnRequest(request, caller.person) || mayDecide(tenant, request, caller.person))
  if (!concerned) readingOthers(call)
  return request
}

export const groupRequestOperations: Readonly<Record<string, GraphHandler>> = {
  [`GET ${requests}`]: (call) => {
    readingOthers(call)
    narrowed(call)
    return list(call, requestType(call.tenant), groupRequests(call.tenant))
  },
  [`GET ${requests}/${mine}`]: (call) => {
    const { tenant } = call
    const { person } = personCalling(call)
    const on = currentUserOn(call, ['principal', 'createdBy', 'approver'])
    const own = groupRequests(tenant).filter((request) => {
      if (on === 'approver') return mayDecide(tenant, request, person)
      return (on === 'principal' ? request.ask.principalId : request.createdBy.objectId) === person.objectId
    })
    return list(call, requestType(tenant), own)
  },
  [`GET ${requests}/{privilegedAccessGroupAssignmentScheduleRequest-id}`]: (call) =>
    one(call, requestType(call.tenant), requestOf(call)),
  [`POST ${requests}`]: (call) => {
    const { tenant } = call
    const ask = parseAsk(tenant, call.body)
    if (call.caller.kind === 'app' && ask.action.startsWith('self')) throw denied()
    const request = fileRequest(tenant, actorOf(call), ask)
    const context = `${tenant.origins.graph}/v1.0/$metadata#${requests.slice(1)}/$entity`
    return { status: 201, body: { '@odata.context': context, ...requestType(tenant).properties(request) } }
  },
  [`POST ${requests}/{privilegedAccessGroupAssignmentScheduleRequest-id}/cancel`]: (call) => {
    cancelRequest(call.tenant, actorOf(call), requestOf(call)?.id ?? '')
    return { status: 204 }
  },
}
