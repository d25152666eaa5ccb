import { whyNotDecide } from '../approval/deciders.ts'
import type { NotADecider, Stage } from '../approval/stage.ts'
import type { Person, PersonId } from '../people.ts'
import { type AccessRequest, partiesOf } from './request.ts'

/** The stages as catalogue, directory and Entra make them today; undefined when today nobody could be asked at all. */
export type StagesToday = readonly Stage[] | undefined

/** Somebody who tapped on an approver's card, with what was looked up to tell whether they may decide. */
export interface Tapper {
  readonly by: PersonId
  /** The revision that the tapped card showed. */
  readonly revision: number
  /** As the directory shows them now, undefined when it knows nobody by that id. */
  readonly decider: Person | undefined
  readonly stagesToday: StagesToday
  /** Who is asked in the open stage as things stand: stand-ins only once the others were silent or may not. */
  readonly asked: readonly PersonId[]
  /** Whether they have been sent a card of it. */
  readonly shown: boolean
}

/** Why they may not decide the stage at `index` of a request as it stands; undefined when they may. */
export function whyNotTapper(
  request: AccessRequest,
  index: number,
  { by, decider, stagesToday }: Tapper,
): NotADecider | undefined {
  const stage = request.stages[index]
  // Nobody was ever asked.
  if (stage === undefined) return { kind: 'not-in-stage' }
  const now = stagesToday?.[index] ?? { ...stage, people: [], backup: [], lastResort: [] }
  return whyNotDecide(by, decider, stage, now, partiesOf(request, index))
}
