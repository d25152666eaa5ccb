import { z } from 'zod'
import type { Target } from '../../entitlement/kinds/kinds.ts'
import type { PersonId } from '../../people.ts'
import { ok, refuse, type Result } from '../../result.ts'
import type { Unread } from '../../request/since-last-look.ts'
import type { ActiveInstance, Engine } from '../../workflow/ports/engine.ts'
import { GraphError } from '../wire/graph-error.ts'
import { type Answered, type Asked, parsed, type Reader } from '../wire/graph-reader.ts'
import { id } from '../wire/values.ts'
import { coveringQueries, type List } from './covering-queries.ts'
import { isFor } from './eligibility.ts'
import type { Listed, Lists, WantedOwn } from './lists.ts'

const doing = 'reading what is active'

/** One schedule of an assignment: `createdUsing` is the request it came from. */
const Schedule = z.object({ createdUsing: id.nullish() })

/** A schedule never comes from another request than it did, so it is asked once. */
const mostRemembered = 2_000

/** What is active of one of PIM's services at Graph. */
export function activeIn<Own extends Target>(reader: Reader, lists: Lists<Own>): Pick<Engine, 'active' | 'activeOf'> {
  const origins = new Map<string, string | null>()
  return {
    async active(person, asked) {
      const target = lists.own(asked)
      const query = { $filter: lists.filter({ person, thing: lists.thing(target) }) }
      const found = (await reader.all(doing, lists.active, query, lists.item)).filter(isFor(target))
      for (const schedule of unknownSchedules(found, origins)) {
        const read = await reader.maybe(doing, lists.schedule(schedule), {}, Schedule)
        remember(origins, schedule, read?.createdUsing ?? null)
      }
      return found.map((listed) => activeInstance(listed, person, origins))
    },

    async activeOf(all) {
      const wanted = all.map(({ person, target }) => ({ person, target: lists.own(target) }))
      const asked = coveringQueries(lists, wanted)
      const queries = asked.map((list) => ({ ...list, path: lists.active, query: { $filter: list.filter } }))
      const found = await answersOf(reader, lists, wanted, await reader.several(doing, queries))
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
    const asked = schedules.map((schedule) => ({ schedule, path: lists.schedule(schedule), query: {} }))
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
    wanted: WantedOwn<Own> | undefined,
    found: Result<readonly Listed<Own>[], Unread>,
    unread: ReadonlyMap<string, GraphError>,
  ): Result<readonly ActiveInstance[], Unread> {
    if (!found.ok || wanted === undefined) return found.ok ? ok([]) : found
    const [failed] = found.value.flatMap(({ schedule }) => unread.get(schedule ?? '') ?? [])
    if (failed !== undefined) return refuse(unreadBecause(failed))
    return ok(found.value.map((listed) => activeInstance(listed, wanted.person, origins)))
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
async function answersOf<Own extends Target>(
  reader: Reader,
  lists: Lists<Own>,
  wanted: readonly WantedOwn<Own>[],
  answered: readonly Answered<List & Asked>[],
): Promise<readonly Result<readonly Listed<Own>[], Unread>[]> {
  const answers = new Map<number, Result<readonly Listed<Own>[], Unread>>()
  for (const { asked, came } of answered) {
    const whole: Result<readonly Listed<Own>[], Unread> = came.ok
      ? await guarded(() => reader.rest(doing, came.value, lists.item))
      : refuse(unreadBecause(came.refusal))
    for (const index of asked.answers) {
      const one = wanted[index]
      answers.set(index, whole.ok && one !== undefined ? ok(whole.value.filter(ofOne(one))) : whole)
    }
  }
  return wanted.map((_, index) => answers.get(index) ?? refuse({ why: 'no list answers it', retryAfter: null }))
}

/** What could not be read, as such; any other failure is a mistake of ours. */
export async function guarded<Value>(read: () => Promise<Value>): Promise<Result<Value, Unread>> {
  try {
    return ok(await read())
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return refuse(unreadBecause(error))
  }
}

export const ofOne =
  ({ person, target }: WantedOwn<Target>) =>
  (listed: Listed<Target>): boolean =>
    listed.principal === person && isFor(target)(listed)

export const unreadBecause = ({ message, retryAfter }: GraphError): Unread => ({ why: message, retryAfter })

/** Only an activation came from somebody's request. */
const unknownSchedules = (found: readonly Listed<Target>[], known: ReadonlyMap<string, unknown>): readonly string[] => [
  ...new Set(
    found.flatMap(({ schedule, held }) => (held === 'activated' && schedule && !known.has(schedule) ? [schedule] : [])),
  ),
]

function remember(origins: Map<string, string | null>, schedule: string, origin: string | null): void {
  const [oldest] = origins.keys()
  if (origins.size >= mostRemembered && oldest !== undefined) origins.delete(oldest)
  // Not told is not remembered for long: a fresh activation may be listed before its schedule is.
  if (origin !== null) origins.set(schedule, origin)
}

const activeInstance = (
  listed: Listed<Target>,
  person: PersonId,
  origins: ReadonlyMap<string, string | null>,
): ActiveInstance => ({
  id: listed.id,
  person,
  // Entra leaves the start out of assignments older than PIM.
  from: listed.from ?? new Date(0),
  until: listed.until,
  createdBy: origins.get(listed.schedule ?? '') ?? null,
  activated: listed.held === 'activated',
})
