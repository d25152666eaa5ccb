import { randomUUID } from 'node:crypto'
import express from 'express'
import type { Express, NextFunction, Request, Response } from 'express'
import { approvalHandlers } from './arm/approvals.ts'
import { armCallerOf, mayRead } from './arm/auth.ts'
import type { ArmAnswer, ArmHandler } from './arm/call.ts'
import type { ArmCaller } from './arm/auth.ts'
import { requestHandlers } from './arm/requests.ts'
import { scheduleHandlers } from './arm/schedules.ts'
import { settingHandlers } from './arm/settings.ts'
import { answered } from './arm/wire.ts'
import { holdsScope, scopesOf } from './state/azure-scopes.ts'
import type { Caller } from './state/caller.ts'
import { withFaults } from './faults.ts'
import { settle } from './pim/settle.ts'
import { Refusal } from './refusal.ts'
import type { EmulatedTenant } from './state/tenant-state.ts'

/** A place, empty for the tenant as a whole; the type; and what follows it. */
const served = /^(|\/.+)\/providers\/Microsoft\.Authorization\/([A-Za-z]+)((?:\/[^/]+)*)\/?$/i

const versions: Readonly<Record<string, string>> = {
  roleassignmentapprovals: '2021-01-01-preview',
  roleassignments: '2022-04-01',
  roledefinitions: '2022-04-01',
  subscriptions: '2021-01-01',
}
const pimVersion = '2020-10-01'

const handlers = new Map<string, ArmHandler>(
  Object.entries({ ...scheduleHandlers, ...requestHandlers, ...approvalHandlers, ...settingHandlers }).map(
    ([operation, handler]) => [operation.toLowerCase(), handler],
  ),
)

/** Azure Resource Manager, as far as granting roles on its scopes through PIM needs it. */
export function armApp(tenant: EmulatedTenant): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use((request: Request, response: Response, next: NextFunction) => {
    response.set('x-ms-request-id', randomUUID())
    response.set('x-ms-correlation-request-id', request.get('x-ms-correlation-request-id') ?? randomUUID())
    next()
  })
  app.use(withFaults(tenant, 'arm'))
  app.use(express.json())
  app.use(answering(tenant))
  app.use((cause: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (cause instanceof SyntaxError) {
      response.status(400).json({ error: { code: 'InvalidRequestContent', message: 'The body is not JSON.' } })
      return
    }
    if (!(cause instanceof Refusal)) return next(cause)
    const { status, code, message, headers } = cause
    response.status(status).set(headers).json({ error: { code, message } })
  })
  return app
}

function answering(tenant: EmulatedTenant) {
  return async (request: Request, response: Response) => {
    // Whatever the clock made due in the meantime must have happened before anybody looks.
    settle(tenant)
    const caller = await armCallerOf(tenant, request.headers.authorization)
    response.locals['caller'] = {
      kind: caller.kind,
      who: caller.kind === 'app' ? caller.appId : caller.person.id,
    } satisfies Pick<Caller, 'kind' | 'who'>
    const { status, body } = answer(tenant, caller, request)
    if (body === undefined) response.status(status).end()
    else response.status(status).json(answered(tenant, body))
  }
}

function answer(tenant: EmulatedTenant, caller: ArmCaller, request: Request): ArmAnswer {
  const { pathname, searchParams } = new URL(request.originalUrl, 'https://arm')
  if (request.method === 'GET' && /^\/subscriptions\/?$/i.test(pathname)) {
    checkVersion('subscriptions', searchParams.get('api-version'))
    return listSubscriptions(tenant, caller)
  }
  const [, scope = '', type = '', rest = ''] = served.exec(decodeURIComponent(pathname)) ?? []
  const handler = handlers.get(`${request.method} ${type}`.toLowerCase())
  if (handler === undefined)
    throw new Refusal(404, 'InvalidResourceType', 'The resource type could not be found in this namespace.')
  checkVersion(type, searchParams.get('api-version'))
  if (scope !== '') checkExists(tenant, scope)
  return handler({
    tenant,
    caller,
    method: request.method,
    scope,
    names: rest.split('/').slice(1),
    filter: searchParams.get('$filter'),
    body: request.body,
  })
}

/** GET /subscriptions: those that the caller may read. */
function listSubscriptions(tenant: EmulatedTenant, caller: ArmCaller): ArmAnswer {
  const value = tenant.seed.azure.subscriptions
    .map(({ id, name }) => ({ id: `/subscriptions/${id}`, subscriptionId: id, displayName: name, state: 'Enabled' }))
    .filter(({ id }) => mayRead(tenant, caller, id))
  return { status: 200, body: { value } }
}

/** @throws {Refusal} 400 where none, or another than the one that is served, is asked for. */
function checkVersion(type: string, asked: string | null) {
  const version = versions[type.toLowerCase()] ?? pimVersion
  if (asked === null)
    throw new Refusal(400, 'MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required.')
  if (asked !== version)
    throw new Refusal(400, 'InvalidApiVersionParameter', `The api-version '${asked}' is invalid: use '${version}'.`)
}

/** @throws {Refusal} 404 for a scope that is not there, by the kind of thing that is missing. */
function checkExists(tenant: EmulatedTenant, scope: string) {
  const known = [...scopesOf(tenant).values()]
  if (known.some((each) => each.toLowerCase() === scope.toLowerCase())) return
  const parts = scope.split('/')
  const [subscription, group] = [parts.slice(0, 3).join('/'), parts.slice(0, 5).join('/')]
  const isThere = (id: string) => known.some((each) => holdsScope(id, each))
  if (!isThere(subscription))
    throw new Refusal(404, 'SubscriptionNotFound', `The subscription '${parts[2]}' could not be found.`)
  if (parts.length >= 5 && !isThere(group))
    throw new Refusal(404, 'ResourceGroupNotFound', `Resource group '${parts[4]}' could not be found.`)
  throw new Refusal(404, 'ResourceNotFound', `The Resource '${scope}' was not found.`)
}
