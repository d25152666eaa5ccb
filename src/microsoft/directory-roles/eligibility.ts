import { z } from 'zod'
import { GroupId, type PersonId } from '../../people.ts'
import { asRole, type RoleTarget } from './target.ts'
import type { Eligibility } from '../../workflow/ports/engine.ts'
import { filterBy } from './covering-queries.ts'
import { groupsOf } from '../directory/people.ts'
import type { Reader } from '../wire/graph-reader.ts'
import { rulesOf } from './policy.ts'
import type { Engine } from '../../workflow/ports/engine.ts'
import { id, Instant } from '../wire/values.ts'

export const directory = '/v1.0/roleManagement/directory'

/** One item of GET roleEligibilityScheduleInstances; the scope is null where the role is held in one application. */
export const EligibilityInstance = z.object({
  principalId: id,
  directoryScopeId: z.string().nullish(),
  endDateTime: Instant.nullish(),
})

/** GET roleDefinitions/{id}; RoleManagement.Read.Directory. */
const RoleDefinition = z.object({ displayName: z.string() })

/** Directory roles in PIM, read with RoleEligibilitySchedule.Read.Directory and RoleAssignmentSchedule.Read.Directory. */
export function directoryRoles(reader: Reader): Pick<Engine, 'eligibility' | 'rules' | 'nameOf'> {
  return {
    async eligibility(person, asked) {
      const target = asRole(asked)
      const own = await eligibilities(reader, target, person)
      return longest(own, person, null) ?? (await eligibilityThroughGroups(reader, person, target))
    },

    rules: (target) => rulesOf(reader, asRole(target)),

    async nameOf(target) {
      const path = `${directory}/roleDefinitions/${asRole(target).role}`
      return (await reader.maybe('reading a role', path, { $select: 'displayName' }, RoleDefinition))?.displayName
    },
  }
}

/**
 * Some roles are given to groups: the group's eligibility is listed with the group as its principal. Asked for the
 * role as a whole, since people are in hundreds of groups and roles are given to few.
 */
async function eligibilityThroughGroups(
  reader: Reader,
  person: PersonId,
  target: RoleTarget,
): Promise<Eligibility | undefined> {
  const [all, groups] = await Promise.all([eligibilities(reader, target), groupsOf(reader, person)])
  const reached = all.find(({ principalId }) => groups.has(principalId))
  if (reached === undefined) return undefined
  const group = GroupId.parse(reached.principalId)
  return longest(
    all.filter(({ principalId }) => principalId === group),
    person,
    group,
  )
}

async function eligibilities(reader: Reader, target: RoleTarget, person?: PersonId) {
  const path = `${directory}/roleEligibilityScheduleInstances`
  const query = { $filter: filterOn(target, person) }
  return (await reader.all('reading eligibilities', path, query, EligibilityInstance)).filter(inScope(target))
}

const filterOn = (target: RoleTarget, person?: PersonId): string =>
  filterBy({ role: target.role, ...(person === undefined ? {} : { person }) })

/** The scope of an eligibility is copied verbatim when it is activated, so it is compared verbatim too. */
export const inScope =
  (target: RoleTarget) =>
  ({ directoryScopeId }: { directoryScopeId?: string | null | undefined }): boolean =>
    directoryScopeId === target.scope

function longest(
  found: readonly z.infer<typeof EligibilityInstance>[],
  person: PersonId,
  through: GroupId | null,
): Eligibility | undefined {
  if (found.length === 0) return undefined
  const ends = found.map(({ endDateTime }) => endDateTime ?? null)
  const until = ends.includes(null) ? null : new Date(Math.max(...ends.map((end) => end?.getTime() ?? 0)))
  return { person, through, until }
}
