import type { Caller } from '../state/caller.ts'

/** Permissions an operation accepts, any one of them; an empty list: never in that kind of token. */
type Accepted = { delegated: readonly string[]; application: readonly string[] }

const both = (...permissions: readonly string[]): Accepted => ({ delegated: permissions, application: permissions })

const readRoles = both('RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory', 'Directory.Read.All')
const readEligibility = both(
  'RoleEligibilitySchedule.Read.Directory',
  'RoleEligibilitySchedule.ReadWrite.Directory',
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
)
const readAssignment = both(
  'RoleAssignmentSchedule.Read.Directory',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
)
/** Reading requests takes a ReadWrite permission, unlike reading the schedules they made. */
const changeAssignment = both('RoleAssignmentSchedule.ReadWrite.Directory', 'RoleManagement.ReadWrite.Directory')
const readPolicy: Accepted = {
  delegated: ['RoleManagementPolicy.Read.Directory', 'RoleManagement.Read.Directory', 'RoleManagement.Read.All'],
  application: ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', 'RoleManagement.ReadWrite.Directory'],
}
const readApproval: Accepted = {
  delegated: ['RoleAssignmentSchedule.Read.Directory', 'RoleAssignmentSchedule.ReadWrite.Directory'],
  application: [],
}
const everyUser = ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All']
const readMembers = both('GroupMember.ReadBasic.All', 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All')
const memberOf: Accepted = {
  delegated: ['User.Read', 'User.Read.All', 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
  application: ['User.Read.All', 'GroupMember.Read.All', 'Directory.Read.All'],
}
const checkGroups: Accepted = {
  delegated: ['Application.Read.All', 'User.Read.All', 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
  application: ['Application.Read.All', 'User.Read.All', 'GroupMember.Read.All', 'Directory.Read.All'],
}
const readGroup: Accepted = both(
  'Group-NestingSupport.ReadWrite.All',
  'Group.ReadBasic.All',
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
)

const roles = '/roleManagement/directory'
const mine = "filterByCurrentUser(on='{on}')"

const groups = '/identityGovernance/privilegedAccess/group'

/** PIM for Groups: reading requests takes no more than reading the schedules, unlike for directory roles. */
function groupScopes() {
  const eligibility = both(
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
  )
  const assignment = both(
    'PrivilegedAssignmentSchedule.Read.AzureADGroup',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  )
  const change = both('PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup')
  const readApproval: Accepted = { ...assignment, application: [] }
  const requests = `${groups}/assignmentScheduleRequests` as const
  const request = '{privilegedAccessGroupAssignmentScheduleRequest-id}'
  const approvals = `${groups}/assignmentApprovals` as const
  return {
    [`GET ${groups}/eligibilitySchedules`]: eligibility,
    [`GET ${groups}/eligibilitySchedules/${mine}`]: eligibility,
    [`GET ${groups}/eligibilitySchedules/{privilegedAccessGroupEligibilitySchedule-id}`]: eligibility,
    [`GET ${groups}/eligibilityScheduleInstances`]: eligibility,
    [`GET ${groups}/eligibilityScheduleInstances/${mine}`]: eligibility,
    [`GET ${groups}/eligibilityScheduleInstances/{privilegedAccessGroupEligibilityScheduleInstance-id}`]: eligibility,
    [`GET ${groups}/assignmentSchedules`]: assignment,
    [`GET ${groups}/assignmentSchedules/${mine}`]: assignment,
    [`GET ${groups}/assignmentSchedules/{privilegedAccessGroupAssignmentSchedule-id}`]: assignment,
    [`GET ${groups}/assignmentScheduleInstances`]: assignment,
    [`GET ${groups}/assignmentScheduleInstances/${mine}`]: assignment,
    [`GET ${groups}/assignmentScheduleInstances/{privilegedAccessGroupAssignmentScheduleInstance-id}`]: assignment,
    [`GET ${requests}`]: assignment,
    [`POST ${requests}`]: change,
    [`GET ${requests}/${mine}`]: assignment,
    [`GET ${requests}/${request}`]: assignment,
    [`POST ${requests}/${request}/cancel`]: change,
    [`GET ${approvals}/${mine}`]: readApproval,
    [`GET ${approvals}/{approval-id}`]: readApproval,
    [`GET ${approvals}/{approval-id}/stages`]: readApproval,
    [`GET ${approvals}/{approval-id}/stages/{approvalStage-id}`]: readApproval,
    [`PATCH ${approvals}/{approval-id}/stages/{approvalStage-id}`]: { ...change, application: [] },
  }
}

/** By operation, spelled as the OpenAPI description of Graph v1.0 spells its paths. */
export const v1Scopes = {
  'GET /users': both(...everyUser),
  'GET /users/{user-id}': { delegated: ['User.Read', ...everyUser], application: everyUser },
  'GET /users/{user-id}/manager': both('User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'),
  'GET /users/{user-id}/transitiveMemberOf': memberOf,
  'POST /users/{user-id}/checkMemberGroups': checkGroups,
  'GET /users/{user-id}/mailboxSettings': both('MailboxSettings.Read', 'MailboxSettings.ReadWrite'),
  'GET /me': { delegated: ['User.Read', ...everyUser], application: [] },
  'GET /me/manager': { delegated: ['User.Read.All', 'Directory.Read.All'], application: [] },
  'GET /me/transitiveMemberOf': { ...memberOf, application: [] },
  'GET /me/mailboxSettings': both('MailboxSettings.Read', 'MailboxSettings.ReadWrite'),
  'GET /groups': both('Group.ReadBasic.All', 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'),
  'GET /groups/{group-id}': readGroup,
  'GET /groups/{group-id}/members': readMembers,
  'GET /groups/{group-id}/transitiveMembers': readMembers,
  'GET /groups/{group-id}/owners': both('GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'),
  [`GET ${roles}/roleDefinitions`]: readRoles,
  [`GET ${roles}/roleDefinitions/{unifiedRoleDefinition-id}`]: readRoles,
  [`GET ${roles}/roleEligibilitySchedules`]: readEligibility,
  [`GET ${roles}/roleEligibilitySchedules/${mine}`]: readEligibility,
  [`GET ${roles}/roleEligibilitySchedules/{unifiedRoleEligibilitySchedule-id}`]: readEligibility,
  [`GET ${roles}/roleEligibilityScheduleInstances`]: readEligibility,
  [`GET ${roles}/roleEligibilityScheduleInstances/${mine}`]: readEligibility,
  [`GET ${roles}/roleEligibilityScheduleInstances/{unifiedRoleEligibilityScheduleInstance-id}`]: readEligibility,
  [`GET ${roles}/roleAssignmentSchedules`]: readAssignment,
  [`GET ${roles}/roleAssignmentSchedules/${mine}`]: readAssignment,
  [`GET ${roles}/roleAssignmentSchedules/{unifiedRoleAssignmentSchedule-id}`]: readAssignment,
  [`GET ${roles}/roleAssignmentScheduleInstances`]: readAssignment,
  [`GET ${roles}/roleAssignmentScheduleInstances/${mine}`]: readAssignment,
  [`GET ${roles}/roleAssignmentScheduleInstances/{unifiedRoleAssignmentScheduleInstance-id}`]: readAssignment,
  [`GET ${roles}/roleAssignmentScheduleRequests`]: changeAssignment,
  [`POST ${roles}/roleAssignmentScheduleRequests`]: changeAssignment,
  [`GET ${roles}/roleAssignmentScheduleRequests/${mine}`]: changeAssignment,
  [`GET ${roles}/roleAssignmentScheduleRequests/{unifiedRoleAssignmentScheduleRequest-id}`]: changeAssignment,
  [`POST ${roles}/roleAssignmentScheduleRequests/{unifiedRoleAssignmentScheduleRequest-id}/cancel`]: changeAssignment,
  'GET /policies/roleManagementPolicies': readPolicy,
  'GET /policies/roleManagementPolicies/{unifiedRoleManagementPolicy-id}': readPolicy,
  'GET /policies/roleManagementPolicies/{unifiedRoleManagementPolicy-id}/rules': readPolicy,
  'GET /policies/roleManagementPolicyAssignments': readPolicy,
  ...groupScopes(),
  'GET /identityGovernance/entitlementManagement/accessPackages': both(
    'EntitlementManagement.Read.All',
    'EntitlementManagement.ReadWrite.All',
  ),
  'GET /auditLogs/directoryAudits': both('AuditLog.Read.All', 'Directory.Read.All'),
} satisfies Record<string, Accepted>

/** The operations that exist in beta only. */
export const betaScopes = {
  [`GET ${roles}/roleAssignmentApprovals/{approval-id}`]: readApproval,
  [`GET ${roles}/roleAssignmentApprovals/{approval-id}/steps`]: readApproval,
  [`GET ${roles}/roleAssignmentApprovals/{approval-id}/steps/{approvalStep-id}`]: readApproval,
  [`PATCH ${roles}/roleAssignmentApprovals/{approval-id}/steps/{approvalStep-id}`]: {
    delegated: ['RoleAssignmentSchedule.ReadWrite.Directory'],
    application: [],
  },
} satisfies Record<string, Accepted>

/** The policies of groups take a permission that the documentation of the calls names and the list of permissions lacks. */
const groupPolicies = ['RoleManagementPolicy.Read.AzureADGroup', 'RoleManagementPolicy.ReadWrite.AzureADGroup']

/** Whether a token opens the policies of groups, or those of the directory: neither permission opens the other's. */
export function opensPolicies({ kind, permissions }: Pick<Caller, 'kind' | 'permissions'>, ofGroups: boolean): boolean {
  const ofDirectory = kind === 'app' ? readPolicy.application : readPolicy.delegated
  return (ofGroups ? groupPolicies : ofDirectory).some((each) => permissions.includes(each))
}

/** An operation's permissions; v1.0 operations are served under beta too, as Graph serves them. */
export function acceptedBy(operation: string): Accepted | undefined {
  const table: Readonly<Record<string, Accepted>> = { ...v1Scopes, ...betaScopes }
  const accepted = table[operation]
  if (accepted !== readPolicy) return accepted
  return {
    delegated: [...accepted.delegated, ...groupPolicies],
    application: [...accepted.application, ...groupPolicies],
  }
}
