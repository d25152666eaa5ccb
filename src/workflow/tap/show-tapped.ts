import type { Refusal } from '../../request/refusal.ts'
import { isApproverVerb, type TapAnswer, type Tapped } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import { loadRequest } from '../record/record.ts'
import { requestNamed } from '../record/record-id.ts'
import { approvalView, statusView } from '../send/show.ts'
import { stagesNow } from '../record/stages-now.ts'
import type { View } from '../ports/views.ts'

/** Those to whom this was said see the sentence alone, and nothing about the request. */
const outsiders = new Set<Refusal['kind']>(['unknown-record', 'own-request', 'may-not-decide', 'not-yours'])

/**
 * What a person who tapped on a record sees of it now; nothing is done.
 * @param refused what the tap came to, where it was not carried out.
 */
export async function showTapped(
  edges: Edges,
  tap: Omit<Tapped, 'proof'>,
  refused?: { readonly refusal: Refusal; readonly names: ReadonlyMap<string, string> },
): Promise<TapAnswer> {
  const viewer = await edges.chats.viewer(tap.actor)
  const view =
    refused !== undefined && outsiders.has(refused.refusal.kind)
      ? undefined
      : await viewFor(edges, tap, refused?.refusal)
  if (refused !== undefined) return { answer: 'refused', ...refused, viewer, ...(view === undefined ? {} : { view }) }
  return view === undefined
    ? { answer: 'refused', refusal: { kind: 'unknown-record' }, viewer }
    : { answer: 'card', view, viewer }
}

async function viewFor(edges: Edges, tap: Omit<Tapped, 'proof'>, refusal?: Refusal): Promise<View | undefined> {
  const id = requestNamed(tap.record)
  const request = id === undefined ? undefined : await loadRequest(edges, id)
  if (request === undefined) return undefined
  const { requester } = request.submission
  if (!isApproverVerb(tap.verb))
    return requester === tap.actor
      ? statusView(edges, request, refusal === undefined ? {} : { refused: refusal })
      : undefined
  const asking = await edges.tenant.person(requester)
  if (asking === undefined) return undefined
  const extra = refusal === undefined ? {} : { refused: refusal }
  return approvalView(edges, request, asking, tap.actor, await stagesNow(edges, request), extra)
}
