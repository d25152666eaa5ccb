import { personBy } from '../state/people-and-groups.ts'
import { list } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import { parseQuery } from '../graph/odata-query.ts'
import type { EntityType } from '../graph/odata-query.ts'
import type { AuditRecord } from '../state/pim.ts'
import { Refusal } from '../refusal.ts'
import { resourceBy } from '../state/pim-resources.ts'
import { waysOf } from '../pim/ways.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const windowMs = 10_000

export function auditType(tenant: EmulatedTenant): EntityType<AuditRecord> {
  return {
    name: 'microsoft.graph.directoryAudit',
    properties: (record) => {
      const principal = personBy(tenant, record.principalId)
      const target = { modifiedProperties: [], groupType: null, userPrincipalName: null }
      const { initiator } = record
      const resource = resourceBy(tenant, record.resource)
      const { category, targetType } = waysOf(resource).audit
      return {
        id: record.id,
        category,
        // PIM writes the request's id here; seen in public queries, not promised.
        correlationId: record.requestId,
        result: record.result,
        resultReason: record.reason,
        activityDisplayName: record.activity,
        activityDateTime: record.at.toISOString(),
        loggedByService: 'PIM',
        operationType: record.operationType,
        initiatedBy:
          initiator === null
            ? {
                user: null,
                app: { appId: null, displayName: 'Azure AD PIM', servicePrincipalId: null, servicePrincipalName: null },
              }
            : {
                user: {
                  id: initiator.objectId,
                  displayName: initiator.displayName,
                  userPrincipalName: initiator.userPrincipalName,
                },
                app: null,
              },
        targetResources: [
          {
            ...target,
            id: resource.id,
            displayName: resource.name,
            type: targetType,
          },
          { ...target, id: record.requestId, displayName: null, type: 'Request' },
          {
            ...target,
            id: record.principalId,
            displayName: principal?.displayName ?? null,
            userPrincipalName: principal?.userPrincipalName ?? null,
            type: principal === undefined ? 'Group' : 'User',
          },
        ],
        additionalDetails: record.details,
      }
    },
    filterable: {
      loggedByService: ['eq'],
      activityDisplayName: ['eq', 'startswith'],
      activityDateTime: ['eq', 'ge', 'le'],
      correlationId: ['eq'],
      category: ['eq'],
      result: ['eq'],
      'initiatedBy/user/id': ['eq'],
      'initiatedBy/user/userPrincipalName': ['eq', 'startswith'],
    },
  }
}

/** Five reads in ten seconds of real time per app, as the reporting APIs allow. */
function throttle({ tenant, caller }: GraphCall, reads: Map<string, number[]>) {
  const allowed = tenant.switches.auditReadsPerTenSeconds
  const now = tenant.realNow().getTime()
  const recent = (reads.get(caller.appId) ?? []).filter((at) => now - at < windowMs)
  if (allowed > 0 && recent.length >= allowed) {
    const wait = Math.ceil((windowMs - (now - (recent[0] ?? now))) / 1000)
    throw new Refusal(429, 'TooManyRequests', 'Too many requests.', { 'Retry-After': String(wait) })
  }
  reads.set(caller.appId, [...recent, now])
}

export function auditOperations(): Readonly<Record<string, GraphHandler>> {
  const reads = new Map<string, number[]>()
  return {
    'GET /auditLogs/directoryAudits': (call) => {
      throttle(call, reads)
      const { tenant, parameters } = call
      const upTo = tenant.now().getTime() - tenant.switches.auditDelayMs
      const written = tenant.audits.filter(({ at }) => at.getTime() <= upTo)
      const oldestFirst = parseQuery(parameters).newestFirst === false
      return list(call, auditType(tenant), oldestFirst ? written : written.toReversed())
    },
  }
}
