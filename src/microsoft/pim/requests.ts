import { z } from 'zod'
import { factsOf, sameTarget, type Target } from '../../entitlement/kinds/kinds.ts'
import { PersonId } from '../../people.ts'
import type { NativeRequest } from '../../request/native.ts'
import { addTime, type Duration, isoDuration, milliseconds, parseDuration } from '../../time.ts'
import type { Filing, OnBehalfOf } from '../../workflow/ports/engine.ts'
import type { PersonCall } from '../../request/person-call.ts'
import type { Send } from '../on-behalf-of/broker.ts'
import { read } from '../on-behalf-of/outcome.ts'
import type { Query } from '../wire/graph-reader.ts'
import { Instant } from '../wire/values.ts'
import { sameWord, standsIn } from './words.ts'

export const ScheduleInfo = z.object({
  startDateTime: Instant.nullish(),
  expiration: z
    .object({ type: z.string().nullish(), duration: z.string().nullish(), endDateTime: Instant.nullish() })
    .nullish(),
})

/**
 * A request as either of PIM's services at Graph writes it, v1.0, beside what it is for. A field that Graph leaves out is
 * as good as null.
 */
const Wire = z.looseObject({
  id: z.string().toLowerCase(),
  action: z.string().nullish(),
  status: z.string(),
  principalId: z.string(),
  scheduleInfo: ScheduleInfo.nullish(),
  justification: z.string().nullish(),
  ticketInfo: z.object({ ticketNumber: z.string().nullish() }).nullish(),
  customData: z.string().nullish(),
  createdDateTime: Instant.nullish(),
  // So it is spelled in one of the published answers.
  createdDateTIme: Instant.nullish(),
})
type Wire = z.infer<typeof Wire>

/** How one of the services has requests filed, listed and taken back. */
export interface Requesting<Own extends Target> {
  readonly paths: {
    readonly requests: string
    readonly cancel: (id: string) => string
    readonly mine: (on: 'principal' | 'approver') => string
  }
  readonly own: (target: Target) => Own
  /** What a body says of a target. */
  readonly aim: (target: Own) => Readonly<Record<string, unknown>>
  /** Narrows a list of requests to those for something. */
  readonly filter: (target: Own) => string
  /** What a request is for; undefined where nothing here could be. */
  readonly target: z.ZodType<Own | undefined>
}

/** More pages than this no person has; a service that goes on for ever is not followed for ever. */
const mostPages = 50

type Requests = Pick<OnBehalfOf, 'file' | 'own' | 'cancel' | 'deactivate' | 'toDecide'>

/** A person's own requests in one of PIM's services at Graph. */
export function requestsOf<Own extends Target>(person: PersonId, send: Send, service: Requesting<Own>): Requests {
  const { paths } = service
  const OneRequest = Wire.transform((wire, check): NativeRequest => {
    const request = requestIn(service, wire)
    if (request !== undefined) return request
    check.addIssue({ code: 'custom', message: 'it is not of a person in the directory, or for something else' })
    return z.NEVER
  })
  /** Activations only: what somebody asks to deactivate waits for nobody. */
  const Activations = z
    .object({ value: z.array(Wire), '@odata.nextLink': z.url().optional() })
    .transform(({ value, '@odata.nextLink': next }) => ({
      next,
      requests: value
        .filter(({ action }) => sameWord(action, 'selfActivate'))
        .flatMap((wire) => requestIn(service, wire) ?? []),
    }))

  const aim = (target: Target) => ({ principalId: person, ...service.aim(service.own(target)) })
  const post = (body: unknown) => send({ service: 'graph', method: 'POST', path: paths.requests, body })

  return {
    file: async (filing) => read(OneRequest, await post(activation(filing))),

    async own(asked) {
      const target = service.own(asked)
      const found = await allOf(paths.mine('principal'), `action eq 'selfActivate' and ${service.filter(target)}`)
      if (found.came !== 'done') return found
      return { came: 'done', value: found.value.filter((each) => sameTarget(each.target, target)) }
    },

    async cancel(nativeRequest) {
      return read(Empty, await send({ service: 'graph', method: 'POST', path: paths.cancel(nativeRequest) }))
    },

    deactivate: async ({ request, target }) =>
      read(OneRequest, await post({ action: 'selfDeactivate', ...aim(target), customData: request })),

    toDecide: () => allOf(paths.mine('approver'), "status eq 'PendingApproval'"),
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

function requestIn<Own extends Target>(service: Requesting<Own>, wire: Wire): NativeRequest | undefined {
  const principal = PersonId.safeParse(wire.principalId)
  const target = service.target.safeParse(wire).data
  const createdAt = wire.createdDateTime ?? wire.createdDateTIme
  if (target === undefined || !principal.success || !createdAt) return undefined
  const stands = standsIn(wire.status)
  const lapses = factsOf(target).nativeStageLapses
  return {
    id: wire.id,
    stands,
    said: wire.status,
    closesAt: stands === 'waiting' && lapses !== null ? addTime(createdAt, lapses) : null,
    person: principal.data,
    target,
    duration: durationOf(wire.scheduleInfo),
    justification: wire.justification ?? '',
    ticket: wire.ticketInfo?.ticketNumber || null,
    customData: wire.customData ?? null,
    createdAt,
  }
}

/** Null where the request has no end, or names it by a date while its start is still open. */
export function durationOf(schedule: z.infer<typeof ScheduleInfo> | null | undefined): Duration | null {
  const { duration, endDateTime } = schedule?.expiration ?? {}
  if (duration) return parseDuration(duration) ?? null
  const start = schedule?.startDateTime
  return start && endDateTime ? milliseconds(endDateTime.getTime() - start.getTime()) : null
}
