import { z } from 'zod'
import type { Refused } from './card-actions.ts'
import type { Channel } from './channel.ts'
import { deliver, somethingWentWrong, stampActivity } from './delivery.ts'
import type { BotAnswer } from './channel.ts'
import { mentionedIn, withMentions } from './mentions.ts'
import { addMessage, conversationsOf, revise } from './timeline.ts'
import type { Message } from './timeline.ts'
import type { Person } from '../state/people-and-groups.ts'

export const Said = z.strictObject({
  text: z.string().min(1),
  conversation: z.string().optional(),
  mentions: z.array(z.string()).optional(),
})
type Said = z.infer<typeof Said>

/** `raw`: the activity goes out as it is, as if its body had been tampered with. `token`: `null` for none. */
export const Forged = z.strictObject({
  activity: z.record(z.string(), z.unknown()),
  token: z.string().nullable().optional(),
  raw: z.boolean().optional(),
})

/** Puts a person's message into a chat and sends it on to the bot, which is not waited for. */
export function say(channel: Channel, person: Person, said: Said): { message: Message } | Refused {
  const chats = conversationsOf(channel.timeline, person.id)
  const conversation = chats.find(({ id, type }) =>
    said.conversation ? id === said.conversation : type === 'personal',
  )
  if (!conversation) return { refused: 404, error: `${person.id} is in no conversation ${said.conversation}.` }
  if (!person.accountEnabled)
    return { refused: 409, error: `The account of ${person.id} is disabled: no sign-in to Teams.` }
  if (conversation.type === 'personal' && !person.appInstalled)
    return { refused: 409, error: `${person.id} has not the bot's app, and so no chat with it.` }
  const message = addMessage(channel.timeline, conversation, person.id, channel.tenant.now(), { text: said.text })
  // Outside personal chats a bot hears only what mentions it.
  message.mentions = mentionedIn(said.text, said.mentions)
  if (hears(message)) void tellBot(channel, person, message, said)
  return { message }
}

const hears = ({ conversation, mentions }: Message): boolean => conversation.type === 'personal' || mentions.has('bot')

/**
 * Edits the person's own message, or deletes it (no text); where the bot hears of it its answer is returned. Outside
 * personal chats it hears of those that mention it.
 */
export async function changeOwn(
  channel: Channel,
  person: Person,
  message: Message,
  text: string | undefined,
): Promise<BotAnswer | Refused> {
  if (message.from !== person.id) return { refused: 403, error: 'Only the author of a message can change it.' }
  revise(channel.timeline, message, channel.tenant.now(), text === undefined ? { deleted: true } : { text })
  if (!hears(message)) return { http: 200, status: null, type: null, value: null }
  const content =
    text === undefined
      ? { type: 'messageDelete', id: message.id, channelData: { eventType: 'softDeleteMessage' } }
      : {
          type: 'messageUpdate',
          id: message.id,
          ...withMentions(channel, message, text),
          channelData: { eventType: 'editMessage' },
        }
  return deliver(channel, stampActivity(channel, person, message.conversation, content))
}

/** Posts a made-up activity, stamped for the conversation that it names where the person is in that one. */
export async function forge(channel: Channel, person: Person, forged: z.infer<typeof Forged>): Promise<BotAnswer> {
  const { activity, token, raw } = forged
  if (raw) return deliver(channel, activity, token)
  const named = (activity['conversation'] as { id?: unknown } | undefined)?.id // checked against the person's own
  const chats = conversationsOf(channel.timeline, person.id)
  const conversation = chats.find(({ id }) => id === named) ?? chats.find(({ type }) => type === 'personal')
  if (!conversation) throw new Error(`${person.id} has no conversation`)
  return deliver(channel, stampActivity(channel, person, conversation, activity), token)
}

async function tellBot(channel: Channel, person: Person, message: Message, said: Said): Promise<void> {
  const spoken = { type: 'message', id: message.id, textFormat: 'plain', ...withMentions(channel, message, said.text) }
  const activity = stampActivity(channel, person, message.conversation, spoken)
  const answer = await deliver(channel, activity)
  if (answer.error === undefined) return
  revise(channel.timeline, message, channel.tenant.now(), { text: said.text, failed: somethingWentWrong })
}
