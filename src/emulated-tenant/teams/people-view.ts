import type { Person } from '../state/people-and-groups.ts'
import type { Conversation, Message, Timeline } from './timeline.ts'
import { conversationsOf, revisionsFor } from './timeline.ts'

/** A person as the picker lists them. Reachable: the account is enabled and has the bot's app. */
export function personView(person: Person) {
  const { id, displayName, title, timeZone, locale } = person
  const { userType, appInstalled, accountEnabled } = person
  return {
    id,
    name: displayName,
    title,
    reachable: appInstalled && accountEnabled,
    timeZone,
    locale,
    userType,
    accountEnabled,
    appInstalled,
  }
}

export function conversationView({ id, type, name }: Conversation) {
  return { id, type, name }
}

/**
 * A message as one person sees it, under the sequence of what they see. `alert`: what happened last is that it came
 * in, which is all that Teams raises an alert for; an edit never does. `from` is a person's id or `bot`.
 */
export function messageView(message: Message, person: Person) {
  const seen = revisionsFor(message, person.id)
  const first = seen[0]
  const last = seen.at(-1)
  if (!first || !last || last.hidden) return undefined
  // A card for one person alone, or a message that did not get through, is no edit.
  const edited = seen.findLast((each) => each !== first && !first.hidden && each.for === undefined && !each.failed)
  const { text, card, summary, signIn, failed, deleted } = last
  // What came in out of sight, and shows only now, is news.
  const arrived = seen.every((revision) => revision === last || revision.hidden)
  return {
    id: message.id,
    sequence: last.sequence,
    conversation: message.conversation.id,
    from: message.from,
    ...defined({ text, card, summary, signIn, failed, deleted }),
    at: message.at.toISOString(),
    ...(edited ? { editedAt: edited.at.toISOString() } : {}),
    alert: arrived && message.from !== person.id,
  }
}

/** What this person sees that changed after a sequence, in the order of the changes. */
export function messagesFor(timeline: Timeline, person: Person, after: number) {
  return conversationsOf(timeline, person.id)
    .filter((conversation) => conversation.sequence > after)
    .flatMap((conversation) => conversation.messages)
    .filter((message) => (message.revisions.at(-1)?.sequence ?? 0) > after)
    .flatMap((message) => messageView(message, person) ?? [])
    .filter((view) => view.sequence > after)
    .sort((a, b) => a.sequence - b.sequence)
}

/** Waits for something new to this person, at most so many real milliseconds; ends with nothing after that. */
export async function awaitMessages(
  timeline: Timeline,
  person: Person,
  after: number,
  waitMs: number,
  gone: AbortSignal,
) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const news = () => (timeline.ended ? [] : messagesFor(timeline, person, after))
  const look = () => void ((timeline.ended || news().length > 0) && resolve())
  const timer = setTimeout(resolve, waitMs)
  gone.addEventListener('abort', () => resolve(), { once: true })
  timeline.listeners.add(look)
  look()
  await promise
  clearTimeout(timer)
  timeline.listeners.delete(look)
  return news()
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(members: T): Defined<T> {
  // What is left has no undefined member, which Object.fromEntries cannot tell the compiler.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>
}
