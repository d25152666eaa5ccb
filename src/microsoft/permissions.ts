import { type Query, quoted } from './wire/graph-reader.ts'

/** An application permission of the bot's own identity. */
export interface ApplicationPermission {
  readonly name: string
  /** What the bot cannot tell without it. */
  readonly tells: string
  /** The calls that need it, all of them v1.0; `{…}` stands for what differs, and brackets for what its filter names. */
  readonly calls: readonly string[]
  /** A small read that Graph refuses without it. A wider permission that was consented to serves as well. */
  readonly probe: { readonly path: string; readonly query: Query }
}

const roles = '/roleManagement/directory'
const policies = '/policies/roleManagementPolicyAssignments'
const groups = '/identityGovernance/privilegedAccess/group'
// Any role will do; Graph wants a filter on each of these lists. This is Global Reader.
const someRole = quoted('f2ef992c-3afb-46b9-b7cf-a126ee74c451')
const nobody = quoted('00000000-0000-4000-8000-000000000000')

/**
 * What an administrator consents to for the bot's own identity: reading, and nothing that no call needs. `doctor` tries
 * each of them, README has the same table, and a test holds them against the calls that are made.
 */
export const applicationPermissions: readonly ApplicationPermission[] = [
  {
    name: 'User.Read.All',
    tells: 'who somebody is, whether the account is enabled, and who their manager is',
    calls: ['/users', '/users/{id}', '/users/{id}/manager'],
    probe: { path: '/v1.0/users', query: { $top: '1', $select: 'id,accountEnabled' } },
  },
  {
    name: 'GroupMember.Read.All',
    tells: 'who is in a group, and in which groups somebody is',
    calls: ['/groups', '/groups/{id}', '/groups/{id}/transitiveMembers', '/users/{id}/transitiveMemberOf'],
    probe: { path: '/v1.0/groups', query: { $top: '1', $select: 'id' } },
  },
  {
    name: 'RoleManagement.Read.Directory',
    tells: 'the names of directory roles, and what their PIM policies demand',
    calls: [`${roles}/roleDefinitions/{id}`, `${policies} (scopeType DirectoryRole)`],
    probe: {
      path: `/v1.0${policies}`,
      query: { $filter: `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq ${someRole}` },
    },
  },
  {
    name: 'RoleEligibilitySchedule.Read.Directory',
    tells: 'who is eligible for a directory role',
    calls: [`${roles}/roleEligibilityScheduleInstances`],
    probe: {
      path: `/v1.0${roles}/roleEligibilityScheduleInstances`,
      query: { $filter: `roleDefinitionId eq ${someRole}` },
    },
  },
  {
    name: 'RoleAssignmentSchedule.Read.Directory',
    tells: 'who has a directory role, until when, and from which request',
    calls: [
      `${roles}/roleAssignmentScheduleInstances`,
      `${roles}/roleAssignmentSchedules`,
      `${roles}/roleAssignmentSchedules/{id}`,
    ],
    probe: {
      path: `/v1.0${roles}/roleAssignmentScheduleInstances`,
      query: { $filter: `roleDefinitionId eq ${someRole}` },
    },
  },
  {
    name: 'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    tells: 'who is eligible for a group in PIM',
    calls: [`${groups}/eligibilityScheduleInstances`],
    probe: {
      path: `/v1.0${groups}/eligibilityScheduleInstances`,
      // What is wanted is whether the list may be read at all.
      query: { $filter: `principalId eq ${nobody}` },
    },
  },
  {
    name: 'PrivilegedAssignmentSchedule.Read.AzureADGroup',
    tells: 'who is in a group through PIM, until when, and from which request',
    calls: [`${groups}/assignmentScheduleInstances`, `${groups}/assignmentSchedules/{id}`],
    probe: {
      path: `/v1.0${groups}/assignmentScheduleInstances`,
      query: { $filter: `principalId eq ${nobody}` },
    },
  },
  {
    name: 'RoleManagementPolicy.Read.AzureADGroup',
    tells: 'what the PIM policies of groups demand',
    calls: [`${policies} (scopeType Group)`],
    probe: {
      path: `/v1.0${policies}`,
      query: { $filter: `scopeId eq ${nobody} and scopeType eq 'Group' and roleDefinitionId eq 'member'` },
    },
  },
  {
    name: 'EntitlementManagement.Read.All',
    tells: 'who may ask for an access package',
    calls: ['/identityGovernance/entitlementManagement/accessPackages'],
    probe: { path: '/v1.0/identityGovernance/entitlementManagement/accessPackages', query: { $top: '1' } },
  },
  {
    name: 'AuditLog.Read.All',
    tells: 'that a request was denied, withdrawn or left to lapse in Entra itself, and by whom',
    calls: ['/auditLogs/directoryAudits'],
    probe: { path: '/v1.0/auditLogs/directoryAudits', query: { $top: '1' } },
  },
]

/** The table in README. */
export const permissionsTable = (): string =>
  [
    '| permission | tells the bot | needed for `GET` of |',
    '|---|---|---|',
    ...applicationPermissions.map(
      ({ name, tells, calls }) => `| \`${name}\` | ${tells} | ${calls.map((call) => `\`${call}\``).join(', ')} |`,
    ),
  ].join('\n')

/** What people's own tokens may be used for through the sign-in app: a ceiling, under which each person's rights stay. */
export const delegatedPermissions = [
  'openid',
  'profile',
  'User.Read',
  'MailboxSettings.Read',
  'RoleEligibilitySchedule.Read.Directory',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  'EntitlementMgmt-SubjectAccess.ReadWrite',
  'EntitlementManagement.ReadWrite.All',
  'Azure Service Management user_impersonation',
] as const
