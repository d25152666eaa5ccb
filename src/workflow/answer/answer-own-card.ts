import type { Ask } from '../../ask/ask.ts'
import { heldRows } from './held-rows.ts'
import { repost } from '../send/repost.ts'
import type { Heard } from '../ports/incoming.ts'
import { ownRequests } from '../record/own-requests.ts'
import type { Edges } from '../ports/ports.ts'
import type { RequestSummary } from '../ports/memory.ts'
import { loadRequest } from '../record/record.ts'
import { occasionOf, reply, say } from '../send/reply.ts'
import type { SayView } from '../ports/views.ts'
import { commonLinks } from '../record/kinds.ts'

/** Each comes as a card of its own. */
const mostCards = 3

/**
 * Taking back and ending are done on the request's own card, where it is plain what they concern: words bring the
 * card down and never act.
 */
export async function toOwnCard(edges: Edges, message: Heard, ask: Ask): Promise<void> {
  const meant = meantBy(
    ask.intent,
    (await ownRequests(edges, message.speaker.id, ask)).filter(({ open }) => open),
  )
  if (meant.length === 0) return reply(edges, message, say(await nothingThere(edges, message, ask)))
  if (!(await edges.chats.firstTime(occasionOf(message), edges.now()))) return
  for (const { id } of meant.slice(0, mostCards)) {
    const request = await loadRequest(edges, id)
    if (request !== undefined) await repost(edges, request)
  }
}

/** What waits where somebody wants to withdraw, what is active where they want to end; else whatever is open. */
function meantBy(intent: Ask['intent'], open: readonly RequestSummary[]): readonly RequestSummary[] {
  const fitting = open.filter(({ status }) => (status === 'active') === (intent === 'end'))
  return fitting.length > 0 ? fitting : open
}

async function nothingThere(edges: Edges, message: Heard, { intent, entitlements }: Ask): Promise<SayView['what']> {
  if (intent === 'cancel') return { kind: 'nothing-to-cancel' }
  const named = entitlements.flatMap(({ id }) => edges.catalogue.entitlements.get(id)?.name ?? [])
  const { rows } = await heldRows(edges, message.speaker.id)
  const outside = rows
    .filter(({ as, name }) => as === 'activated' && (named.length === 0 || named.includes(name)))
    .map(({ name, until }) => ({ name, until }))
  return { kind: 'nothing-to-end', outside, portal: commonLinks(edges).ask }
}
