import { understand } from '../../ask/understand.ts'
import type { Heard } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { ChatReference } from '../ports/memory.ts'
import { occasionOf, reply, say } from '../send/reply.ts'

/** Whom an answer in public is for; without it where the directory does not answer. */
const nameOf = async (edges: Edges, { speaker }: Heard): Promise<{ readonly to?: string }> => {
  const person = await edges.tenant.person(speaker.id).catch(() => undefined)
  return person === undefined ? {} : { to: person.name }
}

/**
 * What is said where others read along: nothing of what was asked, and where it is answered. The answer itself stands in
 * the speaker's own chat, where they have the app.
 * @param personally hears a message in its speaker's own chat
 */
export async function onPublicMessage(
  edges: Edges,
  message: Heard,
  personally: (edges: Edges, message: Heard) => Promise<void>,
): Promise<void> {
  const own = await edges.chats.reference(message.speaker.id)
  const link = edges.chatLink
  if (own === undefined) {
    return reply(edges, message, say({ kind: 'no-app', ...(await nameOf(edges, message)), link }))
  }
  if (!concernsThem(edges, message)) return reply(edges, message, say({ kind: 'in-private', link }))
  let reached = true
  const watched: Edges = {
    ...edges,
    conversation: {
      ...edges.conversation,
      post: async (to, view, viewer) => {
        const posted = await edges.conversation.post(to, view, viewer)
        if (posted.came !== 'posted') reached = false
        return posted
      },
    },
  }
  await personally(watched, inOwnChat(message, own))
  if (!reached) await edges.chats.forget(own)
  const name = await nameOf(edges, message)
  return reply(edges, message, say({ kind: reached ? 'written-personally' : 'no-app', ...name, link }))
}

/** A greeting, or words that are nothing for this bot, need no answer of their own in another chat. */
function concernsThem(edges: Edges, { text }: Heard): boolean {
  const { intent, never } = understand(text, {
    now: edges.now(),
    zone: edges.catalogue.timeZone,
    catalogue: edges.catalogue,
  })
  return never || (intent !== 'smalltalk' && intent !== 'none' && intent !== 'help')
}

/** The same message as if it had been written there. Its id names where it came from: chats count theirs apart. */
export const inOwnChat = (message: Heard, { conversation, serviceUrl }: ChatReference): Heard => ({
  ...message,
  activity: occasionOf(message),
  chat: 'personal',
  speaker: { ...message.speaker, conversation, serviceUrl },
})
