import { randomUUID } from 'node:crypto'
import type { Channel } from './channel.ts'
import { exchangeTokens } from './sign-in.ts'
import { addMessage, revise } from './timeline.ts'
import type { Conversation, Json, Message, Revision } from './timeline.ts'

type Content = Omit<Revision, 'sequence' | 'at'>

/**
 * Takes an activity of the bot into the chat, as a new message or as the new state of `edited`, and answers its id.
 * Typing and the like leave nothing behind. An edit takes back what single people were shown instead.
 */
export function receiveFromBot(channel: Channel, conversation: Conversation, activity: Json, edited?: Message): string {
  if (activity['type'] !== 'message') return randomUUID()
  const now = channel.tenant.now()
  const content = contentOf(activity)
  if (edited) {
    revise(channel.timeline, edited, now, content)
    return edited.id
  }
  const signIn = attachment(activity, 'application/vnd.microsoft.card.oauth')
  if (signIn) return askForSignIn(channel, conversation, signIn, content)
  if (content.text === undefined || content.card === undefined)
    return addMessage(channel.timeline, conversation, 'bot', now, content).id
  // Teams splits text with a card into two messages, and the id that it returns serves for no edit.
  const { text, card, ...rest } = content
  addMessage(channel.timeline, conversation, 'bot', now, { ...rest, text })
  addMessage(channel.timeline, conversation, 'bot', now, { ...rest, card })
  return randomUUID()
}

function contentOf(activity: Json): Content {
  const card = attachment(activity, 'application/vnd.microsoft.card.adaptive')
  const text = activity['text']
  const summary = activity['summary']
  return {
    ...(typeof text === 'string' && text !== '' ? { text } : {}),
    ...(card ? { card } : {}),
    ...(typeof summary === 'string' ? { summary } : {}),
  }
}

/** The OAuth card stays out of sight while the clients try to sign in by themselves. */
function askForSignIn(channel: Channel, conversation: Conversation, card: Json, content: Content): string {
  const exchange = card['tokenExchangeResource'] as { id?: unknown } | undefined // read member by member below
  const button = Array.isArray(card['buttons']) ? card['buttons'][0] : undefined
  const shown: Content = {
    ...content,
    text: content.text ?? String(card['text'] ?? 'Sign in'),
    ...(typeof button?.value === 'string' ? { signIn: button.value } : {}),
  }
  const silent = typeof exchange?.id === 'string' && conversation.type !== 'channel'
  const hidden: Content = silent ? { hidden: true } : shown
  const message = addMessage(channel.timeline, conversation, 'bot', channel.tenant.now(), hidden)
  void signInSilently()
  return message.id

  async function signInSilently() {
    const connectionName = String(card['connectionName'] ?? '')
    const exchangeId = silent ? String(exchange.id) : undefined
    const done = await exchangeTokens(channel, conversation, message.id, exchangeId, connectionName)
    if (silent && !done) revise(channel.timeline, message, channel.tenant.now(), shown)
  }
}

function attachment(activity: Json, contentType: string): Json | undefined {
  const attachments = Array.isArray(activity['attachments']) ? activity['attachments'] : []
  return attachments.find((each) => each?.contentType === contentType)?.content
}
