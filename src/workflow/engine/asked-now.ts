import { type AccessRequest, approversOf, openStage } from '../../request/request.ts'
import { reached } from '../send/ask-approvers.ts'
import type { Edges } from '../ports/ports.ts'
import { tenantOnce } from '../record/read-once.ts'
import { stagesNow } from '../record/stages-now.ts'

type Asking = Pick<Edges, 'tenant' | 'catalogue' | 'requests' | 'chats' | 'outbox' | 'wake' | 'now'>

/**
 * Looks whether those who are asked are those who may decide by now: whoever left, was disabled or was taken out of the
 * approvers is relieved, the next ones are asked, and the requester's card names them. Throws when the tenant does not
 * answer: that is not "nobody".
 */
export async function askWhoMayDecide(edges: Asking, request: AccessRequest): Promise<void> {
  const open = openStage(request)
  if (open === undefined) return
  const { id, requester } = request.submission
  const now = await stagesNow(edges, request)
  const cards = await edges.chats.sent(id, 'approval')
  const shown = new Set(
    cards.filter(({ live, revision }) => live && revision === request.revision).map(({ person }) => person),
  )
  const unasked = reached(now).filter((person) => !shown.has(person))
  const mayStay = new Set([...now.deciders.asked, ...now.deciders.standIn, ...approversOf(request, open.index)])
  const relieved = [...shown].filter((person) => !mayStay.has(person))
  if (unasked.length === 0 && relieved.length === 0) return
  const occasion = ['asked', id, request.revision, ...unasked, 'not', ...relieved].join(':')
  await edges.outbox.owe(`${occasion}:cards`, { effect: 'approval-cards', request: id }, edges.now())
  await edges.outbox.owe(`${occasion}:status`, { effect: 'status-card', request: id, to: requester }, edges.now())
  edges.wake()
}

/** Product time for which what many requests have in common, rules and groups and people, is read once for all of them. */
const readAnewAfter = 5 * 60_000

/**
 * Reads for many requests at moderate cost: what one look found serves the others that are due with it. What failed is
 * not kept.
 */
export function sharedReading<Reads extends Pick<Edges, 'tenant' | 'now'>>(edges: Reads) {
  let kept: { readonly period: number; readonly reads: Reads } | undefined
  return {
    reads(): Reads {
      const period = Math.floor(edges.now().getTime() / readAnewAfter)
      if (kept?.period !== period) kept = { period, reads: { ...edges, tenant: tenantOnce(edges.tenant) } }
      return kept.reads
    },
    forget(): void {
      kept = undefined
    },
  }
}
