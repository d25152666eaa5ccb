import { addTime, type Duration, milliseconds, minutes } from '../time.ts'
import { differingFields } from '../entitlement/kinds/kinds.ts'
import type { EventOf, RequestEvent } from './events.ts'
import type { NativeRequest } from './native.ts'
import type { AccessRequest } from './request.ts'

// Whose a request or a grant in Entra is. What its requester controls, our id in `customData` above all, proves nothing:
// ours is what equals the approved terms and was made since our attempt.

/** A grant in force, as the tenant shows it. */
export interface SeenInstance {
  readonly id: string
  readonly from: Date
  readonly until: Date | null
  /** Entra's id of the request that made it, null where Entra does not tell. */
  readonly createdBy: string | null
}

/** Our clock and Entra's may differ by this much. */
const skew: Duration = minutes(2)

/** What of Entra's request is not what was approved; empty for one that is ours. */
export function unlike({ submission, sentSince }: AccessRequest, seen: NativeRequest): readonly string[] {
  const { target, justification, ticket } = submission
  const same = {
    requester: seen.person === submission.beneficiary,
    duration: seen.duration === submission.duration,
    // Words that were erased are not there to be compared.
    justification: justification.freeText === null || seen.justification.trim() === justification.freeText.trim(),
    ticket: (seen.ticket ?? '') === (ticket ?? ''),
    created: sentSince !== undefined && seen.createdAt >= addTime(sentSince, -skew as Duration),
  }
  const { requester, ...others } = same
  return [
    ...(requester ? [] : (['requester'] as const)),
    ...differingFields(target, seen.target),
    ...(Object.keys(others) as (keyof typeof others)[]).filter((field) => !others[field]),
  ]
}

/** Of the requests that carry our id, the one that is ours; and what is to be said of each that only says so. */
export function ourFiling<Seen extends NativeRequest>(
  request: AccessRequest,
  claiming: readonly Seen[],
  at: Date,
): { readonly ours: Seen | undefined; readonly deviations: readonly RequestEvent[] } {
  const claims = claiming.filter(({ customData }) => customData === request.submission.id)
  const ours = claims.find((seen) => unlike(request, seen).length === 0)
  const others = claims.filter((seen) => seen !== ours)
  return { ours, deviations: others.flatMap((seen) => claimed(request, seen, at)) }
}

/**
 * What a request in Entra that carries our id is to ours: the one we know, ours whose answer was lost, or somebody's that
 * only carries it.
 */
export function relationOf(request: AccessRequest, seen: NativeRequest): 'known' | 'ours' | 'claims' {
  const { phase } = request
  const filed = 'filed' in phase ? phase.filed : 'wasFiled' in phase ? phase.wasFiled : undefined
  if (filed?.nativeRequest === seen.id) return 'known'
  const fields = unlike(request, seen)
  if (phase.status === 'ready-to-file') return fields.length === 0 ? 'ours' : 'claims'
  // Closed here and still listed there: its reads come late.
  return phase.status !== 'in-chat' && fields.length === 0 ? 'known' : 'claims'
}

/** Told once of each of Entra's requests. */
export function claimed(
  request: AccessRequest,
  seen: NativeRequest,
  at: Date,
): readonly EventOf<'DeviationObserved'>[] {
  if (request.deviations.some(({ entra }) => entra === seen.id)) return []
  const fields = [...unlike(request, seen)]
  return [
    {
      type: 'DeviationObserved',
      at,
      source: 'look-up',
      what: 'filed',
      entra: seen.id,
      fields,
      duration: seen.duration,
    },
  ]
}

/** A grant is counted from a start that Entra rounds. */
const tolerance: Duration = milliseconds(60_000)

/** The grant that our own request was given, for longer than was approved; told once of each. */
export function longerThanApproved(
  request: AccessRequest,
  { id, from, until }: SeenInstance,
  at: Date,
): readonly EventOf<'DeviationObserved'>[] {
  const duration = until === null ? null : milliseconds(until.getTime() - from.getTime())
  if (duration !== null && duration <= request.submission.duration + tolerance) return []
  const told = request.deviations.some((each) => each.entra === id && each.duration === duration)
  if (told) return []
  return [
    { type: 'DeviationObserved', at, source: 'instance', what: 'granted', entra: id, fields: ['duration'], duration },
  ]
}
