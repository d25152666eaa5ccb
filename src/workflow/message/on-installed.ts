import type { PersonId } from '../../people.ts'
import { examplesFor } from '../answer/answer-help.ts'
import { catchUp } from '../record/catch-up.ts'
import type { RefusedTap, Speaker } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import { once } from '../send/reply.ts'
import type { Viewer } from '../ports/views.ts'

/**
 * Remembers where a person can be reached, in which language and zone they read, and shows what they missed.
 * @returns how they read.
 */
export async function meet(edges: Edges, speaker: Speaker): Promise<Viewer> {
  const { id: person, teamsId, serviceUrl, conversation, locale, zone } = speaker
  const { reference: before, viewer: known } = await edges.chats.known(person)
  // Most messages tell nothing new, and a write costs more than the read.
  const same = before?.teamsId === teamsId && before.serviceUrl === serviceUrl && before.conversation === conversation
  if (!same) await edges.chats.remember({ person, teamsId, serviceUrl, conversation })
  if (before === undefined) await catchUp(edges, person)
  const reads = { locale: locale ?? known.locale, zone: zone ?? known.zone }
  if (reads.locale !== known.locale || reads.zone !== known.zone) await edges.chats.setViewer(person, reads)
  return reads
}

/** The app was added for a person: say hello once a day at most, since Teams tells of one installation twice. */
export async function onInstalled(edges: Edges, speaker: Speaker): Promise<void> {
  const viewer = await meet(edges, speaker)
  const to = await edges.chats.reference(speaker.id)
  if (to === undefined) return
  await once(edges, `welcome:${speaker.conversation}:${edges.now().toISOString().slice(0, 10)}`, async () => {
    // A greeting waits for no service that does not answer.
    const examples = await examplesFor(edges, speaker.id).catch(() => [])
    return edges.conversation.post(to, { view: 'say', what: { kind: 'welcome', examples } }, viewer)
  })
}

/** The app was taken away: the person is unreachable, their requests go on, their settings are kept. */
export async function left(edges: Edges, person: PersonId): Promise<void> {
  const reference = await edges.chats.reference(person)
  if (reference !== undefined) await edges.chats.forget(reference)
}

/** A genuine token of the wrong person beside a tap is worth a security reader's attention. */
export const keepRefusedTap = (edges: Edges, refused: RefusedTap): Promise<void> =>
  edges.journal.note(
    `person:${refused.person}`,
    {
      type: 'SignInRefused',
      at: edges.now(),
      body: { verb: refused.verb, record: refused.record.slice(0, 80), claimed: refused.claimed, why: refused.why },
    },
    { actor: refused.person, cause: refused.activity },
  )
