import { z } from 'zod'
import { factsOf } from '../../entitlement/kinds/kinds.ts'
import { PersonId } from '../../people.ts'
import type { NativeRequest } from '../../request/native.ts'
import type { Stands } from '../../request/stands.ts'
import { sameTarget, type Target } from '../../entitlement/kinds/kinds.ts'
import { asRole } from './target.ts'
import { addTime, type Duration, isoDuration, milliseconds, parseDuration } from '../../time.ts'
import type { Filing, OnBehalfOf } from '../../workflow/ports/engine.ts'
import type { PersonCall } from '../../request/person-call.ts'
import { paths } from './allowed-calls.ts'
import type { Send } from '../on-behalf-of/broker.ts'
import { read } from '../on-behalf-of/outcome.ts'
import { type Query, quoted } from '../wire/graph-reader.ts'

const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

const ScheduleInfo = z.object({
  startDateTime: Instant.nullish(),
  expiration: z
    .object({ type: z.string().nullish(), duration: z.string().nullish(), endDateTime: Instant.nullish() })
    .nullish(),
})

/** A unifiedRoleAssignmentScheduleRequest, Graph v1.0. A field Graph leaves out is as good as null. */
const Wire = z.object({
  id: z.string().toLowerCase(),
  action: z.string().nullish(),
  status: z.string(),
  principalId: z.string(),
  roleDefinitionId: z.string().toLowerCase(),
  directoryScopeId: z.string().nullish(),
  scheduleInfo: ScheduleInfo.nullish(),
  justification: z.string().nullish(),
  ticketInfo: z.object({ ticketNumber: z.string().nullish() }).nullish(),
  customData: z.string().nullish(),
  createdDateTime: Instant,
})

const OneRequest = Wire.transform((wire, check): NativeRequest => {
  const request = requestOf(wire)
  if (request !== undefined) return request
  check.addIssue({ code: 'custom', message: 'it is not of a person in the directory' })
  return z.NEVER
})

/** Activations only: what somebody asks to deactivate waits for nobody, and what is inside one app is never ours. */
const Activations = z
  .object({ value: z.array(Wire), '@odata.nextLink': z.url().optional() })
  .transform(({ value, '@odata.nextLink': next }) => ({
    next,
    requests: value.filter(({ action }) => action === 'selfActivate').flatMap((wire) => requestOf(wire) ?? []),
  }))

/** More pages than this no person has; a service that goes on for ever is not followed for ever. */
const mostPages = 50

type Requests = Pick<OnBehalfOf, 'file' | 'own' | 'cancel' | 'deactivate' | 'toDecide'>

/** A person's own requests in PIM for directory roles; delegated RoleAssignmentSchedule.ReadWrite.Directory. */
export function roleRequests(person: PersonId, send: Send): Requests {
  const aim = (target: Target) => {
    const { role, scope } = asRole(target)
    return { principalId: person, roleDefinitionId: role, directoryScopeId: scope }
  }
  return {
    async file(filing) {
      return read(
        OneRequest,
        await send({ service: 'graph', method: 'POST', path: paths.requests, body: activation(filing) }),
      )
    },

    async own(asked) {
      const target = asRole(asked)
      const $filter = `action eq 'selfActivate' and roleDefinitionId eq ${quoted(target.role)}`
      const found = await allOf(paths.mine('principal'), $filter)
      if (found.came !== 'done') return found
      return { came: 'done', value: found.value.filter((each) => sameTarget(each.target, target)) }
    },

    async cancel(nativeRequest) {
      return read(Empty, await send({ service: 'graph', method: 'POST', path: paths.cancel(nativeRequest) }))
    },

    async deactivate({ request, target }) {
      const body = { action: 'selfDeactivate', ...aim(target), customData: request }
      return read(OneRequest, await send({ service: 'graph', method: 'POST', path: paths.requests, body }))
    },

    async toDecide() {
      return allOf(paths.mine('approver'), "status eq 'PendingApproval'")
    },
  }

  /** Every page, newest request first: one that is not on the first page is there all the same. */
  async function allOf(path: string, $filter: string): Promise<PersonCall<readonly NativeRequest[]>> {
    const requests: NativeRequest[] = []
    let query: Query = { $filter }
    for (let page = 0; page < mostPages; page += 1) {
      const found = read(Activations, await send({ service: 'graph', method: 'GET', path, query }))
      if (found.came !== 'done') return found
      requests.push(...found.value.requests)
      const { next } = found.value
      if (next === undefined) {
        const value = requests.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
        return { came: 'done', value }
      }
      // Only what the link asks for is taken over: where the call goes stays ours to say.
      query = Object.fromEntries(new URL(next).searchParams)
    }
    return { came: 'unknown', detail: `more than ${mostPages} pages of requests` }
  }

  function activation(filing: Filing) {
    return {
      action: 'selfActivate',
      ...aim(filing.target),
      scheduleInfo: {
        startDateTime: filing.startsAt.toISOString(),
        expiration: { type: 'afterDuration', duration: isoDuration(filing.duration) },
      },
      justification: filing.justification,
      ...(filing.ticket === null ? {} : { ticketInfo: { ticketNumber: filing.ticket, ticketSystem: 'Latchkey' } }),
      customData: filing.request,
    }
  }
}

/** The answer of a call that says nothing but its status; whatever else comes with it is of no interest. */
export const Empty = z.unknown().transform(() => null)

function requestOf(wire: z.infer<typeof Wire>): NativeRequest | undefined {
  const principal = PersonId.safeParse(wire.principalId)
  if (typeof wire.directoryScopeId !== 'string' || !principal.success) return undefined
  const stands = standsIn(wire.status)
  const lapses = factsOf({ kind: 'directoryRole' }).nativeStageLapses
  return {
    id: wire.id,
    stands,
    said: wire.status,
    closesAt: stands === 'waiting' && lapses !== null ? addTime(wire.createdDateTime, lapses) : null,
    person: principal.data,
    target: { kind: 'directoryRole', role: wire.roleDefinitionId, scope: wire.directoryScopeId },
    duration: durationOf(wire.scheduleInfo),
    justification: wire.justification ?? '',
    ticket: wire.ticketInfo?.ticketNumber || null,
    customData: wire.customData ?? null,
    createdAt: wire.createdDateTime,
  }
}

/** PIM's words for the status of a request; one that nobody here knows waits, since nothing else is known of it. */
const standsAs: Readonly<Record<string, Stands>> = {
  Granted: 'granting',
  Provisioned: 'granting',
  ScheduleCreated: 'scheduled',
  PendingProvisioning: 'granting',
  PendingScheduleCreation: 'granting',
  Denied: 'denied',
  AdminDenied: 'denied',
  Canceled: 'cancelled',
  Failed: 'failed',
  Revoked: 'failed',
  TimedOut: 'failed',
}
const standsIn = (status: string): Stands => standsAs[status] ?? 'waiting'

/** Null where the request has no end, or names it by a date while its start is still open. */
function durationOf(schedule: z.infer<typeof ScheduleInfo> | null | undefined): Duration | null {
  const { duration, endDateTime } = schedule?.expiration ?? {}
  if (duration) return parseDuration(duration) ?? null
  const start = schedule?.startDateTime
  return start && endDateTime ? milliseconds(endDateTime.getTime() - start.getTime()) : null
}
