import { randomUUID } from 'node:crypto'
import express from 'express'
import type { Express, NextFunction, Request, Response } from 'express'
import { refusalFor, strike, withFaults } from './faults.ts'
import { approvalOperations } from './directory-roles/approval-operations.ts'
import { auditOperations } from './directory/audit-operations.ts'
import { callerOf, checkPermission } from './graph/auth.ts'
import { answerBatch } from './graph/batch.ts'
import type { Caller } from './state/caller.ts'
import type { GraphAnswer, GraphHandler } from './graph/call.ts'
import { directoryOperations } from './directory/directory-operations.ts'
import { packageOperations } from './packages/package-operations.ts'
import { groupApprovalOperations } from './groups/group-approvals.ts'
import { pimGroupOperations } from './groups/group-operations.ts'
import { groupRequestOperations } from './groups/group-requests.ts'
import { policyOperations } from './directory/policy-operations.ts'
import { requestOperations } from './directory-roles/request-operations.ts'
import { roleOperations } from './directory-roles/role-operations.ts'
import { settle } from './pim/settle.ts'
import { Refusal } from './refusal.ts'
import { betaScopes } from './graph/scopes.ts'
import type { EmulatedTenant } from './state/tenant-state.ts'

type Route = { operation: string; method: string; path: RegExp; handler: GraphHandler }

/** Microsoft Graph under `/v1.0` and `/beta`, as far as asking for directory roles, and seeing what else there is to ask for, needs it. */
export function graphApp(tenant: EmulatedTenant): Express {
  const app = express()
  const routes = routesOf({
    ...directoryOperations,
    ...roleOperations,
    ...requestOperations,
    ...approvalOperations,
    ...policyOperations,
    ...pimGroupOperations,
    ...groupRequestOperations,
    ...groupApprovalOperations,
    ...packageOperations,
    ...auditOperations(),
  })
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(identify)
  app.use(withFaults(tenant, 'graph'))
  app.use(express.json())
  app.use(answering(tenant, routes))
  app.use((cause: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (cause instanceof SyntaxError)
      sendError(tenant, response, new Refusal(400, 'BadRequest', 'The body is not JSON.'))
    else if (cause instanceof Refusal) sendError(tenant, response, cause)
    else next(cause)
  })
  return app
}

function answering(tenant: EmulatedTenant, routes: readonly Route[]) {
  return async (request: Request, response: Response) => {
    // Whatever the clock made due in the meantime must have happened before anybody looks.
    settle(tenant)
    const caller = await callerOf(tenant, request.headers.authorization)
    response.locals['caller'] = caller
    const batch = /^\/(v1\.0|beta)\/\$batch$/.exec(new URL(request.originalUrl, 'https://graph').pathname)
    const asked = { method: request.method, url: request.originalUrl, body: request.body as unknown }
    const answer =
      batch?.[1] !== undefined && request.method === 'POST'
        ? answerBatch(
            { version: batch[1], caller, body: asked.body },
            ({ method, body }, url) => {
              const fault = strike(tenant, 'graph', method, url)
              if (fault?.status !== undefined) throw refusalFor(fault)
              return serve(tenant, routes, caller, { method, url, body })
            },
            (refusal) => ({ error: { code: refusal.code, message: refusal.message } }),
          )
        : serve(tenant, routes, caller, asked)
    if (answer.body === undefined) response.status(answer.status).end()
    else response.status(answer.status).json(answer.body)
  }
}

function serve(
  tenant: EmulatedTenant,
  routes: readonly Route[],
  caller: Caller,
  { method, url, body }: { method: string; url: string; body: unknown },
): GraphAnswer {
  const { pathname, searchParams } = new URL(url, 'https://graph')
  const { route, keys } = find(routes, method, pathname)
  checkPermission(route.operation, caller)
  return route.handler({ tenant, caller, keys, path: pathname, parameters: searchParams, body })
}

/** Graph names every answer; the client's own id comes back, or ours where it sent none. */
function identify(request: Request, response: Response, next: NextFunction) {
  const id = randomUUID()
  response.set('request-id', id)
  response.set('client-request-id', request.get('client-request-id') ?? id)
  next()
}

function sendError(tenant: EmulatedTenant, response: Response, { status, code, message, headers }: Refusal) {
  const innerError = {
    date: tenant.realNow().toISOString().slice(0, 19),
    'request-id': response.get('request-id'),
    'client-request-id': response.get('client-request-id'),
  }
  response.status(status).set(headers).json({ error: { code, message, innerError } })
}

/** `GET /users/{user-id}` becomes a pattern that takes one segment per key, `filterByCurrentUser(on='…')` included. */
function routesOf(operations: Readonly<Record<string, GraphHandler>>): Route[] {
  return Object.entries(operations).map(([operation, handler]) => {
    const [method = '', template = ''] = operation.split(' ')
    const versions = operation in betaScopes ? 'beta' : 'v1\\.0|beta'
    const path = template.replaceAll(/[().]/g, '\\$&').replaceAll(/\{[^}]+\}/g, "([^/()']+)")
    return { operation, method, path: new RegExp(`^/(?:${versions})${path}/?$`), handler }
  })
}

/** @throws {Refusal} 400 for a path that Graph would not know, 405 for another method of one it does. */
function find(routes: readonly Route[], method: string, pathname: string): { route: Route; keys: string[] } {
  const path = decodeURIComponent(pathname)
  const fitting = routes.flatMap((route) => {
    const match = route.path.exec(path)
    return match === null ? [] : [{ route, keys: match.slice(1) }]
  })
  const found = fitting.find(({ route }) => route.method === method)
  if (found !== undefined) return found
  if (fitting.length > 0) throw new Refusal(405, 'Request_BadRequest', `${method} is not allowed here.`)
  throw new Refusal(400, 'BadRequest', `Resource not found for the segment '${path.split('/').at(-1)}'.`)
}
