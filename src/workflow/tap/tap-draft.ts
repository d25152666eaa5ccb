import { EntitlementId } from '../../entitlement/entry.ts'
import type { Terms } from '../../entitlement/terms.ts'
import type { Assessment } from '../../request/assess.ts'
import { coolsDown } from '../../request/cool-down.ts'
import type { RequestEvent, RequestId } from '../../request/events.ts'
import type { Refusal } from '../../request/refusal.ts'
import type { AccessRequest } from '../../request/request.ts'
import { inputsOf } from '../../entitlement/kinds/kinds.ts'
import type { Inputs } from '../../entitlement/inputs.ts'
import { lengthIn } from '../draft/form.ts'
import { checkForm, submit } from '../../request/submit.ts'
import { ok, refuse, type Result } from '../../result.ts'
import { type Duration, isoDuration, parseDuration } from '../../time.ts'
import { assessDraft } from '../draft/assess-draft.ts'
import { fileNow, leaseFrom, sendToEntra } from '../engine/file.ts'
import type { Tapped } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { Draft } from '../ports/memory.ts'
import { begin, loadRequest } from '../record/record.ts'
import { requestOf } from '../record/record-id.ts'
import { confirmView } from '../send/show.ts'
import type { View } from '../ports/views.ts'
import { engineOf } from '../record/kinds.ts'

/** What a tap on a draft came to: the request it became, another card, or a refusal. */
export type DraftTap =
  | { readonly became: 'request'; readonly request: AccessRequest; readonly refusal?: Refusal }
  | { readonly became: 'view'; readonly view: View; readonly refusal?: Refusal }
  | { readonly became: 'refused'; readonly refusal: Refusal }

const refused = (refusal: Refusal): DraftTap => ({ became: 'refused', refusal })

/**
 * Submits a draft: checks it on what the tenant says now and writes the submission; where Entra decides first, the
 * filing attempt stands in the same step and the request is filed with the speaker's own token. The request's id is
 * made from the draft's, so a second tap finds the first one's.
 */
export async function submitDraft(edges: Edges, tapped: Tapped): Promise<DraftTap> {
  const owned = await ownDraft(edges, tapped)
  if (!owned.ok) return refused(owned.refusal)
  const draft = owned.value
  const id = requestOf(draft.id)
  const earlier = await loadRequest(edges, id)
  if (earlier !== undefined) return submittedEarlier(edges, tapped, earlier)
  if (draft.closed?.as === 'discarded') return refused({ kind: 'draft-closed' })

  const assessed = await assessDraft(edges, draft)
  if (!assessed.ok) return refused(assessed.refusal)
  const { situation, assessment } = assessed.value
  if (draft.closed === null && draft.revision !== tapped.revision) {
    const view = await confirmView(edges, draft, assessment, { kind: 'old-card' })
    return { became: 'view', view, refusal: { kind: 'old-card' } }
  }
  const form = formOf(tapped, draft)
  const checked = checkForm(form, assessment.terms, edges.catalogue.tickets.patterns, inputsOf(assessment.entitlement))
  if (!checked.ok) return sendBack(edges, draft, assessment, form, checked.refusal)

  const cooling = await coolingDown(edges, draft)
  if (cooling !== undefined) return sendBack(edges, draft, assessment, form, cooling)

  // Closed first: whoever discards it in this moment is told that it was submitted, or we that it was discarded.
  const closed = await edges.drafts.close(draft.id, { as: 'submitted', request: id })
  if (closed.closed?.as !== 'submitted') return refused({ kind: 'draft-closed' })
  await edges.chats.adopt(draft.id, id)
  await knowForm(edges, tapped, id)

  const because = { actor: tapped.actor, cause: tapped.activity }
  const submitted = submit(id, situation, assessment, checked.value)
  const inEntra = assessment.plan.stages[0]?.by !== 'chat'
  const attempt: RequestEvent[] = inEntra
    ? [{ type: 'FilingAttempted', at: situation.at, by: tapped.actor, leaseUntil: leaseFrom(edges) }]
    : []
  const begun = await begin(edges, id, [submitted, ...attempt], because)
  if (begun === undefined) {
    // Two taps at once: the other one is filing it.
    const other = await loadRequest(edges, id)
    return other === undefined ? refused({ kind: 'draft-closed' }) : { became: 'request', request: other }
  }
  if (!inEntra) return { became: 'request', request: begun }
  const filed = await sendToEntra(
    edges,
    engineOf(edges, begun.submission.target).onBehalfOf(tapped.actor, tapped.proof),
    begun,
    because,
  )
  return filed.ok ? { became: 'request', request: filed.value } : stands(edges, begun, filed.refusal)
}

/** Whoever asks and withdraws in a loop makes the approvers' phones ring for nothing. */
async function coolingDown(edges: Edges, { speaker, entitlement }: Draft): Promise<Refusal | undefined> {
  const earlier = await edges.requests.ofPerson(speaker)
  const cools = coolsDown(
    earlier.filter((each) => each.entitlement === entitlement && each.requester === speaker),
    edges.now(),
  )
  return cools === undefined ? undefined : { kind: 'cooling-down', ...cools }
}

/** A bot that died once the form stood in the chat did not record it: whoever taps on it shows where it is. */
async function knowForm(edges: Edges, { actor, card, chat, conversation, serviceUrl }: Tapped, id: RequestId) {
  if (chat !== 'personal' || (await edges.chats.sent(id)).length > 0) return
  const form = { record: id, role: 'status', revision: 0, person: actor, live: true } as const
  await edges.chats.recordSent({ ...form, conversation, serviceUrl, activity: card })
}

/** A form tapped again after it became a request: shown as it stands, or sent on where it never got to Entra. */
async function submittedEarlier(edges: Edges, tapped: Tapped, request: AccessRequest): Promise<DraftTap> {
  if (request.phase.status !== 'ready-to-file' || request.doubt !== undefined) return { became: 'request', request }
  const because = { actor: tapped.actor, cause: tapped.activity }
  const filed = await fileNow(
    edges,
    engineOf(edges, request.submission.target).onBehalfOf(tapped.actor, tapped.proof),
    request,
    because,
  )
  return filed.ok ? { became: 'request', request: filed.value } : stands(edges, request, filed.refusal)
}

async function stands(edges: Edges, request: AccessRequest, refusal: Refusal): Promise<DraftTap> {
  return { became: 'request', request: (await loadRequest(edges, request.submission.id)) ?? request, refusal }
}

export async function discardDraft(edges: Edges, tapped: Tapped): Promise<DraftTap> {
  const owned = await ownDraft(edges, tapped)
  if (!owned.ok) return refused(owned.refusal)
  const closed = await edges.drafts.close(owned.value.id, { as: 'discarded' })
  if (closed.closed?.as === 'submitted') {
    const request = await loadRequest(edges, closed.closed.request)
    return request === undefined
      ? refused({ kind: 'draft-closed' })
      : { became: 'request', request, refusal: { kind: 'draft-closed' } }
  }
  const name = edges.catalogue.entitlements.get(EntitlementId.parse(closed.entitlement))?.name ?? closed.entitlement
  return { became: 'view', view: { view: 'closed-draft', entitlement: name, why: 'discarded' } }
}

/** A draft obeys only its speaker. */
async function ownDraft(edges: Edges, tapped: Tapped): Promise<Result<Draft, Refusal>> {
  const draft = await edges.drafts.load(tapped.record)
  if (draft === undefined) return refuse({ kind: 'unknown-record' })
  return draft.speaker === tapped.actor ? ok(draft) : refuse({ kind: 'not-yours' })
}

const formOf = ({ inputs }: Tapped, draft: Draft): Inputs => {
  const { duration, justification, ticket, more } = inputs
  return {
    ...draft.inputs,
    ...more,
    ...(duration === undefined ? {} : { duration }),
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket }),
  }
}

/** The form comes back with what is wrong said on it, and everything that was typed still there. */
async function sendBack(
  edges: Edges,
  draft: Draft,
  assessment: Assessment,
  form: Inputs,
  refusal: Refusal,
): Promise<DraftTap> {
  const duration = parseDuration((form['duration'] ?? '').trim())
  const fits = duration !== undefined && duration <= assessment.terms.longest && duration >= assessment.terms.shortest
  const next = {
    // What holds now may allow less than when the form was made.
    inputs: { ...form, duration: isoDuration(fits ? duration : within(lengthIn(draft), assessment.terms)) },
    cutFrom: null,
  }
  if (!(await edges.drafts.change(draft.id, draft.revision, next))) return refused({ kind: 'old-card' })
  const changed = { ...draft, ...next, revision: draft.revision + 1 }
  const view = await confirmView(edges, changed, assessment, refusal)
  await showElsewhere(edges, draft, view)
  return { became: 'view', view, refusal }
}

const within = (duration: Duration, { shortest, longest }: Terms): Duration =>
  duration > longest ? longest : duration < shortest ? shortest : duration

/** The answer reaches one client alone; on the person's other devices the old form would be dead. */
async function showElsewhere(edges: Edges, draft: Draft, view: View): Promise<void> {
  try {
    const viewer = await edges.chats.viewer(draft.speaker)
    for (const card of await edges.chats.sent(draft.id)) await edges.conversation.edit(card, view, viewer)
  } catch (error) {
    edges.log.warn({ draft: draft.id, error: String(error) }, 'a form sent back is shown on one device only')
  }
}
