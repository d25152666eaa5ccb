/** What an administrator consents to for the bot's own identity: reading, and nothing else. */
export const applicationPermissions = [
  'RoleManagement.Read.Directory',
  'RoleEligibilitySchedule.Read.Directory',
  'RoleAssignmentSchedule.Read.Directory',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'PrivilegedAssignmentSchedule.Read.AzureADGroup',
  'RoleManagementPolicy.Read.AzureADGroup',
  'EntitlementManagement.Read.All',
  'AccessReview.Read.All',
  'AuditLog.Read.All',
  'SecurityAlert.Read.All',
  'User.Read.All',
  'GroupMember.Read.All',
] as const

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
