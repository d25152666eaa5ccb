import type { Ask } from '../ask/ask.ts'
import type { Filling } from '../ask/follow-up.ts'
import type { Entitlement, EntitlementId } from '../entitlement/entitlement.ts'
import { assess, type Assessment, type Situation } from '../request/assess.ts'
import type { Refusal } from '../request/refusal.ts'
import { askedToSubmit, askedWhich } from './asked.ts'
import { fitted, postForm } from './form.ts'
import { gather } from './gather.ts'
import type { Heard } from './incoming.ts'
import type { Draft, Edges } from './ports.ts'
import { newDraftId } from './record-id.ts'
import { occasionOf, reply, say } from './reply.ts'
import { confirmView } from './show.ts'
import type { SayView } from './views.ts'
import { visibleTo } from './visible.ts'

type Say = SayView['what']

/** Words that ask for access become one form to confirm, or say which of several is meant, or why there can be none. */
export async function onRequest(edges: Edges, message: Heard, ask: Ask): Promise<void> {
  const named = ask.entitlements.flatMap(({ id }) => edges.catalogue.entitlements.get(id) ?? [])
  // Most often one is named, and may be known of: what its form needs is read meanwhile.
  const [single, another] = named
  const early = single === undefined || another !== undefined ? undefined : gather(edges, message.speaker.id, single)
  early?.catch(() => undefined) // thrown below, where it may be known of
  const wanted = await visibleTo(edges, message.speaker.id, named)
  const [only, ...others] = wanted
  const words = wordsOf(ask)
  if (only === undefined) {
    const near = ask.nearest.flatMap((id) => edges.catalogue.entitlements.get(id) ?? [])
    const nearest = await visibleTo(edges, message.speaker.id, near)
    if (nearest.length > 0) await askedWhich(edges, message, nearest, words)
    return reply(edges, message, say({ kind: 'nothing-fits', nearest: nearest.map(({ name }) => name) }))
  }
  return others.length > 0 ? askWhich(edges, message, wanted, words) : onOne(edges, message, only, words, early)
}

/** What a message said that belongs on a form. */
type Words = Pick<Filling, 'duration' | 'justification' | 'ticket'>

const wordsOf = ({ duration, justification, ticket }: Ask): Words => ({
  ...(duration === undefined ? {} : { duration }),
  ...(justification === undefined ? {} : { justification }),
  ...(ticket === undefined ? {} : { ticket }),
})

/** Several fit: which one is meant is asked, and the words are kept for it. */
export async function askWhich(
  edges: Edges,
  message: Heard,
  candidates: readonly Entitlement[],
  words: Words,
): Promise<void> {
  await askedWhich(edges, message, candidates, words)
  const shown = candidates.map(({ name, grants }) => ({ name, grants }))
  return reply(edges, message, say({ kind: 'which', candidates: shown }))
}

/** One is meant: its form, or why there can be none. */
export async function onOne(
  edges: Edges,
  message: Heard,
  only: Entitlement,
  words: Words,
  read = gather(edges, message.speaker.id, only),
): Promise<void> {
  const situation = await read
  if (situation === undefined) return reply(edges, message, say({ kind: 'not-eligible', entitlement: only.name }))
  const assessed = assess(situation)
  if (!assessed.ok) return reply(edges, message, say(await whyNot(edges, only, situation, assessed.refusal)))
  return offer(edges, message, words, assessed.value)
}

/** Two readings of a message differ: whoever wrote it says what they mean, if any of it. */
export async function whichOfThese(edges: Edges, message: Heard, ids: readonly EntitlementId[]): Promise<void> {
  const entries = ids.flatMap((id) => edges.catalogue.entitlements.get(id) ?? [])
  const wanted = await visibleTo(edges, message.speaker.id, entries)
  if (wanted.length === 0) return reply(edges, message, say({ kind: 'nothing-fits', nearest: [] }))
  return askWhich(edges, message, wanted, {})
}

/** One confirm card, filled in with what the words held; a redelivered message gets no second one. */
async function offer(edges: Edges, message: Heard, words: Words, assessment: Assessment): Promise<void> {
  const { terms, entitlement } = assessment
  const draft: Omit<Draft, 'closed'> = {
    id: newDraftId(),
    revision: 1,
    speaker: message.speaker.id,
    entitlement: entitlement.id,
    ...fitted(terms, words.duration ?? terms.usual),
    justification: words.justification ?? '',
    ticket: words.ticket ?? '',
    madeAt: edges.now(),
  }
  const made = await edges.drafts.make(draft, occasionOf(message))
  await askedToSubmit(edges, message, made.draft.id)
  // Delivered again: the card is shown unless it was, so that a process that died in between loses nothing.
  if (!made.made && (await edges.chats.sent(made.draft.id)).length > 0) return
  await postForm(edges, message, made.draft, await confirmView(edges, made.draft, assessment))
}

async function whyNot(edges: Edges, entitlement: Entitlement, situation: Situation, refusal: Refusal): Promise<Say> {
  const { name } = entitlement
  switch (refusal.kind) {
    case 'already-open':
      return { kind: 'already-open', entitlement: name }
    case 'active-already':
      return { kind: 'active-already', until: refusal.until }
    case 'not-requestable': {
      if (refusal.why.kind === 'not-built-yet') return { kind: 'not-yet', entitlement: name }
      const people = [...situation.stages.flatMap((stage) => stage.people), ...situation.backup]
      const names = new Map(people.map((person) => [person.id as string, person.name]))
      return {
        kind: 'not-requestable',
        entitlement: name,
        why: refusal.why,
        names,
        mend: await mend(edges, entitlement),
      }
    }
    default:
      return { kind: 'not-eligible', entitlement: name }
  }
}

/** Who can put it right that nobody may decide: the entry's owners, who answer for its stages. */
async function mend(edges: Edges, { owners }: Entitlement): Promise<readonly string[]> {
  const found = await Promise.all(
    owners.map((owner) => edges.tenant.personNamed(`${owner}@${edges.catalogue.tenant.domain}`)),
  )
  return found.flatMap((person) => (person === undefined ? [] : [person.name]))
}
