import { audit } from './audit.ts'
import { enter, leave } from './memberships.ts'
import { detailOf } from './ways.ts'
import type { Assignment, AssignmentRequest } from '../state/pim.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const approvalLapses = 24 * 3_600_000
const byTheClock = { who: 'entra', byToken: 'clock' } as const

type Due = { at: Date; apply: () => void }

/** Brings about what the product clock made due: lapsed requests, starts and ends, each at its own time and in order. */
export function settle(tenant: EmulatedTenant) {
  // One at a time and looked up anew: applying one may take another away.
  for (let next = earliest(tenant); next !== undefined; next = earliest(tenant)) next.apply()
}

function earliest(tenant: EmulatedTenant): Due | undefined {
  const due = [
    ...tenant.requests.flatMap((request) => lapse(tenant, request)),
    ...tenant.assignments.flatMap((assignment) => [...start(tenant, assignment), ...end(tenant, assignment)]),
  ]
  return due
    .filter(({ at }) => at <= tenant.now())
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .at(0)
}

function lapse(tenant: EmulatedTenant, request: AssignmentRequest): Due[] {
  if (request.status !== 'PendingApproval') return []
  const at = new Date(request.createdAt.getTime() + approvalLapses)
  const apply = () => {
    request.status = tenant.switches.lapsedStatus
    request.completedAt = at
    if (request.step !== null) request.step.status = 'Expired'
    audit(tenant, { activity: 'PIM activation request expired', request, by: null, at })
    tenant.record({ at, ...byTheClock, operation: 'lapsed', detail: { request: request.id } })
  }
  return [{ at, apply }]
}

/** A scheduled activation begins; one that began at once was provisioned when it was made. */
function start(tenant: EmulatedTenant, assignment: Assignment): Due[] {
  const request = tenant.requests.find(({ id }) => id === assignment.id)
  if (request === undefined || (request.status !== 'Granted' && request.status !== 'ScheduleCreated')) return []
  const at = assignment.startsAt
  const apply = () => {
    request.status = 'Provisioned'
    request.completedAt = at
    recordProvisioned(tenant, request, assignment, at)
  }
  return [{ at, apply }]
}

function end(tenant: EmulatedTenant, assignment: Assignment): Due[] {
  const { endsAt: at, resource, principalId } = assignment
  if (at === null) return []
  const apply = () => {
    tenant.assignments.splice(tenant.assignments.indexOf(assignment), 1)
    leave(tenant, assignment)
    const request = tenant.requests.find(({ id }) => id === assignment.id)
    if (request !== undefined)
      audit(tenant, { activity: 'Remove member from role (PIM activation expired)', request, by: null, at })
    const detail = { schedule: assignment.id, ...detailOf(tenant, resource), principalId }
    tenant.record({ at, ...byTheClock, operation: 'expired', detail })
  }
  return [{ at, apply }]
}

/** The one effect by which an activation is counted. */
export function recordProvisioned(
  tenant: EmulatedTenant,
  request: AssignmentRequest,
  assignment: Assignment,
  at: Date,
) {
  const { resource, principalId, endsAt } = assignment
  enter(tenant, assignment)
  audit(tenant, {
    activity:
      request.ask.action === 'selfActivate'
        ? 'Add member to role completed (PIM activation)'
        : 'Add member to role in PIM completed (permanent)',
    request,
    by: request.createdBy.objectId,
    at,
  })
  const detail = { request: request.id, ...detailOf(tenant, resource), principalId, end: endsAt }
  tenant.record({ at, ...byTheClock, operation: 'provisioned', detail })
}
