import { idIn } from '../entitlement/kinds/kinds.ts'
import type { PersonId } from '../people.ts'
import { addTime, type Duration, hours, minutes } from '../time.ts'
import type { RequestEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { observeDecision } from './observe.ts'
import { type AccessRequest, type Filed, lapsedInEntra } from './request.ts'
import { cutAt } from '../text.ts'

/** What Entra's audit log says became of one of its requests. */
export interface ToldOutcome {
  readonly at: Date
  readonly what: 'approved' | 'denied' | 'cancelled' | 'lapsed'
  readonly by: PersonId | null
  readonly reason: string | null
  /** Ids that may be that of Entra's request. */
  readonly ids: readonly string[]
  /** The request that the log names as such. */
  readonly names: string | null
  readonly person: string | null
  /** The id of what was asked for: a role's, a group's. */
  readonly grants: string | null
}

/** The log comes minutes late, and nobody says how many at most: so long it is read for what it may still tell. */
const latest: Duration = hours(1)

/** Our clock and Entra's may differ by this much. */
const skew: Duration = minutes(1)

/**
 * The instant from which on the audit log may tell something of this request that is not known: while Entra waits, and
 * for an hour after it was closed, or granted, without our seeing by whom. Undefined when it tells nothing new.
 */
export function untoldSince(request: AccessRequest, at: Date): Date | undefined {
  const filed = filedAs(request)
  if (filed === undefined) return undefined
  const from = addTime(filed.filedAt, -skew as Duration)
  const { phase } = request
  if (phase.status === 'filed') return from
  if (lapsedInEntra(request) && phase.status === 'lapsed') return at < addTime(phase.seenAt, latest) ? from : undefined
  const guess = request.decisions.at(-1)
  return guess !== undefined && !guess.confirmed && at < addTime(guess.seenAt ?? guess.at, latest) ? from : undefined
}

function filedAs({ phase }: AccessRequest): Filed | undefined {
  if ('filed' in phase) return phase.filed
  return 'wasFiled' in phase ? phase.wasFiled : undefined
}

/**
 * What the log tells of this request, as events. A record that carries Entra's id of it is about it; one that names no
 * request at all is, only where it can be about nothing else.
 * @param alone no other request of this person for this role is known to wait
 */
export function observeOutcomes(
  request: AccessRequest,
  at: Date,
  told: readonly ToldOutcome[],
  alone: boolean,
): readonly RequestEvent[] {
  const events: RequestEvent[] = []
  let now = request
  for (const outcome of about(request, at, told, alone)) {
    const next = happened(now, at, outcome)
    events.push(...next)
    now = next.reduce<AccessRequest>((before, event) => evolve(before, event), now)
  }
  return events
}

function about(request: AccessRequest, at: Date, told: readonly ToldOutcome[], alone: boolean): readonly ToldOutcome[] {
  const filed = filedAs(request)
  const since = untoldSince(request, at)
  if (filed === undefined || since === undefined) return []
  const certain = told.filter(({ ids }) => ids.includes(filed.nativeRequest))
  if (certain.length > 0 || !alone) return certain
  const { submission } = request
  const likely = told.filter(
    (each) =>
      each.names === null &&
      each.person === submission.beneficiary &&
      each.grants === idIn(submission.target) &&
      each.at >= since,
  )
  return new Set(likely.map(({ what }) => what)).size === 1 ? likely.slice(-1) : []
}

/** A late record never undoes what was seen since: it names who decided, or says why nothing was ever granted. */
function happened(request: AccessRequest, at: Date, outcome: ToldOutcome): readonly RequestEvent[] {
  const { status } = request.phase
  switch (outcome.what) {
    case 'approved':
    case 'denied': {
      const verdict = outcome.what === 'approved' ? 'approve' : 'deny'
      const guess = request.decisions.at(-1)
      const open = status === 'filed' || (verdict === 'deny' && lapsedInEntra(request))
      const confirms = guess?.confirmed === false && guess.verdict === verdict && outcome.by !== null
      if (!open && !confirms) return []
      return observeDecision(request, at, { verdict, by: outcome.by, at: outcome.at }, 'audit').map((event) =>
        withReason(event, outcome),
      )
    }
    case 'cancelled':
      return status === 'filed' ? [{ type: 'WithdrawalObserved', at, happenedAt: outcome.at, source: 'audit' }] : []
    case 'lapsed':
      return status === 'filed'
        ? [{ type: 'RequestLapsed', at, happenedAt: outcome.at, source: 'audit', waitedFor: 'entra' }]
        : []
    default:
      return outcome.what satisfies never
  }
}

/** Longer than this nobody reads on a card. */
const longestReason = 500

/** A denial in the portal comes with its reason, which the requester is owed. */
function withReason(event: RequestEvent, { reason }: ToldOutcome): RequestEvent {
  if (event.type !== 'DecisionObserved' || event.verdict !== 'deny' || event.comment !== undefined) return event
  const said = reason?.trim() ?? ''
  return said === '' ? event : { ...event, comment: { freeText: cutAt(said, longestReason) } }
}
