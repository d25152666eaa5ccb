import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { seconds } from '../time.ts'
import { addressOf } from './address.ts'
import { openAllowances } from './allowance.ts'
import type { Edge } from './context.ts'
import { within } from './in-flight.ts'

/** Tokens that look like the channel's and are not, and pages, from one address before its requests stand in line. */
const perAddress = { atOnce: 60, oneMoreEvery: seconds(1) }
/** Nobody who reads slowly, or not at all, keeps those behind waiting for longer. */
const atTheHead = seconds(2)
/** HTTP allows to ask without waiting for answers. Neither Teams nor a proxy does it, and it would be work without end. */
const mostUnanswered = 10
/** Far above any token of the channel. */
const longestToken = 8_000
/** What is left of a body is read and thrown away; above this the connection is closed instead. */
const mostThrownAway = 64_000

const pages = new Set(['/auth-start', '/auth-end', '/auth/teams.js'])
const probes = new Set(['/healthz', '/readyz'])

/**
 * Before anything else sees a request. Whoever brings nothing that could be a token of the channel is answered at
 * once, without a look-up, a row or a line in the log. An address that was wrong often lately is not refused for it,
 * because good people may share it: its requests stand in line, and one of them is looked at at a time.
 */
export function door(edge: Edge, app: RequestListener): RequestListener {
  const allowance = openAllowances(perAddress, edge.realClock)
  const line = openLine()
  const unanswered = new WeakMap<Socket, number>()

  const turnAway = (request: IncomingMessage, response: ServerResponse, status: number, why: string): void => {
    edge.handlers.stranger(why)
    answer(request, response, status)
  }

  async function fromTheChannel(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
    const address = addressOf(request, edge.trustedProxies)
    const verify = () => edge.channelTokens.verify(token)
    const found = allowance.left(address) ? await verify() : await line.stand(verify)
    if (found === undefined) {
      allowance.take(address)
      return turnAway(request, response, 401, 'channel-token')
    }
    edge.connections.trust(request.socket)
    app(request, response)
  }

  function message(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'POST') return turnAway(request, response, 405, 'no-message')
    const token = bearer(request)
    if (token === undefined) return turnAway(request, response, 401, 'no-token')
    if (edge.channelTokens.known(token) !== undefined) {
      edge.connections.trust(request.socket)
      return app(request, response)
    }
    if (!edge.channelTokens.plausible(token)) return turnAway(request, response, 401, 'channel-token')
    fromTheChannel(request, response, token).catch((error: unknown) => {
      if (edge.oncePerMinute.take('keys')) edge.log.error({ err: error }, 'the channel’s keys cannot be read')
      answer(request, response, 503)
    })
  }

  function page(request: IncomingMessage, response: ServerResponse): void {
    if (allowance.take(addressOf(request, edge.trustedProxies))) return app(request, response)
    void line.stand(async () => {
      if (response.destroyed) return
      const closed = new Promise((resolve) => response.once('close', resolve))
      app(request, response)
      await within(atTheHead, closed)
    })
  }

  return (request, response) => {
    const { socket } = request
    if (socket.destroyed) return
    const waiting = (unanswered.get(socket) ?? 0) + 1
    if (waiting > mostUnanswered) {
      edge.handlers.stranger('in-a-hurry')
      return void socket.destroy()
    }
    unanswered.set(socket, waiting)
    response.once('finish', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1))

    const path = pathOf(request)
    if (path === '/api/messages') message(request, response)
    else if (pages.has(path)) page(request, response)
    else if (probes.has(path)) app(request, response)
    else turnAway(request, response, 404, 'no-such-page')
  }
}

function pathOf({ url = '' }: IncomingMessage): string {
  const end = url.indexOf('?')
  const path = end < 0 ? url : url.slice(0, end)
  // As somebody may have written it where the bot is registered.
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

/** @returns undefined for what could be nobody's token. */
function bearer({ headers: { authorization } }: IncomingMessage): string | undefined {
  if (authorization === undefined || authorization.length > longestToken) return undefined
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1]
}

function answer(request: IncomingMessage, response: ServerResponse, status: number): void {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers
  const unread = chunked !== undefined || Number(length ?? 0) > mostThrownAway
  response.writeHead(status, { 'content-length': 0, ...(unread ? { connection: 'close' } : {}) }).end()
}

/** One after the other. It is as long as there are connections, and no longer. */
function openLine() {
  let last: Promise<unknown> = Promise.resolve()
  return {
    stand<Value>(work: () => Promise<Value>): Promise<Value> {
      const done = last.then(work)
      last = done.catch(() => {})
      return done
    },
  }
}
