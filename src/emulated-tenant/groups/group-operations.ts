import { list } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import { readingOthers } from '../directory-roles/role-operations.ts'
import { parseFilter } from '../graph/odata-filter.ts'
import { parseQuery } from '../graph/odata-query.ts'
import type { EntityType } from '../graph/odata-query.ts'
import { Refusal } from '../refusal.ts'
import { holdingNow } from '../pim/seeded-holdings.ts'
import type { SeededHolding } from '../pim/seeded-holdings.ts'
import { stableGuid } from '../stable-id.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

type GroupEligibility = SeededHolding & { groupId: string; access: 'member' | 'owner' }

/** Who may activate membership or ownership of a group; nothing changes this yet, so the seed says it. */
const eligibilitiesOf = (tenant: EmulatedTenant): GroupEligibility[] =>
  tenant.seed.pimGroups.flatMap(({ group, access, eligible }) => {
    const groupId = tenant.groups.get(group)?.objectId
    return groupId === undefined ? [] : holdingNow(tenant, eligible).map((each) => ({ ...each, groupId, access }))
  })

const scheduleId = ({ groupId, access, principalId }: GroupEligibility): string =>
  `${groupId}_${access}_${stableGuid('group-eligibility', groupId, access, principalId)}`

const instanceType: EntityType<GroupEligibility> = {
  name: 'microsoft.graph.privilegedAccessGroupEligibilityScheduleInstance',
  properties: (eligibility) => ({
    id: scheduleId(eligibility),
    startDateTime: eligibility.startsAt.toISOString(),
    endDateTime: eligibility.endsAt?.toISOString() ?? null,
    accessId: eligibility.access,
    eligibilityScheduleId: scheduleId(eligibility),
    groupId: eligibility.groupId,
    memberType: 'direct',
    principalId: eligibility.principalId,
  }),
  filterable: { groupId: ['eq'], principalId: ['eq'], accessId: ['eq'], memberType: ['eq'] },
}

/** @throws {Refusal} 400 where neither the group nor the principal is named: Graph lists neither everything nor nothing. */
function narrowed({ parameters }: GraphCall) {
  const { filter } = parseQuery(parameters)
  const named = filter === null ? [] : parseFilter(filter, instanceType.filterable ?? {}).clauses
  if (named.some(({ path }) => path === 'groupId' || path === 'principalId')) return
  throw new Refusal(400, 'MissingParameters', 'Required parameters are missing: filter by groupId or principalId.')
}

export const pimGroupOperations: Readonly<Record<string, GraphHandler>> = {
  'GET /identityGovernance/privilegedAccess/group/eligibilityScheduleInstances': (call) => {
    readingOthers(call)
    narrowed(call)
    return list(call, instanceType, eligibilitiesOf(call.tenant))
  },
}
