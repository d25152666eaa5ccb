import { z } from 'zod'
import type { PersonId } from '../../people.ts'
import type { ArmReader } from '../wire/arm-reader.ts'
import { GraphError } from '../wire/graph-error.ts'
import { id, Instant } from '../wire/values.ts'
import { heldIn } from '../pim/words.ts'
import { type AzureTarget, nameIn, provider, reaches, scopeIn } from './target.ts'

export const pimVersion = '2020-10-01'

/**
 * One item of roleEligibilityScheduleInstances or roleAssignmentScheduleInstances. Resource Manager writes null where its
 * contract has nothing.
 */
export const Instance = z
  .object({
    name: z.string().nullish(),
    properties: z.object({
      scope: z.string(),
      roleDefinitionId: z.string(),
      principalId: id,
      principalType: z.string().nullish(),
      startDateTime: Instant.nullish(),
      endDateTime: Instant.nullish(),
      assignmentType: z.string().nullish(),
      roleEligibilityScheduleId: z.string().nullish(),
      roleAssignmentScheduleId: z.string().nullish(),
      condition: z.string().nullish(),
      conditionVersion: z.string().nullish(),
      expandedProperties: z.object({ principal: z.object({ displayName: z.string().nullish() }).nullish() }).nullish(),
    }),
  })
  .transform(({ name, properties: wire }) => ({
    id: name ?? '',
    principal: wire.principalId,
    isGroup: /group$/i.test(wire.principalType ?? ''),
    principalName: wire.expandedProperties?.principal?.displayName ?? null,
    target: {
      kind: 'azureRole',
      role: nameIn(wire.roleDefinitionId),
      scope: scopeIn(wire.scope),
    } satisfies AzureTarget,
    from: wire.startDateTime ?? null,
    until: wire.endDateTime ?? null,
    held: heldIn(wire.assignmentType),
    eligibility: wire.roleEligibilityScheduleId ?? null,
    schedule: wire.roleAssignmentScheduleId == null ? null : nameIn(wire.roleAssignmentScheduleId),
    condition: wire.condition ? { text: wire.condition, version: wire.conditionVersion ?? '2.0' } : null,
  }))
export type AzureListed = z.infer<typeof Instance>

export const eligible = 'roleEligibilityScheduleInstances'
export const active = 'roleAssignmentScheduleInstances'

/** The scope itself is gone: then nobody has anything on it. A subscription out of reach is worded like a missing one. */
const gone = new Set(['ResourceNotFound', 'ResourceGroupNotFound'])

type List = typeof eligible | typeof active

/** What is at a place, above or below it; the bot's identity needs Reader there. */
export const listAt = (
  arm: ArmReader,
  doing: string,
  scope: string,
  list: List,
  filter: string,
): Promise<readonly AzureListed[]> =>
  arm.all(doing, `${scope}${provider}/${list}`, { 'api-version': pimVersion, $filter: filter }, Instance)

/** The same, and nothing at a place that is gone. */
export async function listedAt(...asked: Parameters<typeof listAt>): Promise<readonly AzureListed[]> {
  try {
    return await listAt(...asked)
  } catch (error) {
    if (error instanceof GraphError && error.status === 404 && gone.has(error.code)) return []
    throw error
  }
}

/** What comes to the person through a group is listed too, with the group as its principal. */
export const assignedTo = (person: PersonId): string => `assignedTo('${person}')`

/** Whether what is listed lets its holder activate this. */
export const lets =
  ({ role, scope }: AzureTarget) =>
  ({ target: held }: AzureListed): boolean =>
    held.role === role && reaches(held.scope, scope)
