import { missingConsent } from './consent.ts'
import type { PersonCall } from './person-call.ts'
import type { Refusal } from './refusal.ts'

/** What Entra wants of a sign-in that is to carry an authentication context, such as `c1`. */
export const contextClaims = (context: string): string =>
  JSON.stringify({ access_token: { acrs: { essential: true, value: context } } })

/** Refusals of an exchange, beside those that bring claims, that a sign-in on Entra's page can mend. */
const mendable = new Set(['interaction_required', 'login_required', 'insufficient_claims'])

/** Why a person's call did nothing in Entra. `said`: Entra judged it; otherwise it never got there. */
export interface Nothing {
  readonly refusal: Refusal
  readonly said: boolean
}

/** Reads a call that certainly changed nothing; undefined for one that did, or may have. */
export function failedCall(call: PersonCall<unknown>): Nothing | undefined {
  switch (call.came) {
    case 'done':
    case 'unknown':
      return undefined
    case 'portal-only':
      return { refusal: { kind: 'portal-only' }, said: false }
    case 'sign-in-needed': {
      const consent = missingConsent(call.code, call.message)
      if (consent !== undefined) return { refusal: { kind: 'consent-missing', code: consent }, said: false }
      // Entra could not be asked at all: signing in again would not help.
      return call.code.startsWith('latchkey-') && call.claims === null
        ? { refusal: { kind: 'tenant-silent' }, said: false }
        : {
            refusal: { kind: 'sign-in-needed', claims: call.claims ?? (mendable.has(call.code) ? '{}' : null) },
            said: false,
          }
    }
    case 'refused': {
      const { status, code, message, failedRules } = call
      // Our own codes come without a status; Entra throttles before it judges.
      if (status === 0 || status === 429) return { refusal: { kind: 'tenant-silent' }, said: false }
      return { refusal: { kind: 'entra-refused', code, message, failedRules }, said: true }
    }
    default:
      return call satisfies never
  }
}
