import type { Owed } from '../../request/effects.ts'
import { assessDraft } from '../draft/assess-draft.ts'
import { eachInTurn } from '../send/each-in-turn.ts'
import type { Edges } from '../ports/ports.ts'
import type { Posted } from '../send/post.ts'
import { confirmView } from '../send/show.ts'

/** What was submitted or put away meanwhile, or cannot be asked for any more, is shown elsewhere. */
export async function showForm(edges: Edges, { draft: id }: Extract<Owed, { effect: 'form' }>): Promise<Posted> {
  const draft = await edges.drafts.load(id)
  if (draft?.closed !== null) return 'superseded'
  const assessed = await assessDraft(edges, draft)
  if (!assessed.ok) return 'superseded'
  const view = await confirmView(edges, draft, assessed.value.assessment)
  const viewer = await edges.chats.viewer(draft.speaker)
  const cards = (await edges.chats.sent(id)).filter(({ live }) => live)
  await eachInTurn(cards, (card) => edges.conversation.edit(card, view, viewer))
  return 'sent'
}
