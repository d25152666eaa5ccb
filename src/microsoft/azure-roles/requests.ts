import { createHash } from 'node:crypto'
import { z } from 'zod'
import { factsOf, sameTarget } from '../../entitlement/kinds/kinds.ts'
import { PersonId } from '../../people.ts'
import type { NativeRequest } from '../../request/native.ts'
import type { PersonCall } from '../../request/person-call.ts'
import { addTime, isoDuration } from '../../time.ts'
import type { Filing, OnBehalfOf } from '../../workflow/ports/engine.ts'
import type { PersonRequest } from '../on-behalf-of/allowed-calls.ts'
import type { Send } from '../on-behalf-of/broker.ts'
import { read, refusedHere } from '../on-behalf-of/outcome.ts'
import { durationOf, Empty, ScheduleInfo } from '../pim/requests.ts'
import { sameWord, standsIn } from '../pim/words.ts'
import { Instant } from '../wire/values.ts'
import { paths } from './allowed-calls.ts'
import { Instance, lets, pimVersion } from './lists.ts'
import { asAzureRole, type AzureTarget, nameIn, roleDefinitionOf, scopeIn } from './target.ts'

/** A roleAssignmentScheduleRequest, api-version 2020-10-01, with a null wherever it pleases. */
const Wire = z.object({
  name: z.string().toLowerCase(),
  properties: z.object({
    scope: z.string(),
    roleDefinitionId: z.string(),
    principalId: z.string(),
    requestType: z.string(),
    status: z.string(),
    scheduleInfo: ScheduleInfo.nullish(),
    justification: z.string().nullish(),
    ticketInfo: z.object({ ticketNumber: z.string().nullish() }).nullish(),
    createdOn: Instant.nullish(),
  }),
})
type Wire = z.infer<typeof Wire>

const OneRequest = Wire.transform((wire, check): NativeRequest => {
  const request = requestIn(wire)
  if (request !== undefined) return request
  check.addIssue({ code: 'custom', message: 'it is not of a person in the directory' })
  return z.NEVER
})

/** Activations only, newest first: what somebody asks to deactivate waits for nobody. */
const Activations = z
  .object({ value: z.array(Wire), nextLink: z.url().nullish() })
  .transform(({ value, nextLink }) => ({
    nextLink: nextLink ?? undefined,
    items: value
      .filter(({ properties }) => sameWord(properties.requestType, 'SelfActivate'))
      .flatMap((wire) => requestIn(wire) ?? []),
  }))

const Eligibilities = z
  .object({ value: z.array(Instance), nextLink: z.url().nullish() })
  .transform(({ value, nextLink }) => ({ items: value, nextLink: nextLink ?? undefined }))

/** Other words for a name that is taken: there is one already, and whether it is ours is to be compared. */
const nameTaken = new Set(['RoleAssignmentScheduleRequestExists', 'RoleAssignmentScheduleExists'])

interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextLink: string | undefined
}

/** More pages than this no person has; a service that goes on for ever is not followed for ever. */
const mostPages = 50

type Requests = Pick<OnBehalfOf, 'file' | 'own' | 'cancel' | 'deactivate' | 'toDecide'>

/** A person's own requests in PIM for Azure resources; delegated user_impersonation. */
export function azureRequests(person: PersonId, send: Send): Requests {
  const arm = (method: PersonRequest['method'], path: string, more: Partial<PersonRequest> = {}) =>
    send({ service: 'arm', method, path, ...more, query: { 'api-version': pimVersion, ...more.query } })

  async function all<Item>(
    path: string,
    filter: string,
    page: z.ZodType<Page<Item>>,
  ): Promise<PersonCall<readonly Item[]>> {
    const items: Item[] = []
    let query: PersonRequest['query'] = { $filter: filter }
    for (let pages = 0; pages < mostPages; pages += 1) {
      const found: PersonCall<Page<Item>> = read(page, await arm('GET', path, { query }))
      if (found.came !== 'done') return found
      items.push(...found.value.items)
      if (found.value.nextLink === undefined) return { came: 'done', value: items }
      // Only what the link asks for is taken over: where the call goes stays ours to say.
      query = Object.fromEntries(new URL(found.value.nextLink).searchParams)
    }
    return { came: 'unknown', detail: `more than ${mostPages} pages` }
  }

  const requests = async (filter: string): Promise<PersonCall<readonly NativeRequest[]>> => {
    const found = await all(paths.requests(), filter, Activations)
    if (found.came !== 'done') return found
    const newestFirst = found.value.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
    return { came: 'done', value: newestFirst }
  }

  const put = (target: AzureTarget, name: string, properties: object) =>
    arm('PUT', paths.request(target.scope, name), {
      body: { properties: { principalId: person, roleDefinitionId: roleDefinitionOf(target), ...properties } },
    })

  return {
    async file(filing) {
      const target = asAzureRole(filing.target)
      const found = await all(paths.eligible, 'asTarget()', Eligibilities)
      // Nothing that changes anything has left, so nothing is in doubt.
      if (found.came === 'unknown') return refusedHere('latchkey-could-not-read', found.detail)
      if (found.came !== 'done') return found
      const fitting = found.value.filter(lets(target))
      const from = fitting.find(({ principal }) => principal === person) ?? fitting[0]
      const filed = read(OneRequest, await put(target, nameFor(filing.request), activation(filing, from)))
      return filed.came === 'refused' && nameTaken.has(filed.code)
        ? { ...filed, code: 'RoleAssignmentRequestExists' }
        : filed
    },

    async own(asked) {
      const target = asAzureRole(asked)
      const found = await requests('asTarget()')
      if (found.came !== 'done') return found
      return { came: 'done', value: found.value.filter((each) => sameTarget(each.target, target)) }
    },

    /** A request is cancelled at its place, which its name does not say. */
    async cancel(nativeRequest) {
      const found = await requests('asTarget()')
      if (found.came === 'unknown') return refusedHere('latchkey-could-not-read', found.detail)
      if (found.came !== 'done') return found
      const own = found.value.find(({ id }) => id === nativeRequest)
      if (own === undefined) return refusedHere('latchkey-not-found', 'Azure lists no such request of yours', 404)
      return read(Empty, await arm('POST', paths.cancel(asAzureRole(own.target).scope, nativeRequest)))
    },

    /** Named too: where the answer was lost, the same name is there already and is looked at. */
    async deactivate({ request, target: asked }) {
      const target = asAzureRole(asked)
      const name = nameFor(`${request} end`)
      const ended = read(OneRequest, await put(target, name, { requestType: 'SelfDeactivate' }))
      const taken =
        ended.came === 'refused' && (nameTaken.has(ended.code) || sameWord(ended.code, 'RoleAssignmentRequestExists'))
      if (!taken) return ended
      const there = read(Wire, await arm('GET', paths.request(target.scope, name)))
      const same =
        there.came === 'done' &&
        sameWord(there.value.properties.requestType, 'SelfDeactivate') &&
        there.value.properties.principalId.toLowerCase() === person
      const value = same ? requestIn(there.value) : undefined
      return value !== undefined && sameTarget(value.target, target) ? { came: 'done', value } : ended
    },

    async toDecide() {
      const found = await requests('asApprover()')
      if (found.came !== 'done') return found
      return { came: 'done', value: found.value.filter(({ stands }) => stands === 'waiting') }
    },
  }
}

/**
 * The name under which a request is filed: that of ours, which makes a second filing of it meet the first. Whoever reads
 * it there knows whose it claims to be; a requester can choose any, so it proves nothing.
 */
function nameFor(ours: string): string {
  const own = /^req_([0-9a-f-]{36})$/.exec(ours)?.[1]
  if (own !== undefined) return own
  const hex = createHash('sha256').update(ours).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/** What narrows the eligibility narrows what is activated from it, and has to be named again. */
function activation(filing: Filing, from: z.infer<typeof Instance> | undefined) {
  return {
    requestType: 'SelfActivate',
    scheduleInfo: {
      startDateTime: filing.startsAt.toISOString(),
      expiration: { type: 'AfterDuration', duration: isoDuration(filing.duration) },
    },
    justification: filing.justification,
    ...(filing.ticket === null ? {} : { ticketInfo: { ticketNumber: filing.ticket, ticketSystem: 'Latchkey' } }),
    ...(from?.eligibility == null ? {} : { linkedRoleEligibilityScheduleId: scopeIn(from.eligibility) }),
    ...(from?.condition == null ? {} : { condition: from.condition.text, conditionVersion: from.condition.version }),
  }
}

function requestIn({ name, properties: wire }: Wire): NativeRequest | undefined {
  const principal = PersonId.safeParse(wire.principalId)
  if (!principal.success || !wire.createdOn) return undefined
  const target: AzureTarget = { kind: 'azureRole', role: nameIn(wire.roleDefinitionId), scope: scopeIn(wire.scope) }
  const stands = standsIn(wire.status)
  const lapses = factsOf(target).nativeStageLapses
  return {
    id: name,
    stands,
    said: wire.status,
    closesAt: stands === 'waiting' && lapses !== null ? addTime(wire.createdOn, lapses) : null,
    person: principal.data,
    target,
    duration: durationOf(wire.scheduleInfo),
    justification: wire.justification ?? '',
    ticket: wire.ticketInfo?.ticketNumber || null,
    customData: `req_${name}`,
    createdAt: wire.createdOn,
  }
}
