import { z } from 'zod'
import { actorAt, personAt, unauthorized } from './auth.ts'
import type { ArmCall, ArmHandler } from './call.ts'
import { azureRequests } from './requests.ts'
import { provider } from './wire.ts'
import { approvalBy, decide } from '../pim/approvals.ts'
import { isOwnRequest, mayDecide } from '../pim/rights.ts'
import { personBy } from '../state/people-and-groups.ts'
import type { ApprovalStep, AssignmentRequest } from '../state/pim.ts'
import { Refusal } from '../refusal.ts'

const approvals = 'roleAssignmentApprovals'

const Decision = z.object({ reviewResult: z.enum(['Approve', 'Deny']), justification: z.string().trim().min(1) })
/** Samples wrap a decision, the contract writes it flat: it is taken in either. */
const Body = z.union([z.object({ properties: Decision }).transform(({ properties }) => properties), Decision])

function stage({ tenant, caller, scope }: ArmCall, request: AssignmentRequest, step: ApprovalStep) {
  const { person } = personAt(caller, `Microsoft.Authorization/${approvals}/read`, scope)
  const reviewer = step.reviewed === null ? undefined : personBy(tenant, step.reviewed.by)
  return {
    id: `${provider}/${approvals}/${request.id}/stages/${step.id}`,
    name: step.id,
    type: `Microsoft.Authorization/${approvals}/stages`,
    properties: {
      displayName: null,
      status: step.status,
      assignedToMe: mayDecide(tenant, request, person),
      reviewedBy:
        reviewer === undefined
          ? null
          : {
              principalType: 'user',
              principalId: reviewer.objectId,
              principalName: reviewer.displayName,
              userPrincipalName: reviewer.userPrincipalName,
            },
      reviewedDateTime: step.reviewed?.at.toISOString() ?? null,
      reviewResult: step.result,
      justification: step.justification ?? '',
    },
  }
}

const approval = (call: ArmCall, request: AssignmentRequest) => ({
  id: `${provider}/${approvals}/${request.id}`,
  name: request.id,
  type: `Microsoft.Authorization/${approvals}`,
  properties: { stages: stagesOf(request).map((step) => stage(call, request, step)) },
})

const stagesOf = ({ step }: AssignmentRequest): ApprovalStep[] => (step === null ? [] : [step])

/** @throws {Refusal} 404 unknown, 403 neither the requester's nor one's to decide. */
function readable(call: ArmCall, id: string): AssignmentRequest {
  const { tenant, caller, scope } = call
  const action = `Microsoft.Authorization/${approvals}/read`
  const { person } = personAt(caller, action, scope)
  const request = approvalBy(tenant, id.toLowerCase())
  if (!azureRequests(tenant).includes(request)) throw new Refusal(404, 'ResourceNotFound', 'No such approval.')
  if (!mayDecide(tenant, request, person) && !isOwnRequest(request, person)) throw unauthorized(caller, action, scope)
  return request
}

function cast(call: ArmCall) {
  const { tenant, caller, scope, names, body } = call
  personAt(caller, `Microsoft.Authorization/${approvals}/write`, scope)
  const [id = '', , stageName] = names
  const request = approvalBy(tenant, id.toLowerCase())
  if (request.step?.id !== stageName) throw new Refusal(404, 'ResourceNotFound', 'No such stage.')
  const decision = Body.safeParse(body)
  if (!decision.success) throw new Refusal(400, 'InvalidRequestContent', z.prettifyError(decision.error))
  const { reviewResult: result, justification } = decision.data
  decide(tenant, actorAt(caller), request.id, { result, justification })
  const [step] = stagesOf(request)
  return { status: 200, body: step === undefined ? undefined : stage(call, request, step) }
}

export const approvalHandlers: Readonly<Record<string, ArmHandler>> = {
  [`GET ${approvals}`]: (call) => {
    const { tenant, caller, scope, names, filter } = call
    const [id, inner, stageName] = names
    if (id === undefined) {
      const { person } = personAt(caller, `Microsoft.Authorization/${approvals}/read`, scope)
      if (filter !== 'asApprover()') throw new Refusal(400, 'BadRequest', `Invalid filter clause: ${filter}`)
      const waiting = azureRequests(tenant).filter((request) => mayDecide(tenant, request, person))
      return { status: 200, body: { value: waiting.map((request) => approval(call, request)) } }
    }
    const request = readable(call, id)
    if (inner === undefined) return { status: 200, body: approval(call, request) }
    const stages = stagesOf(request).map((step) => stage(call, request, step))
    if (stageName === undefined) return { status: 200, body: { value: stages } }
    const found = stages.find(({ name }) => name === stageName)
    if (found === undefined) throw new Refusal(404, 'ResourceNotFound', 'No such stage.')
    return { status: 200, body: found }
  },
  [`PATCH ${approvals}`]: cast,
  [`PUT ${approvals}`]: cast,
}
