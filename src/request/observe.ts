import type { PersonId } from '../people.ts'
import { addTime, minutes } from '../time.ts'
import { everybodyOf } from '../approval/stage.ts'
import { endableFrom } from './decide.ts'
import type { RequestEvent, Source } from './events.ts'
import { longerThanApproved, type SeenInstance } from './ours.ts'
import {
  type AccessRequest,
  decidedElsewhere,
  grantableYet,
  lapsedInEntra,
  nativeStages,
  waitingStage,
} from './request.ts'

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
    case 'scheduled':
    case 'activating': {
      const ours = instances.find((instance) => instance.createdBy === phase.filed.nativeRequest)
      if (ours !== undefined) return [...unseenApproval(request, ours, at), ...activation(request, ours, at)]
      if (phase.status === 'activating') return neverSeen(request, phase.since, at)
      if (phase.status === 'scheduled') return neverSeen(request, phase.from, at)
      const { closesAt } = phase.filed
      return closesAt !== null && at >= believedLapsed(closesAt)
        ? [{ type: 'RequestLapsed', at, happenedAt: closesAt, source: 'look-up', waitedFor: 'entra' }]
        : []
    }
    case 'active': {
      const ours = instances.find((each) => each.id === phase.instance || each.createdBy === phase.filed.nativeRequest)
      if (ours === undefined) return gone(request, at)
      if (ours.until?.getTime() !== phase.until?.getTime()) return activation(request, ours, at)
      return neverEnded(request, at, realNow)
    }
    default: {
      // Closed in our books, and granted all the same: what Entra shows comes before what we believed.
      const late = grantableYet(request)
      const ours = instances.find(({ createdBy }) => late !== undefined && createdBy === late.nativeRequest)
      return ours === undefined ? [] : [...unseenApproval(request, ours, at), ...activation(request, ours, at)]
    }
  }
}

/** Absence is not believed at once: an approval cast in the last minute may take some more to show. */
export const believedLapsed = (closesAt: Date): Date => addTime(closesAt, minutes(10))

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
  const { reservation } = request
  return undecidedInEntra(request).map((stage) => {
    const began = reservation?.verdict === 'approve' && reservation.stage === stage ? reservation : undefined
    return {
      type: 'DecisionObserved',
      at,
      // It is granted the moment it is approved: never after that.
      happenedAt: from < at ? from : at,
      source: 'instance',
      by: began?.by ?? null,
      stage,
      verdict: 'approve',
      ...(began?.comment === undefined ? {} : { comment: began.comment }),
      ...(began?.evidence === undefined ? {} : { evidence: began.evidence }),
      confirmed: false,
      inStage: began !== undefined,
    }
  })
}

/** The service's own stages that nobody was seen to decide, in order; none where it asks nobody. */
function undecidedInEntra({ phase, stages, decisions }: AccessRequest): readonly number[] {
  const later = nativeStages(stages)
    .map(({ index }) => index)
    .filter((index) => !decisions.some((each) => each.stage === index))
  // It may wait for somebody whom no stage plans for.
  return phase.status === 'filed' ? [...new Set([phase.waiting.stage, ...later])].toSorted((a, b) => a - b) : later
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
  if (!ranOut && !byHolder && at < endableFrom(request, from)) return []
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
  if (lapsedInEntra(request)) return undecidedInEntra(request)[0] ?? waitingStage(request.stages)
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
  const evidence = mine ? request.reservation?.evidence : undefined
  const native = request.stages[stage]
  const theirs = seen.by !== null && native?.by === 'native' && everybodyOf(native).includes(seen.by)
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
      ...(evidence === undefined ? {} : { evidence }),
      confirmed: seen.by !== null,
      // In the portal nothing keeps one person from deciding twice: it counts, and it is marked.
      inStage: theirs && seen.by !== null && !decidedElsewhere(request, stage).includes(seen.by),
    },
  ]
}
