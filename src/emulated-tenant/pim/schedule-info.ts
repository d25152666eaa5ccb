import { z } from 'zod'
import { durationMs } from '../iso-duration.ts'
import type { AssignmentRequest, Schedule } from '../state/pim.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const text = z.string().nullish()
const instant = z.iso.datetime({ offset: true }).nullish()

/** `scheduleInfo` as all three services take it, in either casing. */
export const ScheduleInfo = z.object({
  startDateTime: instant,
  expiration: z.object({ type: text, duration: text, endDateTime: instant }).nullish(),
  recurrence: z.null().optional(),
})

/** @throws {Refusal} 400 for an expiration that is none. */
export function parseSchedule(wire: z.infer<typeof ScheduleInfo> | null | undefined): Schedule | null {
  if (wire == null) return null
  const { startDateTime, expiration } = wire
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

/** The same of what was made of it. */
export const scheduleOf = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }) => ({
  startDateTime: startsAt.toISOString(),
  recurrence: null,
  expiration: {
    type: endsAt === null ? 'noExpiration' : 'afterDateTime',
    endDateTime: endsAt?.toISOString() ?? null,
    duration: null,
  },
})
