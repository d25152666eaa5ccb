import { everybodyOf } from '../approval/stage.ts'
import type { PersonId } from '../people.ts'
import type { Refusal } from './refusal.ts'
import { type AccessRequest, approversOf, openStage } from './request.ts'

/** How a request that waits for nothing more came to that, for `reader`. */
export function settledFor(request: AccessRequest, reader: PersonId | 'latchkey'): Refusal {
  const { phase, submission } = request
  const { status } = phase
  const [by, at] = cause()
  const other = by === null || by === reader ? {} : { by }
  return { kind: 'settled', status, ...(at === undefined ? {} : { at }), ...other }

  function cause(): readonly [PersonId | null, Date | undefined] {
    const last = request.decisions.at(-1)
    switch (phase.status) {
      case 'withdrawn':
        return [submission.requester, phase.at]
      case 'denied':
      case 'activating':
      case 'active':
        return [last?.by ?? null, last?.at]
      case 'lapsed':
      case 'refused':
      case 'failed':
      case 'ended':
        return [null, phase.at]
      default:
        return [null, undefined]
    }
  }
}

/**
 * What somebody reads who was asked about this request, and comes when it is too late for that: it is over, or the
 * stage that named them is. Undefined for everybody else: whoever was never asked learns nothing of where it stands.
 * @param shown whether they have been sent a card of it.
 */
export function comesTooLate(request: AccessRequest, person: PersonId, shown: boolean): Refusal | undefined {
  const named = request.stages.flatMap((stage, index) => (everybodyOf(stage).includes(person) ? [index] : []))
  if (!shown && named.length === 0) return undefined
  const open = openStage(request)
  if (open === undefined && request.phase.status !== 'ready-to-file') return settledFor(request, person)
  const waitsFor = open?.index ?? request.stages.length
  const over = named.filter((index) => index < waitsFor).at(-1)
  if (over === undefined || approversOf(request, over).includes(person)) return undefined
  const last = request.decisions.findLast(({ stage }) => stage === over)
  return last === undefined ? undefined : { kind: 'stage-decided', at: last.at, by: last.by }
}
