import { planStages } from '../../approval/plan.ts'
import { sameTarget } from '../../entitlement/kinds/kinds.ts'
import type { NativeRequest } from '../../request/native.ts'
import { observeFiling } from '../../request/observe-filing.ts'
import type { PersonId } from '../../people.ts'
import { RequestId } from '../../request/events.ts'
import type { AccessRequest } from '../../request/request.ts'
import { claimed, relationOf } from '../../request/ours.ts'
import { found } from '../../request/submit.ts'
import { ok } from '../../result.ts'
import { gather } from '../record/gather.ts'
import type { Edges } from '../ports/ports.ts'
import type { Because } from '../ports/memory.ts'
import { begin, loadRequest, record } from '../record/record.ts'
import { grantable } from '../record/kinds.ts'

/**
 * Holds a request that waits in Entra against the books: it is one of ours, or it settles a filing of ours that was in
 * doubt, or it was filed in the portal and gets a stream of its own. What cannot be laid over stages of the catalogue
 * stays out of the books: it is decided in the portal alone.
 * @param person the approver whose token shows it
 */
export async function bringIn(edges: Edges, seen: NativeRequest, person: PersonId): Promise<void> {
  const because = { actor: person, cause: `found:${seen.id}` }
  const claimedOf = await claimedBy(edges, seen)
  if (claimedOf !== undefined && (await settle(edges, claimedOf, seen, because))) return
  const id = RequestId.safeParse(`req_${seen.id}`).data
  if (id !== undefined && (await loadRequest(edges, id)) === undefined) await beginOutside(edges, id, seen, because)
}

/** The request of ours whose id it carries; anybody can write an id. */
async function claimedBy(edges: Edges, { customData, person }: NativeRequest): Promise<AccessRequest | undefined> {
  const id = RequestId.safeParse(customData).data
  const request = id === undefined ? undefined : await loadRequest(edges, id)
  return request?.submission.beneficiary === person ? request : undefined
}

/**
 * Sent, and the answer lost, or not there yet when it was looked for: here it is. One that only carries our id is told
 * as that, and stays what it is: filed past us.
 * @returns whether it is ours
 */
async function settle(edges: Edges, request: AccessRequest, seen: NativeRequest, because: Because): Promise<boolean> {
  let relation = relationOf(request, seen)
  if (relation === 'known') return true
  await record(edges, request.submission.id, because, (now) => {
    relation = relationOf(now, seen)
    if (relation === 'known') return ok([])
    return ok(relation === 'ours' ? observeFiling(now, seen, edges.now(), 'look-up') : claimed(now, seen, edges.now()))
  })
  return relation !== 'claims'
}

async function beginOutside(edges: Edges, id: RequestId, seen: NativeRequest, because: Because): Promise<void> {
  const fitting = (await grantable(edges)).filter(({ target }) => sameTarget(target, seen.target))
  const entitlement = only(fitting)?.entry
  if (entitlement === undefined || seen.duration === null) return
  const situation = await gather(edges, seen.person, entitlement, id)
  if (situation === undefined) return
  const { stages, backup, entra, at } = situation
  const planned = planStages(entitlement, stages, backup, entra, at.toISOString().slice(0, 10))
  if (!planned.ok) return
  // Entra asks for an approval of this very request, whatever its settings say by now.
  if (planned.value.stages.at(-1)?.by !== 'native') return
  const outside = {
    target: seen.target,
    nativeRequest: seen.id,
    duration: seen.duration,
    justification: seen.justification,
    ticket: seen.ticket,
    filedAt: seen.createdAt,
    closesAt: seen.closesAt,
  }
  const event = found(id, situation, planned.value.stages, outside)
  // Another approver's list may have brought it in a moment ago: it stands there then all the same.
  await begin(edges, id, [event], because)
}

const only = <Value>(values: readonly Value[]): Value | undefined => (values.length === 1 ? values[0] : undefined)
