import { randomUUID } from 'node:crypto'
import { principalBy } from '../state/people-and-groups.ts'
import type { AssignmentRequest, AuditRecord } from '../state/pim.ts'
import { resourceBy } from '../state/pim-resources.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { waysOf } from './ways.ts'

/** The names PIM writes, the same for all three services. */
type Activity =
  | 'Add member to role requested (PIM activation)'
  | 'Add member to role completed (PIM activation)'
  | 'Add member to role request approved (PIM activation)'
  | 'Add member to role request denied (PIM activation)'
  | 'Add member to role canceled (PIM activation)'
  | 'PIM activation request expired'
  | 'Remove member from role completed (PIM deactivate)'
  | 'Remove member from role (PIM activation expired)'
  | 'Add member to role in PIM completed (permanent)'
  | 'Remove member from role in PIM completed (permanent)'

type Entry = {
  activity: Activity
  request: Pick<AssignmentRequest, 'id' | 'ask'>
  /** Object id; null where the service acts by itself. */
  by: string | null
  reason?: string | null
  at?: Date
}

export function audit(tenant: EmulatedTenant, { activity, request, by, reason = null, at = tenant.now() }: Entry) {
  const principal = by === null ? undefined : principalBy(tenant, by)
  const { ask } = request
  const record: AuditRecord = {
    id: `PIM_${randomUUID()}`,
    at,
    activity,
    requestId: request.id,
    operationType: activity.startsWith('Remove') ? 'Unassign' : 'Assign',
    result: 'success',
    reason: reason ?? ask.justification,
    initiator:
      principal?.kind === 'user'
        ? {
            objectId: principal.person.objectId,
            displayName: principal.person.displayName,
            userPrincipalName: principal.person.userPrincipalName,
          }
        : null,
    resource: ask.resource,
    principalId: ask.principalId,
    details: [
      ...waysOf(resourceBy(tenant, ask.resource)).audit.details(resourceBy(tenant, ask.resource)),
      ...(ask.ticket?.ticketNumber == null ? [] : [{ key: 'TicketNumber', value: ask.ticket.ticketNumber }]),
    ],
  }
  tenant.audits.push(record)
}
