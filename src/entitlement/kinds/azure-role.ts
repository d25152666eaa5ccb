import { z } from 'zod'
import { hours, minutes } from '../../time.ts'
import type { KindFacts } from './facts.ts'

/** Privileged Identity Management for Azure resources, over Azure Resource Manager. */
export const azureRoleFacts: KindFacts = {
  nativeStages: 1,
  nativeStageLapses: hours(24),
  shortest: minutes(5),
  endableAfter: minutes(5),
  moreTime: 'none-while-running',
  appliedBy: 'requester',
  onBehalf: 'draft-for-beneficiary',
}

/** `role` is the GUID of the role's definition, `scope` a resource id that begins with `/subscriptions/`. */
export const AzureRoleTarget = z.object({ kind: z.literal('azureRole'), role: z.uuid(), scope: z.string() })
