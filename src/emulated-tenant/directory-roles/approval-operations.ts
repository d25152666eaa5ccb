import { z } from 'zod'
import { actorOf, denied, key, list, notFound, one, personCalling } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import { personBy } from '../state/people-and-groups.ts'
import type { EntityType } from '../graph/odata-query.ts'
import { approvalBy, decide } from '../pim/approvals.ts'
import { isOwnRequest, mayDecide } from '../pim/rights.ts'
import type { ApprovalStep, AssignmentRequest } from '../state/pim.ts'
import { Refusal } from '../refusal.ts'

const approvals = '/roleManagement/directory/roleAssignmentApprovals/{approval-id}'

const Decision = z.object({ reviewResult: z.enum(['Approve', 'Deny']), justification: z.string().trim().min(1) })

function stepType(call: GraphCall, request: AssignmentRequest): EntityType<ApprovalStep> {
  const { tenant } = call
  const { person } = personCalling(call)
  return {
    name: 'microsoft.graph.approvalStep',
    properties: (step) => {
      const reviewer = step.reviewed === null ? undefined : personBy(tenant, step.reviewed.by)
      return {
        id: step.id,
        displayName: null,
        reviewedDateTime: step.reviewed?.at.toISOString() ?? null,
        reviewResult: step.result,
        status: step.status,
        assignedToMe: mayDecide(tenant, request, person),
        justification: step.justification ?? '',
        reviewedBy: reviewer === undefined ? null : { id: reviewer.objectId, displayName: reviewer.displayName },
      }
    },
  }
}

function approvalType(call: GraphCall): EntityType<AssignmentRequest> {
  return {
    name: 'microsoft.graph.approval',
    properties: (request) => ({ id: request.id, steps: stepsOf(request).map(stepType(call, request).properties) }),
    expand: { steps: (request) => stepsOf(request).map(stepType(call, request).properties) },
  }
}

const stepsOf = ({ step }: AssignmentRequest): ApprovalStep[] => (step === null ? [] : [step])

/** An approval is read by who may decide it and by its requester. */
function readable(call: GraphCall): AssignmentRequest {
  const { person } = personCalling(call)
  stillServed(call)
  const request = approvalBy(call.tenant, key(call))
  if (!mayDecide(call.tenant, request, person) && !isOwnRequest(request, person)) throw denied()
  return request
}

/** The drill for the day on which Microsoft withdraws the beta operations. */
function stillServed({ tenant }: GraphCall) {
  const { betaApprovals } = tenant.switches
  if (betaApprovals === 'gone') throw new Refusal(410, 'Gone', 'The resource is no longer available.')
  if (betaApprovals === 'not-found')
    throw new Refusal(404, 'BadRequest', "Resource not found for the segment 'roleAssignmentApprovals'.")
}

export const approvalOperations: Readonly<Record<string, GraphHandler>> = {
  [`GET ${approvals}`]: (call) => one(call, approvalType(call), readable(call)),
  [`GET ${approvals}/steps`]: (call) => {
    const request = readable(call)
    return list(call, stepType(call, request), stepsOf(request))
  },
  [`GET ${approvals}/steps/{approvalStep-id}`]: (call) => {
    const request = readable(call)
    return one(
      call,
      stepType(call, request),
      stepsOf(request).find(({ id }) => id === key(call, 1)),
    )
  },
  [`PATCH ${approvals}/steps/{approvalStep-id}`]: (call) => {
    personCalling(call)
    stillServed(call)
    const request = approvalBy(call.tenant, key(call))
    if (request.step?.id !== key(call, 1)) throw notFound(key(call, 1))
    const decision = Decision.safeParse(call.body)
    if (!decision.success) throw new Refusal(400, 'BadRequest', z.prettifyError(decision.error))
    const { reviewResult: result, justification } = decision.data
    decide(call.tenant, actorOf(call), request.id, { result, justification })
    return { status: 204 }
  },
}
