import { z } from 'zod'
import { GroupId, type PersonId } from '../people.ts'
import type { Target } from '../request/events.ts'
import type { ActiveInstance, Eligibility, Tenant } from '../workflow/ports.ts'
import { groupsOf } from './people.ts'
import { type Reader, quoted } from './request.ts'
import { rulesOf } from './role-rules.ts'

const directory = '/v1.0/roleManagement/directory'

const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const id = z.string().toLowerCase()

/** One item of GET roleEligibilityScheduleInstances; the scope is null where the role is held in one application. */
const EligibilityInstance = z.object({
  principalId: id,
  directoryScopeId: z.string().nullish(),
  endDateTime: Instant.nullish(),
})

/** One item of GET roleAssignmentScheduleInstances. `assignmentType` is `Assigned` or `Activated`. */
const AssignmentInstance = z.object({
  id: z.string(),
  directoryScopeId: z.string().nullish(),
  startDateTime: Instant.nullish(),
  endDateTime: Instant.nullish(),
  assignmentType: z.string().nullish(),
  roleAssignmentScheduleId: z.string().nullish(),
})

/** GET roleAssignmentSchedules/{id}: `createdUsing` is the request it came from. */
const AssignmentSchedule = z.object({ createdUsing: id.nullish() })

/** Directory roles in PIM, read with RoleEligibilitySchedule.Read.Directory and RoleAssignmentSchedule.Read.Directory. */
export function directoryRoles(reader: Reader): Pick<Tenant, 'eligibility' | 'rules' | 'active'> {
  return {
    async eligibility(person, target) {
      const own = await eligibilities(reader, target, person)
      return longest(own, person, null) ?? (await eligibilityThroughGroups(reader, person, target))
    },

    rules: (target) => rulesOf(reader, target),

    async active(person, target) {
      const path = `${directory}/roleAssignmentScheduleInstances`
      const query = { $filter: filterOn(target, person) }
      const found = await reader.all('reading what is active', path, query, AssignmentInstance)
      return Promise.all(found.filter(inScope(target)).map((wire) => activeInstance(reader, person, wire)))
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
  target: Target,
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

async function eligibilities(reader: Reader, target: Target, person?: PersonId) {
  const path = `${directory}/roleEligibilityScheduleInstances`
  const query = { $filter: filterOn(target, person) }
  return (await reader.all('reading eligibilities', path, query, EligibilityInstance)).filter(inScope(target))
}

const filterOn = (target: Target, person?: PersonId): string =>
  [
    ...(person === undefined ? [] : [`principalId eq ${quoted(person)}`]),
    `roleDefinitionId eq ${quoted(target.roleDefinitionId)}`,
  ].join(' and ')

/** The scope of an eligibility is copied verbatim when it is activated, so it is compared verbatim too. */
const inScope =
  (target: Target) =>
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

async function activeInstance(
  reader: Reader,
  person: PersonId,
  wire: z.infer<typeof AssignmentInstance>,
): Promise<ActiveInstance> {
  const schedule =
    wire.roleAssignmentScheduleId &&
    (await reader.maybe(
      'reading what an active role came from',
      `${directory}/roleAssignmentSchedules/${encodeURIComponent(wire.roleAssignmentScheduleId)}`,
      {},
      AssignmentSchedule,
    ))
  return {
    id: wire.id,
    person,
    // Entra leaves the start out of assignments older than PIM.
    from: wire.startDateTime ?? new Date(0),
    until: wire.endDateTime ?? null,
    createdBy: (schedule ? schedule.createdUsing : null) ?? null,
    activated: wire.assignmentType === 'Activated',
  }
}
