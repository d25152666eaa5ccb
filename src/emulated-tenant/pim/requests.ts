import { randomUUID } from 'node:crypto'
import { principalBy } from '../state/people-and-groups.ts'
import { audit } from './audit.ts'
import { leave, standing } from './memberships.ts'
import { currentAssignments, reaches } from './reads.ts'
import { mayAdminister } from './rights.ts'
import { checkActivation, checkDeactivation } from './rules.ts'
import { recordProvisioned } from './settle.ts'
import { detailOf, sameHolder } from './ways.ts'
import type { Actor, Ask, Assignment, AssignmentRequest, RequestStatus, Resource } from '../state/pim.ts'
import { onboard } from '../state/pim-resources.ts'
import { Refusal } from '../refusal.ts'
import { stableGuid } from '../stable-id.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

/**
 * What each service does with a request: activates, deactivates, assigns or removes at once, or waits for approval.
 * @param id where the service lets the client name it
 * @throws {Refusal} as PIM refuses.
 */
export function fileRequest(
  tenant: EmulatedTenant,
  actor: Actor,
  ask: Ask,
  id: string = randomUUID(),
): AssignmentRequest {
  const resource = tenant.resources.get(ask.resource)
  if (resource === undefined) throw new Refusal(404, 'RoleNotFound', 'The role is not found.')
  if (principalBy(tenant, ask.principalId) === undefined)
    throw new Refusal(404, 'SubjectNotFound', 'The subject is not found.')
  checkMayAsk(tenant, actor, ask, resource)

  switch (ask.action) {
    case 'selfActivate': {
      const eligibility = checkActivation(tenant, actor, ask, resource)
      const waits = resource.activation.approvers !== null
      const request = newRequest(tenant, actor, ask, { id, eligibilityId: eligibility.id, waits })
      if (ask.validationOnly) return request
      keep(tenant, actor, request)
      audit(tenant, { activity: 'Add member to role requested (PIM activation)', request, by: actor.objectId })
      if (!waits) grant(tenant, request)
      return request
    }
    case 'selfDeactivate': {
      const active = checkDeactivation(tenant, ask)
      const request = newRequest(tenant, actor, ask, { id, status: 'Revoked' })
      if (ask.validationOnly) return request
      remove(tenant, active)
      keep(tenant, actor, request)
      audit(tenant, { activity: 'Remove member from role completed (PIM deactivate)', request, by: actor.objectId })
      return request
    }
    case 'adminAssign': {
      if ([...currentAssignments(tenant), ...standing(tenant, ask.resource)].some((each) => sameHolder(each, ask)))
        throw new Refusal(400, 'RoleAssignmentExists', 'The Role assignment already exists.')
      const request = newRequest(tenant, actor, ask, { id })
      if (ask.validationOnly) return request
      keep(tenant, actor, request)
      grant(tenant, request)
      return request
    }
    case 'adminRemove': {
      const held = currentAssignments(tenant).find((each) => sameHolder(each, ask))
      if (held === undefined)
        throw new Refusal(400, 'RoleAssignmentDoesNotExist', 'The Role assignment does not exist.')
      const request = newRequest(tenant, actor, ask, { id, status: 'Revoked' })
      if (ask.validationOnly) return request
      remove(tenant, held)
      keep(tenant, actor, request)
      audit(tenant, { activity: 'Remove member from role in PIM completed (permanent)', request, by: actor.objectId })
      return request
    }
    default:
      throw new Refusal(501, 'NotImplemented', `The emulated tenant does not know ${ask.action} yet.`)
  }
}

/** A self action needs the principal's own sign-in; an administrator's needs the right to administer it. */
function checkMayAsk(tenant: EmulatedTenant, actor: Actor, ask: Ask, resource: Resource) {
  const found = actor.objectId === null ? undefined : principalBy(tenant, actor.objectId)
  const person = found?.kind === 'user' ? found.person : undefined
  const mayAct = ask.action.startsWith('self')
    ? person !== undefined && reaches(tenant, ask.principalId, person)
    : person === undefined || mayAdminister(tenant, person, resource)
  if (!mayAct || (person === undefined && actor.byToken === 'delegated'))
    throw new Refusal(403, 'InsufficientPermissions', 'The caller is not allowed to do this for the principal.')
}

type Shape = { id: string; status?: RequestStatus; eligibilityId?: string; waits?: boolean }

function newRequest(tenant: EmulatedTenant, actor: Actor, ask: Ask, shape: Shape): AssignmentRequest {
  const { id, waits = false, status = waits ? 'PendingApproval' : 'Provisioned', eligibilityId = null } = shape
  const creator = actor.objectId === null ? undefined : principalBy(tenant, actor.objectId)
  return {
    id,
    ask,
    status: ask.validationOnly ? 'Granted' : status,
    createdAt: tenant.now(),
    completedAt: status === 'PendingApproval' ? null : tenant.now(),
    createdBy: {
      objectId: actor.objectId,
      displayName: creator?.kind === 'user' ? creator.person.displayName : null,
    },
    step: waits
      ? {
          id: stableGuid('step', id),
          result: 'NotReviewed',
          status: 'InProgress',
          justification: null,
          reviewed: null,
        }
      : null,
    eligibilityId,
  }
}

function keep(tenant: EmulatedTenant, { who, byToken }: Actor, request: AssignmentRequest) {
  tenant.requests.push(request)
  onboard(tenant, request.ask.resource)
  const { action, principalId, resource } = request.ask
  const detail = { request: request.id, principalId, ...detailOf(tenant, resource) }
  tenant.record({ who, byToken, operation: action, detail })
}

function remove(tenant: EmulatedTenant, assignment: Assignment) {
  tenant.assignments.splice(tenant.assignments.indexOf(assignment), 1)
  leave(tenant, assignment)
}

/** Turns an accepted request into an assignment: the clock of a duration starts here, not when it was asked for. */
export function grant(tenant: EmulatedTenant, request: AssignmentRequest) {
  const now = tenant.now()
  const { ask } = request
  const asked = ask.schedule?.startsAt ?? now
  const startsAt = asked > now ? asked : now
  const assignment: Assignment = {
    id: request.id,
    resource: ask.resource,
    principalId: ask.principalId,
    type: ask.action === 'selfActivate' ? 'Activated' : 'Assigned',
    startsAt,
    endsAt: endOf(ask, startsAt),
    visibleFrom: new Date(startsAt.getTime() + tenant.switches.provisioningDelayMs),
    listings: 0,
    activatedUsing: request.eligibilityId,
    createdAt: now,
    condition: ask.condition ?? null,
  }
  tenant.assignments.push(assignment)
  if (startsAt > now) {
    request.status = tenant.switches.futureStartStatus
    return
  }
  request.status = 'Provisioned'
  request.completedAt = now
  recordProvisioned(tenant, request, assignment, now)
}

function endOf({ schedule }: Ask, startsAt: Date): Date | null {
  if (schedule === null || schedule.expiration.kind === 'none') return null
  if (schedule.expiration.kind === 'at') return schedule.expiration.end
  return new Date(startsAt.getTime() + schedule.expiration.ms)
}

/**
 * POST …/{id}/cancel.
 * @throws {Refusal} 404 unknown, 403 somebody else's, 400 where it can no longer be cancelled.
 */
export function cancelRequest(tenant: EmulatedTenant, actor: Actor, id: string): AssignmentRequest {
  const request = tenant.requests.find((each) => each.id === id)
  if (request === undefined) throw new Refusal(404, 'ResourceNotFound', 'The request is not found.')
  if (request.createdBy.objectId !== actor.objectId && request.ask.principalId !== actor.objectId)
    throw new Refusal(403, 'InsufficientPermissions', 'Only the requester may cancel the request.')
  const { status } = request
  const cancelable =
    status === 'Granted' ||
    status === 'ScheduleCreated' ||
    (status === 'PendingApproval' && tenant.switches.pendingCancelAllowed)
  if (!cancelable)
    throw new Refusal(400, 'RoleAssignmentRequestCannotBeCancelled', `A request that is ${status} cannot be cancelled.`)
  const scheduled = tenant.assignments.find((each) => each.id === id)
  if (scheduled !== undefined) remove(tenant, scheduled)
  request.status = 'Canceled'
  request.completedAt = tenant.now()
  if (request.step !== null && request.step.status === 'InProgress') request.step.status = 'Expired'
  audit(tenant, { activity: 'Add member to role canceled (PIM activation)', request, by: actor.objectId })
  tenant.record({ who: actor.who, byToken: actor.byToken, operation: 'cancel', detail: { request: id } })
  return request
}
