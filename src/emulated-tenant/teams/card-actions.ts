import type { Person } from '../state/people-and-groups.ts'
import { actionTitles, findAction, inputValues } from './card.ts'
import type { ActionChoice } from './card.ts'
import { userIdOf } from './accounts.ts'
import type { Channel } from './channel.ts'
import { deliver, somethingWentWrong, stampActivity } from './delivery.ts'
import type { BotAnswer } from './channel.ts'
import { signInUrl, ssoAuthentication } from './sign-in.ts'
import { revise, revisionsFor } from './timeline.ts'
import type { Json, Message } from './timeline.ts'

export type ActionRequest = { choice: ActionChoice; inputs: Json; revision: 'current' | 'old' }

/** What the client itself refuses, before anything reaches the bot. */
export type Refused = { refused: 403 | 404 | 409; error: string }

const messageType = 'application/vnd.microsoft.activity.message'
const cardType = 'application/vnd.microsoft.card.adaptive'
const loginType = 'application/vnd.microsoft.activity.loginRequest'
const refreshPauseMs = 60_000

/** Presses a button of a card, as this person sees the card or, with `old`, as they saw it before its last change. */
export async function takeAction(
  channel: Channel,
  person: Person,
  message: Message,
  request: ActionRequest,
): Promise<BotAnswer | Refused> {
  // Whoever speaks to the bot can make up a tap, on a message without a card too.
  const crafted = 'verb' in request.choice && request.choice.data !== undefined
  const card = cardsSeenBy(message, person).at(request.revision === 'old' ? -2 : -1) ?? (crafted ? {} : undefined)
  if (!card) return { refused: 409, error: `There is no ${request.revision} card on this message.` }
  const found = findAction(card, request.choice)
  if (!found && !crafted)
    return { refused: 409, error: `The card has no such action; it has: ${actionTitles(card).join(', ') || 'none'}.` }
  // Whoever speaks to the bot can send any data: `data` in the request replaces the card's.
  const own = found?.action ?? {}
  const data = crafted && 'verb' in request.choice ? request.choice.data : own['data']
  const action = {
    ...own,
    ...('verb' in request.choice ? { verb: request.choice.verb } : {}),
    data: { ...(found ? inputValues(found.within) : {}), ...(isObject(data) ? data : {}), ...request.inputs },
  }
  if (own['type'] === 'Action.OpenUrl') return { refused: 409, error: `That opens ${String(own['url'])} in a browser.` }
  if (own['isEnabled'] === false) return { refused: 409, error: 'That button is disabled.' }
  if (own['type'] === 'Action.Submit') {
    const content = { type: 'message', value: action.data, replyToId: message.id }
    return deliver(channel, stampActivity(channel, person, message.conversation, content))
  }
  return execute(channel, person, message, action, 'manual')
}

/**
 * What Teams does when a card comes into view. Nothing where the card asks for no refresh by this person, and within
 * a minute of the last one (product clock).
 */
export async function viewCard(channel: Channel, person: Person, message: Message): Promise<BotAnswer | undefined> {
  const refresh = cardsSeenBy(message, person).at(-1)?.['refresh']
  const { action, userIds } = (refresh ?? {}) as { action?: Json; userIds?: unknown } // the bot's JSON, read with care
  if (!action || (Array.isArray(userIds) && !userIds.includes(userIdOf(person)))) return undefined
  const now = channel.tenant.now()
  const last = message.refreshed.get(person.id)
  if (last && now.getTime() - last.getTime() < refreshPauseMs) return undefined
  message.refreshed.set(person.id, now)
  return execute(channel, person, message, action, 'automatic')
}

/** The cards this person was shown on a message, oldest first. */
function cardsSeenBy(message: Message, person: Person): Json[] {
  const revisions = revisionsFor(message, person.id)
  return revisions.at(-1)?.deleted ? [] : revisions.flatMap(({ card }) => (card ? [card] : []))
}

async function execute(
  channel: Channel,
  person: Person,
  message: Message,
  cardAction: Json,
  trigger: 'manual' | 'automatic',
): Promise<BotAnswer> {
  const { id, title, verb, data } = cardAction
  const action = { type: 'Action.Execute', ...defined({ id, title, verb }), data: data ?? {} }
  const ask = (extra: Json) => {
    const value = { action, trigger, ...extra }
    const content = { type: 'invoke', name: 'adaptiveCard/action', value, replyToId: message.id }
    return deliver(channel, stampActivity(channel, person, message.conversation, content))
  }
  return settle(channel, person, message, await ask({}), ask)
}

/** Follows a login request with SSO, once, and shows a card that comes back to this person alone. */
async function settle(
  channel: Channel,
  person: Person,
  message: Message,
  answer: BotAnswer,
  ask: ((extra: Json) => Promise<BotAnswer>) | undefined,
): Promise<BotAnswer> {
  if (answer.error !== undefined) return answer
  if (answer.type === loginType && ask) {
    const card = oauthCard(answer.value)
    const authentication = await ssoOutsideChannels(channel, person, message, card)
    const url = signInUrl(card)
    channel.waitingSignIns.set(person.id, async (state) =>
      settle(channel, person, message, await ask({ state }), undefined),
    )
    const repeated = authentication ? await ask({ authentication }) : answer
    const refused = repeated.type === loginType || repeated.status === 412
    if (refused)
      return { ...repeated, ...(url === undefined ? {} : { signIn: signInUrl(oauthCard(repeated.value)) ?? url }) }
    channel.waitingSignIns.delete(person.id)
    return settle(channel, person, message, repeated, undefined)
  }
  if (answer.status === 200 && answer.type === cardType) {
    const card = answer.value as Json // the type beside it says so
    revise(channel.timeline, message, channel.tenant.now(), { for: person.id, card })
    return answer
  }
  const understood = answer.status === 200 && answer.type === messageType
  return understood || isExplained(answer) ? answer : { ...answer, error: somethingWentWrong }
}

function isExplained(answer: BotAnswer): boolean {
  return answer.status !== null && answer.status >= 400 && answer.type === 'application/vnd.microsoft.error'
}

function ssoOutsideChannels(channel: Channel, person: Person, message: Message, card: Json): Promise<Json | undefined> {
  return message.conversation.type === 'channel' ? Promise.resolve(undefined) : ssoAuthentication(channel, person, card)
}

function oauthCard(value: unknown): Json {
  const card = (typeof value === 'object' && value !== null ? value : {}) as Json // any object is one
  return (card['content'] as Json | undefined) ?? card // some bots send the attachment around it
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}

function defined(members: Json): Json {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
