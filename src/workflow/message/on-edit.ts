import { createHash } from 'node:crypto'
import { followUp } from '../../ask/follow-up.ts'
import { understand } from '../../ask/understand.ts'
import { lastAsked } from '../draft/last-question.ts'
import { changeDraft } from '../draft/change-draft.ts'
import { nameOf } from '../draft/form.ts'
import { putAway } from './on-follow-up.ts'
import { inOwnChat } from './on-public-message.ts'
import type { Heard } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { Draft } from '../ports/memory.ts'
import { loadRequest } from '../record/record.ts'
import { occasionOf, reply, say } from '../send/reply.ts'
import { isOpen } from '../../request/request.ts'
import { asOpen } from '../draft/form.ts'

/**
 * Somebody edits what they wrote. The form that it made follows, while it is open; once submitted nothing changes, and
 * they are told so: whoever edits or deletes a message believes that it did something.
 * @param anew hears a message in its speaker's own chat as a new one
 */
export async function onEdited(
  edges: Edges,
  edited: Heard,
  anew: (edges: Edges, message: Heard) => Promise<void>,
): Promise<void> {
  const message = await whereTheyRead(edges, edited)
  if (message === undefined) return
  const draft = await edges.drafts.ofMessage(occasionOf(message))
  if (draft === undefined) return askedAgain(edges, message, anew)
  if (draft.speaker !== message.speaker.id) return
  if (draft.closed !== null) return tooLate(edges, message, draft, 'edited')
  const { zone } = await edges.chats.viewer(message.speaker.id)
  const context = { now: edges.now(), zone, catalogue: edges.catalogue }
  const { intent, entitlements, duration, justification, ticket } = understand(message.text, context)
  const [only, ...others] = entitlements
  if (intent === 'request' && only?.id === draft.entitlement && others.length === 0) {
    const filling = {
      ...(duration === undefined ? {} : { duration }),
      ...(justification === undefined ? {} : { justification }),
      ...(ticket === undefined ? {} : { ticket }),
    }
    return changeDraft(edges, again(message), draft, filling, false)
  }
  const fragment = followUp(message.text, asOpen(draft), context)
  if (fragment?.means === 'discard') return putAway(edges, draft)
  if (intent !== 'request' || only === undefined) return
  await putAway(edges, draft)
  return anew(edges, again(message))
}

/** Whoever takes their words back takes the form back that they made. */
export async function onDeleted(edges: Edges, deleted: Heard): Promise<void> {
  const message = await whereTheyRead(edges, deleted)
  const draft = message && (await edges.drafts.ofMessage(occasionOf(message)))
  if (message === undefined || draft?.speaker !== message.speaker.id) return
  return draft.closed === null ? putAway(edges, draft) : tooLate(edges, message, draft, 'deleted')
}

/** What was answered with a question is read again; anything else that made no form was a message of its own. */
async function askedAgain(
  edges: Edges,
  message: Heard,
  anew: (edges: Edges, message: Heard) => Promise<void>,
): Promise<void> {
  const asked = await lastAsked(edges, message)
  const before = occasionOf(message)
  const theirs = asked?.message === before || asked?.message.startsWith(`${before}${mark}`)
  if (asked?.what.asks === 'which' && theirs) await anew(edges, again(message))
}

/** Said once, and only while there is something to take back. */
async function tooLate(edges: Edges, message: Heard, draft: Draft, how: 'edited' | 'deleted'): Promise<void> {
  if (draft.closed?.as !== 'submitted') return
  const request = await loadRequest(edges, draft.closed.request)
  if (request === undefined || !isOpen(request)) return
  const told = { ...message, activity: `${message.activity}|${how}` }
  return reply(edges, told, say({ kind: 'too-late', how, entitlement: nameOf(edges, draft) }))
}

const mark = '|edited:'

/** Each wording is a message of its own: the same one, delivered again, changes nothing twice. */
const again = (message: Heard): Heard => {
  const wording = createHash('sha256').update(message.text).digest('hex').slice(0, 16)
  return { ...message, activity: `${message.activity}${mark}${wording}` }
}

/** In public the form stands in the speaker's own chat. Undefined where they have none any more. */
async function whereTheyRead(edges: Edges, message: Heard): Promise<Heard | undefined> {
  if (message.chat === 'personal') return message
  const own = await edges.chats.reference(message.speaker.id)
  return own === undefined ? undefined : inOwnChat(message, own)
}
