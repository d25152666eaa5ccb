import { z } from 'zod'
import type { Lists } from '../pim/lists.ts'
import { heldIn } from '../pim/words.ts'
import { quoted } from '../wire/graph-reader.ts'
import { id, Instant } from '../wire/values.ts'
import { asRole, type RoleTarget } from './target.ts'

export const directory = '/v1.0/roleManagement/directory'

/** What a list or a request is for; nothing where a role is held inside one application and has no scope. */
export const RoleAimedAt = z
  .object({ roleDefinitionId: id.nullish(), directoryScopeId: z.string().nullish() })
  .transform(({ roleDefinitionId: role, directoryScopeId: scope }): RoleTarget | undefined =>
    role == null || typeof scope !== 'string' ? undefined : { kind: 'directoryRole', role, scope },
  )

/** One item of roleEligibilityScheduleInstances or roleAssignmentScheduleInstances. */
const Item = z
  .looseObject({
    id: z.string().nullish(),
    principalId: id.nullish(),
    directoryScopeId: z.string().nullish(),
    startDateTime: Instant.nullish(),
    endDateTime: Instant.nullish(),
    assignmentType: z.string().nullish(),
    roleAssignmentScheduleId: z.string().nullish(),
    principal: z.looseObject({ '@odata.type': z.string().nullish(), displayName: z.string().nullish() }).nullish(),
  })
  .transform((wire) => ({
    id: wire.id ?? '',
    principal: wire.principalId ?? '',
    // Held inside one application it has no scope in the directory.
    target: RoleAimedAt.parse({ ...wire, directoryScopeId: wire.directoryScopeId ?? '' }),
    from: wire.startDateTime ?? null,
    until: wire.endDateTime ?? null,
    held: heldIn(wire.assignmentType),
    schedule: wire.roleAssignmentScheduleId ?? null,
    holder: wire.principal
      ? { type: wire.principal['@odata.type'] ?? null, name: wire.principal.displayName ?? null }
      : null,
  }))

/** Read with RoleEligibilitySchedule.Read.Directory and RoleAssignmentSchedule.Read.Directory. */
export const roleLists: Lists<RoleTarget> = {
  eligible: `${directory}/roleEligibilityScheduleInstances`,
  active: `${directory}/roleAssignmentScheduleInstances`,
  schedule: (schedule) => `${directory}/roleAssignmentSchedules/${encodeURIComponent(schedule)}`,
  item: Item,
  own: asRole,
  thing: ({ role }) => role,
  filter: ({ person, thing }) =>
    [
      ...(person === undefined ? [] : [`principalId eq ${quoted(person)}`]),
      ...(thing === undefined ? [] : [`roleDefinitionId eq ${quoted(thing)}`]),
    ].join(' and '),
}
