import { z } from 'zod'
import type { PersonId } from '../../people.ts'
import { ok, refuse, type Result } from '../../result.ts'
import type { ActiveInstance } from '../../workflow/ports/engine.ts'
import type { Unread } from '../../request/since-last-look.ts'
import { directory, inScope } from './eligibility.ts'
import { id, Instant } from '../wire/values.ts'
import { asRole, asWantedRole, type WantedRole } from './target.ts'
import { coveringQueries, filterBy, type List } from './covering-queries.ts'
import { GraphError } from '../wire/graph-error.ts'
import { type Answered, type Asked, parsed, type Reader } from '../wire/graph-reader.ts'
import type { Engine } from '../../workflow/ports/engine.ts'

const doing = 'reading what is active'
const path = `${directory}/roleAssignmentScheduleInstances`

/** One item of GET roleAssignmentScheduleInstances. `assignmentType` is `Assigned` or `Activated`. */
const Instance = z.object({
  id: z.string(),
  principalId: id.nullish(),
  roleDefinitionId: id.nullish(),
  directoryScopeId: z.string().nullish(),
  startDateTime: Instant.nullish(),
  endDateTime: Instant.nullish(),
  assignmentType: z.string().nullish(),
  roleAssignmentScheduleId: z.string().nullish(),
})
type Instance = z.infer<typeof Instance>

/** GET roleAssignmentSchedules/{id}: `createdUsing` is the request it came from. */
const Schedule = z.object({ createdUsing: id.nullish() })

/** A schedule never comes from another request than it did, so it is asked once. */
const mostRemembered = 2_000

/** Active assignments of directory roles, application permission RoleAssignmentSchedule.Read.Directory. */
export function activeRoles(reader: Reader): Pick<Engine, 'active' | 'activeOf'> {
  const origins = new Map<string, string | null>()
  return {
    async active(person, asked) {
      const target = asRole(asked)
      const query = { $filter: filterBy({ person, role: target.role }) }
      const found = (await reader.all(doing, path, query, Instance)).filter(inScope(target))
      for (const schedule of unknownSchedules(found, origins)) {
        const read = await reader.maybe(doing, schedulePath(schedule), {}, Schedule)
        remember(origins, schedule, read?.createdUsing ?? null)
      }
      return found.map((wire) => activeInstance(wire, person, origins))
    },

    async activeOf(all) {
      const wanted = all.map(asWantedRole)
      const lists = await reader.several(
        doing,
        coveringQueries(wanted).map((list) => ({ ...list, path, query: { $filter: list.filter } })),
      )
      const found = await answersOf(reader, wanted, lists)
      const schedules = unknownSchedules(
        found.flatMap((each) => (each.ok ? each.value : [])),
        origins,
      )
      const unread = await learn(schedules)
      return found.map((each, index) => withOrigins(wanted[index], each, unread))
    },
  }

  /** @returns which schedules could not be read, and why. */
  async function learn(schedules: readonly string[]): Promise<ReadonlyMap<string, GraphError>> {
    const asked = schedules.map((schedule) => ({ schedule, path: schedulePath(schedule), query: {} }))
    const unread = new Map<string, GraphError>()
    for (const {
      asked: { schedule },
      came,
    } of await reader.several(doing, asked)) {
      const read = readAs(doing, Schedule, came)
      if (read.ok) remember(origins, schedule, read.value.createdUsing ?? null)
      else if (read.refusal.status === 404) remember(origins, schedule, null)
      else unread.set(schedule, read.refusal)
    }
    return unread
  }

  function withOrigins(
    wanted: WantedRole | undefined,
    found: Result<readonly Instance[], Unread>,
    unread: ReadonlyMap<string, GraphError>,
  ): Result<readonly ActiveInstance[], Unread> {
    if (!found.ok || wanted === undefined) return found.ok ? ok([]) : found
    const failed = found.value.flatMap(
      ({ roleAssignmentScheduleId }) => unread.get(roleAssignmentScheduleId ?? '') ?? [],
    )
    if (failed[0] !== undefined) return refuse(unreadBecause(failed[0]))
    return ok(found.value.map((wire) => activeInstance(wire, wanted.person, origins)))
  }
}

/** A part of an answer as the schema says; one of another shape is as good as none. */
export function readAs<Value>(
  what: string,
  schema: z.ZodType<Value>,
  came: Result<unknown, GraphError>,
): Result<Value, GraphError> {
  if (!came.ok) return came
  try {
    return ok(parsed(what, schema, came.value))
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return refuse(error)
  }
}

/** What each list holds for each that was wanted, in the order wanted. */
async function answersOf(
  reader: Reader,
  wanted: readonly WantedRole[],
  lists: readonly Answered<List & Asked>[],
): Promise<readonly Result<readonly Instance[], Unread>[]> {
  const answers = new Map<number, Result<readonly Instance[], Unread>>()
  for (const { asked, came } of lists) {
    const whole = await wholeList(reader, came)
    for (const index of asked.answers) {
      const one = wanted[index]
      answers.set(index, whole.ok && one !== undefined ? ok(whole.value.filter(isFor(one))) : whole)
    }
  }
  return wanted.map((_, index) => answers.get(index) ?? refuse({ why: 'no list answers it', retryAfter: null }))
}

async function wholeList(
  reader: Reader,
  came: Result<unknown, GraphError>,
): Promise<Result<readonly Instance[], Unread>> {
  if (!came.ok) return refuse(unreadBecause(came.refusal))
  try {
    return ok(await reader.rest(doing, came.value, Instance))
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return refuse(unreadBecause(error))
  }
}

const isFor =
  ({ person, target }: WantedRole) =>
  (wire: Instance): boolean =>
    wire.principalId === person && wire.roleDefinitionId === target.role && inScope(target)(wire)

export const unreadBecause = ({ message, retryAfter }: GraphError): Unread => ({ why: message, retryAfter })

const schedulePath = (schedule: string) => `${directory}/roleAssignmentSchedules/${encodeURIComponent(schedule)}`

/** Only an activation came from somebody's request. */
const unknownSchedules = (found: readonly Instance[], known: ReadonlyMap<string, unknown>): readonly string[] => [
  ...new Set(
    found.flatMap(({ roleAssignmentScheduleId: schedule, assignmentType }) =>
      assignmentType === 'Activated' && schedule && !known.has(schedule) ? [schedule] : [],
    ),
  ),
]

function remember(origins: Map<string, string | null>, schedule: string, origin: string | null): void {
  const [oldest] = origins.keys()
  if (origins.size >= mostRemembered && oldest !== undefined) origins.delete(oldest)
  // Not told is not remembered for long: a fresh activation may be listed before its schedule is.
  if (origin !== null) origins.set(schedule, origin)
}

const activeInstance = (
  wire: Instance,
  person: PersonId,
  origins: ReadonlyMap<string, string | null>,
): ActiveInstance => ({
  id: wire.id,
  person,
  // Entra leaves the start out of assignments older than PIM.
  from: wire.startDateTime ?? new Date(0),
  until: wire.endDateTime ?? null,
  createdBy: origins.get(wire.roleAssignmentScheduleId ?? '') ?? null,
  activated: wire.assignmentType === 'Activated',
})
