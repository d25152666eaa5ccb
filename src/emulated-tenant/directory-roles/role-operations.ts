import { currentUserOn, denied, key, list, one, personCalling } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import type { EntityType } from '../graph/odata-query.ts'
import { currentEligibilities, reaches, listAssignments } from '../pim/reads.ts'
import { mayReadOthers } from '../pim/rights.ts'
import { ofService, resourcesOf } from '../state/pim-resources.ts'
import {
  assignmentInstance,
  assignmentSchedule,
  direct,
  eligibilityInstance,
  eligibilitySchedule,
  roleDefinition,
} from './role-entities.ts'
import type { Held, Via } from './role-entities.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const roles = '/roleManagement/directory'
const mine = "filterByCurrentUser(on='{on}')"

/** @throws {Refusal} 403 where a person without a reading role asks for what is not theirs alone. */
export function readingOthers(call: GraphCall) {
  const { tenant, caller } = call
  if (caller.kind === 'delegated' && !mayReadOthers(tenant, caller.person)) throw denied()
}

/** The three reads of a collection: all of it, the caller's own, one. */
function reads<Source extends Held>(
  collection: string,
  keyName: string,
  type: (tenant: EmulatedTenant, viaGroup: Via) => EntityType<Source>,
  sources: (tenant: EmulatedTenant) => readonly Source[],
): Record<string, GraphHandler> {
  return {
    [`GET ${roles}/${collection}`]: (call) => {
      readingOthers(call)
      return list(call, type(call.tenant, direct), sources(call.tenant))
    },
    [`GET ${roles}/${collection}/${mine}`]: (call) => {
      const { person } = personCalling(call)
      currentUserOn(call, ['principal'])
      const own = sources(call.tenant).filter(({ principalId }) => reaches(call.tenant, principalId, person))
      return list(
        call,
        type(call.tenant, ({ principalId }) => principalId !== person.objectId),
        own,
      )
    },
    [`GET ${roles}/${collection}/{${keyName}}`]: (call) => {
      const entity = type(call.tenant, direct)
      const found = sources(call.tenant).find((source) => entity.properties(source)['id'] === call.keys[0])
      const own =
        found !== undefined &&
        call.caller.kind === 'delegated' &&
        reaches(call.tenant, found.principalId, call.caller.person)
      if (!own) readingOthers(call)
      return one(call, entity, found)
    },
  }
}

/** Schedules are what is in force now or later; instances only what is in force now. */
const unfinished = <Source extends { endsAt: Date | null }>(tenant: EmulatedTenant, sources: readonly Source[]) =>
  sources.filter(({ endsAt }) => endsAt === null || endsAt > tenant.now())

const ofRoles = <Source extends Held>(tenant: EmulatedTenant, sources: readonly Source[]) =>
  ofService(tenant, 'entraRoles', sources)

export const roleOperations: Readonly<Record<string, GraphHandler>> = {
  [`GET ${roles}/roleDefinitions`]: (call) => list(call, roleDefinition, resourcesOf(call.tenant, 'entraRoles')),
  [`GET ${roles}/roleDefinitions/{unifiedRoleDefinition-id}`]: (call) =>
    one(
      call,
      roleDefinition,
      resourcesOf(call.tenant, 'entraRoles').find(({ id }) => id === key(call)),
    ),
  ...reads('roleEligibilitySchedules', 'unifiedRoleEligibilitySchedule-id', eligibilitySchedule, (tenant) =>
    unfinished(tenant, ofRoles(tenant, tenant.eligibilities)),
  ),
  ...reads(
    'roleEligibilityScheduleInstances',
    'unifiedRoleEligibilityScheduleInstance-id',
    eligibilityInstance,
    (tenant) => ofRoles(tenant, currentEligibilities(tenant)),
  ),
  ...reads('roleAssignmentSchedules', 'unifiedRoleAssignmentSchedule-id', assignmentSchedule, (tenant) =>
    unfinished(tenant, ofRoles(tenant, tenant.assignments)),
  ),
  ...reads(
    'roleAssignmentScheduleInstances',
    'unifiedRoleAssignmentScheduleInstance-id',
    assignmentInstance,
    (tenant) => listAssignments(tenant, ofRoles(tenant, tenant.assignments)),
  ),
}
