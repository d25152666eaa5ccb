import { randomUUID } from 'node:crypto'
import type { PersonId } from '../people.ts'
import type { Refusal } from '../request/refusal.ts'
import type { SignInAnswer, TapAnswer } from '../workflow/ports/incoming.ts'
import type { View, Viewer } from '../workflow/ports/views.ts'
import * as words from '../words/sign-in.ts'
import { say, type Spoken } from '../words/language.ts'
import type { TeamsActivity } from './activity.ts'
import { chatOf, spokenIn } from './activity.ts'
import { parseAction } from './card-actions.ts'
import type { CardAction } from './card-actions.ts'
import { render, renderRefusal } from './cards.ts'
import type { Edge } from './context.ts'
import * as answers from './invoke-answer.ts'
import type { InvokeAnswer } from './invoke-answer.ts'
import { loginCard, stepUpCard } from './sign-in-card.ts'
import type { NotTheirToken } from './sign-in.ts'
import { within } from './in-flight.ts'

/**
 * Answers a card action within the budget, whatever happens: past it the person reads that it is being worked on, and
 * the tap goes on.
 * @param person the activity's `aadObjectId`: who the channel says tapped, to be proved by their SSO token.
 */
export async function answerTap(edge: Edge, activity: TeamsActivity, person: PersonId): Promise<InvokeAnswer> {
  if (!edge.perPerson.take(`taps of ${person}`))
    return answers.messageAnswer(say(spokenIn(activity), words.tooMany.taps))
  const late = new AbortController()
  const work = edge.underWay.track(settle(edge, activity, person, late.signal))
  const answer = await within(edge.invokeBudget, work)
  if (answer !== 'late') return answer
  late.abort()
  return answers.messageAnswer(say(spokenIn(activity), words.working))
}

async function settle(edge: Edge, activity: TeamsActivity, person: PersonId, late: AbortSignal): Promise<InvokeAnswer> {
  try {
    return await tapped(edge, activity, person, late)
  } catch (error) {
    const reference = randomUUID().slice(0, 8)
    edge.log.error({ err: error, reference, activity: activity.id, late: late.aborted }, 'a tap failed')
    return answers.errorAnswer(500, say(spokenIn(activity), words.wentWrong(reference)))
  }
}

async function tapped(edge: Edge, activity: TeamsActivity, person: PersonId, late: AbortSignal): Promise<InvokeAnswer> {
  const { id, replyToId, conversation, serviceUrl } = activity
  const spoken = spokenIn(activity)
  const notOurs = answers.errorAnswer(400, say(spoken, words.notAButtonOfOurs))
  const parsed = parseAction(activity.value)
  if (!parsed.ok || id === undefined || replyToId === undefined) return notOurs
  const action = parsed.value
  // What a client sends by itself must never change anything, and no card of ours asks it to.
  if (action.trigger === 'automatic') return notOurs
  if (action.auth === undefined) {
    if (action.state === undefined) return answers.loginAnswer(loginCard(edge.authStart, spoken))
    const settled = await edge.handlers.settledSignIn(action.state, person)
    return settled === undefined ? answers.invalidAuthCodeAnswer : bodyOf(edge, settled, spoken)
  }
  const signedIn = await edge.validateSsoToken(action.auth.token, person)
  if (!signedIn.ok) return refuseToken(edge, activity, person, action, signedIn.refusal)
  const tap = {
    activity: id,
    verb: action.verb,
    record: action.id,
    revision: action.revision,
    inputs: action.inputs,
    actor: signedIn.value.person,
    chat: chatOf(activity),
    conversation: conversation.id,
    serviceUrl,
    card: replyToId,
    proof: { by: 'sso', token: action.auth.token, contexts: signedIn.value.contexts } as const,
  }
  return bodyOf(edge, await edge.handlers.tap(tap, late), spoken)
}

async function refuseToken(
  edge: Edge,
  tapped: TeamsActivity,
  claimed: PersonId,
  action: CardAction,
  refusal: NotTheirToken,
): Promise<InvokeAnswer> {
  const spoken = spokenIn(tapped)
  const activity = tapped.id ?? ''
  if (refusal.kind === 'not-valid') {
    edge.log.warn({ activity, claimed, detail: refusal.detail }, 'an SSO token was refused')
    edge.handlers.stranger('sso-token')
    return answers.signInFailedAnswer(say(spoken, words.signInFailed))
  }
  const { kind: why, person } = refusal
  await edge.handlers.refusedTap({ activity, person, claimed, verb: action.verb, record: action.id, why })
  return why === 'token-of-another-person'
    ? answers.errorAnswer(403, say(spoken, words.signedInAsAnother))
    : answers.signInFailedAnswer(say(spoken, words.signInWithoutScope))
}

function bodyOf(edge: Edge, answer: TapAnswer | SignInAnswer, spoken: Spoken): InvokeAnswer {
  switch (answer.answer) {
    case 'card':
      return shown(answer.view, answer.viewer, edge.now())
    case 'refused':
      return answer.view === undefined
        ? answers.messageAnswer(refusalText(answer, edge.now()))
        : shown(answer.view, answer.viewer, edge.now())
    case 'sign-in':
      return answer.shown === 'link'
        ? answers.messageAnswer(say(spoken, words.signInByLink))
        : answers.loginAnswer(stepUpCard(edge.authStart, answer.transaction, spoken))
    case 'not-signed-in':
      return answers.messageAnswer(say(spoken, words.notSignedIn(answer.because)))
    default:
      return answer satisfies never
  }
}

/** Why a tap was not carried out, as one sentence. */
export const refusalText = (answer: Extract<TapAnswer, { answer: 'refused' }>, now: Date): string =>
  renderRefusal(answer.refusal, answer.viewer, { now, names: answer.names ?? new Map() })

function shown(view: View, viewer: Viewer, now: Date, refused?: Refusal): InvokeAnswer {
  const { card, text, summary } = render(view, viewer, { now, ...(refused === undefined ? {} : { refused }) })
  return card === undefined ? answers.messageAnswer(text ?? summary) : answers.cardAnswer(card)
}
