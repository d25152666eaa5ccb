import { z } from 'zod'
import { GroupId, type PersonId } from '../../people.ts'
import { RequestId } from '../../request/events.ts'
import { exactly, nothing, type PersonCalls } from '../on-behalf-of/allowed-calls.ts'
import { activating, decision } from '../pim/allowed-bodies.ts'
import { groups } from './lists.ts'

const requests = `${groups}/assignmentScheduleRequests`
const approvals = `${groups}/assignmentApprovals`

/** Where each call goes; the list below is written with the same. */
export const paths = {
  requests,
  cancel: (id: string) => `${requests}/${id}/cancel`,
  mine: (on: 'principal' | 'approver') => `${requests}/filterByCurrentUser(on='${on}')`,
  stages: (approval: string) => `${approvals}/${approval}/stages`,
  stage: (approval: string, stage: string) => `${approvals}/${approval}/stages/${stage}`,
} as const

const aim = (person: PersonId) => ({
  principalId: z.literal(person),
  groupId: GroupId,
  accessId: z.enum(['member', 'owner']),
})

const activation = (person: PersonId) =>
  z.strictObject({ action: z.literal('selfActivate'), ...aim(person), ...activating })

const deactivation = (person: PersonId) =>
  z.strictObject({ action: z.literal('selfDeactivate'), ...aim(person), customData: RequestId })

/** Everything that may leave with a person's token for a group. */
export const groupCalls: PersonCalls = {
  service: 'graph',
  scope: 'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  calls: [
    {
      method: 'POST',
      path: exactly(paths.requests),
      body: (person) => z.discriminatedUnion('action', [activation(person), deactivation(person)]),
    },
    { method: 'POST', path: exactly(paths.cancel('{guid}')), body: () => nothing },
    { method: 'GET', path: exactly(paths.mine('principal')), body: () => nothing },
    { method: 'GET', path: exactly(paths.mine('approver')), body: () => nothing },
    { method: 'GET', path: exactly(paths.stages('{guid}')), body: () => nothing },
    { method: 'PATCH', path: exactly(paths.stage('{guid}', '{guid}')), body: () => decision },
  ],
}
