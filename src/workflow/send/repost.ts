import type { AccessRequest } from '../../request/request.ts'
import type { Edges } from '../ports/ports.ts'
import type { Draft } from '../ports/memory.ts'
import { post } from './post.ts'
import { statusView } from './show.ts'
import { stagesNow } from '../record/stages-now.ts'
import type { ClosedDraftView, View } from '../ports/views.ts'

/** The requester's card comes to the end of their chat; the one further up says so and has no buttons any more. */
export async function repost(edges: Edges, request: AccessRequest): Promise<void> {
  const { id, requester, name } = request.submission
  const view = await statusView(edges, request, { today: await stagesNow(edges, request) })
  await move(edges, { record: id, person: requester, revision: request.revision, entitlement: name }, view)
}

/** The same for a form that is not submitted. */
export const repostForm = (edges: Edges, draft: Draft, entitlement: string, view: View): Promise<void> =>
  move(edges, { record: draft.id, person: draft.speaker, revision: 0, entitlement }, view)

interface Moved {
  readonly record: string
  readonly person: Draft['speaker']
  readonly revision: number
  readonly entitlement: string
}

async function move(edges: Edges, { record, person, revision, entitlement }: Moved, view: View): Promise<void> {
  const before = (await edges.chats.sent(record, 'status')).filter(({ live }) => live)
  // Retired first: should this process die in between, whoever changes the card next finds none and posts one.
  for (const card of before) await edges.chats.retire(card)
  await post(edges, person, view, { record, role: 'status', revision })
  const gone: ClosedDraftView = { view: 'closed-draft', entitlement, why: 'moved' }
  const viewer = await edges.chats.viewer(person)
  for (const card of before) {
    await edges.conversation.edit(card, gone, viewer).catch((error: unknown) => {
      edges.log.warn({ record, error: String(error) }, 'a card that was brought down stands further up as well')
    })
  }
}
