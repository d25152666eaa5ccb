import { EntitlementId } from '../../entitlement/entry.ts'
import type { PersonId } from '../../people.ts'
import { assess, type Assessment } from '../../request/assess.ts'
import type { RequestId } from '../../request/events.ts'
import type { Refusal } from '../../request/refusal.ts'
import { type AccessRequest, isOpen, openStage } from '../../request/request.ts'
import { ok, refuse, type Result } from '../../result.ts'
import { repost, repostForm } from '../send/repost.ts'
import { gather } from '../record/gather.ts'
import type { Tapped } from '../ports/incoming.ts'
import { fitted, lengthIn, withTime } from '../draft/form.ts'
import { draftOf } from '../draft/offer.ts'
import { pending } from '../answer/pending.ts'
import type { Edges } from '../ports/ports.ts'
import type { Draft } from '../ports/memory.ts'
import { post } from '../send/post.ts'
import { loadRequest } from '../record/record.ts'
import { say } from '../send/reply.ts'
import { approvalView, confirmView } from '../send/show.ts'
import { settledFor } from '../../request/settled.ts'
import { stagesNow } from '../record/stages-now.ts'
import type { View } from '../ports/views.ts'
import { visibleTo } from '../record/visible.ts'

type Opened = Result<View, Refusal>

/**
 * A row of a list that stands for a request: its card comes to the end of the chat, for whoever asked for it or may
 * decide it.
 * @returns what the list shows now, or says.
 */
export async function openRow(edges: Edges, tapped: Tapped, id: RequestId): Promise<Opened> {
  const request = await loadRequest(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  if (request.submission.requester === tapped.actor) return openOwn(edges, request)
  const now = await stagesNow(edges, request)
  const { asked, standIn } = now.deciders
  const open = openStage(request)
  const theirs = asked.includes(tapped.actor) || (open?.stage.by === 'native' && standIn.includes(tapped.actor))
  if (!theirs) {
    // Whoever is not asked learns nothing of where it stands.
    const named = request.stages.some(({ people, backup }) => [...people, ...backup].includes(tapped.actor))
    return named && open === undefined
      ? refuse(settledFor(request, tapped.actor))
      : refuse({ kind: 'may-not-decide', why: { kind: 'not-in-stage' } })
  }
  const requester = await edges.tenant.person(request.submission.requester)
  if (requester === undefined) return refuse({ kind: 'unknown-record' })
  const view = await approvalView(edges, request, requester, tapped.actor, now)
  await post(edges, tapped.actor, view, { record: id, role: 'approval', revision: request.revision })
  return ok(await pending(edges, tapped.actor, tapped.proof))
}

async function openOwn(edges: Edges, request: AccessRequest): Promise<Opened> {
  await repost(edges, request)
  return ok(say({ kind: 'brought-down', what: 'card' }))
}

/** A row that stands for a form which keeps the words of a message: shown now, on what the tenant says now. */
export async function openDraft(edges: Edges, tapped: Tapped): Promise<Opened> {
  const kept = await edges.drafts.load(tapped.record)
  if (kept === undefined) return refuse({ kind: 'unknown-record' })
  if (kept.speaker !== tapped.actor) return refuse({ kind: 'not-yours' })
  if (kept.closed?.as === 'submitted') return openRow(edges, tapped, kept.closed.request)
  const assessed = await judged(edges, kept.speaker, kept.entitlement)
  if (!assessed.ok) return assessed
  // Whoever put it away and takes the row again wants it after all, with the same words.
  const draft =
    kept.closed === null ? await fit(edges, kept, assessed.value) : await again(edges, kept, assessed.value, tapped)
  return show(edges, tapped, draft, assessed.value)
}

/** A row of the catalogue: a form without words, one for each list that it is taken from. */
export async function openEntry(edges: Edges, tapped: Tapped, entitlement: EntitlementId): Promise<Opened> {
  const assessed = await judged(edges, tapped.actor, entitlement)
  if (!assessed.ok) return assessed
  const { terms } = assessed.value
  const blank = draftOf(edges, tapped.actor, assessed.value.entitlement, {}, fitted(terms, terms.usual))
  const { draft } = await edges.drafts.make(blank, `row|${tapped.conversation}|${tapped.card}|${entitlement}`)
  const request = draft.closed?.as === 'submitted' ? await loadRequest(edges, draft.closed.request) : undefined
  // Once that is over a card that still stands in the chat is good for another.
  if (request !== undefined && isOpen(request)) return openRow(edges, tapped, request.submission.id)
  const open = draft.closed === null ? draft : await again(edges, draft, assessed.value, tapped)
  return show(edges, tapped, open, assessed.value)
}

/** What they may not know of is refused like what does not exist. */
async function judged(edges: Edges, person: PersonId, id: string): Promise<Result<Assessment, Refusal>> {
  const entry = edges.catalogue.entitlements.get(EntitlementId.parse(id))
  const [known] = entry === undefined ? [] : await visibleTo(edges, person, [entry])
  const situation = known === undefined ? undefined : await gather(edges, person, known)
  return situation === undefined ? refuse({ kind: 'not-eligible' }) : assess(situation)
}

/** Its time as the terms leave it; what was asked for was kept before they were looked up. */
async function fit(edges: Edges, draft: Draft, assessment: Assessment): Promise<Draft> {
  const { revision } = draft
  const time = fitted(assessment.terms, lengthIn(draft))
  if (time.duration === lengthIn(draft)) return draft
  const next = withTime(draft, time)
  const changed = await edges.drafts.change(draft.id, revision, next)
  return changed ? { ...draft, ...next, revision: revision + 1 } : ((await edges.drafts.load(draft.id)) ?? draft)
}

async function again(edges: Edges, draft: Draft, assessment: Assessment, tapped: Tapped): Promise<Draft> {
  const anew = {
    ...draftOf(edges, draft.speaker, assessment.entitlement, {}, { duration: lengthIn(draft), cutFrom: null }),
    ...withTime(draft, fitted(assessment.terms, lengthIn(draft))),
  }
  return (await edges.drafts.make(anew, `again|${tapped.conversation}|${tapped.activity}`)).draft
}

async function show(edges: Edges, tapped: Tapped, draft: Draft, assessment: Assessment): Promise<Opened> {
  const { conversation, activity } = tapped
  // A few words change it from now on, as they would have had the form been the answer.
  const asked = { message: `tap|${conversation}|${activity}`, what: { asks: 'draft', draft: draft.id } } as const
  await edges.dialogue.ask(draft.speaker, conversation, { ...asked, at: edges.now(), below: 0 })
  const view = await confirmView(edges, draft, assessment)
  await repostForm(edges, draft, assessment.entitlement.name, view)
  return ok(say({ kind: 'brought-down', what: 'form' }))
}
