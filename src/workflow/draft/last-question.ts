import type { Filling } from '../../ask/follow-up.ts'
import type { Entitlement } from '../../entitlement/entitlement.ts'
import { addTime, hours } from '../../time.ts'
import type { Heard } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { Asked } from '../ports/memory.ts'
import { occasionOf } from '../send/reply.ts'

/** Product time: what was asked longer ago is not what a few words answer. */
const fresh = hours(1)

type Asking = Pick<Edges, 'dialogue' | 'now'>

/** A form stands at the end of the speaker's chat: a few words change it. */
export const askedToSubmit = (edges: Asking, message: Heard, draft: string): Promise<void> =>
  ask(edges, message, { asks: 'draft', draft })

/** Which of these is meant, in the order in which they are shown; `filling` waits for the answer. */
export const askedWhich = (
  edges: Asking,
  message: Heard,
  candidates: readonly Pick<Entitlement, 'id'>[],
  filling: Filling,
): Promise<void> => ask(edges, message, { asks: 'which', candidates: candidates.map(({ id }) => id), filling })

/** @param below how many messages have come below it */
export function ask(edges: Asking, message: Heard, what: Asked['what'], below = 0): Promise<void> {
  const { id, conversation } = message.speaker
  return edges.dialogue.ask(id, conversation, { message: occasionOf(message), what, at: edges.now(), below })
}

/** What a few words in this chat may answer, while it is fresh. */
export async function lastAsked(edges: Asking, { speaker }: Heard) {
  const asked = await edges.dialogue.lastAsked(speaker.id, speaker.conversation)
  return asked === undefined || addTime(asked.at, fresh) < edges.now() ? undefined : asked
}
