import { contextClaims } from '../../request/failed-call.ts'
import type { SignInAnswer, TapAnswer, Tapped } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import { askToSignIn, offerSignIn } from '../sign-in/sign-in.ts'
import { tap } from './tap.ts'

/** A tap, and the sign-in page where Entra or the catalogue wants more than the token that came with it: once a tap. */
export async function tapOrSignIn(edges: Edges, tapped: Tapped, late: AbortSignal): Promise<TapAnswer | SignInAnswer> {
  const answer = await tap(edges, tapped, late)
  if (answer.answer === 'refused' && answer.refusal.kind === 'consent-missing')
    edges.log.warn({ person: tapped.actor, code: answer.refusal.code }, 'a tap came to nothing: consent is missing')
  const claims = claimsWanted(answer)
  // Whoever comes from the page and is refused all the same reads why: asking again would lead nowhere.
  if (claims === undefined || tapped.proof.by === 'sign-in') return answer
  const asked = await askToSignIn(edges, tapped, claims)
  // They read "working on it" already: nobody sees this answer.
  if (late.aborted && asked.answer === 'sign-in' && asked.shown === 'pop-up') {
    await offerSignIn(edges, tapped, asked.transaction)
  }
  return asked
}

/** JSON for Entra's `claims` parameter, undefined where no sign-in would help. */
function claimsWanted(answer: TapAnswer): string | undefined {
  if (answer.answer !== 'refused') return undefined
  const { refusal } = answer
  if (refusal.kind === 'step-up-needed') return contextClaims(refusal.context)
  return refusal.kind === 'sign-in-needed' ? (refusal.claims ?? undefined) : undefined
}
