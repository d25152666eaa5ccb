import type { Filling } from '../../ask/follow-up.ts'
import type { Entitlement } from '../../entitlement/entitlement.ts'
import type { PersonId } from '../../people.ts'
import type { Assessment } from '../../request/assess.ts'
import type { Opens } from '../ports/answers.ts'
import { askedToSubmit } from './last-question.ts'
import { fitted, postForm, type Time } from './form.ts'
import { fromDetails } from './from-details.ts'
import type { Details } from '../../ask/ask.ts'
import { inputsOf } from '../../entitlement/kinds/kinds.ts'
import { isoDuration } from '../../time.ts'
import type { Heard } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { Draft } from '../ports/memory.ts'
import { newDraftId } from '../record/record-id.ts'
import { occasionOf } from '../send/reply.ts'
import { confirmView } from '../send/show.ts'

/** What a message said that belongs on a form. */
export type Words = Pick<Filling, 'duration' | 'justification' | 'ticket'> & { readonly details?: Details }

/** One confirm card, filled in with what the words held; a redelivered message gets no second one. */
export async function offer(edges: Edges, message: Heard, words: Words, assessment: Assessment): Promise<void> {
  const { terms, entitlement } = assessment
  const draft = draftOf(edges, message.speaker.id, entitlement, words, fitted(terms, words.duration ?? terms.usual))
  const offered = await edges.drafts.offer(draft, occasionOf(message), message.speaker.conversation)
  if (!offered.made) {
    await askedToSubmit(edges, message, offered.draft.id)
    // Delivered again: the card is shown unless it was, so that a process that died in between loses nothing.
    if ((await edges.chats.sent(offered.draft.id)).length > 0) return
  }
  await postForm(edges, message, offered.draft, await confirmView(edges, offered.draft, assessment))
}

/**
 * A form that is not shown yet, one of several that the words may mean: it keeps the words, because a card's data must
 * not carry them. Made once, however often the message is delivered.
 */
export async function keepFor(edges: Edges, message: Heard, words: Words, entry: Entitlement): Promise<Opens> {
  const time = { duration: words.duration ?? entry.duration.usual, cutFrom: null }
  const draft = draftOf(edges, message.speaker.id, entry, words, time)
  const made = await edges.drafts.make(draft, `${occasionOf(message)}|${entry.id}`)
  return { record: made.draft.id, revision: made.draft.revision }
}

export const draftOf = (
  edges: Pick<Edges, 'now'>,
  speaker: PersonId,
  entry: Entitlement,
  words: Words,
  time: Time,
): Omit<Draft, 'closed'> => ({
  id: newDraftId(),
  revision: 1,
  speaker,
  entitlement: entry.id,
  inputs: {
    duration: isoDuration(time.duration),
    justification: words.justification ?? '',
    ticket: words.ticket ?? '',
    ...fromDetails(inputsOf(entry), words.details ?? {}),
  },
  cutFrom: time.cutFrom,
  madeAt: edges.now(),
})
