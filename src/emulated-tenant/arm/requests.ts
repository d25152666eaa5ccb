import { z } from 'zod'
import { actorAt, checkReader, personAt, unauthorized } from './auth.ts'
import { isGuid } from './call.ts'
import type { ArmAnswer, ArmCall, ArmHandler } from './call.ts'
import { conditionOf, expanded, idAt, principalType, provider, roleDefinitionId } from './wire.ts'
import { holdsScope } from '../state/azure-scopes.ts'
import { cancelRequest, fileRequest } from '../pim/requests.ts'
import { isOwnRequest, mayDecide } from '../pim/rights.ts'
import { parseSchedule, ScheduleInfo, scheduleInfoOf } from '../pim/schedule-info.ts'
import { actions } from '../state/pim.ts'
import type { Ask, AssignmentRequest } from '../state/pim.ts'
import { azureResourceAt, ofService, resourceBy } from '../state/pim-resources.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const type = 'roleAssignmentScheduleRequests'
const text = z.string().nullish()

/** Its words begin with capitals, as everywhere in Resource Manager. */
const RequestType = z
  .string()
  .regex(/^[A-Z]/)
  .transform((word) => word.charAt(0).toLowerCase() + word.slice(1))
  .pipe(z.enum(actions))

const Body = z.object({
  properties: z.object({
    principalId: z.guid().toLowerCase(),
    roleDefinitionId: z.string(),
    requestType: RequestType,
    linkedRoleEligibilityScheduleId: text,
    scheduleInfo: ScheduleInfo.nullish(),
    justification: text,
    ticketInfo: z.object({ ticketNumber: text, ticketSystem: text }).nullish(),
    condition: text,
    conditionVersion: text,
  }),
})

/** @throws {Refusal} 400 for a body that is none, or names an eligibility that is not there. */
function parseAsk({ tenant, scope, body }: ArmCall, validationOnly: boolean): Ask {
  const parsed = Body.safeParse(body)
  if (!parsed.success) throw new Refusal(400, 'InvalidRequestContent', z.prettifyError(parsed.error))
  const { requestType, principalId, ticketInfo, condition, conditionVersion, ...wire } = parsed.data.properties
  const role = wire.roleDefinitionId.split('/').at(-1) ?? ''
  const resource = azureResourceAt(tenant, role, scope)
  if (resource === undefined) throw new Refusal(404, 'RoleNotFound', 'The role is not found.')
  const linked = wire.linkedRoleEligibilityScheduleId?.split('/').at(-1)
  if (linked !== undefined && !tenant.eligibilities.some(({ id }) => id === linked))
    throw new Refusal(400, 'InvalidRequestContent', `No eligibility schedule is called ${linked}.`)
  return {
    action: requestType,
    principalId,
    resource: resource.key,
    scope,
    schedule: parseSchedule(wire.scheduleInfo),
    justification: wire.justification ?? null,
    ticket:
      ticketInfo?.ticketNumber == null
        ? null
        : { ticketNumber: ticketInfo.ticketNumber, ticketSystem: ticketInfo.ticketSystem ?? null },
    validationOnly,
    customData: null,
    condition: condition == null ? null : { text: condition, version: conditionVersion ?? '2.0' },
  }
}

function entity(tenant: EmulatedTenant, request: AssignmentRequest) {
  const { id, ask, status } = request
  const resource = resourceBy(tenant, ask.resource)
  const { scope } = resource
  const schedule = scheduleInfoOf(tenant, request)
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
  return {
    id: idAt(tenant, scope, type, id),
    name: id,
    type: `Microsoft.Authorization/${type}`,
    properties: {
      targetRoleAssignmentScheduleId: idAt(tenant, scope, 'roleAssignmentSchedules', id),
      targetRoleAssignmentScheduleInstanceId: null,
      scope,
      roleDefinitionId: roleDefinitionId(resource),
      principalId: ask.principalId,
      principalType: principalType(tenant, ask.principalId),
      requestType: capital(ask.action),
      status: status === 'PendingApproval' ? tenant.switches.armPendingWord : status,
      approvalId: request.step === null ? null : `${provider}/roleAssignmentApprovals/${id}`,
      scheduleInfo:
        schedule === null
          ? null
          : { ...schedule, expiration: { ...schedule.expiration, type: capital(schedule.expiration.type) } },
      // Recorded: empty where none was given.
      ticketInfo: ask.ticket ?? {},
      justification: ask.justification,
      requestorId: request.createdBy.objectId,
      createdOn: request.createdAt.toISOString(),
      ...conditionOf(ask.condition),
      expandedProperties: expanded(tenant, resource, ask.principalId),
    },
  }
}

export const azureRequests = (tenant: EmulatedTenant): AssignmentRequest[] =>
  tenant.requests.filter(({ ask }) => ofService(tenant, 'azureResources', [ask]).length > 0)

/** GET …/roleAssignmentScheduleRequests: one's own in three ways, or everybody's with the right to read. */
function list(call: ArmCall): ArmAnswer {
  const { tenant, caller, scope, filter } = call
  const there = azureRequests(tenant).filter(
    ({ ask }) => scope === '' || holdsScope(scope, resourceBy(tenant, ask.resource).scope),
  )
  const chosen = there.filter(chosenBy(call))
  if (caller.kind === 'app' || !/^as[A-Z]\w+\(\)$/.test(filter ?? ''))
    checkReader(tenant, caller, scope, `Microsoft.Authorization/${type}/read`)
  return { status: 200, body: { value: chosen.map((request) => entity(tenant, request)) } }
}

function chosenBy({ tenant, caller, filter }: ArmCall): (request: AssignmentRequest) => boolean {
  const person = caller.kind === 'delegated' ? caller.person : undefined
  switch (filter) {
    case null:
    case 'atScope()':
      return () => true
    case 'asTarget()':
      return ({ ask }) => ask.principalId === person?.objectId
    case 'asRequestor()':
    case 'asCreatedBy()':
      return ({ createdBy }) => createdBy.objectId === person?.objectId
    case 'asApprover()':
      return (request) => person !== undefined && mayDecide(tenant, request, person)
    default:
      throw new Refusal(400, 'BadRequest', `Invalid filter clause: ${filter}`)
  }
}

function one(call: ArmCall, name: string): AssignmentRequest {
  const { tenant, caller, scope } = call
  const found = azureRequests(tenant).find(({ id }) => id === name.toLowerCase())
  const person = caller.kind === 'delegated' ? caller.person : undefined
  const concerned =
    found !== undefined && person !== undefined && (isOwnRequest(found, person) || mayDecide(tenant, found, person))
  if (!concerned) checkReader(tenant, caller, scope, `Microsoft.Authorization/${type}/read`)
  if (found === undefined)
    throw new Refusal(404, 'RoleAssignmentScheduleRequestNotFound', `No request is called ${name}.`)
  return found
}

/** The client names the request: the same name again is refused, so that a lost answer can be looked up. */
function put(call: ArmCall, name: string): ArmAnswer {
  const { tenant, caller, scope } = call
  if (!isGuid(name)) throw new Refusal(400, 'InvalidRoleAssignmentScheduleRequestId', `${name} is no GUID.`)
  const ask = parseAsk(call, false)
  const action = `Microsoft.Authorization/${type}/write`
  if (ask.action.startsWith('self')) personAt(caller, action, scope)
  if (tenant.requests.some(({ id }) => id === name.toLowerCase()))
    throw new Refusal(400, tenant.switches.armSameName, `A role assignment request with Id: ${name} already exists.`)
  const group = /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+)/i.exec(scope)?.[1]
  const above = group !== undefined && !tenant.eligibilities.some((each) => each.resource === ask.resource)
  if (above && tenant.switches.armChildScopeNeedsRead)
    throw unauthorized(caller, 'Microsoft.Resources/subscriptions/resourceGroups/read', group)
  const request = fileRequest(tenant, actorAt(caller), ask, name.toLowerCase())
  return { status: 201, body: entity(tenant, request) }
}

export const requestHandlers: Readonly<Record<string, ArmHandler>> = {
  [`GET ${type}`]: (call) => {
    const [name] = call.names
    return name === undefined ? list(call) : { status: 200, body: entity(call.tenant, one(call, name)) }
  },
  [`PUT ${type}`]: (call) => put(call, call.names[0] ?? ''),
  [`POST ${type}`]: (call) => {
    const { tenant, caller, scope, names } = call
    const [name = '', deed] = names
    if (deed === 'validate') {
      personAt(caller, `Microsoft.Authorization/${type}/write`, scope)
      const request = fileRequest(tenant, actorAt(caller), parseAsk(call, true), name.toLowerCase())
      return { status: 200, body: entity(tenant, request) }
    }
    if (deed !== 'cancel') throw new Refusal(404, 'NotFound', `${deed} is not known here.`)
    cancelRequest(tenant, actorAt(caller), one(call, name).id)
    return { status: 200 }
  },
}
