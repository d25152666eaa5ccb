import { EntitlementId } from '../entitlement/entitlement.ts'
import { assess, type Assessment } from '../request/assess.ts'
import { RequestId } from '../request/events.ts'
import type { Refusal } from '../request/refusal.ts'
import type { AccessRequest } from '../request/request.ts'
import { checkForm, type FilledForm, submit } from '../request/submit.ts'
import { refuse, type Result } from '../result.ts'
import { isoDuration, parseDuration } from '../time.ts'
import { sendToEntra } from './file.ts'
import { gather } from './gather.ts'
import type { Tapped } from './incoming.ts'
import type { Draft, Edges } from './ports.ts'
import { begin, loadRequest } from './record.ts'
import { confirmView } from './show.ts'
import { requestOf } from './record-id.ts'
import type { View } from './views.ts'

/** What a tap on a draft came to: the request it became, another card, or a refusal. */
export type DraftTap =
  | { readonly became: 'request'; readonly request: AccessRequest; readonly refusal?: Refusal }
  | { readonly became: 'view'; readonly view: View; readonly refusal?: Refusal }
  | { readonly became: 'refused'; readonly refusal: Refusal }

/**
 * Submits a draft: checks it on what the tenant says now, writes submission and filing attempt in one step, and files
 * it with the speaker's own token. The request's id is made from the draft's, so a second tap finds the first one's.
 */
export async function submitDraft(edges: Edges, tapped: Tapped, leaseUntil: Date): Promise<DraftTap> {
  const owned = await ownDraft(edges, tapped)
  if (!owned.ok) return { became: 'refused', refusal: owned.refusal }
  const draft = owned.value
  const id = requestOf(draft.id)
  const earlier = await loadRequest(edges, id)
  if (earlier !== undefined) return { became: 'request', request: earlier }
  if (draft.closed !== null) return { became: 'refused', refusal: { kind: 'draft-closed' } }

  const entitlement = edges.catalogue.entitlements.get(EntitlementId.parse(draft.entitlement))
  const situation = entitlement === undefined ? undefined : await gather(edges, tapped.actor, entitlement, id)
  if (situation === undefined) return { became: 'refused', refusal: { kind: 'not-eligible' } }
  const assessed = assess(situation)
  if (!assessed.ok) return { became: 'refused', refusal: assessed.refusal }
  const assessment = assessed.value

  const form = formOf(tapped, draft)
  const checked = checkForm(form, assessment.terms, edges.catalogue.tickets.patterns)
  if (!checked.ok) return sendBack(edges, draft, assessment, form, checked.refusal)

  const because = { actor: tapped.actor, cause: tapped.activity }
  const { at } = situation
  const submitted = submit(id, situation, assessment, checked.value)
  const attempt = { type: 'FilingAttempted', at, by: tapped.actor, leaseUntil } as const
  const begun = await begin(edges, id, [submitted, attempt], because)
  await edges.chats.adopt(draft.id, id)
  await edges.drafts.close(draft.id, { as: 'submitted', request: id })
  if (begun === undefined) {
    // Two taps at once: the other one is filing it.
    const other = await loadRequest(edges, id)
    return other === undefined
      ? { became: 'refused', refusal: { kind: 'draft-closed' } }
      : { became: 'request', request: other }
  }
  const filed = await sendToEntra(edges, edges.takeHand(tapped.actor, tapped.proof), begun, because)
  if (filed.ok) return { became: 'request', request: filed.value }
  const request = (await loadRequest(edges, id)) ?? begun
  return { became: 'request', request, refusal: filed.refusal }
}

export async function discardDraft(edges: Edges, tapped: Tapped): Promise<DraftTap> {
  const owned = await ownDraft(edges, tapped)
  if (!owned.ok) return { became: 'refused', refusal: owned.refusal }
  const closed = await edges.drafts.close(owned.value.id, { as: 'discarded' })
  if (closed.closed?.as === 'submitted') {
    const request = await loadRequest(edges, closed.closed.request)
    if (request !== undefined) return { became: 'request', request, refusal: { kind: 'draft-closed' } }
  }
  const name = edges.catalogue.entitlements.get(EntitlementId.parse(closed.entitlement))?.name ?? closed.entitlement
  return { became: 'view', view: { view: 'closed-draft', entitlement: name, why: 'discarded' } }
}

/** A draft obeys only its speaker, and only the card that shows it as it is. */
async function ownDraft(edges: Edges, tapped: Tapped): Promise<Result<Draft, Refusal>> {
  const draft = await edges.drafts.load(tapped.record)
  if (draft === undefined) return refuse({ kind: 'unknown-record' })
  if (draft.speaker !== tapped.actor) return refuse({ kind: 'not-yours' })
  if (draft.closed === null && draft.revision !== tapped.revision) return refuse({ kind: 'old-card' })
  return { ok: true, value: draft }
}

const formOf = ({ inputs }: Tapped, draft: Draft) => ({
  duration: inputs.duration ?? isoDuration(draft.duration),
  justification: inputs.justification ?? draft.justification,
  ticket: inputs.ticket ?? draft.ticket,
})

/** The form comes back with what is wrong said on it, and everything that was typed still there. */
async function sendBack(
  edges: Edges,
  draft: Draft,
  assessment: Assessment,
  form: { readonly duration: string } & Pick<FilledForm, 'justification'> & { readonly ticket: string },
  refusal: Refusal,
): Promise<DraftTap> {
  const duration = parseDuration(form.duration.trim())
  const fits = duration !== undefined && duration <= assessment.terms.longest && duration >= assessment.terms.shortest
  const next = {
    duration: fits ? duration : draft.duration,
    cutFrom: null,
    justification: form.justification,
    ticket: form.ticket,
  }
  if (!(await edges.drafts.change(draft.id, draft.revision, next))) {
    return { became: 'refused', refusal: { kind: 'old-card' } }
  }
  const changed = { ...draft, ...next, revision: draft.revision + 1 }
  return { became: 'view', view: await confirmView(edges, changed, assessment, refusal), refusal }
}
