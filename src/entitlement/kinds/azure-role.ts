import { z } from 'zod'
import { hours, minutes } from '../../time.ts'
import { account, text, uuid } from '../catalogue-fields.ts'
import type { Entry } from '../entry.ts'
import type { KindDefinition, KindFacts } from './definition.ts'

/** Privileged Identity Management for Azure resources, over Azure Resource Manager. */
const facts: KindFacts = {
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

export interface AzureRole extends Entry {
  readonly kind: 'azureRole'
  readonly target: { readonly role: string; readonly roleId: string; readonly resource: string }
}

export const azureRole: KindDefinition = {
  facts,
  target: AzureRoleTarget,
  identifiedBy: 'role',
  catalogue: {
    family: 'activation',
    forReaders: 'role',
    target: {
      role: text.describe("the role's name"),
      roleId: uuid.describe("the role definition's id, a UUID"),
      resource: account,
    },
  },
}
