import { list } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import { readingOthers } from '../directory-roles/role-operations.ts'
import { parseFilter } from '../graph/odata-filter.ts'
import { parseQuery } from '../graph/odata-query.ts'
import type { EntityType } from '../graph/odata-query.ts'
import { Refusal } from '../refusal.ts'
import { currentEligibilities } from '../pim/reads.ts'
import type { Eligibility } from '../state/pim.ts'
import { ofService, resourceBy } from '../state/pim-resources.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const instanceType = (tenant: EmulatedTenant): EntityType<Eligibility> => ({
  name: 'microsoft.graph.privilegedAccessGroupEligibilityScheduleInstance',
  properties: ({ id, resource, principalId, startsAt, endsAt }) => ({
    id: `${resource}_${id}`,
    startDateTime: startsAt.toISOString(),
    endDateTime: endsAt?.toISOString() ?? null,
    accessId: resourceBy(tenant, resource).access,
    eligibilityScheduleId: `${resource}_${id}`,
    groupId: resourceBy(tenant, resource).id,
    memberType: 'direct',
    principalId,
  }),
  filterable,
})
const filterable = { groupId: ['eq'], principalId: ['eq'], accessId: ['eq'], memberType: ['eq'] } as const

/** @throws {Refusal} 400 where neither the group nor the principal is named: Graph lists neither everything nor nothing. */
function narrowed({ parameters }: GraphCall) {
  const { filter } = parseQuery(parameters)
  const named = filter === null ? [] : parseFilter(filter, filterable).clauses
  if (named.some(({ path }) => path === 'groupId' || path === 'principalId')) return
  throw new Refusal(400, 'MissingParameters', 'Required parameters are missing: filter by groupId or principalId.')
}

export const pimGroupOperations: Readonly<Record<string, GraphHandler>> = {
  'GET /identityGovernance/privilegedAccess/group/eligibilityScheduleInstances': (call) => {
    readingOthers(call)
    narrowed(call)
    const { tenant } = call
    return list(call, instanceType(tenant), ofService(tenant, 'entraGroups', currentEligibilities(tenant)))
  },
}
