import { personBy } from '../state/people-and-groups.ts'
import { audit } from './audit.ts'
import { currentEligibilities } from './reads.ts'
import { mayDecide } from './rights.ts'
import { grant } from './requests.ts'
import type { Actor, AssignmentRequest } from '../state/pim.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

export type Decision = { result: 'Approve' | 'Deny'; justification: string }

/** @throws {Refusal} 404 where no such approval exists. */
export function approvalBy(tenant: EmulatedTenant, id: string): AssignmentRequest {
  const request = tenant.requests.find((each) => each.id === id)
  if (request === undefined || request.step === null) throw new Refusal(404, 'ResourceNotFound', 'No such approval.')
  return request
}

/**
 * Casts the one decision of an approval: the first of its approvers to decide wins.
 * @throws {Refusal} 403 the requester or somebody who is no approver, 409 decided or closed already.
 */
export function decide(tenant: EmulatedTenant, actor: Actor, id: string, decision: Decision): AssignmentRequest {
  const request = approvalBy(tenant, id)
  const person = actor.objectId === null ? undefined : personBy(tenant, actor.objectId)
  if (person === undefined || request.step === null || !mayDecide(tenant, request, person))
    throw new Refusal(403, 'InsufficientPermissions', 'The caller is not an approver of this request.')
  if (request.step.status !== 'InProgress')
    throw new Refusal(409, 'Conflict', 'The approval step has already been completed.')
  const now = tenant.now()
  request.step = {
    ...request.step,
    status: 'Completed',
    result: decision.result,
    justification: decision.justification,
    reviewed: { by: person.objectId, at: now },
  }
  const approved = decision.result === 'Approve'
  audit(tenant, {
    activity: approved
      ? 'Add member to role request approved (PIM activation)'
      : 'Add member to role request denied (PIM activation)',
    request,
    by: person.objectId,
    reason: decision.justification,
  })
  const operation = approved ? 'approve' : 'deny'
  tenant.record({ who: actor.who, byToken: actor.byToken, operation, detail: { request: id } })
  if (!approved) close(tenant, request, 'Denied')
  else if (currentEligibilities(tenant).some((each) => each.id === request.eligibilityId)) grant(tenant, request)
  // What was eligible when it was asked for may no longer be: then there is nothing to activate.
  else close(tenant, request, 'Failed')
  return request
}

function close(tenant: EmulatedTenant, request: AssignmentRequest, status: 'Denied' | 'Failed') {
  request.status = status
  request.completedAt = tenant.now()
}
