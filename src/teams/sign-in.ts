import { createRemoteJWKSet, jwtVerify } from 'jose'
import { z } from 'zod'
import { PersonId } from '../people.ts'
import { type Result, ok, refuse } from '../result.ts'
import type { Clock } from '../time.ts'
import { isTokensFault } from './channel-token.ts'

/** The sign-in app, as people's SSO tokens name it. */
export interface SsoOptions {
  readonly tenantId: string
  /** Application id of the sign-in app (not of the bot). */
  readonly audience: string
  /** `https://login.microsoftonline.com/<tenant>/v2.0` */
  readonly issuer: string
  readonly jwksUrl: string
}

export type NotTheirToken =
  /** Not Entra's, not for us, of another tenant, or run out: it says nothing about anybody. */
  | { readonly kind: 'not-valid'; readonly detail: string }
  | { readonly kind: 'token-of-another-person'; readonly person: PersonId }
  | { readonly kind: 'token-without-our-scope'; readonly person: PersonId }

export interface SignedInPerson {
  readonly person: PersonId
  /** Authentication contexts that the session reached: the token's `acrs`. */
  readonly contexts: readonly string[]
}

/** Proves that this very person is signed in. Throws when Entra's keys cannot be read: nobody is let through then. */
export type ValidateSsoToken = (token: string, person: PersonId) => Promise<Result<SignedInPerson, NotTheirToken>>

const Claims = z.object({
  oid: PersonId,
  tid: z.string(),
  scp: z.string().default(''),
  exp: z.number(),
  acrs: z.array(z.string()).catch([]),
})

export function validateSsoTokens(sso: SsoOptions, realClock: Clock): ValidateSsoToken {
  const keys = createRemoteJWKSet(new URL(sso.jwksUrl), { timeoutDuration: 2000 }) // within the tap's three seconds
  return async (token, person) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: sso.issuer,
        audience: sso.audience,
        algorithms: ['RS256'],
        currentDate: realClock(),
        clockTolerance: 60, // seconds
      })
      const claims = Claims.safeParse(payload)
      if (!claims.success) return refuse({ kind: 'not-valid', detail: z.prettifyError(claims.error) })
      const { oid, tid, scp, acrs } = claims.data
      if (tid !== sso.tenantId) return refuse({ kind: 'not-valid', detail: 'a token of another tenant' })
      if (oid !== person) return refuse({ kind: 'token-of-another-person', person: oid })
      if (!scp.split(' ').includes('access_as_user')) return refuse({ kind: 'token-without-our-scope', person: oid })
      return ok({ person: oid, contexts: acrs })
    } catch (error) {
      if (!isTokensFault(error)) throw error
      return refuse({ kind: 'not-valid', detail: error instanceof Error ? error.message : String(error) })
    }
  }
}
