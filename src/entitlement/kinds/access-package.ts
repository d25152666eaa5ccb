import { z } from 'zod'
import { milliseconds, minutes } from '../../time.ts'
import { text } from '../catalogue-fields.ts'
import type { Entry } from '../entry.ts'
import type { KindDefinition, KindFacts } from './definition.ts'

/** Entitlement Management: a policy names up to three stages, and how long each waits. */
const facts: KindFacts = {
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

export interface AccessPackage extends Entry {
  readonly kind: 'accessPackage'
  /** The package's exact display name. */
  readonly target: { readonly package: string }
}

export const accessPackage: KindDefinition = {
  facts,
  target: AccessPackageTarget,
  identifiedBy: 'package',
  catalogue: { family: 'package', target: { package: text.describe("the package's exact display name") } },
}
