import type { PersonId } from '../people.ts'
import { addTime } from '../time.ts'
import { leastActive } from './decide.ts'
import type { RequestEvent, Source } from './events.ts'
import type { AccessRequest } from './request.ts'

/** A grant in force, as the tenant shows it. */
export interface SeenInstance {
  readonly id: string
  readonly from: Date
  readonly until: Date | null
  /** Entra's id of the request that made it, null where Entra does not tell. */
  readonly createdBy: string | null
}

/**
 * What the tenant shows about one request, turned into what happened. Never called after a look-up that failed:
 * silence is not absence.
 */
export function observe(request: AccessRequest, at: Date, instances: readonly SeenInstance[]): readonly RequestEvent[] {
  const { phase } = request
  switch (phase.status) {
    case 'filed':
    case 'activating': {
      const ours = instances.find((instance) => instance.createdBy === phase.filed.entraRequest)
      if (ours !== undefined) return [...unseenApproval(request, at), activation(ours, at)]
      if (phase.status === 'activating') return neverSeen(request, at)
      return at >= phase.filed.lapsesAt ? [{ type: 'RequestLapsed', at, source: 'look-up' }] : []
    }
    case 'active': {
      const ours = instances.find((each) => each.id === phase.instance || each.createdBy === phase.filed.entraRequest)
      if (ours === undefined) return gone(request, at)
      return ours.until?.getTime() === phase.until?.getTime() ? [] : [activation(ours, at)]
    }
    default:
      return []
  }
}

const activation = (instance: SeenInstance, at: Date): RequestEvent => ({
  type: 'ActivationObserved',
  at,
  source: 'instance',
  instance: instance.id,
  from: instance.from,
  until: instance.until,
})

/** Entra granted it, so somebody said yes. If we hold a reservation of an approval, theirs it was, though nobody told us. */
function unseenApproval(request: AccessRequest, at: Date): RequestEvent[] {
  if (request.phase.status === 'activating') return []
  const { reservation } = request
  const began = reservation?.verdict === 'approve' ? reservation : undefined
  return [
    {
      type: 'DecisionObserved',
      at,
      source: 'instance',
      by: began?.by ?? null,
      stage: began?.stage ?? 0,
      verdict: 'approve',
      ...(began?.comment === undefined ? {} : { comment: began.comment }),
      confirmed: false,
      inStage: began !== undefined,
    },
  ]
}

/** Approved, and its whole time went by while nobody looked, or Entra never switched it on: over in either case. */
function neverSeen({ submission, decisions }: AccessRequest, at: Date): RequestEvent[] {
  const approvedAt = decisions.at(-1)?.at
  const over = approvedAt !== undefined && at >= addTime(approvedAt, submission.duration)
  return over ? [{ type: 'EndObserved', at, source: 'look-up', how: 'unseen' }] : []
}

function gone(request: AccessRequest, at: Date): RequestEvent[] {
  if (request.phase.status !== 'active') return []
  const { from, until } = request.phase
  const ranOut = until !== null && at >= until
  const byHolder = request.endedByHolder === true || request.doubt?.about === 'end'
  // Reads go back and forth for a while after a grant, and Entra lets nobody end one that is younger than this.
  if (!ranOut && !byHolder && at < addTime(from, leastActive)) return []
  return [{ type: 'EndObserved', at, source: 'look-up', how: ranOut ? 'ran-out' : byHolder ? 'by-holder' : 'outside' }]
}

/** What an approver's own token shows on Entra's approval. */
export interface SeenDecision {
  readonly verdict: 'approve' | 'deny' | 'none'
  readonly by: PersonId | null
}

/** Entra's record of the decision, which overrides whatever we expected. Nothing where it is still open. */
export function observeDecision(
  request: AccessRequest,
  at: Date,
  seen: SeenDecision,
  source: Source,
): readonly RequestEvent[] {
  if (request.phase.status !== 'filed' || seen.verdict === 'none') return []
  const [stage] = request.submission.stages
  const mine = request.reservation?.by === seen.by && request.reservation?.verdict === seen.verdict
  const comment = mine ? request.reservation?.comment : undefined
  return [
    {
      type: 'DecisionObserved',
      at,
      source,
      by: seen.by,
      stage: 0,
      verdict: seen.verdict,
      ...(comment === undefined ? {} : { comment }),
      confirmed: seen.by !== null,
      inStage: seen.by !== null && (stage.people.includes(seen.by) || stage.backup.includes(seen.by)),
    },
  ]
}
