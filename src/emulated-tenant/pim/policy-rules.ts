import { groupBy, personBy } from '../state/people-and-groups.ts'
import type { ActivationSettings } from '../state/pim.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

type Rule = Record<string, unknown> & { id: string }
type Caller = 'EndUser' | 'Admin'
type Level = 'Assignment' | 'Eligibility'

const typed = (name: string) => `#microsoft.graph.unifiedRoleManagementPolicy${name}Rule`

const target = (caller: Caller, level: Level) => ({
  caller,
  operations: ['all'],
  level,
  inheritableSettings: [],
  enforcedSettings: [],
})

/** The seventeen rules of every policy; the activation settings show in the four that govern an end user's assignment. */
export function policyRules(tenant: EmulatedTenant, settings: ActivationSettings): Rule[] {
  const context = tenant.switches.authenticationContexts ? settings.authenticationContext : null
  return [
    expiration('EndUser', 'Assignment', true, settings.maximumDuration),
    enablement('EndUser', 'Assignment', [...settings.enabledRules, ...tenant.switches.moreEnabledRules]),
    {
      '@odata.type': typed('AuthenticationContext'),
      id: 'AuthenticationContext_EndUser_Assignment',
      isEnabled: context !== null,
      claimValue: context ?? '',
      target: target('EndUser', 'Assignment'),
    },
    approval(tenant, settings),
    expiration('Admin', 'Eligibility', false, 'P365D'),
    enablement('Admin', 'Eligibility', []),
    expiration('Admin', 'Assignment', false, 'P180D'),
    enablement('Admin', 'Assignment', ['MultiFactorAuthentication', 'Justification']),
    ...notifications('EndUser', 'Assignment'),
    ...notifications('Admin', 'Assignment'),
    ...notifications('Admin', 'Eligibility'),
  ]
}

function expiration(caller: Caller, level: Level, isExpirationRequired: boolean, maximumDuration: string): Rule {
  return {
    '@odata.type': typed('Expiration'),
    id: `Expiration_${caller}_${level}`,
    isExpirationRequired,
    maximumDuration,
    target: target(caller, level),
  }
}

function enablement(caller: Caller, level: Level, enabledRules: readonly string[]): Rule {
  return {
    '@odata.type': typed('Enablement'),
    id: `Enablement_${caller}_${level}`,
    enabledRules,
    target: target(caller, level),
  }
}

function approval(tenant: EmulatedTenant, { approvers, enabledRules }: ActivationSettings): Rule {
  return {
    '@odata.type': typed('Approval'),
    id: 'Approval_EndUser_Assignment',
    setting: {
      isApprovalRequired: approvers !== null,
      isApprovalRequiredForExtension: false,
      isRequestorJustificationRequired: enabledRules.includes('Justification'),
      approvalMode: 'SingleStage',
      ...stagesShown(tenant, approvers),
    },
    target: target('EndUser', 'Assignment'),
  }
}

function stagesShown(tenant: EmulatedTenant, approvers: ActivationSettings['approvers']) {
  const { stagesWithoutApproval } = tenant.switches
  if (approvers === null && stagesWithoutApproval !== 'shown') {
    return stagesWithoutApproval === 'null' ? { approvalStages: null } : {}
  }
  const stage = {
    approvalStageTimeOutInDays: 1,
    isApproverJustificationRequired: true,
    escalationTimeInMinutes: 0,
    isEscalationEnabled: false,
    primaryApprovers: (approvers ?? []).map((objectId) => approver(tenant, objectId)),
    escalationApprovers: [],
  }
  return { approvalStages: [stage] }
}

function approver(tenant: EmulatedTenant, objectId: string) {
  const group = groupBy(tenant, objectId)
  if (group !== undefined)
    return { '@odata.type': '#microsoft.graph.groupMembers', groupId: objectId, description: group.name }
  const description = personBy(tenant, objectId)?.displayName ?? null
  return { '@odata.type': '#microsoft.graph.singleUser', userId: objectId, description }
}

function notifications(caller: Caller, level: Level): Rule[] {
  return ['Approver', 'Requestor', 'Admin'].map((recipientType) => ({
    '@odata.type': typed('Notification'),
    id: `Notification_${recipientType}_${caller}_${level}`,
    notificationType: 'Email',
    recipientType,
    notificationLevel: 'All',
    isDefaultRecipientsEnabled: true,
    notificationRecipients: [],
    target: target(caller, level),
  }))
}
