import { botAccount, personalConversationId } from './accounts.ts'
import type { Person } from '../state/people-and-groups.ts'
import type { Channel } from './channel.ts'
import { deliver, stampActivity } from './delivery.ts'
import type { BotAnswer } from './channel.ts'

/**
 * Adds the bot's app for a person or takes it away, and tells the bot as Teams does: `conversationUpdate` with the bot
 * among the members, then `installationUpdate`. Answers what the bot answered to the latter.
 */
export async function setInstalled(channel: Channel, person: Person, what: 'add' | 'remove'): Promise<BotAnswer> {
  person.appInstalled = what === 'add'
  const conversation = channel.timeline.conversations.get(personalConversationId(person))
  if (!conversation) throw new Error(`${person.id} has no personal conversation`)
  for (const each of channel.timeline.conversations.values())
    if (each.type === 'channel') each.members[what === 'add' ? 'add' : 'delete'](person.id)
  const members = [botAccount(channel.bot.appId)]
  const changed = what === 'add' ? { membersAdded: members } : { membersRemoved: members }
  const tell = (content: Record<string, unknown>) =>
    deliver(channel, stampActivity(channel, person, conversation, content))
  await tell({ type: 'conversationUpdate', ...changed })
  return tell({ type: 'installationUpdate', action: what })
}

/** Everybody's app, as a setup policy pushes it, a few at a time; answered when the bot has answered each. */
export async function installForAll(channel: Channel, atOnce = 8): Promise<void> {
  const waiting = [...channel.tenant.people.values()].filter((person) => person.appInstalled)
  const one = async () => {
    for (let person = waiting.shift(); person; person = waiting.shift()) await setInstalled(channel, person, 'add')
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}
