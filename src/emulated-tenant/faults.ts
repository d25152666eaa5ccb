import type { NextFunction, Request, Response } from 'express'
import { setTimeout as pause } from 'node:timers/promises'
import type { Fault } from './state/fault.ts'
import type { Caller } from './state/caller.ts'
import { Refusal } from './refusal.ts'
import type { EmulatedTenant } from './state/tenant-state.ts'

/** What a service leaves in `response.locals` for the record of calls. */
export type CallLocals = { caller?: Caller }

/** Records every request to a service and lets the faults in force strike: before the effect, after it, or instead. */
export function withFaults(tenant: EmulatedTenant, service: NonNullable<Fault['service']>) {
  return async (request: Request, response: Response, next: NextFunction) => {
    const path = request.originalUrl
    const fromMs = performance.now()
    response.once('close', () => {
      const { caller }: CallLocals = response.locals
      tenant.calls.push({
        at: tenant.now(),
        fromMs,
        toMs: performance.now(),
        service,
        method: request.method,
        path,
        who: caller?.who ?? null,
        kind: caller?.kind ?? null,
        status: response.statusCode,
      })
    })
    const fault = strike(tenant, service, request.method, path)
    if (fault === undefined) return next()
    if (fault.delayMs !== undefined) await pause(fault.delayMs)
    if (fault.status !== undefined) return refuse(response, fault)
    if (fault.dropAnswer === true || fault.holdMs !== undefined) withhold(request, response, fault)
    next()
  }
}

/** The fault that meets this call, if any; one that strikes a number of times has struck once more. */
export function strike(tenant: EmulatedTenant, service: string, method: string, path: string): Fault | undefined {
  const fault = tenant.faults.find(
    (each) =>
      (each.service ?? service) === service &&
      (each.method ?? method).toUpperCase() === method &&
      (each.path === undefined || new RegExp(each.path).test(path)),
  )
  if (fault?.times !== undefined) {
    const left = fault.times - 1
    tenant.faults = tenant.faults.flatMap((each) => {
      if (each !== fault) return [each]
      return left > 0 ? [{ ...each, times: left }] : []
    })
  }
  return fault
}

const codes: Readonly<Record<number, string>> = {
  401: 'InvalidAuthenticationToken',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
}

function refuse(response: Response, fault: Fault) {
  const { status, code, message, headers } = refusalFor(fault)
  response.status(status).set(headers).json({ error: { code, message } })
}

/** What a fault answers in place of the service. */
export function refusalFor({ status = 500, retryAfter }: Fault): Refusal {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  return new Refusal(status, codes[status] ?? 'UnknownError', 'A fault was asked for.', headers)
}

/** The effect happens; the answer comes late, or the connection breaks in its place. */
function withhold(request: Request, response: Response, fault: Fault) {
  const end = response.end.bind(response)
  const later = (...answer: unknown[]) => {
    const act = () => {
      // The arguments are those of the call held back, so they fit whichever overload it was.
      if (fault.dropAnswer !== true) Reflect.apply(end, response, answer)
      else request.socket.destroy()
    }
    setTimeout(act, fault.holdMs ?? 0)
    return response
  }
  Object.assign(response, { end: later })
}
