import { checkReader } from './auth.ts'
import type { ArmCall, ArmHandler } from './call.ts'
import { idAt, provider, roleDefinitionId, roleNameOf } from './wire.ts'
import { policyRules } from '../pim/policy-rules.ts'
import { groupBy, personBy } from '../state/people-and-groups.ts'
import type { Resource } from '../state/pim.ts'
import { azureResourceAt, resourcesOf } from '../state/pim-resources.ts'
import { Refusal } from '../refusal.ts'
import { stableGuid } from '../stable-id.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const type = 'roleManagementPolicyAssignments'

/** The rules as Resource Manager writes the same: types by another name, approvers in another shape, nulls. */
function armRules(tenant: EmulatedTenant, { activation }: Resource): object[] {
  return policyRules(tenant, activation).map(({ '@odata.type': graphType, target, setting, ...rule }) => ({
    ...rule,
    ...(setting === undefined ? {} : { setting: armSetting(tenant, activation.approvers, setting as object) }),
    ruleType: String(graphType).replace('#microsoft.graph.unifiedR', 'R'),
    target: {
      ...(target as object), // every rule has one
      operations: ['All'],
      targetObjects: null,
      inheritableSettings: null,
      enforcedSettings: null,
    },
  }))
}

function armSetting(tenant: EmulatedTenant, approvers: readonly string[] | null, setting: object) {
  if (!('approvalStages' in setting) || setting.approvalStages === null) return setting
  const primaryApprovers = (approvers ?? []).map((id) => {
    const group = groupBy(tenant, id)
    const description = group?.name ?? personBy(tenant, id)?.displayName ?? null
    return { id, description, isBackup: false, userType: group === undefined ? 'User' : 'Group' }
  })
  const stage = {
    approvalStageTimeOutInDays: 1,
    isApproverJustificationRequired: true,
    escalationTimeInMinutes: 0,
    isEscalationEnabled: false,
    primaryApprovers,
    escalationApprovers: null,
  }
  return { ...setting, approvalStages: [stage] }
}

/** GET …/roleManagementPolicyAssignments: of every role that PIM guards at the place, or the one of the filter. */
function policyAssignments(call: ArmCall) {
  const { tenant, caller, scope, filter } = call
  checkReader(tenant, caller, scope, `Microsoft.Authorization/${type}/read`)
  const role = /^roleDefinitionId eq '([^']+)'$/
    .exec(filter ?? '')?.[1]
    ?.split('/')
    .at(-1)
  if (filter !== null && role === undefined) throw new Refusal(400, 'BadRequest', `Invalid filter clause: ${filter}`)
  const at = resourcesOf(tenant, 'azureResources').filter((each) => each.scope.toLowerCase() === scope.toLowerCase())
  const wanted = role === undefined ? at : [azureResourceAt(tenant, role, scope)]
  const value = wanted.flatMap((resource) => {
    if (resource === undefined) return []
    const policy = stableGuid('policy', resource.key)
    const name = `${policy}_${resource.id}`
    return {
      id: idAt(tenant, resource.scope, type, name),
      name,
      type: `Microsoft.Authorization/${type}`,
      properties: {
        scope: resource.scope,
        roleDefinitionId: roleDefinitionId(resource),
        policyId: `${resource.scope}${provider}/roleManagementPolicies/${policy}`,
        effectiveRules: armRules(tenant, resource),
      },
    }
  })
  return { status: 200, body: { value } }
}

/** GET …/roleDefinitions/{id}, 2022-04-01. */
function definition(call: ArmCall) {
  const { tenant, caller, scope, names } = call
  checkReader(tenant, caller, scope, 'Microsoft.Authorization/roleDefinitions/read')
  const found = resourcesOf(tenant, 'azureResources').find(({ id }) => id === names[0]?.toLowerCase())
  if (found === undefined) throw new Refusal(404, 'RoleDefinitionDoesNotExist', 'The role definition does not exist.')
  const properties = {
    roleName: roleNameOf(found),
    type: 'BuiltInRole',
    description: null,
    assignableScopes: ['/'],
    permissions: [],
  }
  const id = `${scope}${provider}/roleDefinitions/${found.id}`
  return { status: 200, body: { id, name: found.id, type: 'Microsoft.Authorization/roleDefinitions', properties } }
}

export const settingHandlers: Readonly<Record<string, ArmHandler>> = {
  [`GET ${type}`]: policyAssignments,
  'GET roleDefinitions': definition,
}
