import { z } from 'zod'
import { IsoDuration } from '../../time.ts'
import { PersonId } from '../../people.ts'
import { RequestId } from '../../request/events.ts'
import type { Query } from '../wire/graph-reader.ts'

/** A call to be made with a person's own token. `path` starts with its version. */
export interface PersonRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly query?: Query
  readonly body?: unknown
}

/** A call that is not on the list. It means a mistake of ours, so nothing is made of it but a stop. */
export class CallNotAllowed extends Error {
  constructor(call: PersonRequest, why: string) {
    super(`${call.method} ${call.path} may not carry a person's token: ${why}`)
    this.name = 'CallNotAllowed'
  }
}

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

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const exactly = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/[.()'/]/g, String.raw`\$&`).replaceAll('{guid}', guid)}$`, 'i')

const nothing = z.undefined()
const readings = new Set(['$filter', '$select', '$expand', '$orderby', '$top', '$skiptoken', '$skip'])

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

interface Allowed {
  readonly method: PersonRequest['method']
  readonly path: RegExp
  readonly body: (person: PersonId) => z.ZodType
}

/** Everything that may ever leave with a person's token. */
const allowed: readonly Allowed[] = [
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
]

/**
 * Holds a call against the list of what may be done with this person's token.
 * @returns the call with its body as the list knows it: what is sent is what was checked.
 * @throws {CallNotAllowed}
 */
export function allowedCall(person: PersonId, call: PersonRequest): PersonRequest {
  const entry = allowed.find(({ method, path }) => method === call.method && path.test(call.path))
  if (entry === undefined) throw new CallNotAllowed(call, 'it is not on the list')
  const strange = Object.keys(call.query ?? {}).find((name) => call.method !== 'GET' || !readings.has(name))
  if (strange !== undefined) throw new CallNotAllowed(call, `${strange} in the query`)
  const body = entry.body(person).safeParse(call.body)
  if (!body.success) throw new CallNotAllowed(call, z.prettifyError(body.error))
  return { ...call, body: body.data }
}

function isDuration(text: string): boolean {
  return IsoDuration.safeParse(text).success
}
