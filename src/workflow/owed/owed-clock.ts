import { dueByClock } from '../../request/due-by-clock.ts'
import type { AccessRequest } from '../../request/request.ts'
import { ok } from '../../result.ts'
import { addTime, minutes } from '../../time.ts'
import { look } from '../engine/look.ts'
import type { Edges } from '../ports/ports.ts'
import type { Posted } from '../send/post.ts'
import { record } from '../record/record.ts'

/** Product time: what the tenant told longer ago may be over by now, and nobody is reminded of the end of that. */
const freshly = minutes(5)

/**
 * Writes down what time alone has brought about. Of a grant only what the tenant has shown a moment ago is believed: else
 * it is looked at first, which brings it about as well.
 */
export async function bringAbout(edges: Edges, request: AccessRequest): Promise<Posted> {
  const { id } = request.submission
  const at = edges.now()
  if (dueByClock(request, at).length === 0) return 'superseded'
  // A filing in doubt may stand in the service: a look says which, and closes it when it cannot stand there any more.
  if (request.doubt !== undefined || (request.phase.status === 'active' && !(await isFresh(edges, request, at)))) {
    await look(edges, id)
    return 'sent'
  }
  await record(edges, id, { actor: 'latchkey', cause: 'clock' }, (now) => ok(dueByClock(now, at)))
  return 'sent'
}

async function isFresh({ looks }: Edges, request: AccessRequest, at: Date): Promise<boolean> {
  const looked = (await looks.of([request.submission.id])).get(request.submission.id)?.answeredAt
  const told = request.seenAt ?? request.submission.submittedAt
  const last = looked !== undefined && looked > told ? looked : told
  return addTime(last, freshly) >= at
}
