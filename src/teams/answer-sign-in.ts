import { z } from 'zod'
import type { PersonId } from '../people.ts'
import { say } from '../words/language.ts'
import { teamsSignInFailed } from '../words/sign-in.ts'
import type { TeamsActivity } from './activity.ts'
import { chatOf, spokenIn } from './activity.ts'
import type { Edge } from './context.ts'
import { connectionName } from './sign-in-card.ts'
import { within } from './in-flight.ts'

/** How the two sign-in invokes are answered: by a status alone, and a body where it failed. */
export interface SignInAnswered {
  readonly status: 200 | 412 | 500
  readonly body?: unknown
}

const Exchange = z.object({ id: z.string().min(1).max(200), token: z.string().min(1).max(20_000) })
const Verify = z.object({ state: z.string().min(1).max(200) })

/**
 * `signin/tokenExchange`: a client answers a sign-in card in a conversation. Every client of a person sends one; 412
 * makes Teams show the card's button.
 */
export async function answerTokenExchange(
  edge: Edge,
  activity: TeamsActivity,
  person: PersonId,
): Promise<SignInAnswered> {
  const value = Exchange.safeParse(activity.value)
  if (!value.success) return failed('', 'malformed')
  const { id, token } = value.data
  const signedIn = await edge.validateSsoToken(token, person)
  if (!signedIn.ok) {
    edge.log.warn({ activity: activity.id, claimed: person, why: signedIn.refusal.kind }, 'an SSO token was refused')
    if (signedIn.refusal.kind === 'not-valid') edge.handlers.stranger('sso-token')
    return failed(id, signedIn.refusal.kind)
  }
  const proof = { by: 'sso', token, contexts: signedIn.value.contexts } as const
  const taken = edge.handlers.tokenExchanged(id, person, proof)
  const came = await within(edge.invokeBudget, edge.underWay.track(taken))
  // Late only where the message is being worked on: the token was taken.
  return came === false ? failed(id, 'unknown') : { status: 200 }
}

const Failure = z.object({ code: z.string().regex(/^[\w-]{1,60}$/) }).catch({ code: 'unknown' })

/**
 * `signin/failure`: Teams' client could not get a token for a sign-in card, and does nothing more by itself. Each client
 * of a person says so; they read it once.
 */
export async function answerFailure(edge: Edge, activity: TeamsActivity, person: PersonId): Promise<SignInAnswered> {
  const { code } = Failure.parse(activity.value)
  edge.log.warn({ activity: activity.id, person, code }, 'a client of Teams could not sign its person in')
  if (chatOf(activity) === 'personal' && edge.oncePerMinute.take(`sign-in of ${person}`)) {
    const to = { conversation: activity.conversation.id, serviceUrl: activity.serviceUrl }
    const said = edge.sender.say(to, say(spokenIn(activity), teamsSignInFailed(code)))
    await within(edge.invokeBudget, edge.underWay.track(said))
  }
  return { status: 200 }
}

/** `signin/verifyState`: the client has been through our page. What came of it stands in the chat already. */
export async function answerVerifyState(
  edge: Edge,
  activity: TeamsActivity,
  person: PersonId,
): Promise<SignInAnswered> {
  const value = Verify.safeParse(activity.value)
  if (!value.success) return failed('', 'malformed')
  return (await edge.handlers.messageSignedIn(value.data.state, person)) ? { status: 200 } : failed('', 'unknown')
}

const failed = (id: string, failureDetail: string): SignInAnswered => ({
  status: 412,
  body: { id, connectionName, failureDetail },
})
