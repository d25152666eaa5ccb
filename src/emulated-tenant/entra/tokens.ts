import { randomUUID } from 'node:crypto'
import type { Person } from '../state/people-and-groups.ts'
import { EntraError } from './error.ts'
import { askedScopes, grantedScopes, resources } from './resources.ts'
import type { Application } from '../seed/seed.ts'
import { signInApp } from './sso-token.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { accessTokenSeconds, inSeconds, personClaims, servicePrincipalOf, sign, tenantIdOf, verify } from './token.ts'
import type { SignIn } from './token.ts'

/** The answer of the token endpoint. */
export type TokenAnswer = Record<string, string | number>

type Asked = { scope: string; claims: ClaimsRequest }

/** The part of the `claims` parameter that matters here: capabilities always come with it, a step-up sometimes. */
export type ClaimsRequest = {
  capabilities: readonly string[]
  contexts: readonly string[]
  /** Whether multifactor authentication is asked for by name. */
  mfa: boolean
  /** Claims that the id token shall carry beside its usual ones. */
  identity: readonly string[]
}

/** @throws {EntraError} 9002341 where `claims` is not JSON of the expected shape. */
export function readClaims(text: string | undefined): ClaimsRequest {
  if (text === undefined || text === '') return { capabilities: [], contexts: [], mfa: false, identity: [] }
  try {
    // Only few members are looked at, and each is checked below.
    const parsed = JSON.parse(text) as {
      access_token?: Record<string, { value?: unknown; values?: unknown } | null>
      id_token?: Record<string, unknown>
    }
    const wanted = (name: string) => {
      const { value, values } = parsed.access_token?.[name] ?? {}
      return [value, values].flat().filter((each): each is string => typeof each === 'string')
    }
    return {
      capabilities: wanted('xms_cc'),
      contexts: wanted('acrs'),
      mfa: wanted('amr').includes('mfa'),
      identity: Object.keys(parsed.id_token ?? {}),
    }
  } catch {
    throw new EntraError('invalid_request', 9002341, 'The claims parameter is not valid JSON.')
  }
}

/** Client credentials: the app's own identity with the application permissions of the seed. */
export async function appToken(tenant: EmulatedTenant, app: Application, { scope }: Asked): Promise<TokenAnswer> {
  const { audience, names } = askedScopes(scope)
  if (names.length !== 1 || names[0] !== '.default')
    throw new EntraError('invalid_scope', 1002012, `The provided value for scope ${scope} is not valid. Use /.default.`)
  const claims = {
    appid: app.appId,
    azp: app.appId,
    idtyp: 'app',
    oid: servicePrincipalOf(app.appId),
    sub: servicePrincipalOf(app.appId),
    roles: audience === resources.graph ? app.application : [],
    ver: '1.0',
  }
  return { ...bearer(scope), access_token: await sign(tenant, claims, { audience }) }
}

/**
 * On behalf of: an SSO token for the sign-in app becomes a token for one API, with the methods and contexts of the
 * person's session and never more.
 * @throws {EntraError} 500133 expired, 50013 not one of ours, 50057 disabled, 50076 context wanted.
 */
export async function onBehalfOf(tenant: EmulatedTenant, app: Application, assertion: string, asked: Asked) {
  const payload = await verify(tenant, assertion, app.appId).catch((cause: unknown) => {
    const expired = cause instanceof Error && 'code' in cause && cause.code === 'ERR_JWT_EXPIRED'
    throw expired
      ? new EntraError('invalid_grant', 500133, 'Assertion is not within its valid time range.')
      : new EntraError('invalid_grant', 50013, 'Assertion failed signature, issuer or audience validation.')
  })
  if (app.appId !== signInApp(tenant).appId || payload['scp'] !== 'access_as_user')
    throw new EntraError('invalid_grant', 50013, 'Assertion carries no scope of the calling application.')
  const person = [...tenant.people.values()].find(({ objectId }) => objectId === payload['oid'])
  const session = { methods: strings(payload['amr']), contexts: strings(payload['acrs']) }
  return personToken(tenant, app, person, session, asked)
}

/** A person's token for the resource asked for, with id token and client_info as MSAL needs them for its cache. */
export async function personToken(
  tenant: EmulatedTenant,
  app: Application,
  person: Person | undefined,
  session: SignIn,
  { scope, claims, nonce }: Asked & { nonce?: string },
): Promise<TokenAnswer> {
  if (person === undefined) throw new EntraError('invalid_grant', 50034, 'The user account does not exist.')
  if (!person.accountEnabled) throw new EntraError('invalid_grant', 50057, 'The user account is disabled.')
  const asked = askedScopes(scope)
  const scopes = grantedScopes(app, asked)
  const lacking = claims.contexts.find((context) => !session.contexts.includes(context))
  if (lacking !== undefined)
    throw new EntraError('interaction_required', 50076, 'Stronger authentication is required to continue.', {
      suberror: 'basic_action',
      claims: JSON.stringify({ access_token: { acrs: { essential: true, value: lacking } } }),
    })
  const about = personClaims(person, session)
  const access = {
    ...about,
    appid: app.appId,
    azp: app.appId,
    idtyp: 'user',
    scp: scopes.join(' '),
    ...(claims.capabilities.length === 0 ? {} : { xms_cc: [...claims.capabilities] }),
    ver: '1.0',
  }
  // What nobody asked for stays out of the id token.
  const { acrs, auth_time, ...always } = about
  const extra = Object.entries({ acrs, auth_time }).filter(([name]) => claims.identity.includes(name))
  const identity = {
    ...always,
    ...Object.fromEntries(extra),
    ...(nonce === undefined ? {} : { nonce }),
    ver: '2.0',
  }
  const info = { uid: person.objectId, utid: tenantIdOf(tenant) }
  return {
    ...bearer(scopes.map((name) => `${asked.audience}/${name}`).join(' ')),
    access_token: await sign(tenant, access, { audience: asked.audience }),
    id_token: await sign(tenant, identity, { audience: app.appId, lifetime: 3600 }),
    client_info: Buffer.from(JSON.stringify(info)).toString('base64url'),
  }
}

const bearer = (scope: string): TokenAnswer => ({
  token_type: 'Bearer',
  scope,
  expires_in: accessTokenSeconds,
  ext_expires_in: accessTokenSeconds,
})

export const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

/** The body of a refusal, as Entra spells it. */
export function errorBody(tenant: EmulatedTenant, refused: EntraError) {
  const trace = randomUUID()
  const at = tenant.realNow().toISOString().replace('T', ' ').slice(0, 19)
  return {
    error: refused.error,
    error_description: `${refused.message} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: ${at}Z`,
    error_codes: [refused.number],
    timestamp: `${at}Z`,
    trace_id: trace,
    correlation_id: trace,
    ...(refused.suberror === undefined ? {} : { suberror: refused.suberror }),
    ...(refused.claims === undefined ? {} : { claims: refused.claims }),
  }
}

export const signedInAt = (tenant: EmulatedTenant): number => inSeconds(tenant.realNow())
