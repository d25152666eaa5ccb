import { decidersOf } from '../approval/deciders.ts'
import { everybodyIn, type Situation } from './assess.ts'
import type { Refusal } from './refusal.ts'
import { type AccessRequest, nativeStages, partiesOf } from './request.ts'
import type { StagesToday } from './right-to-decide.ts'

/** The first of the service's own stages that not enough people may decide; undefined where there is none. */
export function withoutDeciders(request: AccessRequest, situation: Situation, today: StagesToday): Refusal | undefined {
  const people = everybodyIn(situation)
  const stagesToday = nativeStages(today ?? [])
  for (const [place, { index, stage }] of nativeStages(request.stages).entries()) {
    const now = stagesToday[place]?.stage
    if (now === undefined) continue
    const { enough, ruledOut } = decidersOf(stage, now, partiesOf(request, index), people)
    if (!enough) return { kind: 'not-requestable', why: { kind: 'nobody-may-decide', each: ruledOut } }
  }
  return undefined
}
