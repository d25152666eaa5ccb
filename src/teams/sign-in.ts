import { jwtVerify } from 'jose'
import { z } from 'zod'
import { PersonId } from '../people.ts'
import { type Result, ok, refuse } from '../result.ts'
import { type Clock, milliseconds } from '../time.ts'
import { clockTolerance, isTokensFault } from './channel-token.ts'
import { publishedKeys, readKeys } from './published-keys.ts'

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
export interface ValidateSsoToken {
  (token: string, person: PersonId): Promise<Result<SignedInPerson, NotTheirToken>>
  /** Whether a token could be checked now. */
  keysKnown(): Promise<boolean>
}

const Claims = z.object({
  oid: PersonId,
  tid: z.string(),
  scp: z.string().default(''),
  /** The client that asked for the token, as v2 tokens name it; those of v1 say `appid`. */
  azp: z.string().optional(),
  appid: z.string().optional(),
  exp: z.number(),
  acrs: z.array(z.string()).catch([]),
})

/**
 * Teams' own clients: for desktop and phones, and in a browser. They alone hand tokens over in a chat; a token that
 * some other application came by proves nothing about who presses a button here.
 * @see https://learn.microsoft.com/microsoftteams/platform/bots/how-to/authentication/bot-sso-register-aad
 */
const teamsClients: ReadonlySet<string | undefined> = new Set([
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
])

/** Within the tap's three seconds. */
const patience = milliseconds(2000)

export function validateSsoTokens(sso: SsoOptions, realClock: Clock): ValidateSsoToken {
  const keys = publishedKeys(() => readKeys(new URL(sso.jwksUrl), patience), realClock)
  const validate = async (token: string, person: PersonId): ReturnType<ValidateSsoToken> => {
    try {
      const { payload } = await jwtVerify(token, keys.find, {
        issuer: sso.issuer,
        audience: sso.audience,
        algorithms: ['RS256'],
        currentDate: realClock(),
        clockTolerance,
      })
      const claims = Claims.safeParse(payload)
      if (!claims.success) return refuse({ kind: 'not-valid', detail: z.prettifyError(claims.error) })
      const { oid, tid, scp, acrs, azp, appid } = claims.data
      if (tid !== sso.tenantId) return refuse({ kind: 'not-valid', detail: 'a token of another tenant' })
      if (!teamsClients.has(azp ?? appid))
        return refuse({ kind: 'not-valid', detail: 'a token of another client than Teams' })
      if (oid !== person) return refuse({ kind: 'token-of-another-person', person: oid })
      if (!scp.split(' ').includes('access_as_user')) return refuse({ kind: 'token-without-our-scope', person: oid })
      return ok({ person: oid, contexts: acrs })
    } catch (error) {
      if (!isTokensFault(error)) throw error
      return refuse({ kind: 'not-valid', detail: error instanceof Error ? error.message : String(error) })
    }
  }
  return Object.assign(validate, { keysKnown: () => keys.areKnown() })
}
