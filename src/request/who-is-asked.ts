import { everybodyOf } from '../approval/stage.ts'
import type { PersonId } from '../people.ts'
import { addTime } from '../time.ts'
import { type AccessRequest, openStage, partiesOf } from './request.ts'

/** Somebody for whose decision a request could be waiting. */
export interface AskedPerson {
  readonly person: PersonId
  /** Index of the stage. */
  readonly stage: number
  /** Product time at which the stage opened. */
  readonly since: Date
  /** When it closes if nobody answers; null where nothing closes it by itself. */
  readonly closes: Date | null
}

/**
 * Everybody for whose decision a request could be waiting: those of its open stage, stand-ins included, but for who is a
 * party or has decided. Whether they are asked at this very moment depends on today's rules, and on who can be reached:
 * whoever reads this looks that up for the few that are theirs. Empty while no stage waits.
 */
export function whoIsAsked(request: AccessRequest): readonly AskedPerson[] {
  const open = openStage(request)
  const { phase } = request
  if (open === undefined || !('waiting' in phase)) return []
  const { index: stage } = open
  const { since } = phase.waiting
  const closes = phase.status === 'filed' ? phase.filed.closesAt : addTime(since, open.stage.rule.lapseAfter)
  const { requester, beneficiary, decidedElsewhere, decidedHere } = partiesOf(request, stage)
  const out = new Set([requester, beneficiary, ...decidedElsewhere, ...decidedHere])
  const people = new Set(everybodyOf(open.stage).filter((person) => !out.has(person)))
  return [...people].map((person) => ({ person, stage, since, closes }))
}
