import { denied, key, list, notFound, one } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import { mayReadOthers } from '../pim/rights.ts'
import { parseFilter } from '../graph/odata-filter.ts'
import { parseQuery } from '../graph/odata-query.ts'
import type { EntityType } from '../graph/odata-query.ts'
import { opensPolicies } from '../graph/scopes.ts'
import type { Resource } from '../state/pim.ts'
import { resourcesOf } from '../state/pim-resources.ts'
import { policyRules } from '../pim/policy-rules.ts'
import { Refusal } from '../refusal.ts'
import { stableGuid } from '../stable-id.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { tenantIdOf } from '../entra/token.ts'

const policies = '/policies/roleManagementPolicies'

/** A group's policy gets another id when PIM takes the group in. */
const policyIdOf = (tenant: EmulatedTenant, { service, key: resource, scope, onboarded }: Resource) =>
  service === 'entraGroups'
    ? `Group_${scope}_${stableGuid('policy', resource, onboarded ? 'taken in' : 'as it comes')}`
    : `DirectoryRole_${tenantIdOf(tenant)}_${stableGuid('policy', resource)}`

const scopeOf = ({ service, scope }: Resource) => ({
  scopeId: scope,
  scopeType: service === 'entraGroups' ? 'Group' : 'DirectoryRole',
})
const scoped = { scopeId: ['eq'], scopeType: ['eq'], roleDefinitionId: ['eq'], id: ['eq'] } as const

function policyType(tenant: EmulatedTenant): EntityType<Resource> {
  const rules = ({ activation }: Resource) => policyRules(tenant, activation)
  return {
    name: 'microsoft.graph.unifiedRoleManagementPolicy',
    properties: (resource) => ({
      id: policyIdOf(tenant, resource),
      displayName: scopeOf(resource).scopeType,
      description: scopeOf(resource).scopeType,
      isOrganizationDefault: false,
      ...scopeOf(resource),
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
    properties: (resource) => {
      const roleDefinitionId = resource.access ?? resource.id
      return {
        id: `${policyIdOf(tenant, resource)}_${roleDefinitionId}`,
        policyId: policyIdOf(tenant, resource),
        ...scopeOf(resource),
        roleDefinitionId,
      }
    },
    expand: {
      policy: (resource, inner) => {
        const expanded = inner.expand.map(({ name, ...rest }) => [
          name,
          policy.expand?.[name]?.(resource, { name, ...rest }),
        ])
        return { ...policy.properties(resource), ...Object.fromEntries(expanded) }
      },
    },
    filterable: scoped,
  }
}

type Scoped = { readonly call: GraphCall; readonly resources: readonly Resource[] }

/**
 * Both collections demand a filter on scope id and type, and the type says whose policies are read.
 * @throws {Refusal} 400 without one, 403 where the token opens the other sort of policies only.
 */
function inScope(call: GraphCall): Scoped {
  const { filter } = parseQuery(call.parameters)
  const clauses = filter === null ? [] : parseFilter(filter, scoped).clauses
  const literal = (path: string) => clauses.find((each) => each.path === path)?.literal
  if (literal('scopeId') === undefined || literal('scopeType') === undefined)
    throw new Refusal(400, 'MissingParameters', 'The $filter must name scopeId and scopeType.')
  const ofGroup = literal('scopeType') === 'Group'
  checkMayRead(call, ofGroup)
  const resources = resourcesOf(call.tenant, ofGroup ? 'entraGroups' : 'entraRoles')
  if (ofGroup && !resources.some(({ scope }) => scope === String(literal('scopeId')).toLowerCase()))
    throw new Refusal(404, 'ResourceNotFound', 'The group is not found.')
  return { call: inDirectory(call), resources }
}

/** @throws {Refusal} 403 for a person without a reading role, and for a token that opens the other sort only. */
function checkMayRead({ tenant, caller }: GraphCall, ofGroups: boolean) {
  if (caller.kind === 'delegated' && !mayReadOthers(tenant, caller.person)) throw denied()
  if (!opensPolicies(caller, ofGroups)) throw denied()
}

/** `Directory` and `DirectoryRole` name the same scope type. */
function inDirectory(call: GraphCall): GraphCall {
  const parameters = new URLSearchParams(call.parameters)
  const filter = parameters.get('$filter')
  if (filter !== null)
    parameters.set('$filter', filter.replace(/scopeType eq 'Directory'/, "scopeType eq 'DirectoryRole'"))
  return { ...call, parameters }
}

function policyBy(call: GraphCall): Resource {
  const { tenant } = call
  const all = [...resourcesOf(tenant, 'entraRoles'), ...resourcesOf(tenant, 'entraGroups')]
  const found = all.find((each) => policyIdOf(tenant, each) === key(call))
  checkMayRead(call, found?.service === 'entraGroups')
  if (found === undefined) throw notFound(key(call))
  return found
}

export const policyOperations: Readonly<Record<string, GraphHandler>> = {
  [`GET ${policies}`]: (asked) => {
    const { call, resources } = inScope(asked)
    return list(call, policyType(call.tenant), resources)
  },
  [`GET ${policies}/{unifiedRoleManagementPolicy-id}`]: (call) => one(call, policyType(call.tenant), policyBy(call)),
  [`GET ${policies}/{unifiedRoleManagementPolicy-id}/rules`]: (call) => {
    const rules = policyRules(call.tenant, policyBy(call).activation)
    return list(call, { name: 'microsoft.graph.unifiedRoleManagementPolicyRule', properties: (rule) => rule }, rules)
  },
  'GET /policies/roleManagementPolicyAssignments': (asked) => {
    const { call, resources } = inScope(asked)
    return list(call, policyAssignmentType(call.tenant), resources)
  },
}
