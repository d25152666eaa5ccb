import { randomUUID } from 'node:crypto'
import express from 'express'
import type { Express, NextFunction, Request, Response } from 'express'
import { armCallerOf, checkReader } from './arm/auth.ts'
import type { ArmCaller } from './arm/auth.ts'
import { listEligibilities } from './arm/eligibilities.ts'
import { holdsScope, scopesOf } from './state/azure-scopes.ts'
import type { Caller } from './state/caller.ts'
import { withFaults } from './faults.ts'
import { Refusal } from './refusal.ts'
import type { EmulatedTenant } from './state/tenant-state.ts'

const served = /^(\/.+)\/providers\/Microsoft\.Authorization\/roleEligibilityScheduleInstances\/?$/i
const version = '2020-10-01'

/** Azure Resource Manager, as far as seeing who is eligible for a role on a scope needs it. */
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
  app.use(answering(tenant))
  app.use((cause: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (!(cause instanceof Refusal)) return next(cause)
    const { status, code, message, headers } = cause
    response.status(status).set(headers).json({ error: { code, message } })
  })
  return app
}

function answering(tenant: EmulatedTenant) {
  return async (request: Request, response: Response) => {
    const caller = await armCallerOf(tenant, request.headers.authorization)
    response.locals['caller'] = {
      kind: caller.kind,
      who: caller.kind === 'app' ? caller.appId : String(caller.oid),
    } satisfies Pick<Caller, 'kind' | 'who'>
    response.json({ value: answer(tenant, caller, request) })
  }
}

function answer(tenant: EmulatedTenant, caller: ArmCaller, request: Request) {
  const { pathname, searchParams } = new URL(request.originalUrl, 'https://arm')
  const scope = served.exec(decodeURIComponent(pathname))?.[1]
  if (scope === undefined || request.method !== 'GET')
    throw new Refusal(404, 'InvalidResourceType', 'The resource type could not be found in this namespace.')
  const asked = searchParams.get('api-version')
  if (asked === null)
    throw new Refusal(400, 'MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required.')
  if (asked !== version)
    throw new Refusal(400, 'InvalidApiVersionParameter', `The api-version '${asked}' is invalid: use '${version}'.`)
  checkReader(tenant, caller, scope, 'Microsoft.Authorization/roleEligibilityScheduleInstances/read')
  checkExists(tenant, scope)
  return listEligibilities(tenant, scope, searchParams.get('$filter'))
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
