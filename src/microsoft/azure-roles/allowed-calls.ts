import { z } from 'zod'
import type { PersonId } from '../../people.ts'
import { exactly, nothing, type PersonCalls } from '../on-behalf-of/allowed-calls.ts'
import { activating, decision } from '../pim/allowed-bodies.ts'
import { provider } from './target.ts'

const requests = `${provider}/roleAssignmentScheduleRequests`
const approvals = `${provider}/roleAssignmentApprovals`

/** Where each call goes; the list below is written with the same. A scope is empty for the tenant as a whole. */
export const paths = {
  eligible: `${provider}/roleEligibilityScheduleInstances`,
  requests: (scope = '') => `${scope}${requests}`,
  request: (scope: string, name: string) => `${scope}${requests}/${name}`,
  cancel: (scope: string, name: string) => `${scope}${requests}/${name}/cancel`,
  stages: (approval: string) => `${approvals}/${approval}/stages`,
  stage: (approval: string, stage: string) => `${approvals}/${approval}/stages/${stage}`,
} as const

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** A name in an id, which is no way up. */
const name = String.raw`(?!\.{1,2}(?:/|$))[\w.()-]+`
const scope = `/subscriptions/${guid}(?:/resourceGroups/${name}(?:/providers/${name}(?:/${name}/${name})+)?)?`

const placed = (path: RegExp): RegExp => new RegExp(path.source.replace(/^\^/, `^${scope}`), 'i')

const roleDefinition = z.string().regex(new RegExp(`^/subscriptions/${guid}${provider}/roleDefinitions/${guid}$`, 'i'))
const aim = (person: PersonId) => ({ principalId: z.literal(person), roleDefinitionId: roleDefinition })

const activation = (person: PersonId) =>
  z.strictObject({
    ...aim(person),
    requestType: z.literal('SelfActivate'),
    scheduleInfo: z.strictObject({
      startDateTime: activating.scheduleInfo.shape.startDateTime,
      expiration: z.strictObject({
        type: z.literal('AfterDuration'),
        duration: activating.scheduleInfo.shape.expiration.shape.duration,
      }),
    }),
    justification: activating.justification,
    ticketInfo: activating.ticketInfo,
    linkedRoleEligibilityScheduleId: z.string().exactOptional(),
    condition: z.string().exactOptional(),
    conditionVersion: z.string().exactOptional(),
  })

const deactivation = (person: PersonId) => z.strictObject({ ...aim(person), requestType: z.literal('SelfDeactivate') })

/** Everything that may leave with a person's token for an Azure role. */
export const azureCalls: PersonCalls = {
  service: 'arm',
  scope: 'user_impersonation',
  calls: [
    {
      method: 'PUT',
      path: placed(exactly(paths.request('', '{guid}'))),
      body: (person) =>
        z.strictObject({ properties: z.discriminatedUnion('requestType', [activation(person), deactivation(person)]) }),
    },
    { method: 'POST', path: placed(exactly(paths.cancel('', '{guid}'))), body: () => nothing },
    { method: 'GET', path: placed(exactly(paths.request('', '{guid}'))), body: () => nothing },
    { method: 'GET', path: exactly(paths.requests()), body: () => nothing },
    { method: 'GET', path: exactly(paths.eligible), body: () => nothing },
    { method: 'GET', path: exactly(paths.stages('{guid}')), body: () => nothing },
    {
      method: 'PATCH',
      path: exactly(paths.stage('{guid}', '{guid}')),
      body: () => z.strictObject({ properties: decision }),
    },
  ],
}
