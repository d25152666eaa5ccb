import { randomUUID } from 'node:crypto'
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

/** Proves that this very person is signed in. Throws when Entra's keys cannot be read: nobody is let through then. */
export type ValidateSsoToken = (token: string, person: PersonId) => Promise<Result<PersonId, NotTheirToken>>

const Claims = z.object({ oid: PersonId, tid: z.string(), scp: z.string().default(''), exp: z.number() })

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
      const { oid, tid, scp } = claims.data
      if (tid !== sso.tenantId) return refuse({ kind: 'not-valid', detail: 'a token of another tenant' })
      if (oid !== person) return refuse({ kind: 'token-of-another-person', person: oid })
      if (!scp.split(' ').includes('access_as_user')) return refuse({ kind: 'token-without-our-scope', person: oid })
      return ok(oid)
    } catch (error) {
      if (!isTokensFault(error)) throw error
      return refuse({ kind: 'not-valid', detail: error instanceof Error ? error.message : String(error) })
    }
  }
}

/**
 * The card by which Teams is asked for the person's SSO token: unseen where Teams can hand one over, else the button
 * that opens our own page. Teams repeats the tap with the token.
 */
export const loginCard = (authStart: URL, words: { text: string; button: string }) => ({
  text: words.text,
  connectionName: 'latchkey',
  tokenExchangeResource: { id: randomUUID() },
  buttons: [{ type: 'signin', title: words.button, value: authStart.href }],
})
