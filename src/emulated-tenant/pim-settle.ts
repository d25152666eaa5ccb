import { audit } from './pim-audit.ts'
import type { AssignmentRequest, RoleAssignment } from './pim-state.ts'
import type { EmulatedTenant } from './tenant.ts'

const approvalLapses = 24 * 3_600_000
const byTheClock = { who: 'entra', byToken: 'clock' } as const

/** Brings about what the product clock made due: lapsed requests, starts and ends, each at its own time and in order. */
export function settle(tenant: EmulatedTenant) {
  const due = [...tenant.requests.flatMap(lapse), ...tenant.assignments.flatMap(changes)]
    .filter(({ at }) => at <= tenant.now())
    .sort((one, other) => one.at.getTime() - other.at.getTime())
  for (const { apply } of due) apply()

  function lapse(request: AssignmentRequest) {
    if (request.status !== 'PendingApproval') return []
    const at = new Date(request.createdAt.getTime() + approvalLapses)
    return [{ at, apply: () => closeUndecided(tenant, request, at) }]
  }

  function changes(assignment: RoleAssignment) {
    const { startsAt, endsAt } = assignment
    const ends = endsAt === null ? [] : [{ at: endsAt, apply: () => end(tenant, assignment, endsAt) }]
    return [{ at: startsAt, apply: () => start(tenant, assignment) }, ...ends]
  }
}

function closeUndecided(tenant: EmulatedTenant, request: AssignmentRequest, at: Date) {
  request.status = tenant.switches.lapsedStatus
  request.completedAt = at
  if (request.step !== null) request.step.status = 'Expired'
  audit(tenant, { activity: 'Add member to role request expired (PIM activation)', request, by: null, at })
  tenant.record({ at, ...byTheClock, operation: 'lapsed', detail: { request: request.id } })
}

/** A scheduled activation begins; one that began at once was provisioned when it was made. */
function start(tenant: EmulatedTenant, assignment: RoleAssignment) {
  const request = tenant.requests.find(({ id }) => id === assignment.id)
  if (request === undefined || (request.status !== 'Granted' && request.status !== 'ScheduleCreated')) return
  request.status = 'Provisioned'
  request.completedAt = assignment.startsAt
  recordProvisioned(tenant, request, assignment, assignment.startsAt)
}

function end(tenant: EmulatedTenant, assignment: RoleAssignment, at: Date) {
  tenant.assignments.splice(tenant.assignments.indexOf(assignment), 1)
  const request = tenant.requests.find(({ id }) => id === assignment.id)
  const { roleId, principalId } = assignment
  if (request !== undefined)
    audit(tenant, { activity: 'Remove member from role (PIM activation expired)', request, by: null, at })
  tenant.record({ at, ...byTheClock, operation: 'expired', detail: { schedule: assignment.id, roleId, principalId } })
}

/** The one effect by which an activation is counted. */
export function recordProvisioned(
  tenant: EmulatedTenant,
  request: AssignmentRequest,
  { roleId, principalId, endsAt }: RoleAssignment,
  at: Date,
) {
  audit(tenant, {
    activity:
      request.ask.action === 'selfActivate'
        ? 'Add member to role completed (PIM activation)'
        : 'Add member to role in PIM completed (permanent)',
    request,
    by: request.createdBy.objectId,
    at,
  })
  const detail = { request: request.id, roleId, principalId, end: endsAt }
  tenant.record({ at, ...byTheClock, operation: 'provisioned', detail })
}
