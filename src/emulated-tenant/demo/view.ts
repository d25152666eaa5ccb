import { groupBy, personBy, transitiveMembers } from '../state/people-and-groups.ts'
import { auditType } from '../directory/audit-operations.ts'
import type { Entity } from '../graph/odata-query.ts'
import { currentAssignments } from '../pim/reads.ts'
import { settle } from '../pim/settle.ts'
import type { AssignmentRequest } from '../state/pim.ts'
import { resourceBy } from '../state/pim-resources.ts'
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
    eligibilities: tenant.eligibilities.flatMap((each) => holders(tenant, each)),
    activations: currentAssignments(tenant)
      .filter(({ type }) => type === 'Activated')
      .flatMap((each) => holders(tenant, each)),
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

type Held = { resource: string; principalId: string; startsAt: Date; endsAt: Date | null }

function holders(tenant: EmulatedTenant, { resource, principalId, startsAt, endsAt }: Held): HoldingView[] {
  const entitlement = resourceBy(tenant, resource).name
  const times = { start: startsAt.toISOString(), end: endsAt?.toISOString() ?? null }
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

function requestView(tenant: EmulatedTenant, { id, ask, status }: AssignmentRequest): RequestView {
  const expiration = ask.schedule?.expiration
  return {
    id,
    person: personBy(tenant, ask.principalId)?.id ?? groupBy(tenant, ask.principalId)?.name ?? ask.principalId,
    entitlement: resourceBy(tenant, ask.resource).name,
    status,
    duration: expiration?.kind === 'after' ? expiration.duration : null,
    justification: ask.justification,
  }
}
