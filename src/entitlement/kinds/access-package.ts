import { z } from 'zod'
import { milliseconds, minutes } from '../../time.ts'
import type { KindFacts } from './facts.ts'

/** Entitlement Management: a policy names up to three stages, and how long each waits. */
export const accessPackageFacts: KindFacts = {
  nativeStages: 3,
  nativeStageLapses: null,
  shortest: minutes(5),
  endableAfter: milliseconds(0),
  moreTime: 'renew',
  appliedBy: 'requester',
  onBehalf: 'where-policy-allows',
}

/** `policy` under which it is asked for; absent until the requester's own token has told which applies. */
export const AccessPackageTarget = z.object({
  kind: z.literal('accessPackage'),
  package: z.uuid(),
  policy: z.uuid().exactOptional(),
})
