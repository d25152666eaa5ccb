import { EntitlementId } from '../../entitlement/entry.ts'
import type { Terms } from '../../entitlement/terms.ts'
import type { Duration } from '../../time.ts'
import { isoDuration, milliseconds, parseDuration } from '../../time.ts'
import type { Heard } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { Draft, SentCard } from '../ports/memory.ts'
import { answerWith } from '../send/reply.ts'
import type { ClosedDraftView, ConfirmView, View } from '../ports/views.ts'

type Showing = Pick<Edges, 'catalogue' | 'chats' | 'conversation' | 'log' | 'now'>

/** A length, and what it was cut from. */
export interface Time {
  readonly duration: Duration
  readonly cutFrom: Duration | null
}

/** What of the time asked for the terms leave, and what it was cut from. */
export const fitted = ({ shortest, longest }: Terms, asked: Duration): Time => ({
  duration: milliseconds(Math.max(shortest, Math.min(asked, longest))),
  cutFrom: asked > longest ? asked : null,
})

/** The length that stands in a form. */
export const lengthIn = ({ inputs }: Pick<Draft, 'inputs'>): Duration =>
  parseDuration(inputs['duration'] ?? '') ?? milliseconds(0)

/** A form as a few words may answer it. */
export const asOpen = (draft: Draft) => ({
  open: 'draft' as const,
  entitlement: EntitlementId.parse(draft.entitlement),
  duration: lengthIn(draft),
  justification: draft.inputs['justification'] ?? '',
})

/** A form with another length in it. */
export const withTime = ({ inputs }: Pick<Draft, 'inputs'>, { duration, cutFrom }: Time) => ({
  inputs: { ...inputs, duration: isoDuration(duration) },
  cutFrom,
})

/** The form as a new message in the speaker's chat, to be edited later. */
export async function postForm(edges: Showing, message: Heard, draft: Draft, view: View): Promise<void> {
  const { id: person, conversation, serviceUrl } = message.speaker
  const activity = await answerWith(edges, message, view)
  if (activity === undefined) return
  const card = { record: draft.id, role: 'status', revision: 0, person, conversation, serviceUrl } as const
  await edges.chats.recordSent({ ...card, activity, live: true })
}

/**
 * Shows how the form has changed: where it stands, or anew at the end of the chat, where the one further up then says
 * so.
 * @param far whether it stands out of sight
 */
export async function showChanged(
  edges: Showing,
  message: Heard,
  draft: Draft,
  view: ConfirmView,
  far: boolean,
): Promise<void> {
  const viewer = await edges.chats.viewer(draft.speaker)
  const standing = await liveCards(edges, draft)
  const nearest = standing.at(-1)
  if (!far && nearest !== undefined && (await edges.conversation.edit(nearest, view, viewer)) === 'edited') return
  // Retired first: should this process die in between, whoever changes the form next finds none and posts one.
  for (const card of standing) await edges.chats.retire(card)
  await postForm(edges, message, draft, view)
  await close(edges, draft, standing, 'replaced')
}

/** Nobody will submit it any more: every card of it says so. */
export async function showClosed(edges: Showing, draft: Draft, why: ClosedDraftView['why']): Promise<void> {
  await close(edges, draft, await liveCards(edges, draft), why)
}

const liveCards = async ({ chats }: Showing, draft: Draft): Promise<readonly SentCard[]> =>
  (await chats.sent(draft.id)).filter(({ live }) => live)

async function close(edges: Showing, draft: Draft, cards: readonly SentCard[], why: ClosedDraftView['why']) {
  const viewer = await edges.chats.viewer(draft.speaker)
  const view: ClosedDraftView = { view: 'closed-draft', entitlement: nameOf(edges, draft), why }
  for (const card of cards) {
    await edges.conversation.edit(card, view, viewer).catch((error: unknown) => {
      edges.log.warn({ draft: draft.id, error: String(error) }, 'a form that is over still shows its buttons')
    })
  }
}

/** What was asked for keeps its id as its name after it has left the catalogue. */
export const nameOf = ({ catalogue }: Pick<Edges, 'catalogue'>, { entitlement }: Pick<Draft, 'entitlement'>): string =>
  catalogue.entitlements.get(EntitlementId.parse(entitlement))?.name ?? entitlement
