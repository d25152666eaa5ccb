import { groupBy, personBy, transitiveMembers } from '../state/people-and-groups.ts'
import { auditType } from '../directory-roles/audit-operations.ts'
import type { Entity } from '../graph/odata-query.ts'
import { currentAssignments } from '../pim/reads.ts'
import { windowOf } from '../pim/roles-from-seed.ts'
import { settle } from '../pim/settle.ts'
import type { AssignmentRequest } from '../state/pim.ts'
import type { Holding } from '../seed/parts.ts'
import type { Call, Effect, EmulatedTenant } from '../state/tenant-state.ts'

/** What somebody may activate or has active; `through` names the group that brings it. */
type HoldingView = {
  person: string
  entitlement: string
  start: string
  end: string | null
  through?: string
}

type RequestView = {
  id: string
  person: string
  entitlement: string
  status: string
  duration: string | null
  justification: string | null
}

/** `GET /api/tenant`: the tenant's real state, in its own names. */
export type TenantView = {
  eligibilities: HoldingView[]
  activations: HoldingView[]
  requests: RequestView[]
  packages: unknown[]
  exemptions: unknown[]
  accounts: unknown[]
  budgets: unknown[]
  tags: unknown[]
  audit: Entity[]
  effects: Effect[]
  calls: Call[]
}

export function view(tenant: EmulatedTenant): TenantView {
  settle(tenant)
  const { seed } = tenant
  return {
    eligibilities: [
      ...tenant.eligibilities.flatMap((each) => holders(tenant, each.principalId, roleName(tenant, each.roleId), each)),
      ...seededEligibilities(tenant),
    ],
    activations: currentAssignments(tenant)
      .filter(({ type }) => type === 'Activated')
      .flatMap((each) => holders(tenant, each.principalId, roleName(tenant, each.roleId), each)),
    requests: tenant.requests.map((request) => requestView(tenant, request)),
    packages: seed.accessPackages.flatMap(({ name, assignments }) =>
      assignments.map(({ user, policy, startedAgo, endsIn }) => ({
        person: user,
        package: name,
        policy,
        startedAgo,
        endsIn,
      })),
    ),
    exemptions: [],
    accounts: seed.azure.resources,
    budgets: seed.azure.budgets,
    tags: seed.azure.subscriptions.flatMap(({ resourceGroups }) =>
      resourceGroups.map(({ name, tags }) => ({ resourceGroup: name, tags })),
    ),
    audit: tenant.audits.map(auditType(tenant).properties),
    effects: tenant.effects,
    calls: tenant.calls,
  }
}

const roleName = (tenant: EmulatedTenant, roleId: string) => tenant.roles.get(roleId)?.displayName ?? roleId

type Window = { startsAt: Date; endsAt: Date | null }

function holders(tenant: EmulatedTenant, principalId: string, entitlement: string, window: Window): HoldingView[] {
  const times = { start: window.startsAt.toISOString(), end: window.endsAt?.toISOString() ?? null }
  const group = groupBy(tenant, principalId)
  if (group !== undefined)
    return transitiveMembers(tenant, group).map(({ id }) => ({
      person: id,
      entitlement,
      ...times,
      through: group.name,
    }))
  const person = personBy(tenant, principalId)
  return person === undefined ? [] : [{ person: person.id, entitlement, ...times }]
}

/** Groups and Azure roles show what the seed says: nothing changes them yet. */
function seededEligibilities(tenant: EmulatedTenant): HoldingView[] {
  const { seed, startedAt } = tenant
  const entries: [string, readonly Holding[]][] = [
    ...seed.pimGroups.map(({ group, eligible }): [string, readonly Holding[]] => [group, eligible]),
    ...seed.azure.roles.map(({ role, scope, eligible }): [string, readonly Holding[]] => [
      `${role} on ${scope}`,
      eligible,
    ]),
  ]
  return entries.flatMap(([entitlement, eligible]) =>
    eligible.flatMap((holding) => {
      const held = 'user' in holding ? tenant.people.get(holding.user) : tenant.groups.get(holding.group)
      return held === undefined ? [] : holders(tenant, held.objectId, entitlement, windowOf(holding, startedAt))
    }),
  )
}

function requestView(tenant: EmulatedTenant, { id, ask, status }: AssignmentRequest): RequestView {
  const expiration = ask.schedule?.expiration
  return {
    id,
    person: personBy(tenant, ask.principalId)?.id ?? groupBy(tenant, ask.principalId)?.name ?? ask.principalId,
    entitlement: roleName(tenant, ask.roleId),
    status,
    duration: expiration?.kind === 'after' ? expiration.duration : null,
    justification: ask.justification,
  }
}
