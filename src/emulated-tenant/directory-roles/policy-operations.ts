import { key, list, notFound, one } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import { readingOthers } from './role-operations.ts'
import { parseFilter } from '../graph/odata-filter.ts'
import { parseQuery } from '../graph/odata-query.ts'
import type { EntityType } from '../graph/odata-query.ts'
import type { Resource } from '../state/pim.ts'
import { resourcesOf } from '../state/pim-resources.ts'
import { policyRules } from '../pim/policy-rules.ts'
import { Refusal } from '../refusal.ts'
import { stableGuid } from '../stable-id.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { tenantIdOf } from '../entra/token.ts'

const policies = '/policies/roleManagementPolicies'

const policyIdOf = (tenant: EmulatedTenant, role: Resource) =>
  `DirectoryRole_${tenantIdOf(tenant)}_${stableGuid('policy', role.id)}`

const scope = { scopeId: '/', scopeType: 'DirectoryRole' }
const scoped = { scopeId: ['eq'], scopeType: ['eq'], roleDefinitionId: ['eq'], id: ['eq'] } as const

function policyType(tenant: EmulatedTenant): EntityType<Resource> {
  const rules = ({ activation }: Resource) => policyRules(tenant, activation)
  return {
    name: 'microsoft.graph.unifiedRoleManagementPolicy',
    properties: (role) => ({
      id: policyIdOf(tenant, role),
      displayName: 'DirectoryRole',
      description: 'DirectoryRole',
      isOrganizationDefault: false,
      ...scope,
      lastModifiedDateTime: null,
      lastModifiedBy: { displayName: null, id: null },
    }),
    expand: { rules, effectiveRules: rules },
    filterable: scoped,
  }
}

function policyAssignmentType(tenant: EmulatedTenant): EntityType<Resource> {
  const policy = policyType(tenant)
  return {
    name: 'microsoft.graph.unifiedRoleManagementPolicyAssignment',
    properties: (role) => ({
      id: `${policyIdOf(tenant, role)}_${role.id}`,
      policyId: policyIdOf(tenant, role),
      ...scope,
      roleDefinitionId: role.id,
    }),
    expand: {
      policy: (role, inner) => {
        const expanded = inner.expand.map(({ name, ...rest }) => [
          name,
          policy.expand?.[name]?.(role, { name, ...rest }),
        ])
        return { ...policy.properties(role), ...Object.fromEntries(expanded) }
      },
    },
    filterable: scoped,
  }
}

/** @throws {Refusal} 400 without a filter on scope id and type: both collections demand it. */
function demandScope(call: GraphCall) {
  const { filter } = parseQuery(call.parameters)
  const named = filter === null ? [] : parseFilter(filter, scoped).clauses.map(({ path }) => path)
  if (!named.includes('scopeId') || !named.includes('scopeType'))
    throw new Refusal(400, 'MissingParameters', 'The $filter must name scopeId and scopeType.')
}

/** `Directory` and `DirectoryRole` name the same scope type. */
function inDirectory(call: GraphCall): GraphCall {
  const parameters = new URLSearchParams(call.parameters)
  const filter = parameters.get('$filter')
  if (filter !== null)
    parameters.set('$filter', filter.replace(/scopeType eq 'Directory'/, "scopeType eq 'DirectoryRole'"))
  return { ...call, parameters }
}

function roleOfPolicy(call: GraphCall): Resource {
  const role = resourcesOf(call.tenant, 'entraRoles').find((each) => policyIdOf(call.tenant, each) === key(call))
  if (role === undefined) throw notFound(key(call))
  return role
}

export const policyOperations: Readonly<Record<string, GraphHandler>> = {
  [`GET ${policies}`]: (call) => {
    readingOthers(call)
    demandScope(call)
    return list(inDirectory(call), policyType(call.tenant), resourcesOf(call.tenant, 'entraRoles'))
  },
  [`GET ${policies}/{unifiedRoleManagementPolicy-id}`]: (call) => {
    readingOthers(call)
    return one(call, policyType(call.tenant), roleOfPolicy(call))
  },
  [`GET ${policies}/{unifiedRoleManagementPolicy-id}/rules`]: (call) => {
    readingOthers(call)
    const rules = policyRules(call.tenant, roleOfPolicy(call).activation)
    return list(call, { name: 'microsoft.graph.unifiedRoleManagementPolicyRule', properties: (rule) => rule }, rules)
  },
  'GET /policies/roleManagementPolicyAssignments': (call) => {
    readingOthers(call)
    demandScope(call)
    return list(inDirectory(call), policyAssignmentType(call.tenant), resourcesOf(call.tenant, 'entraRoles'))
  },
}
