import type { Caller, DelegatedCaller } from '../state/caller.ts'
import { page, parseQuery, shape } from './odata-query.ts'
import type { EntityType } from './odata-query.ts'
import type { Actor } from '../state/pim.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

/** A request to Graph that was understood: who asks, for which keys of the path, with which query and body. */
export type GraphCall = {
  tenant: EmulatedTenant
  caller: Caller
  /** The values in the path, in order. */
  keys: readonly string[]
  path: string
  parameters: URLSearchParams
  body: unknown
}

export type GraphAnswer = { status: number; body?: unknown }
export type GraphHandler = (call: GraphCall) => GraphAnswer

export const key = ({ keys }: GraphCall, position = 0): string => keys[position] ?? ''

export function list<Source>(call: GraphCall, type: EntityType<Source>, sources: readonly Source[]): GraphAnswer {
  const { tenant, path, parameters } = call
  const location = { origin: tenant.origins.graph, path, parameters }
  return { status: 200, body: page(type, sources, parseQuery(parameters), location) }
}

export function one<Source>(call: GraphCall, type: EntityType<Source>, source: Source | undefined): GraphAnswer {
  if (source === undefined) throw notFound(key(call))
  return { status: 200, body: shape(type, source, parseQuery(call.parameters)) }
}

export const notFound = (id: string) =>
  new Refusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried objects is missing.`,
  )

export const denied = () =>
  new Refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')

/** @throws {Refusal} 403 where an app calls what only a person can. */
export function personCalling({ caller }: GraphCall): DelegatedCaller {
  if (caller.kind === 'app') throw denied()
  return caller
}

/** Who acts towards PIM, with what their token proves. */
export function actorOf({ caller }: GraphCall): Actor {
  if (caller.kind === 'app') return { who: caller.who, byToken: 'app', objectId: null, mfa: false, contexts: [] }
  const { who, person, methods, contexts } = caller
  return { who, byToken: 'delegated', objectId: person.objectId, mfa: methods.includes('mfa'), contexts }
}

/** The `on` of filterByCurrentUser. @throws {Refusal} 400 where it is none of those served. */
export function currentUserOn<On extends string>(call: GraphCall, served: readonly On[]): On {
  const on = served.find((each) => each === key(call))
  if (on === undefined) throw new Refusal(400, 'BadRequest', `filterByCurrentUser does not support on='${key(call)}'.`)
  return on
}
