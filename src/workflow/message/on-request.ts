import type { Ask } from '../../ask/ask.ts'
import { type Entitlement, principalName } from '../../entitlement/entitlement.ts'
import type { EntitlementId } from '../../entitlement/entry.ts'
import { assess, type Situation } from '../../request/assess.ts'
import type { Refusal } from '../../request/refusal.ts'
import type { EntriesView } from '../ports/answers.ts'
import { askedWhich } from '../draft/last-question.ts'
import { entryRows, ownerNames } from '../answer/entry-rows.ts'
import { gather } from '../record/gather.ts'
import type { Heard } from '../ports/incoming.ts'
import { keepFor, offer, type Words } from '../draft/offer.ts'
import type { Edges } from '../ports/ports.ts'
import { relationTo } from '../record/relation.ts'
import { reply, say } from '../send/reply.ts'
import type { SayView } from '../ports/views.ts'
import { entriesOf, visibleTo } from '../record/visible.ts'
import { engineFor } from '../record/kinds.ts'

type Say = SayView['what']

/** Words that ask for access become one form to confirm, or say which of several is meant, or why there can be none. */
export async function onRequest(edges: Edges, message: Heard, ask: Ask): Promise<void> {
  const named = entriesOf(edges, ask)
  // Most often one is named, and may be known of: what its form needs is read meanwhile.
  const [single, another] = named
  const early = single === undefined || another !== undefined ? undefined : gather(edges, message.speaker.id, single)
  early?.catch(() => undefined) // thrown below, where it may be known of
  const wanted = await visibleTo(edges, message.speaker.id, named)
  const [only, ...others] = wanted
  const words = wordsOf(ask)
  if (ask.beneficiary !== undefined) return reply(edges, message, say(await forOthers(edges, ask, only)))
  if (only === undefined) return nothingFits(edges, message, ask, words)
  if (ask.start !== undefined) return show(edges, message, wanted, words, { kind: 'later', at: ask.start })
  if (others.length === 0) return onOne(edges, message, only, words, early)
  return ask.each ? show(edges, message, wanted, words, { kind: 'each' }) : askWhich(edges, message, wanted, words)
}

const wordsOf = ({ duration, justification, ticket, details }: Ask): Words => ({
  ...(details === undefined ? {} : { details }),
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
  about: EntriesView['about'] = { kind: 'which' },
): Promise<void> {
  await askedWhich(edges, message, candidates, words)
  return show(edges, message, candidates, words, about)
}

/** Entries with a tap each; the words are kept for whichever is taken. */
async function show(
  edges: Edges,
  message: Heard,
  entries: readonly Entitlement[],
  words: Words,
  about: EntriesView['about'],
): Promise<void> {
  const relation = relationTo(edges, message.speaker.id, entries.length > 1)
  const rows = await entryRows(edges, relation, entries, (entry) => keepFor(edges, message, words, entry))
  return reply(edges, message, { view: 'entries', about, rows, more: 0 })
}

/** One is meant: its form, or why there can be none. */
export async function onOne(
  edges: Edges,
  message: Heard,
  only: Entitlement,
  words: Words,
  read?: Promise<Situation | undefined>,
): Promise<void> {
  if (engineFor(edges, only) === undefined) return show(edges, message, [only], words, { kind: 'portal' })
  const situation = await (read ?? gather(edges, message.speaker.id, only))
  if (situation === undefined) return reply(edges, message, say({ kind: 'not-eligible', entitlement: only.name }))
  const assessed = assess(situation)
  if (!assessed.ok) return reply(edges, message, say(await whyNot(edges, only, situation, assessed.refusal)))
  return offer(edges, message, words, assessed.value)
}

/** Two readings of a message differ: whoever wrote it says what they mean, if any of it. */
export async function whichOfThese(edges: Edges, message: Heard, ids: readonly EntitlementId[]): Promise<void> {
  const entries = ids.flatMap((id) => edges.catalogue.entitlements.get(id) ?? [])
  const wanted = await visibleTo(edges, message.speaker.id, entries)
  if (wanted.length === 0) return reply(edges, message, say({ kind: 'nothing-fits' }))
  return askWhich(edges, message, wanted, {})
}

async function nothingFits(edges: Edges, message: Heard, ask: Ask, words: Words): Promise<void> {
  const near = ask.nearest.flatMap((id) => edges.catalogue.entitlements.get(id) ?? [])
  const nearest = await visibleTo(edges, message.speaker.id, near)
  if (nearest.length === 0) return reply(edges, message, say({ kind: 'nothing-fits' }))
  return askWhich(edges, message, nearest, words, { kind: 'nearest' })
}

/** Entra takes a request only with the token of the person whom it is for. */
async function forOthers(edges: Edges, ask: Ask, wanted: Entitlement | undefined): Promise<Say> {
  const handle = ask.beneficiary ?? ''
  const person = await edges.tenant.personNamed(principalName(edges.catalogue, handle))
  return {
    kind: 'cannot-for-others',
    person: person?.name ?? handle,
    ...(wanted === undefined ? {} : { entitlement: wanted.name }),
    ...(ask.duration === undefined ? {} : { duration: ask.duration }),
  }
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
        // Who can put it right that nobody may decide: the entry's owners, who answer for its stages.
        mend: await ownerNames(edges, entitlement),
      }
    }
    default:
      return { kind: 'not-eligible', entitlement: name }
  }
}
