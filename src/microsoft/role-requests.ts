import { z } from 'zod'
import { PersonId } from '../people.ts'
import type { Target } from '../request/events.ts'
import { type Duration, isoDuration, milliseconds, parseDuration } from '../time.ts'
import type { EntraRequest, Filing, Hand } from '../workflow/ports.ts'
import { paths } from './allowed-calls.ts'
import type { Send } from './broker.ts'
import { read } from './outcome.ts'
import { quoted } from './request.ts'

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

const OneRequest = Wire.transform((wire, check): EntraRequest => {
  const request = requestOf(wire)
  if (request !== undefined) return request
  check.addIssue({ code: 'custom', message: 'it is not of a person in the directory' })
  return z.NEVER
})

/** Activations only: what somebody asks to deactivate waits for nobody, and what is inside one app is never ours. */
const Activations = z.object({ value: z.array(Wire) }).transform(({ value }) =>
  value
    .filter(({ action }) => action === 'selfActivate')
    .flatMap((wire) => requestOf(wire) ?? [])
    .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime()),
)

type Requests = Pick<Hand, 'file' | 'own' | 'cancel' | 'deactivate' | 'toDecide'>

/** A person's own requests in PIM for directory roles; delegated RoleAssignmentSchedule.ReadWrite.Directory. */
export function roleRequests(person: PersonId, send: Send): Requests {
  const aim = (target: Target) => ({
    principalId: person,
    roleDefinitionId: target.roleDefinitionId,
    directoryScopeId: target.scope,
  })
  return {
    async file(filing) {
      return read(OneRequest, await send({ method: 'POST', path: paths.requests, body: activation(filing) }))
    },

    async own(target) {
      const $filter = `action eq 'selfActivate' and roleDefinitionId eq ${quoted(target.roleDefinitionId)}`
      const outcome = await send({ method: 'GET', path: paths.mine('principal'), query: { $filter } })
      const found = read(Activations, outcome)
      if (found.came !== 'done') return found
      return { came: 'done', value: found.value.filter((each) => each.target.scope === target.scope) }
    },

    async cancel(entraRequest) {
      return read(Empty, await send({ method: 'POST', path: paths.cancel(entraRequest) }))
    },

    async deactivate({ request, target }) {
      const body = { action: 'selfDeactivate', ...aim(target), customData: request }
      return read(OneRequest, await send({ method: 'POST', path: paths.requests, body }))
    },

    async toDecide() {
      const query = { $filter: "status eq 'PendingApproval'" }
      return read(Activations, await send({ method: 'GET', path: paths.mine('approver'), query }))
    },
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

function requestOf(wire: z.infer<typeof Wire>): EntraRequest | undefined {
  const principal = PersonId.safeParse(wire.principalId)
  if (typeof wire.directoryScopeId !== 'string' || !principal.success) return undefined
  return {
    id: wire.id,
    status: wire.status,
    person: principal.data,
    target: { kind: 'directoryRole', roleDefinitionId: wire.roleDefinitionId, scope: wire.directoryScopeId },
    duration: durationOf(wire.scheduleInfo),
    justification: wire.justification ?? '',
    ticket: wire.ticketInfo?.ticketNumber || null,
    customData: wire.customData ?? null,
    createdAt: wire.createdDateTime,
  }
}

/** Null where the request has no end, or names it by a date while its start is still open. */
function durationOf(schedule: z.infer<typeof ScheduleInfo> | null | undefined): Duration | null {
  const { duration, endDateTime } = schedule?.expiration ?? {}
  if (duration) return parseDuration(duration) ?? null
  const start = schedule?.startDateTime
  return start && endDateTime ? milliseconds(endDateTime.getTime() - start.getTime()) : null
}
