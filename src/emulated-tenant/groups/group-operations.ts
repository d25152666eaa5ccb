import { currentUserOn, key, list, one, personCalling } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import { readingOthers } from '../directory-roles/role-operations.ts'
import { parseFilter } from '../graph/odata-filter.ts'
import { parseQuery } from '../graph/odata-query.ts'
import type { EntityType } from '../graph/odata-query.ts'
import { Refusal } from '../refusal.ts'
import { standing } from '../pim/memberships.ts'
import { currentEligibilities, listAssignments, reaches } from '../pim/reads.ts'
import { ofService, resourcesOf } from '../state/pim-resources.ts'
import type { Assignment } from '../state/pim.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import {
  assignmentInstance,
  assignmentSchedule,
  direct,
  eligibilityInstance,
  eligibilitySchedule,
  filterable,
} from './group-entities.ts'
import type { Held, Via } from './group-entities.ts'

export const groups = '/identityGovernance/privilegedAccess/group'
export const mine = "filterByCurrentUser(on='{on}')"

/** @throws {Refusal} 400 where neither the group nor the principal is named: Graph lists neither everything nor nothing. */
export function narrowed({ parameters }: GraphCall) {
  const { filter } = parseQuery(parameters)
  const named = filter === null ? [] : parseFilter(filter, filterable).clauses
  if (named.some(({ path, operator }) => (path === 'groupId' || path === 'principalId') && operator === 'eq')) return
  throw new Refusal(400, 'MissingParameters', 'Required parameters are missing: filter by groupId or principalId.')
}

/** The three reads of a collection: what a filter leaves of all, the caller's own, one. */
function reads<Source extends Held>(
  collection: string,
  keyName: string,
  type: (tenant: EmulatedTenant, via: Via) => EntityType<Source>,
  sources: (tenant: EmulatedTenant) => readonly Source[],
): Record<string, GraphHandler> {
  return {
    [`GET ${groups}/${collection}`]: (call) => {
      readingOthers(call)
      narrowed(call)
      return list(call, type(call.tenant, direct), sources(call.tenant))
    },
    [`GET ${groups}/${collection}/${mine}`]: (call) => {
      const { tenant } = call
      const { person } = personCalling(call)
      currentUserOn(call, ['principal'])
      const own = sources(tenant).filter(({ principalId }) => reaches(tenant, principalId, person))
      const via: Via = ({ principalId }) => principalId !== person.objectId
      return list(call, type(tenant, via), own)
    },
    [`GET ${groups}/${collection}/{${keyName}}`]: (call) => {
      const { tenant, caller } = call
      const entity = type(tenant, direct)
      const found = sources(tenant).find((source) => entity.properties(source)['id'] === key(call))
      const own =
        found !== undefined && caller.kind === 'delegated' && reaches(tenant, found.principalId, caller.person)
      if (!own) readingOthers(call)
      return one(call, entity, found)
    },
  }
}

/** Schedules are what is in force now or later; instances only what is in force now. */
const unfinished = <Source extends { endsAt: Date | null }>(tenant: EmulatedTenant, sources: readonly Source[]) =>
  sources.filter(({ endsAt }) => endsAt === null || endsAt > tenant.now())

/** What PIM gave for a while, and who was in before it. */
const assigned = (tenant: EmulatedTenant): Assignment[] => [
  ...ofService(tenant, 'entraGroups', tenant.assignments),
  ...resourcesOf(tenant, 'entraGroups').flatMap((resource) => standing(tenant, resource.key)),
]

export const pimGroupOperations: Readonly<Record<string, GraphHandler>> = {
  ...reads('eligibilitySchedules', 'privilegedAccessGroupEligibilitySchedule-id', eligibilitySchedule, (tenant) =>
    unfinished(tenant, ofService(tenant, 'entraGroups', tenant.eligibilities)),
  ),
  ...reads(
    'eligibilityScheduleInstances',
    'privilegedAccessGroupEligibilityScheduleInstance-id',
    eligibilityInstance,
    (tenant) => ofService(tenant, 'entraGroups', currentEligibilities(tenant)),
  ),
  ...reads('assignmentSchedules', 'privilegedAccessGroupAssignmentSchedule-id', assignmentSchedule, (tenant) =>
    unfinished(tenant, assigned(tenant)),
  ),
  ...reads(
    'assignmentScheduleInstances',
    'privilegedAccessGroupAssignmentScheduleInstance-id',
    assignmentInstance,
    (tenant) => listAssignments(tenant, assigned(tenant)),
  ),
}
