import { z } from 'zod'
import { durationMs } from '../iso-duration.ts'
import type { Ask, AssignmentRequest, Schedule } from '../state/pim.ts'
import { roleKey } from '../state/pim-resources.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const actions = [
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

const text = z.string().nullish()
const instant = z.iso.datetime({ offset: true }).nullish()

const ScheduleInfo = z.object({
  startDateTime: instant,
  expiration: z.object({ type: z.string().nullish(), duration: text, endDateTime: instant }).nullish(),
  recurrence: z.null().optional(),
})

const Body = z.object({
  action: z.enum(actions),
  principalId: z.guid(),
  roleDefinitionId: z.guid(),
  directoryScopeId: z.string(),
  appScopeId: z.null().optional(),
  scheduleInfo: ScheduleInfo.nullish(),
  justification: text,
  ticketInfo: z.object({ ticketNumber: text, ticketSystem: text }).nullish(),
  isValidationOnly: z.boolean().nullish(),
  customData: text,
})

/**
 * The body of POST roleAssignmentScheduleRequests.
 * @throws {Refusal} 400 BadRequest, naming what is wrong with it.
 */
export function parseAsk(body: unknown): Ask {
  const parsed = Body.safeParse(body)
  if (!parsed.success) throw new Refusal(400, 'BadRequest', z.prettifyError(parsed.error))
  const { ticketInfo, scheduleInfo, ...wire } = parsed.data
  return {
    action: wire.action,
    principalId: wire.principalId.toLowerCase(),
    resource: roleKey(wire.roleDefinitionId.toLowerCase()),
    scope: wire.directoryScopeId,
    schedule: scheduleInfo == null ? null : parseSchedule(scheduleInfo),
    justification: wire.justification ?? null,
    ticket:
      ticketInfo == null
        ? null
        : { ticketNumber: ticketInfo.ticketNumber ?? null, ticketSystem: ticketInfo.ticketSystem ?? null },
    validationOnly: wire.isValidationOnly ?? false,
    customData: wire.customData ?? null,
  }
}

function parseSchedule({ startDateTime, expiration }: z.infer<typeof ScheduleInfo>): Schedule {
  const startsAt = startDateTime == null ? null : new Date(startDateTime)
  const { type = null, duration, endDateTime } = expiration ?? {}
  // Answers are camelCase; requests arrive in either casing and are taken in either.
  switch (type?.toLowerCase()) {
    case undefined:
    case 'noexpiration':
    case 'notspecified':
      return { startsAt, expiration: { kind: 'none' } }
    case 'afterduration': {
      const ms = durationMs(duration ?? '')
      if (duration == null || ms === undefined) throw new Refusal(400, 'BadRequest', `'${duration}' is no duration.`)
      return { startsAt, expiration: { kind: 'after', duration, ms } }
    }
    case 'afterdatetime':
      if (endDateTime == null) throw new Refusal(400, 'BadRequest', 'afterDateTime needs an endDateTime.')
      return { startsAt, expiration: { kind: 'at', end: new Date(endDateTime) } }
    default:
      throw new Refusal(400, 'BadRequest', `The expiration type '${type}' is unknown.`)
  }
}

/** A request's `scheduleInfo` as Graph answers it. */
export function scheduleInfoOf(tenant: EmulatedTenant, { ask, status, id, completedAt }: AssignmentRequest) {
  if (ask.schedule === null) return null
  const { expiration, startsAt } = ask.schedule
  const hidden = status === 'PendingApproval' && tenant.switches.pendingStartHidden
  // "Now" or earlier becomes the moment of provisioning.
  const began = tenant.assignments.find((assignment) => assignment.id === id)?.startsAt ?? completedAt ?? startsAt
  return {
    startDateTime: hidden ? null : ((status === 'PendingApproval' ? startsAt : began)?.toISOString() ?? null),
    recurrence: null,
    expiration: {
      type: { after: 'afterDuration', at: 'afterDateTime', none: 'noExpiration' }[expiration.kind],
      endDateTime: expiration.kind === 'at' ? expiration.end.toISOString() : null,
      duration: expiration.kind === 'after' ? expiration.duration : null,
    },
  }
}
