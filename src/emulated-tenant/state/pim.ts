/** Who changes something through PIM, and what their sign-in proved. */
export type Actor = {
  who: string
  byToken: 'app' | 'delegated' | 'portal'
  /** Object id of the person; null for an app. */
  objectId: string | null
  mfa: boolean
  /** Authentication contexts of the token (`acrs`). */
  contexts: readonly string[]
}

type EnabledRule = 'Justification' | 'Ticketing' | 'MultiFactorAuthentication'

export type ActivationSettings = {
  /** ISO 8601, 1 to 24 hours. */
  maximumDuration: string
  enabledRules: readonly EnabledRule[]
  authenticationContext: string | null
  /** Object ids of people and groups; an empty list means Privileged Role and Global Administrators, null nobody. */
  approvers: readonly string[] | null
}

export type DirectoryRole = { id: string; displayName: string; activation: ActivationSettings }

export type RoleEligibility = {
  /** Of the schedule. */
  id: string
  roleId: string
  principalId: string
  startsAt: Date
  endsAt: Date | null
}

export type RoleAssignment = {
  /** Of the schedule; the request that made it bears the same. */
  id: string
  roleId: string
  principalId: string
  type: 'Assigned' | 'Activated'
  startsAt: Date
  endsAt: Date | null
  /** When the instance is first listed. */
  visibleFrom: Date
  /** How often its instance has been asked for since. */
  listings: number
  /** Id of the eligibility schedule it was activated from. */
  activatedUsing: string | null
  createdAt: Date
}

export type Action =
  | 'adminAssign'
  | 'adminUpdate'
  | 'adminRemove'
  | 'adminExtend'
  | 'adminRenew'
  | 'selfActivate'
  | 'selfDeactivate'
  | 'selfExtend'
  | 'selfRenew'

export type Schedule = {
  startsAt: Date | null
  /** Milliseconds from the start, an instant, or neither: no end. */
  expiration: { kind: 'after'; duration: string; ms: number } | { kind: 'at'; end: Date } | { kind: 'none' }
}

/** What POST roleAssignmentScheduleRequests asks for, as parsed from the wire. */
export type Ask = {
  action: Action
  principalId: string
  roleId: string
  scope: string
  schedule: Schedule | null
  justification: string | null
  ticket: { ticketNumber: string | null; ticketSystem: string | null } | null
  validationOnly: boolean
  customData: string | null
}

export type RequestStatus =
  | 'Canceled'
  | 'Denied'
  | 'Failed'
  | 'Granted'
  | 'PendingApproval'
  | 'Provisioned'
  | 'Revoked'
  | 'ScheduleCreated'
  | 'TimedOut'

export type ApprovalStep = {
  id: string
  result: 'NotReviewed' | 'Approve' | 'Deny'
  status: 'InProgress' | 'Completed' | 'Expired'
  justification: string | null
  /** Object id and instant of the decision. */
  reviewed: { by: string; at: Date } | null
}

export type AssignmentRequest = {
  id: string
  ask: Ask
  status: RequestStatus
  createdAt: Date
  completedAt: Date | null
  createdBy: { objectId: string | null; displayName: string | null }
  /** Null where the role asks for no approval; the approval's id is the request's. */
  step: ApprovalStep | null
  /** Id of the eligibility it activates; null for administrators' actions. */
  eligibilityId: string | null
}

export type AuditRecord = {
  id: string
  at: Date
  activity: string
  /** Id of the PIM request. */
  requestId: string
  operationType: string
  result: 'success' | 'failure'
  reason: string | null
  initiator: { objectId: string; displayName: string; userPrincipalName: string } | null
  roleId: string
  principalId: string
  details: readonly { key: string; value: string }[]
}
