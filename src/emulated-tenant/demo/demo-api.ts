import express from 'express'
import type { RequestListener } from 'node:http'
import type { NextFunction, Request, Response } from 'express'
import { z } from 'zod'
import { chatApi, refuse } from '../teams/chat-api.ts'
import { ChannelSwitches } from '../teams/channel.ts'
import type { Channel } from '../teams/channel.ts'
import { chatPage } from '../teams/page-files.ts'
import { durationMs } from '../iso-duration.ts'
import { portal } from './portal.ts'
import { signInPages } from '../teams/sign-in-pages.ts'
import { changeFaults, changeSwitches } from '../tenant.ts'
import { view } from './view.ts'

/** Whoever owns clock, processes and reset: the supervisor, over IPC. Answers with an HTTP status and a body. */
export type Supervisor = (ask: SupervisorRequest) => Promise<{ status: number; body: unknown }>

export type SupervisorRequest =
  | { what: 'clock'; advanceMs: number }
  | { what: 'clock'; now: string }
  | { what: 'process'; which: 'bot' | 'executor'; n: number; do: 'kill' | 'term' | 'start' }
  | { what: 'reset' }

const Duration = z.string().transform((text, context) => {
  const ms = durationMs(text)
  if (ms === undefined) context.addIssue({ code: 'custom', message: `not an ISO 8601 duration: ${text}` })
  return ms ?? z.NEVER
})
const Clock = z.union([
  z.strictObject({ advance: Duration }),
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
])
const Process = z.object({ which: z.enum(['bot', 'executor']), n: z.coerce.number().int().min(0) })
const ProcessOrder = z.strictObject({ do: z.enum(['kill', 'term', 'start']) })

/**
 * The demo's HTTP API and, beside it, the chat page.
 * Refuses with 403 what names another host or origin than `origin()`: a page elsewhere that rebinds its name to
 * loopback could otherwise act as anybody here.
 */
export function demoApp(
  channel: Channel,
  supervisor: Supervisor,
  origin: () => string,
  entra: RequestListener,
): express.Express {
  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.use((req, res, next) => onlyOwnOrigin(origin(), req, res, next))
  app.use(signInPages(channel, entra))
  app.use('/api', (_, res, next) => void (res.set('cache-control', 'no-store'), next()))
  app.use('/api', express.json({ limit: '1mb' }))
  app.use('/api/people', chatApi(channel))
  app.get('/api/tenant', (_, res) => void res.json(wholeView(channel)))
  app.get('/api/tenant/:part', (req, res) => {
    const part = Object.entries(view(channel.tenant)).find(([name]) => name === req.params.part)
    if (part) res.json(part[1])
    else refuse(res, 404, `The tenant has no part ${req.params.part}.`)
  })
  app.post('/api/tenant/portal', (req, res) => {
    const result = portal(channel.tenant, req.body)
    if (result.ok) res.json(result.value ?? {})
    else refuse(res, result.status, result.message)
  })
  app.get('/api/clock', (_, res) => void res.json({ now: channel.tenant.now().toISOString() }))
  app.post('/api/clock', (req, res) => relay(supervisor, clockRequest(req.body), res))
  app.post('/api/processes/:which/:n', (req, res) => {
    const order = { ...Process.parse(req.params), do: ProcessOrder.parse(req.body).do }
    return relay(supervisor, { what: 'process', ...order }, res)
  })
  app.post('/api/reset', (_, res) => relay(supervisor, { what: 'reset' }, res))
  app.post('/api/faults', (req, res) => void res.json(changeFaults(channel.tenant, req.body)))
  app.get('/api/switches', (_, res) => void res.json({ ...channel.tenant.switches, ...channel.switches }))
  app.post('/api/switches', (req, res) => setSwitches(channel, req, res))
  app.use('/api', (req, res) => refuse(res, 404, `There is no ${req.method} ${req.originalUrl}.`))
  app.use(chatPage())
  app.use(explain)
  return app
}

/** The parts that tell the present state; what happened so far is long, and asked for by its part. */
function wholeView(channel: Channel) {
  const past = new Set(['audit', 'effects', 'calls'])
  return Object.fromEntries(Object.entries(view(channel.tenant)).filter(([name]) => !past.has(name)))
}

function clockRequest(body: unknown): SupervisorRequest {
  const move = Clock.parse(body)
  return 'now' in move ? { what: 'clock', now: move.now } : { what: 'clock', advanceMs: move.advance }
}

async function relay(supervisor: Supervisor, request: SupervisorRequest, res: Response): Promise<void> {
  const { status, body } = await supervisor(request)
  res.status(status).json(body ?? {})
}

/** Switches of the tenant and of Teams in one call; nothing is set where one of them is wrong. */
function setSwitches(channel: Channel, req: Request, res: Response): void {
  const wanted = Object.entries(z.record(z.string(), z.unknown()).parse(req.body))
  const ofTeams = ([name]: [string, unknown]) => name in channel.switches
  const change = ChannelSwitches.partial().parse(Object.fromEntries(wanted.filter(ofTeams)))
  changeSwitches(channel.tenant, Object.fromEntries(wanted.filter((each) => !ofTeams(each))))
  Object.assign(channel.switches, change)
  res.json({ ...channel.tenant.switches, ...channel.switches })
}

function onlyOwnOrigin(own: string, req: Request, res: Response, next: NextFunction): void {
  const origin = req.get('origin')
  if (req.get('host') === new URL(own).host && (origin === undefined || origin === own)) return next()
  refuse(res, 403, `This answers under ${own} only.`)
}

function explain(error: unknown, _: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(error)
  if (error instanceof z.ZodError) return refuse(res, 400, z.prettifyError(error))
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500
  refuse(res, status, error instanceof Error ? error.message : String(error))
}
