import { z } from 'zod'
import { GroupId } from '../../people.ts'
import { hours, minutes } from '../../time.ts'
import { text } from '../catalogue-fields.ts'
import type { Entry, GroupName } from '../entry.ts'
import type { KindDefinition, KindFacts } from './definition.ts'

/** Privileged Identity Management for groups: the rules of roles. */
const facts: KindFacts = {
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

export interface Group extends Entry {
  readonly kind: 'group'
  readonly target: { readonly group: GroupName; readonly access: 'member' | 'owner' }
}

export const group: KindDefinition = {
  facts,
  target: GroupTarget,
  identifiedBy: 'group',
  catalogue: {
    family: 'activation',
    target: {
      group: text.describe("the group's exact display name"),
      access: z.enum(['member', 'owner']).describe('member or owner'),
    },
  },
}
