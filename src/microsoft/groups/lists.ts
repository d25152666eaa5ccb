import { z } from 'zod'
import { GroupId } from '../../people.ts'
import type { Lists } from '../pim/lists.ts'
import { heldIn } from '../pim/words.ts'
import { quoted } from '../wire/graph-reader.ts'
import { id, Instant } from '../wire/values.ts'
import { asGroup, type GroupTarget } from './target.ts'

export const groups = '/v1.0/identityGovernance/privilegedAccess/group'

/** What a list or a request is for; nothing for an access that is neither of the two, whatever it is called. */
export const GroupAimedAt = z
  .object({ groupId: GroupId.nullish(), accessId: z.string().toLowerCase().nullish() })
  .transform(({ groupId: group, accessId: access }): GroupTarget | undefined =>
    group != null && (access === 'member' || access === 'owner') ? { kind: 'group', group, access } : undefined,
  )

/** One item of eligibilityScheduleInstances or assignmentScheduleInstances. */
const Item = z
  .looseObject({
    id: z.string().nullish(),
    principalId: id.nullish(),
    startDateTime: Instant.nullish(),
    endDateTime: Instant.nullish(),
    assignmentType: z.string().nullish(),
    assignmentScheduleId: z.string().nullish(),
    principal: z.looseObject({ '@odata.type': z.string().nullish(), displayName: z.string().nullish() }).nullish(),
  })
  .transform((wire) => ({
    id: wire.id ?? '',
    principal: wire.principalId ?? '',
    target: GroupAimedAt.safeParse(wire).data,
    from: wire.startDateTime ?? null,
    until: wire.endDateTime ?? null,
    held: heldIn(wire.assignmentType),
    schedule: wire.assignmentScheduleId ?? null,
    holder: wire.principal
      ? { type: wire.principal['@odata.type'] ?? null, name: wire.principal.displayName ?? null }
      : null,
  }))

/**
 * Read with PrivilegedEligibilitySchedule.Read.AzureADGroup and PrivilegedAssignmentSchedule.Read.AzureADGroup. Graph
 * lists nothing without a group or a principal to narrow it by.
 */
export const groupLists: Lists<GroupTarget> = {
  eligible: `${groups}/eligibilityScheduleInstances`,
  active: `${groups}/assignmentScheduleInstances`,
  schedule: (schedule) => `${groups}/assignmentSchedules/${encodeURIComponent(schedule)}`,
  item: Item,
  own: asGroup,
  thing: ({ group }) => group,
  filter: ({ person, thing }) =>
    [
      ...(thing === undefined ? [] : [`groupId eq ${quoted(thing)}`]),
      ...(person === undefined ? [] : [`principalId eq ${quoted(person)}`]),
    ].join(' and '),
}
