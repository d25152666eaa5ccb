import type { PersonId } from '../people.ts'
import { addTime, minutes } from '../time.ts'
import { everybodyOf } from '../approval/stage.ts'
import { leastActive } from './decide.ts'
import type { RequestEvent, Source } from './events.ts'
import { longerThanApproved, type SeenInstance } from './ours.ts'
import { type AccessRequest, decidedElsewhere, grantableYet, lapsedInEntra, nativeStage } from './request.ts'

/**
 * What the tenant shows about one request, turned into what happened. Never called after a look-up that failed:
 * silence is not absence.
 */
export function observe(
  request: AccessRequest,
  at: Date,
  realNow: Date,
  instances: readonly SeenInstance[],
): readonly RequestEvent[] {
  const { phase } = request
  switch (phase.status) {
    case 'filed':
    case 'activating': {
      const ours = instances.find((instance) => instance.createdBy === phase.filed.entraRequest)
      if (ours !== undefined) return [...unseenApproval(request, ours, at), ...activation(request, ours, at)]
      if (phase.status === 'activating') return neverSeen(request, phase.since, at)
      return at >= believedLapsed(phase.filed.lapsesAt)
        ? [{ type: 'RequestLapsed', at, happenedAt: phase.filed.lapsesAt, source: 'look-up', waitedFor: 'entra' }]
        : []
    }
    case 'active': {
      const ours = instances.find((each) => each.id === phase.instance || each.createdBy === phase.filed.entraRequest)
      if (ours === undefined) return gone(request, at)
      if (ours.until?.getTime() !== phase.until?.getTime()) return activation(request, ours, at)
      return neverEnded(request, at, realNow)
    }
    default: {
      // Closed in our books, and granted all the same: what Entra shows comes before what we believed.
      const late = grantableYet(request)
      const ours = instances.find(({ createdBy }) => late !== undefined && createdBy === late.entraRequest)
      return ours === undefined ? [] : [...unseenApproval(request, ours, at), ...activation(request, ours, at)]
    }
  }
}

/** Absence is not believed at once: an approval cast in the last minute may take some more to show. */
export const believedLapsed = (lapsesAt: Date): Date => addTime(lapsesAt, minutes(10))

/** Still there, and our call to end it cannot be on its way any more: it never got to Entra, and may be made again. */
const neverEnded = ({ doubt }: AccessRequest, at: Date, realNow: Date): RequestEvent[] =>
  doubt?.about === 'end' && doubt.leaseUntil <= realNow
    ? [{ type: 'EndRefused', at, code: notReceived, message: '' }]
    : []

/** Code of a setback that Entra knows nothing of: what was sent did not get there, or was never sent. */
export const notReceived = 'not-received'

/** Code of a withdrawal that came when Entra had granted the request. */
export const grantedAlready = 'granted-already'

function activation(request: AccessRequest, instance: SeenInstance, at: Date): RequestEvent[] {
  const { id, from, until } = instance
  return [
    { type: 'ActivationObserved', at, source: 'instance', instance: id, from, until },
    ...longerThanApproved(request, instance, at),
  ]
}

/** Entra granted it, so somebody said yes. If we hold a reservation of an approval, theirs it was, though nobody told us. */
function unseenApproval(request: AccessRequest, { from }: SeenInstance, at: Date): RequestEvent[] {
  const stage = undecidedInEntra(request)
  if (stage === undefined) return []
  const { reservation } = request
  const began = reservation?.verdict === 'approve' ? reservation : undefined
  return [
    {
      type: 'DecisionObserved',
      at,
      // It is granted the moment it is approved: never after that.
      happenedAt: from < at ? from : at,
      source: 'instance',
      by: began?.by ?? null,
      stage,
      verdict: 'approve',
      ...(began?.comment === undefined ? {} : { comment: began.comment }),
      confirmed: false,
      inStage: began !== undefined,
    },
  ]
}

/** The stage of Entra's that nobody was seen to decide; undefined where it asks nobody, or somebody was. */
function undecidedInEntra({ phase, stages, decisions }: AccessRequest): number | undefined {
  if (phase.status === 'filed') return phase.waiting.stage
  const native = stages.findIndex((stage) => stage.by === 'native')
  return native < 0 || decisions.some((each) => each.stage === native) ? undefined : native
}

/** Approved, and its whole time went by while nobody looked, or Entra never switched it on: over in either case. */
function neverSeen({ submission }: AccessRequest, since: Date, at: Date): RequestEvent[] {
  const end = addTime(since, submission.duration)
  return at >= end ? [{ type: 'EndObserved', at, happenedAt: end, source: 'look-up', how: 'unseen' }] : []
}

function gone(request: AccessRequest, at: Date): RequestEvent[] {
  if (request.phase.status !== 'active') return []
  const { from, until } = request.phase
  const ranOut = until !== null && at >= until
  const byHolder = request.endedByHolder !== undefined || request.doubt?.about === 'end'
  // Reads go back and forth for a while after a grant, and Entra lets nobody end one that is younger than this.
  if (!ranOut && !byHolder && at < addTime(from, leastActive)) return []
  const how = ranOut ? 'ran-out' : byHolder ? 'by-holder' : 'outside'
  // Who looked late must not say that it ended late.
  const happenedAt = request.endedByHolder ?? (ranOut ? until : undefined)
  return [{ type: 'EndObserved', at, source: 'look-up', how, ...(happenedAt === undefined ? {} : { happenedAt }) }]
}

/** What Entra has recorded on the approval. */
export interface SeenDecision {
  readonly verdict: 'approve' | 'deny' | 'none'
  readonly by: PersonId | null
  /** When, by Entra's own clock. */
  readonly at?: Date
}

/** Entra's stage while its decision is open, or known only by its effect: then whoever Entra names replaces our guess. */
function decidable(request: AccessRequest): number | undefined {
  if (request.phase.status === 'filed') return request.phase.waiting.stage
  if (lapsedInEntra(request)) return request.stages.length - 1
  const last = request.decisions.at(-1)
  return last !== undefined && !last.confirmed ? last.stage : undefined
}

/** Entra's record of the decision, which overrides whatever we expected. Nothing where it is still open. */
export function observeDecision(
  request: AccessRequest,
  at: Date,
  seen: SeenDecision,
  source: Source,
): readonly RequestEvent[] {
  const stage = decidable(request)
  if (stage === undefined || seen.verdict === 'none') return []
  const mine = request.reservation?.by === seen.by && request.reservation?.verdict === seen.verdict
  const comment = mine ? request.reservation?.comment : undefined
  const native = nativeStage(request)
  const theirs = seen.by !== null && native !== undefined && everybodyOf(native).includes(seen.by)
  return [
    {
      type: 'DecisionObserved',
      at,
      ...(seen.at === undefined ? {} : { happenedAt: seen.at }),
      source,
      by: seen.by,
      stage,
      verdict: seen.verdict,
      ...(comment === undefined ? {} : { comment }),
      confirmed: seen.by !== null,
      // In the portal nothing keeps one person from deciding twice: it counts, and it is marked.
      inStage: theirs && seen.by !== null && !decidedElsewhere(request, stage).includes(seen.by),
    },
  ]
}
