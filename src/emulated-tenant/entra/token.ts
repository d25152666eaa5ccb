import { randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { JWTPayload } from 'jose'
import type { Person } from '../state/people-and-groups.ts'
import { stableGuid } from '../stable-id.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

/** What a person proved when they signed in, inherited by every token that comes of it. */
export type SignIn = {
  /** `amr`: pwd, mfa. */
  methods: readonly string[]
  /** `acrs`: authentication contexts reached. */
  contexts: readonly string[]
  /** Seconds since 1970. */
  authTime?: number
}

export const accessTokenSeconds = 4000

export const tenantIdOf = (tenant: EmulatedTenant): string => tenant.seed.organisation.tenantId

export const issuerOf = (tenant: EmulatedTenant, tenantId = tenantIdOf(tenant)): string =>
  `${tenant.origins.entra}/${tenantId}/v2.0`

export const inSeconds = (instant: Date): number => Math.floor(instant.getTime() / 1000)

/** The service principal of an app registration, stable over runs. */
export const servicePrincipalOf = (appId: string): string => stableGuid('servicePrincipal', appId)

type Signing = { audience: string; tenantId?: string; issuedAt?: number; lifetime?: number }

/** Signs with Entra's key. Times follow the machine's clock, whatever the product clock says. */
export function sign(tenant: EmulatedTenant, claims: JWTPayload, signing: Signing): Promise<string> {
  const { audience, tenantId = tenantIdOf(tenant), lifetime = accessTokenSeconds } = signing
  const issuedAt = signing.issuedAt ?? inSeconds(tenant.realNow())
  return new SignJWT({ tid: tenantId, uti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: tenant.signingKey.kid })
    .setIssuer(issuerOf(tenant, tenantId))
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .sign(tenant.signingKey.privateKey)
}

/** @throws {errors.JOSEError} for another key, issuer or audience, and for a token that ran out. */
export async function verify(tenant: EmulatedTenant, token: string, audience: string | string[]): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, tenant.signingKey.publicKey, {
    issuer: issuerOf(tenant),
    audience,
    algorithms: ['RS256'],
    requiredClaims: ['exp', 'tid'],
    currentDate: tenant.realNow(),
  })
  return payload
}

/** The claims about a person that id tokens, SSO tokens and access tokens share. */
export function personClaims(person: Person, { methods, contexts, authTime }: SignIn): JWTPayload {
  return {
    oid: person.objectId,
    sub: stableGuid('sub', person.objectId),
    name: person.displayName,
    preferred_username: person.userPrincipalName,
    upn: person.userPrincipalName,
    amr: [...methods],
    ...(contexts.length === 0 ? {} : { acrs: [...contexts] }),
    ...(authTime === undefined ? {} : { auth_time: authTime }),
  }
}
