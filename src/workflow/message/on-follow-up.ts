import { type FollowUp, followUp } from '../../ask/follow-up.ts'
import { ask, lastAsked } from '../draft/last-question.ts'
import { changeDraft } from '../draft/change-draft.ts'
import { nameOf, showClosed } from '../draft/form.ts'
import { askWhich, onOne } from './on-request.ts'
import type { Heard } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { Asked, Draft } from '../ports/memory.ts'
import { occasionOf, reply, say } from '../send/reply.ts'
import { asOpen } from '../draft/form.ts'

/** A form further up than this many short messages is brought to the end of the chat. */
const inSight = 4
/** After an answer in words, or anything else that is not about the form. */
const outOfSight = 100

/**
 * Hears a message as the answer to what was last asked in this chat, where it is one.
 * @returns false where it is a message of its own
 */
export async function onFollowUp(edges: Edges, message: Heard): Promise<boolean> {
  const asked = await lastAsked(edges, message)
  if (asked === undefined) return false
  // Answered late: what was asked since then is not what these words answer.
  if (message.since !== undefined && asked.at > message.since && asked.message !== occasionOf(message)) return false
  const { draft } = asked
  // Delivered again: whatever it meant is done, unless it made the form that is still to be shown.
  if (asked.message === occasionOf(message) && draft !== undefined && (await edges.chats.sent(draft.id)).length > 0) {
    return true
  }
  if (!isOpen(asked, draft)) return false
  const meant = await read(edges, message, asked, draft)
  if (meant === undefined) {
    await edges.dialogue.ask(message.speaker.id, message.speaker.conversation, { ...asked, below: outOfSight })
    return false
  }
  if (draft !== undefined) await answerDraft(edges, message, asked, draft, meant)
  else if (asked.what.asks === 'which') await answerWhich(edges, message, asked.what, meant)
  return true
}

const isOpen = ({ what }: Asked, draft: Draft | undefined): boolean =>
  what.asks === 'which' ? what.candidates.length > 0 : draft?.closed === null

async function read(edges: Edges, message: Heard, { what }: Asked, draft: Draft | undefined) {
  const { zone } = await edges.chats.viewer(message.speaker.id)
  const context = { now: edges.now(), zone, catalogue: edges.catalogue }
  if (what.asks === 'which') return followUp(message.text, { open: 'which', candidates: what.candidates }, context)
  if (draft?.speaker !== message.speaker.id) return undefined
  return followUp(message.text, asOpen(draft), context)
}

async function answerDraft(edges: Edges, message: Heard, asked: Asked, draft: Draft, meant: FollowUp): Promise<void> {
  switch (meant.means) {
    case 'change':
      await changeDraft(edges, message, draft, meant.filling, asked.below >= inSight)
      return ask(edges, message, asked.what, asked.below >= inSight ? 0 : asked.below + 1)
    case 'discard':
      await putAway(edges, draft)
      return ask(edges, message, asked.what)
    case 'agreement':
      await reply(edges, message, say({ kind: 'press-submit', entitlement: nameOf(edges, draft) }))
      return ask(edges, message, asked.what, asked.below + 2)
    case 'for-another':
      await reply(edges, message, say({ kind: 'only-for-yourself', entitlement: nameOf(edges, draft) }))
      return ask(edges, message, asked.what, asked.below + 2)
    default:
      return
  }
}

/** Closed once: where it was submitted in the same moment, its card is the request's already. */
export async function putAway(edges: Edges, draft: Draft): Promise<void> {
  const { closed } = await edges.drafts.close(draft.id, { as: 'discarded' })
  if (closed?.as === 'discarded') await showClosed(edges, draft, 'discarded')
}

type Which = Extract<Asked['what'], { asks: 'which' }>

async function answerWhich(edges: Edges, message: Heard, which: Which, meant: FollowUp): Promise<void> {
  const entries = which.candidates.flatMap((id) => edges.catalogue.entitlements.get(id) ?? [])
  switch (meant.means) {
    case 'choice': {
      const chosen = entries.find(({ id }) => id === meant.entitlement)
      return chosen && onOne(edges, message, chosen, { ...which.filling, ...meant.filling })
    }
    case 'change':
      return askWhich(edges, message, entries, { ...which.filling, ...meant.filling })
    case 'no-choice':
      return askWhich(edges, message, entries, which.filling)
    case 'discard':
      await reply(edges, message, say({ kind: 'nothing-asked' }))
      return ask(edges, message, { asks: 'which', candidates: [], filling: {} })
    default:
      return
  }
}
