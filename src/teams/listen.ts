import type { RequestListener, Server, ServerOptions, ServerResponse } from 'node:http'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, Server as NetServer } from 'node:net'
import { setImmediate as turn, setTimeout as pass } from 'node:timers/promises'
import { milliseconds } from '../time.ts'
import { type Connections, mostConnections } from './connections.ts'
import { within } from './in-flight.ts'

export interface ListenOptions {
  readonly port: number
  readonly address: string
  /** PEM; without it the server speaks http, behind a proxy that does TLS. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer }
}

/** Disposing takes nothing new after a moment, and waits for the answers under way. */
export interface Listening extends AsyncDisposable {
  readonly port: number
}

/** Nobody holds a connection open by saying little on it. Milliseconds. */
const limits: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  // Longer than a proxy keeps one, or it would send a request into a connection that we close at that moment.
  keepAliveTimeout: 75_000,
  maxHeaderSize: 16_384,
}
const handshake = 10_000

/** For so long whoever comes is still let in, and told to come on another connection next time. */
const goodbye = milliseconds(200)
/**
 * So long those who hold a connection may still use it, once each. Closed at the moment at which a request is under way
 * on it, the request would be lost; under load each is used within this time, and one that is not can be closed.
 */
const lastUse = milliseconds(300)
/** Above the longest turn, which answers within ten seconds. */
const lastAnswers = milliseconds(12_000)

export async function listen(
  { port, address, tls }: ListenOptions,
  listener: RequestListener,
  connections: Connections,
): Promise<Listening> {
  let leaving = false
  const underWay = new Set<ServerResponse>()
  const server = serverFor(tls, (request, response) => {
    if (leaving) response.setHeader('connection', 'close')
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    listener(request, response)
  })
  server.maxHeadersCount = 100
  // Room is made before that; it is there for the case that all of them are good.
  server.maxConnections = 2 * mostConnections
  server.on('connection', (socket) => connections.add(socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port, // it listens on TCP
    async [Symbol.asyncDispose]() {
      leaving = true
      for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close')
      await pass(goodbye)
      await arrived()
      // The method of a server of HTTP would close what is idle at once.
      const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()))
      await within(lastUse, closed)
      await arrived()
      server.close()
      await within(lastAnswers, closed)
      server.closeAllConnections()
      await closed
    },
  }
}

/**
 * Timers run before what has come meanwhile is accepted and read. A process that was kept from running does that first,
 * or it would close connections on which somebody waits.
 */
async function arrived(): Promise<void> {
  await turn()
  await turn()
}

const serverFor = (tls: ListenOptions['tls'], listener: RequestListener): Server =>
  tls === undefined
    ? createHttpServer(limits, listener)
    : createHttpsServer({ ...limits, ...tls, handshakeTimeout: handshake }, listener)
