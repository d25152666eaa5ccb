import { z } from 'zod'
import { actorOf, currentUserOn, denied, key, list, notFound, one, personCalling } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import type { EntityType } from '../graph/odata-query.ts'
import { approvalBy, decide } from '../pim/approvals.ts'
import { isOwnRequest, mayDecide } from '../pim/rights.ts'
import { personBy } from '../state/people-and-groups.ts'
import type { ApprovalStep, AssignmentRequest } from '../state/pim.ts'
import { Refusal } from '../refusal.ts'
import { groups, mine } from './group-operations.ts'
import { groupRequests } from './group-requests.ts'

const approvals = `${groups}/assignmentApprovals`
const nobody = '00000000-0000-0000-0000-000000000000'

const Decision = z.object({ reviewResult: z.enum(['Approve', 'Deny']), justification: z.string().trim().min(1) })

const stageId = ({ tenant }: GraphCall, request: AssignmentRequest, step: ApprovalStep) =>
  tenant.switches.groupStageId === 'request' ? request.id : step.id

function stageType(call: GraphCall, request: AssignmentRequest): EntityType<ApprovalStep> {
  const { tenant } = call
  const { person } = personCalling(call)
  return {
    name: 'microsoft.graph.approvalStage',
    properties: (step) => {
      const reviewer = step.reviewed === null ? undefined : personBy(tenant, step.reviewed.by)
      return {
        id: stageId(call, request, step),
        displayName: null,
        assignedToMe: mayDecide(tenant, request, person),
        justification: step.justification ?? '',
        reviewResult: step.result,
        reviewedBy: { id: reviewer?.objectId ?? nobody, displayName: reviewer?.displayName ?? null },
        reviewedDateTime: step.reviewed?.at.toISOString() ?? null,
        status: step.status,
      }
    },
  }
}

const approvalType = (call: GraphCall): EntityType<AssignmentRequest> => ({
  name: 'microsoft.graph.approval',
  properties: ({ id }) => ({ id }),
  expand: { stages: (request) => stagesOf(request).map(stageType(call, request).properties) },
})

const stagesOf = ({ step }: AssignmentRequest): ApprovalStep[] => (step === null ? [] : [step])

/** An approval is read by who may decide it and by its requester. @throws {Refusal} 404 unknown, 403 somebody else's. */
function readable(call: GraphCall): AssignmentRequest {
  const { person } = personCalling(call)
  const request = approvalBy(call.tenant, key(call))
  if (!groupRequests(call.tenant).includes(request)) throw notFound(key(call))
  if (!mayDecide(call.tenant, request, person) && !isOwnRequest(request, person)) throw denied()
  return request
}

export const groupApprovalOperations: Readonly<Record<string, GraphHandler>> = {
  [`GET ${approvals}/${mine}`]: (call) => {
    const { person } = personCalling(call)
    currentUserOn(call, ['approver'])
    const waiting = groupRequests(call.tenant).filter((request) => mayDecide(call.tenant, request, person))
    return list(call, approvalType(call), waiting)
  },
  [`GET ${approvals}/{approval-id}`]: (call) => one(call, approvalType(call), readable(call)),
  [`GET ${approvals}/{approval-id}/stages`]: (call) => {
    const request = readable(call)
    return list(call, stageType(call, request), stagesOf(request))
  },
  [`GET ${approvals}/{approval-id}/stages/{approvalStage-id}`]: (call) => {
    const request = readable(call)
    const stage = stagesOf(request).find((each) => stageId(call, request, each) === key(call, 1))
    return one(call, stageType(call, request), stage)
  },
  [`PATCH ${approvals}/{approval-id}/stages/{approvalStage-id}`]: (call) => {
    personCalling(call)
    const request = approvalBy(call.tenant, key(call))
    if (request.step === null || stageId(call, request, request.step) !== key(call, 1)) throw notFound(key(call, 1))
    const decision = Decision.safeParse(call.body)
    if (!decision.success) throw new Refusal(400, 'BadRequest', z.prettifyError(decision.error))
    const { reviewResult: result, justification } = decision.data
    decide(call.tenant, actorOf(call), request.id, { result, justification })
    return { status: 204 }
  },
}
