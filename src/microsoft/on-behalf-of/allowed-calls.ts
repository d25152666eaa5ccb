import { z } from 'zod'
import type { PersonId } from '../../people.ts'
import type { Service } from '../../workflow/ports/engine.ts'
import type { Query } from '../wire/graph-reader.ts'

/** A call to be made with a person's own token. `path` starts with its version, or with the scope of Azure. */
export interface PersonRequest {
  readonly service: Service
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
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

/** One call that may leave with a person's token. */
export interface AllowedCall {
  readonly method: PersonRequest['method']
  readonly path: RegExp
  /** What it may carry for this person: their own id wherever it names somebody. */
  readonly body: (person: PersonId) => z.ZodType
}

/** Everything that one kind of access may ever do with a person's token, and the one scope that this needs. */
export interface PersonCalls {
  readonly service: Service
  /** As the service names it, such as `RoleAssignmentSchedule.ReadWrite.Directory`: not all that was ever consented to. */
  readonly scope: string
  readonly calls: readonly AllowedCall[]
}

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** A path of which `{guid}` alone may vary. */
export const exactly = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/[.()'/]/g, String.raw`\$&`).replaceAll('{guid}', guid)}$`, 'i')

export const nothing = z.undefined()
const readings = new Set(['$filter', '$skipToken', '$select', '$expand', '$orderby', '$top', '$skiptoken', '$skip'])

/**
 * Holds a call against what may be done with this person's token.
 * @param kinds what each kind of access may do: nothing else leaves
 * @returns the call with its body as the list knows it, so that what is sent is what was checked; and the scope it needs.
 * @throws {CallNotAllowed}
 */
export function allowedCall(
  kinds: readonly PersonCalls[],
  person: PersonId,
  call: PersonRequest,
): { readonly call: PersonRequest; readonly scope: string } {
  for (const { service, scope, calls } of kinds) {
    const entry = calls.find(
      ({ method, path }) => service === call.service && method === call.method && path.test(call.path),
    )
    if (entry === undefined) continue
    const strange = Object.keys(call.query ?? {}).find(
      // Resource Manager wants the version of every call in its query.
      (name) => !(service === 'arm' && name === 'api-version') && (call.method !== 'GET' || !readings.has(name)),
    )
    if (strange !== undefined) throw new CallNotAllowed(call, `${strange} in the query`)
    const body = entry.body(person).safeParse(call.body)
    if (!body.success) throw new CallNotAllowed(call, z.prettifyError(body.error))
    return { call: { ...call, body: body.data }, scope }
  }
  throw new CallNotAllowed(call, 'it is not on the list')
}
