import type { PersonId } from '../../people.ts'
import type { RequestId } from '../../request/events.ts'
import type { AccessRequest } from '../../request/request.ts'
import type { Edges } from '../ports/ports.ts'
import type { Failure } from '../ports/failure.ts'
import type { ChatReference, SentCard } from '../ports/memory.ts'
import type { View, Viewer } from '../ports/views.ts'

/** What became of a message of the bot's own; `superseded`: there was no longer any need for it. */
export type Posted = 'sent' | 'unreachable' | 'superseded'

type Posting = Pick<Edges, 'chats' | 'conversation' | 'log'>

/** Edits the card where it stands, or posts a new one where there is none, or where it can no longer be edited. */
export async function showOrPost(
  edges: Posting,
  request: AccessRequest,
  role: SentCard['role'],
  person: PersonId,
  view: View,
  card: SentCard | undefined,
): Promise<Posted> {
  if (card !== undefined) {
    if ((await edges.conversation.edit(card, view, await edges.chats.viewer(person))) === 'edited') return 'sent'
    await edges.chats.retire(card)
    // An approver's card that only says how it ended is not worth a new message.
    if (view.view === 'approval' && !view.open) return 'superseded'
  }
  return post(edges, person, view, { record: request.submission.id, role, revision: request.revision })
}

/** A new message, and the card it is, where it is one that is to be edited later. */
export async function post(
  edges: Posting,
  person: PersonId,
  view: View,
  as?: Pick<SentCard, 'record' | 'role' | 'revision'>,
): Promise<Posted> {
  const to = await edges.chats.reference(person)
  if (to === undefined) return 'unreachable'
  const viewer: Viewer = await edges.chats.viewer(person)
  const posted = await edges.conversation.post(to, view, viewer)
  if (posted.came === 'no-chat') throw new ChatMissing(to)
  if (posted.came === 'unreachable') return unreachable(edges, to)
  if (as !== undefined) {
    const { conversation, serviceUrl } = to
    await edges.chats.recordSent({ ...as, person, conversation, serviceUrl, activity: posted.activity, live: true })
  }
  return 'sent'
}

/**
 * The connector does not know the chat. It says so now and then of one that is there, so one such answer makes nobody
 * unreachable: the message is tried again.
 */
export class ChatMissing extends Error implements Failure {
  override readonly name = 'ChatMissing'
  readonly failed = 'connector'
  readonly lasting = false
  readonly wait = null
  readonly chat: ChatReference

  constructor(chat: ChatReference) {
    super('the connector does not know the chat')
    this.chat = chat
  }
}

export async function unreachable(edges: Posting, to: ChatReference): Promise<Posted> {
  await edges.chats.forget(to)
  edges.log.warn({ person: to.person }, 'a person cannot be reached any more: the app is gone or the bot is blocked')
  return 'unreachable'
}

/** Whether this person has ever been sent a card that asks for their decision. */
export const wasShown = async ({ chats }: Pick<Edges, 'chats'>, id: RequestId, person: PersonId): Promise<boolean> =>
  (await chats.sent(id, 'approval')).some((card) => card.person === person)
