import type { Owed } from '../request/effects.ts'
import { assessDraft } from './assess-draft.ts'
import { eachInTurn } from './each-in-turn.ts'
import type { Edges } from './ports.ts'
import type { Posted } from './post.ts'
import { confirmView } from './show.ts'

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
