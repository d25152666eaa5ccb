import { z } from 'zod'

/** One switch for each fact about the platform that no official source settles, and the drills. */
const Switches = z.strictObject({
  /** Whether roles demand the authentication context that they name. */
  authenticationContexts: z.boolean(),
  /** Whether people's sessions in Teams were begun with a second factor. */
  sessionsWithMfa: z.boolean(),
  /** Approvals of directory roles exist only in beta, are marked deprecated, and may vanish. */
  betaApprovals: z.enum(['present', 'gone', 'not-found']),
  /** How late a change shows in directoryAudits, in milliseconds of the product clock; no bound is published. */
  auditDelayMs: z.int().nonnegative(),
  /** Between `Provisioned` and the instance being listed, in milliseconds of the product clock. */
  provisioningDelayMs: z.int().nonnegative(),
  /** How many listings of a fresh activation alternate between missing and showing it; replicas disagree for a while. */
  unsettledReads: z.int().nonnegative(),
  /** The portal cancels a pending request; whether Graph does is not documented. */
  pendingCancelAllowed: z.boolean(),
  /** What a request reads after 24 hours without a decision. */
  lapsedStatus: z.enum(['Denied', 'Failed', 'Revoked', 'TimedOut']),
  /** What an accepted request reads before its start. */
  futureStartStatus: z.enum(['Granted', 'ScheduleCreated']),
  /** Whether a pending request hides the start it was asked with. */
  pendingStartHidden: z.boolean(),
  /** Whether a member may activate for themself what their group is eligible for. */
  groupEligibilityActivatesForMember: z.boolean(),
  /** What selfActivate answers without an eligibility: the documented rule, or what was seen on Graph. */
  missingEligibility: z.enum(['EligibilityRule', 'RoleAssignmentDoesNotExist']),
  /** Reads of directoryAudits allowed per app in ten seconds of real time; 0 lifts the limit. */
  auditReadsPerTenSeconds: z.int().nonnegative(),
  /** Whether a policy that asks for no approval shows the stages it would have. */
  stagesWithoutApproval: z.enum(['shown', 'absent', 'null']),
  /** Demands that activations are shown to have beside the known ones; Microsoft adds some without notice. */
  moreEnabledRules: z.array(z.string()),
  /** Published answers of PIM for Groups spell their words `Direct`, `Assigned`, `SelfActivate`; its contract does not. */
  groupWords: z.enum(['camelCase', 'PascalCase']),
  /** What PIM for Groups answers where a context is missing; tools have seen both. */
  groupContextCode: z.enum(['RoleAssignmentRequestAcrsValidationFailed', 'UnknownError']),
  /** Whether a request for a group names the schedule it made, or itself. */
  groupTargetSchedule: z.enum(['schedule', 'request']),
  /** Whether the one stage of a group's approval has an id of its own, or the request's. */
  groupStageId: z.enum(['own', 'request']),
  /** Resource Manager answers ids that begin with the provider of subscriptions where the request's did not. */
  armIds: z.enum(['as-asked', 'of-the-provider']),
  /** Resource Manager writes null where it has nothing, which its contract does not allow. */
  armNulls: z.boolean(),
  /** What a second PUT under the same name is answered; tools have seen each. */
  armSameName: z.enum([
    'RoleAssignmentRequestExists',
    'RoleAssignmentScheduleRequestExists',
    'RoleAssignmentScheduleExists',
  ]),
  /** What Resource Manager answers whoever reads schedules without the right; tools have seen both. */
  armUnreadable: z.union([z.literal(403), z.literal(500)]),
  /** Whether activating below the eligibility's scope first takes the right to read the group there. */
  armChildScopeNeedsRead: z.boolean(),
  /** A status that Resource Manager answers in place of `PendingApproval`: it has more words than anybody listed. */
  armPendingWord: z.string(),
})
export type Switches = z.infer<typeof Switches>

export const startingSwitches: Switches = {
  authenticationContexts: true,
  sessionsWithMfa: true,
  betaApprovals: 'present',
  auditDelayMs: 60_000,
  provisioningDelayMs: 0,
  unsettledReads: 0,
  pendingCancelAllowed: true,
  lapsedStatus: 'Failed',
  futureStartStatus: 'Granted',
  pendingStartHidden: true,
  groupEligibilityActivatesForMember: true,
  missingEligibility: 'EligibilityRule',
  auditReadsPerTenSeconds: 5,
  stagesWithoutApproval: 'shown',
  moreEnabledRules: [],
  groupWords: 'camelCase',
  groupContextCode: 'RoleAssignmentRequestAcrsValidationFailed',
  groupTargetSchedule: 'schedule',
  groupStageId: 'own',
  armIds: 'of-the-provider',
  armNulls: true,
  armSameName: 'RoleAssignmentRequestExists',
  armUnreadable: 403,
  armChildScopeNeedsRead: false,
  armPendingWord: 'PendingApproval',
}

/** Body of `POST /api/switches`: the switches to change and nothing else. */
export const SwitchChange = Switches.partial()
