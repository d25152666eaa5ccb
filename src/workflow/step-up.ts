import type { SignInAnswer, TapAnswer, Tapped } from './incoming.ts'
import type { Edges, Hand, PersonCall } from './ports.ts'
import { anySignIn, askToSignIn } from './sign-in.ts'

export type Tap = (edges: Edges, tapped: Tapped, late: AbortSignal) => Promise<TapAnswer>

/** Refusals of Entra, beside those that bring claims, that a sign-in on its page can mend. */
const mendable = new Set(['interaction_required', 'login_required', 'consent_required', 'insufficient_claims'])

/**
 * Carries out a tap. Where Entra wants more of a sign-in than Teams' silent token carries, the person is asked to
 * sign in on its page, and the tap goes on from there; only once, so that a sign-in that did not help is told as such.
 */
export async function tapOrSignIn(
  edges: Edges,
  tapped: Tapped,
  late: AbortSignal,
  tap: Tap,
): Promise<TapAnswer | SignInAnswer> {
  const challenges: string[] = []
  const answer = await tap({ ...edges, takeHand: noticing(edges, challenges) }, tapped, late)
  const claims = challenges.at(-1)
  const helps = answer.answer === 'refused' && answer.refusal.kind === 'sign-in-needed' && claims !== undefined
  if (!helps || tapped.proof.by === 'sign-in') return answer
  const asked = await askToSignIn(edges, tapped, claims)
  // They read "working on it" already: nobody sees this answer.
  if (late.aborted && asked.answer === 'sign-in' && asked.shown === 'pop-up')
    await edges.conversation.offerSignIn(tapped, asked.transaction)
  return asked
}

/** Hands that write down what Entra asks for; what is done with it is for the whole tap to say, not for one call. */
function noticing(edges: Edges, challenges: string[]): Edges['takeHand'] {
  const watch = async <Value>(call: Promise<PersonCall<Value>>): Promise<PersonCall<Value>> => {
    const came = await call
    if (came.came === 'sign-in-needed' && (came.claims !== null || mendable.has(came.code)))
      challenges.push(came.claims ?? anySignIn)
    return came
  }
  return (person, proof): Hand => {
    const hand = edges.takeHand(person, proof)
    return {
      person: hand.person,
      file: (filing) => watch(hand.file(filing)),
      own: (target) => watch(hand.own(target)),
      cancel: (entraRequest) => watch(hand.cancel(entraRequest)),
      deactivate: (filing) => watch(hand.deactivate(filing)),
      toDecide: () => watch(hand.toDecide()),
      approval: (entraRequest) => watch(hand.approval(entraRequest)),
      decide: (entraRequest, verdict, justification) => watch(hand.decide(entraRequest, verdict, justification)),
    }
  }
}
