import { z } from 'zod'
import { hours, minutes } from '../../time.ts'
import { text, uuid } from '../catalogue-fields.ts'
import type { Entry } from '../entry.ts'
import type { KindDefinition, KindFacts } from './definition.ts'

/** Privileged Identity Management for Entra roles. Numbers measured on Graph; none of them can be configured. */
const facts: KindFacts = {
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

export interface DirectoryRole extends Entry {
  readonly kind: 'directoryRole'
  /** `templateId` is the role's id, the same in every tenant; `scope` `/` is the whole directory. */
  readonly target: { readonly role: string; readonly templateId: string; readonly scope: string }
}

export const directoryRole: KindDefinition = {
  facts,
  target: DirectoryRoleTarget,
  identifiedBy: 'role',
  catalogue: {
    family: 'activation',
    forReaders: 'role',
    target: {
      role: text.describe("the role's name"),
      templateId: uuid.describe("the role's template id, a UUID"),
      scope: z.string().startsWith('/').describe('/ for the whole directory, or /administrativeUnits/…'),
    },
  },
}
