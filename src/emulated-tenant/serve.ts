import { randomUUID } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { z } from 'zod'
import { armApp } from './arm-app.ts'
import { openChannel, resetChannel } from './teams/channel.ts'
import type { Channel } from './teams/channel.ts'
import { installForAll } from './teams/install.ts'
import { connectorApp } from './teams/connector.ts'
import { demoApp } from './demo/demo-api.ts'
import type { SupervisorRequest } from './demo/demo-api.ts'
import { entraApp } from './entra/entra-app.ts'
import { graphApp } from './graph-app.ts'
import { openTenant } from './tenant.ts'
import type { EmulatedTenant } from './state/tenant-state.ts'

// The process of the emulated Microsoft: Entra, Graph, ARM and the Bot Connector over https, the chat page with the
// demo's API over http, all on loopback. Started by a supervisor, which it obeys and asks over IPC.

const Port = z.int().min(0).max(65_535)
const Start = z.object({
  type: z.literal('start'),
  seedFile: z.string(),
  startsAt: z.iso.datetime({ offset: true }),
  /** Of the chat page: the first of these that is free. */
  chatPorts: z.array(Port).min(1),
  /** Key and certificate of `localhost` in PEM; `ca`, where given, is trusted when calling the bot. */
  tls: z.object({ key: z.string(), cert: z.string(), ca: z.string().optional() }),
  secrets: z.record(z.string(), z.string()),
  ports: z.object({ entra: Port, graph: Port, arm: Port, connector: Port }).partial().optional(),
})
const Order = z.discriminatedUnion('type', [
  Start,
  z.object({ type: z.literal('bots'), urls: z.array(z.string()), botAppId: z.string(), ssoAppId: z.string() }),
  z.object({ type: z.literal('install-all') }),
  z.object({ type: z.literal('clock'), id: z.unknown(), offsetMs: z.number() }),
  z.object({ type: z.literal('quiet?'), id: z.unknown() }),
  z.object({ type: z.literal('reset-state'), id: z.unknown() }),
  z.object({ type: z.literal('answer'), id: z.string(), status: z.number(), body: z.unknown() }),
])
type Start = z.infer<typeof Start>
type Answer = { status: number; body: unknown }

type Handlers = { entra: RequestListener; graph: RequestListener; arm: RequestListener }

/** What stands between start and reset; the servers look here at each request, so that ports outlive a reset. */
type Running = { start: Start; channel: Channel; handlers: Handlers }

const supervisorPatienceMs = 120_000
const asked = new Map<string, (answer: Answer) => void>()
let running: Running | undefined

process.on('message', (message) => {
  obey(Order.parse(message)).catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
process.on('disconnect', () => process.exit(0))

async function obey(order: z.infer<typeof Order>): Promise<void> {
  if (order.type === 'start') return listen(order)
  if (order.type === 'answer') return asked.get(order.id)?.(order)
  if (!running) throw new Error(`'${order.type}' before 'start'`)
  const { channel } = running
  switch (order.type) {
    case 'bots':
      Object.assign(channel.bot, { urls: order.urls, appId: order.botAppId, ssoAppId: order.ssoAppId })
      return
    case 'install-all':
      await installForAll(channel)
      return tell({ type: 'installed' })
    case 'clock':
      channel.tenant.moveClock({ now: new Date(Date.now() + order.offsetMs) })
      return tell({ type: 'clock-taken', id: order.id })
    case 'quiet?':
      return tell({ type: 'quiet', id: order.id, pending: [...channel.underWay.values()] })
    case 'reset-state': {
      const tenant = await freshTenant(running.start, channel.tenant)
      resetChannel(channel, tenant)
      running.handlers = handlersOf(tenant)
      return tell({ type: 'reset-done', id: order.id })
    }
    default:
      return order satisfies never
  }
}

async function listen(start: Start): Promise<void> {
  if (start.tls.ca !== undefined) tls.setDefaultCACertificates([...tls.getCACertificates('default'), start.tls.ca])
  const tenant = await freshTenant(start)
  const channel = await openChannel(tenant)
  running = { start, channel, handlers: handlersOf(tenant) }
  const now = running
  const secure = async (port: number | undefined, listener: RequestListener) =>
    `https://localhost:${await bound(createHttpsServer(start.tls, listener), port ?? 0)}`
  const connector = connectorApp(channel)
  Object.assign(tenant.origins, {
    entra: await secure(start.ports?.entra, (req, res) => now.handlers.entra(req, res)),
    graph: await secure(start.ports?.graph, (req, res) => now.handlers.graph(req, res)),
    arm: await secure(start.ports?.arm, (req, res) => now.handlers.arm(req, res)),
    connector: await secure(start.ports?.connector, (req, res) => connector(req, res)),
  })
  let chat = ''
  const app = demoApp(
    channel,
    askSupervisor,
    () => chat,
    (req, res) => now.handlers.entra(req, res),
  )
  const chatPort = await boundToFirst(start.chatPorts, () => createHttpServer((req, res) => app(req, res)))
  if (chatPort === undefined) return tell({ type: 'listening-nowhere' })
  chat = `http://127.0.0.1:${chatPort}`
  tenant.origins.browser = chat
  tell({ type: 'listening', chat, ...tenant.origins })
}

const handlersOf = (tenant: EmulatedTenant): Handlers => ({
  entra: entraApp(tenant),
  graph: graphApp(tenant),
  arm: armApp(tenant),
})

async function freshTenant({ seedFile, startsAt, secrets }: Start, before?: EmulatedTenant): Promise<EmulatedTenant> {
  const tenant = await openTenant({ seedFile, startsAt: new Date(startsAt), secrets })
  if (before) tenant.origins = before.origins
  return tenant
}

/** @returns undefined where every one of them is taken, or reserved to others. */
async function boundToFirst(ports: readonly number[], newServer: () => Server): Promise<number | undefined> {
  for (const port of ports) {
    try {
      return await bound(newServer(), port)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    }
  }
  return undefined
}

async function bound(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  // Clients keep connections open; a short timeout here would now and then cut one off as it is used again.
  server.keepAliveTimeout = 60_000
  server.once('error', reject).listen(port, '127.0.0.1', resolve)
  await promise
  return (server.address() as AddressInfo).port // a TCP server that listens has one
}

function askSupervisor(request: SupervisorRequest): Promise<Answer> {
  const id = randomUUID()
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const late = { status: 504, body: { error: `The supervisor did not answer about '${request.what}'.` } }
  const timer = setTimeout(() => resolve(late), supervisorPatienceMs)
  asked.set(id, resolve)
  tell({ type: 'request', id, ...request })
  return promise.finally(() => {
    clearTimeout(timer)
    asked.delete(id)
  })
}

function tell(message: object): void {
  process.send?.(message)
}
