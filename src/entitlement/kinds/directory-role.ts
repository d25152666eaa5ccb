import { z } from 'zod'
import { hours, minutes } from '../../time.ts'
import type { KindFacts } from './facts.ts'

/** Privileged Identity Management for Entra roles. Numbers measured on Graph; none of them can be configured. */
export const directoryRoleFacts: KindFacts = {
  nativeStages: 1,
  nativeStageLapses: hours(24),
  shortest: minutes(5),
  endableAfter: minutes(5),
  moreTime: 'none-while-running',
  appliedBy: 'requester',
  onBehalf: 'draft-for-beneficiary',
}

/** `role` is the id of its definition; `scope` is `/` for the whole directory. */
export const DirectoryRoleTarget = z.object({
  kind: z.literal('directoryRole'),
  role: z.uuid(),
  scope: z.string(),
})
