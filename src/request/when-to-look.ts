import { addTime, type Duration, hours, milliseconds, minutes } from '../time.ts'
import { untoldSince } from './observe-outcome.ts'
import { type AccessRequest, grantableYet, isOpen, type Phase } from './request.ts'

/*
 * How often the tenant is asked about a request, in product time.
 *
 * | while                                                        | asked again after                                |
 * |--------------------------------------------------------------|--------------------------------------------------|
 * | it is granted, or ended by its holder, and must show any     | half as long as it took so far, 2 s to 60 s      |
 * | moment                                                       |                                                  |
 * | it waits for an answer in Entra, or is active, and something | 20 s                                             |
 * | happened in the last 10 minutes                              |                                                  |
 * | the same, and nothing happened for 10 minutes, for an hour   | 60 s, 120 s                                      |
 * | Entra's own lapse, or the end of the grant, comes first      | at that moment, then again as if it must show    |
 * | nothing of it stands in Entra yet                            | 5 minutes: whether its requester may still ask   |
 * | it is closed, and the audit log may still say by whom        | 5 minutes, for an hour                           |
 * | it is closed in our books, and Entra may grant it yet        | 5 minutes, until an hour after Entra's own lapse |
 *
 * All but the first and the known moments fall on whole multiples, so that one sweep reads together what is due together.
 */

const often = milliseconds(20_000)
const seldom = milliseconds(60_000)
const rarely = milliseconds(120_000)
const aside = minutes(5)

/** Product time at which the tenant is first worth asking after something happened; null when it never will be. */
export const firstLook = (request: AccessRequest, at: Date): Date | null =>
  // An approval or an ending of ours shows within moments, and somebody is waiting to see it.
  isOpen(request) && changesNow(request) ? at : nextLook(request, at)

/** Product time at which it is worth asking again, when a look at `at` showed nothing new. */
export function nextLook(request: AccessRequest, at: Date): Date | null {
  if (!isOpen(request))
    return untoldSince(request, at) === undefined && !lateGrant(request, at) ? null : next(at, aside)
  if (changesNow(request)) return addTime(at, growing(request.asOf, at))
  const { phase } = request
  if (phase.status !== 'filed' && phase.status !== 'scheduled' && phase.status !== 'active') return next(at, aside)
  const change = changeKnown(phase)
  if (change !== null && at >= change) return addTime(at, growing(change, at))
  const usual = next(at, usually(request.asOf, at))
  return change !== null && change < usual ? change : usual
}

/** The moment at which something is known to change: the service's own lapse, the start, the end. */
function changeKnown(phase: Extract<Phase, { status: 'filed' | 'scheduled' | 'active' }>): Date | null {
  if (phase.status === 'filed') return phase.filed.closesAt
  return phase.status === 'scheduled' ? phase.from : phase.until
}

/** Whether the tenant itself has something to show of the request: what nobody has filed stands nowhere. */
export const standsInEntra = (request: AccessRequest, at: Date): boolean =>
  ['filed', 'scheduled', 'activating', 'active'].includes(request.phase.status) || lateGrant(request, at)

/** An approval in its last minute may take some more to show, also of what our books have closed. */
function lateGrant(request: AccessRequest, at: Date): boolean {
  const filed = grantableYet(request)
  return filed !== undefined && filed.closesAt !== null && at < addTime(filed.closesAt, hours(1))
}

/** Whether its requester's own standing is worth reading again: when a whole multiple of five minutes has passed. */
export function standingDue(request: AccessRequest, lastAnswered: Date | undefined, at: Date): boolean {
  if (!isPending(request)) return false
  return lastAnswered === undefined || next(lastAnswered, aside) <= at
}

/** Nothing has been granted yet. */
export const isPending = ({ phase }: AccessRequest): boolean =>
  phase.status === 'in-chat' || phase.status === 'ready-to-file' || phase.status === 'filed'

const changesNow = ({ phase, endedByHolder, doubt }: AccessRequest): boolean =>
  phase.status === 'activating' ||
  (phase.status === 'active' && (endedByHolder !== undefined || doubt?.about === 'end'))

/** Half as long as it has taken so far: seconds at first, never more than a minute. */
const growing = (since: Date, at: Date): Duration =>
  milliseconds(Math.min(60_000, Math.max(2_000, (at.getTime() - since.getTime()) / 2)))

function usually(since: Date, at: Date): Duration {
  if (at < addTime(since, minutes(10))) return often
  return at < addTime(since, minutes(60)) ? seldom : rarely
}

/** The next whole multiple, never at once. */
const next = (at: Date, every: Duration): Date => new Date((Math.floor(at.getTime() / every) + 1) * every)
