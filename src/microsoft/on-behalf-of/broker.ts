import { randomUUID } from 'node:crypto'
import type { PersonId } from '../../people.ts'
import type { Proof } from '../../workflow/ports/incoming.ts'
import type { Tenant } from '../../workflow/ports/tenant.ts'
import type { Service } from '../../workflow/ports/engine.ts'
import type { PersonCall } from '../../request/person-call.ts'
import { allowedCall, type PersonCalls, type PersonRequest } from './allowed-calls.ts'
import { originOf, type GraphOptions, scopeAt } from '../sign-in/options.ts'
import { outcomeOf, refusedHere } from './outcome.ts'
import { urlOf } from '../wire/graph-reader.ts'
import { exchange, type Exchanged } from '../sign-in/token.ts'

/** Who could grant anything is asked about before a token is exchanged. */
export type Grants = Pick<Tenant, 'holdsGrantingRole'>

export type Broker = (person: PersonId, proof: Proof) => Send

/** Makes one call with the person's own token. Never repeats it. */
export type Send = (call: PersonRequest) => Promise<PersonCall<unknown>>

/**
 * The only way out for a person's token. Each call is held against the allow-list, then the person against the roles
 * that could grant anything, then a token is exchanged for this one call and forgotten. A token that the person got for
 * themself on Entra's page goes the same way.
 * @param kinds what each kind of access may do with a person's token
 * @throws {CallNotAllowed} by the function it returns, before any token is exchanged.
 */
export function openBroker(options: GraphOptions, tenant: Grants, kinds: readonly PersonCalls[]): Broker {
  return (person, proof) => async (asked) => {
    const { call, scope } = allowedCall(kinds, person, asked)
    const granting = await holdsGrantingRole(tenant, person, call.service)
    if (granting instanceof Error) {
      return refusedHere(
        'latchkey-could-not-check',
        `whether you hold an administrator role could not be read, so no token was used for you: ${granting.message}`,
      )
    }
    if (granting) return { came: 'portal-only' }
    const exchanged = await tokenFor(person, proof, call.service, (token) =>
      exchange(options, token, scopeAt(options, call.service, scope)),
    )
    if (exchanged.came === 'sign-in-needed') return exchanged
    if (exchanged.of.toLowerCase() !== person) {
      return refusedHere('latchkey-other-person', 'the sign-in is of another person than the one who pressed')
    }
    return send(options, exchanged.token, call)
  }
}

/** A token that somebody got on Entra's page is for Graph; the same sign-in gives one for Resource Manager. */
async function tokenFor(
  person: PersonId,
  proof: Proof,
  service: Service,
  exchanging: (token: string) => Promise<Exchanged>,
): Promise<Exchanged> {
  if (proof.by === 'sso') return exchanging(proof.token)
  if (service === 'graph') return { came: 'token', token: proof.graphToken, of: person }
  const got = (await proof.armToken?.()) ?? { code: 'latchkey-other-service', message: 'the sign-in was for Graph' }
  return typeof got === 'string'
    ? { came: 'token', token: got, of: person }
    : { came: 'sign-in-needed', ...got, claims: null }
}

async function holdsGrantingRole(tenant: Grants, person: PersonId, service: Service): Promise<boolean | Error> {
  try {
    return await tenant.holdsGrantingRole(person, service)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function send(options: GraphOptions, token: string, call: PersonRequest): Promise<PersonCall<unknown>> {
  const patience = call.method === 'GET' ? options.patience.read : options.patience.act
  try {
    const response = await fetch(urlOf(originOf(options, call.service), call.path, call.query ?? {}), {
      method: call.method,
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        'client-request-id': randomUUID(),
        ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    })
    return await outcomeOf(response)
  } catch (error) {
    // A connection that was refused cannot be told for certain from one that was lost after the call was read.
    return { came: 'unknown', detail: `no answer: ${reasonOf(error)}` }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
