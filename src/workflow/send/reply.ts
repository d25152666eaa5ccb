import type { Heard } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { SayView, View } from '../ports/views.ts'

type Say = SayView['what']
type Replying = Pick<Edges, 'chats' | 'conversation' | 'now'>

/** Teams counts activities within a conversation: the same id elsewhere is another message. */
export const occasionOf = ({ speaker, activity }: Heard): string => `${speaker.conversation}|${activity}`

export const say = (what: Say): SayView => ({ view: 'say', what })

/** Said once, however often Teams delivers the message. */
export async function reply(edges: Replying, message: Heard, view: View): Promise<void> {
  await once(edges, occasionOf(message), () => answerWith(edges, message, view))
}

/** Does this the first time of its occasion alone; what fails did not happen, and may be done again. */
export async function once(
  { chats, now }: Pick<Edges, 'chats' | 'now'>,
  occasion: string,
  deed: () => Promise<unknown>,
): Promise<void> {
  if (!(await chats.firstTime(occasion, now()))) return
  try {
    await deed()
  } catch (error) {
    await chats.unsee(occasion)
    throw error
  }
}

/** Answers where the message came from. @returns undefined when the person cannot be reached there any more. */
export async function answerWith(edges: Replying, { speaker }: Heard, view: View): Promise<string | undefined> {
  const to = {
    person: speaker.id,
    teamsId: speaker.teamsId,
    serviceUrl: speaker.serviceUrl,
    conversation: speaker.conversation,
  }
  const posted = await edges.conversation.post(to, view, await edges.chats.viewer(speaker.id))
  return posted.came === 'posted' ? posted.activity : undefined
}
