import type { RequestId } from '../request/events.ts'
import type { Refusal } from '../request/refusal.ts'
import { openStage } from '../request/request.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { Tapped } from './incoming.ts'
import type { Edges } from './ports.ts'
import { pending } from './pending.ts'
import { post } from './post.ts'
import { loadRequest } from './record.ts'
import { approvalView } from './show.ts'
import { today } from './stages-today.ts'
import type { PendingView } from './views.ts'

/**
 * A row of the list of what waits: its card comes to the end of the chat, for whoever may decide it. Cards of it that
 * stand further up stay true and work as well.
 * @returns the list as it is now.
 */
export async function openRow(edges: Edges, tapped: Tapped, id: RequestId): Promise<Result<PendingView, Refusal>> {
  const request = await loadRequest(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  const now = await today(edges, request)
  const { asked, standIn } = now.deciders
  const open = openStage(request)
  const theirs = asked.includes(tapped.actor) || (open?.stage.by === 'native' && standIn.includes(tapped.actor))
  if (!theirs) {
    // Whoever is not asked learns nothing of where it stands.
    const named = request.stages.some(({ people, backup }) => [...people, ...backup].includes(tapped.actor))
    return named && open === undefined
      ? refuse({ kind: 'settled', status: request.phase.status })
      : refuse({ kind: 'may-not-decide', why: { kind: 'not-in-stage' } })
  }
  const requester = await edges.tenant.person(request.submission.requester)
  if (requester === undefined) return refuse({ kind: 'unknown-record' })
  const view = await approvalView(edges, request, requester, tapped.actor, now)
  await post(edges, tapped.actor, view, { record: id, role: 'approval', revision: request.revision })
  return ok(await pending(edges, tapped.actor, tapped.proof))
}
