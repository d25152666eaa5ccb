import type { EmulatedTenant } from '../state/tenant-state.ts'
import { personalConversationId } from './accounts.ts'

/** JSON object of a party we do not trust: read member by member. */
export type Json = Record<string, unknown>

/** One state of a message. `for` limits it to one person: a card that an action answered replaces the card for them alone. */
export type Revision = {
  sequence: number
  at: Date
  for?: string
  text?: string
  card?: Json
  summary?: string
  signIn?: string
  hidden?: true
  deleted?: true
  failed?: string
}

export type Message = {
  id: string
  conversation: Conversation
  /** Id of a person, or `bot`. */
  from: string
  at: Date
  revisions: Revision[]
  /** Who its author mentioned: ids of people, and `bot`. Outside personal chats a bot hears of no other message. */
  mentions: ReadonlySet<string>
  /** Last automatic refresh by person, product clock: Teams repeats it after a minute at the earliest. */
  refreshed: Map<string, Date>
}

export type Conversation = {
  id: string
  type: 'personal' | 'groupChat' | 'channel'
  name: string
  members: Set<string>
  messages: Message[]
  /** Of the last change to any of its messages. */
  sequence: number
}

export type Timeline = {
  conversations: Map<string, Conversation>
  messages: Map<string, Message>
  sequence: number
  lastMessageId: number
  listeners: Set<() => void>
  /** A reset put another in its place: nothing more will come. */
  ended: boolean
}

/** Empty chats: a personal one with the bot for everybody, and the seed's channels for everybody who has the app. */
export function openTimeline(tenant: EmulatedTenant, sequence = 0): Timeline {
  const timeline: Timeline = {
    conversations: new Map(),
    messages: new Map(),
    sequence,
    lastMessageId: 0,
    listeners: new Set(),
    ended: false,
  }
  const open = (id: string, type: Conversation['type'], name: string, members: Iterable<string>) =>
    timeline.conversations.set(id, { id, type, name, members: new Set(members), messages: [], sequence: 0 })
  const people = [...tenant.people.values()]
  for (const person of people) open(personalConversationId(person), 'personal', 'Latchkey', [person.id])
  const users = people.filter((person) => person.appInstalled).map((person) => person.id)
  for (const team of tenant.seed.teams)
    for (const channel of team.channels)
      open(channel.id, 'channel', `${team.displayName} > ${channel.displayName}`, users)
  return timeline
}

/** Adds a message; ids are milliseconds, as Teams' are, and never repeat. */
export function addMessage(
  timeline: Timeline,
  conversation: Conversation,
  from: string,
  now: Date,
  content: Omit<Revision, 'sequence' | 'at'>,
): Message {
  timeline.lastMessageId = Math.max(timeline.lastMessageId + 1, now.getTime())
  const message: Message = {
    id: String(timeline.lastMessageId),
    conversation,
    from,
    at: now,
    revisions: [],
    mentions: new Set(),
    refreshed: new Map(),
  }
  timeline.messages.set(message.id, message)
  conversation.messages.push(message)
  revise(timeline, message, now, content)
  return message
}

/** Gives a message a new state, and so a new sequence; whoever waits for news is told. */
export function revise(
  timeline: Timeline,
  message: Message,
  now: Date,
  content: Omit<Revision, 'sequence' | 'at'>,
): void {
  timeline.sequence += 1
  message.conversation.sequence = timeline.sequence
  message.revisions.push({ ...content, sequence: timeline.sequence, at: now })
  wake(timeline)
}

export function endTimeline(timeline: Timeline): void {
  timeline.ended = true
  wake(timeline)
}

function wake(timeline: Timeline): void {
  for (const listener of timeline.listeners) listener()
}

/** The states of a message that this person has been shown, oldest first; the last is what they see now. */
export function revisionsFor(message: Message, personId: string): Revision[] {
  return message.revisions.filter((revision) => revision.for === undefined || revision.for === personId)
}

export function conversationsOf(timeline: Timeline, personId: string): Conversation[] {
  return [...timeline.conversations.values()].filter((conversation) => conversation.members.has(personId))
}
