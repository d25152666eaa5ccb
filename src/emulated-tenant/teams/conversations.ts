import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { botAccount } from './accounts.ts'
import type { Channel } from './channel.ts'
import { deliver, stampActivity } from './delivery.ts'
import type { Conversation } from './timeline.ts'
import type { Person } from '../state/people-and-groups.ts'

export const NewConversation = z.strictObject({
  type: z.enum(['group', 'channel']),
  name: z.string().min(1).max(100),
  members: z.array(z.string()).max(100),
})

/**
 * A group chat or channel with these people, who need not have the bot's app, and with the bot, which hears that it was
 * added. Undefined where a member is nobody.
 */
export async function openConversation(
  channel: Channel,
  person: Person,
  { type, name, members }: z.infer<typeof NewConversation>,
): Promise<Conversation | undefined> {
  const everybody = new Set([person.id, ...members])
  if (![...everybody].every((id) => channel.tenant.people.has(id))) return undefined
  const key = randomUUID().replaceAll('-', '')
  const conversation: Conversation =
    type === 'group'
      ? { id: `19:${key}@thread.v2`, type: 'groupChat', name, members: everybody, messages: [], sequence: 0 }
      : { id: `19:${key}@thread.tacv2`, type: 'channel', name, members: everybody, messages: [], sequence: 0 }
  channel.timeline.conversations.set(conversation.id, conversation)
  const added = { type: 'conversationUpdate', membersAdded: [botAccount(channel.bot.appId)] }
  await deliver(channel, stampActivity(channel, person, conversation, added))
  return conversation
}
