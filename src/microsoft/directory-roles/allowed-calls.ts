import { z } from 'zod'
import type { PersonId } from '../../people.ts'
import { RequestId } from '../../request/events.ts'
import { exactly, nothing, type PersonCalls } from '../on-behalf-of/allowed-calls.ts'
import { activating, decision } from '../pim/allowed-bodies.ts'

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

const aim = (person: PersonId) => ({
  principalId: z.literal(person),
  roleDefinitionId: z.uuid(),
  directoryScopeId: z.string().startsWith('/'),
})

const activation = (person: PersonId) =>
  z.strictObject({ action: z.literal('selfActivate'), ...aim(person), ...activating })

const deactivation = (person: PersonId) =>
  z.strictObject({ action: z.literal('selfDeactivate'), ...aim(person), customData: RequestId })

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
