import { z } from 'zod'
import { GroupId } from '../../people.ts'
import { hours, minutes } from '../../time.ts'
import type { KindFacts } from './facts.ts'

/** Privileged Identity Management for groups: the rules of roles. */
export const groupFacts: KindFacts = {
  nativeStages: 1,
  nativeStageLapses: hours(24),
  shortest: minutes(5),
  endableAfter: minutes(5),
  moreTime: 'none-while-running',
  appliedBy: 'requester',
  onBehalf: 'draft-for-beneficiary',
}

export const GroupTarget = z.object({
  kind: z.literal('group'),
  group: GroupId,
  access: z.enum(['member', 'owner']),
})
