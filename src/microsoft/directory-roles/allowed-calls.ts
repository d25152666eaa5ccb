import { z } from 'zod'
import type { PersonId } from '../../people.ts'
import { RequestId } from '../../request/events.ts'
import { IsoDuration } from '../../time.ts'
import { exactly, nothing, type PersonCalls } from '../on-behalf-of/allowed-calls.ts'

const requests = '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests'
const approvals = '/beta/roleManagement/directory/roleAssignmentApprovals'

/** Where each call goes; the list below is written with the same. */
export const paths = {
  requests,
  request: (id: string) => `${requests}/${id}`,
  cancel: (id: string) => `${requests}/${id}/cancel`,
  mine: (on: 'principal' | 'approver') => `${requests}/filterByCurrentUser(on='${on}')`,
  approval: (id: string) => `${approvals}/${id}`,
  step: (approval: string, step: string) => `${approvals}/${approval}/steps/${step}`,
} as const

const activation = (person: PersonId) =>
  z.strictObject({
    action: z.literal('selfActivate'),
    principalId: z.literal(person),
    roleDefinitionId: z.uuid(),
    directoryScopeId: z.string().startsWith('/'),
    scheduleInfo: z.strictObject({
      startDateTime: z.iso.datetime(),
      expiration: z.strictObject({ type: z.literal('afterDuration'), duration: z.string().refine(isDuration) }),
    }),
    justification: z.string(),
    ticketInfo: z.strictObject({ ticketNumber: z.string(), ticketSystem: z.string() }).exactOptional(),
    customData: RequestId,
  })

const deactivation = (person: PersonId) =>
  z.strictObject({
    action: z.literal('selfDeactivate'),
    principalId: z.literal(person),
    roleDefinitionId: z.uuid(),
    directoryScopeId: z.string().startsWith('/'),
    customData: RequestId,
  })

const decision = z.strictObject({ reviewResult: z.enum(['Approve', 'Deny']), justification: z.string() })

/** Everything that may leave with a person's token for a directory role. */
export const roleCalls: PersonCalls = {
  service: 'graph',
  scope: 'RoleAssignmentSchedule.ReadWrite.Directory',
  calls: [
    {
      method: 'POST',
      path: exactly(paths.requests),
      body: (person) => z.discriminatedUnion('action', [activation(person), deactivation(person)]),
    },
    { method: 'POST', path: exactly(paths.cancel('{guid}')), body: () => nothing },
    { method: 'GET', path: exactly(paths.mine('principal')), body: () => nothing },
    { method: 'GET', path: exactly(paths.mine('approver')), body: () => nothing },
    { method: 'GET', path: exactly(paths.request('{guid}')), body: () => nothing },
    { method: 'GET', path: exactly(paths.approval('{guid}')), body: () => nothing },
    { method: 'PATCH', path: exactly(paths.step('{guid}', '{guid}')), body: () => decision },
  ],
}

function isDuration(text: string): boolean {
  return IsoDuration.safeParse(text).success
}
