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

/** The three services that PIM is, in its own words. */
export type PimService = 'entraRoles' | 'entraGroups' | 'azureResources'

/** What PIM guards: a directory role, membership or ownership of a group, an Azure role at a scope. */
export type Resource = {
  /** Tells it from all others; of a directory role its id. */
  readonly key: string
  readonly service: PimService
  /** Of the role's definition, or of the group. */
  readonly id: string
  /** `/` for the directory, a group's id, or the id of a place in Azure. */
  readonly scope: string
  /** What a group gives; null for a role. */
  readonly access: 'member' | 'owner' | null
  /** As the tenant file names it. */
  readonly name: string
  activation: ActivationSettings
  /** A group is taken in by PIM with its first request or changed setting; a role always is. */
  onboarded: boolean
}

/** Narrows an Azure role by attributes; no other service has one. */
export type Condition = { text: string; version: string }

export type Eligibility = {
  /** Of the schedule. */
  id: string
  /** Key of what may be activated. */
  resource: string
  principalId: string
  startsAt: Date
  endsAt: Date | null
  condition?: Condition | null
}

export type Assignment = {
  /** Of the schedule; the request that made it bears the same. */
  id: string
  /** Key of what is held. */
  resource: string
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
  condition?: Condition | null
}

export const actions = [
  'adminAssign',
  'adminUpdate',
  'adminRemove',
  'adminExtend',
  'adminRenew',
  'selfActivate',
  'selfDeactivate',
  'selfExtend',
  'selfRenew',
] as const
export type Action = (typeof actions)[number]

export type Schedule = {
  startsAt: Date | null
  /** Milliseconds from the start, an instant, or neither: no end. */
  expiration: { kind: 'after'; duration: string; ms: number } | { kind: 'at'; end: Date } | { kind: 'none' }
}

/** What a request asks for, as parsed from the wire of its service. */
export type Ask = {
  action: Action
  principalId: string
  /** Key of what is asked for. */
  resource: string
  /** As it was asked with. */
  scope: string
  schedule: Schedule | null
  justification: string | null
  ticket: { ticketNumber: string | null; ticketSystem: string | null } | null
  validationOnly: boolean
  customData: string | null
  condition?: Condition | null
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
  /** Null where no approval is asked for; the approval's id is the request's. */
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
  /** Key of what it is about. */
  resource: string
  principalId: string
  details: readonly { key: string; value: string }[]
}
