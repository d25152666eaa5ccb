import {
  type AuthenticationProvider,
  AuthenticationHandler,
  Client,
  HTTPMessageHandler,
  ResponseType,
  RetryHandler,
  RetryHandlerOptions,
} from '@microsoft/microsoft-graph-client'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { errorIn, jsonIn, retryAfterOf } from './answer.ts'
import { GraphError } from './graph-error.ts'
import type { GraphOptions } from './options.ts'
import { appToken } from './token.ts'

export type Query = Readonly<Record<string, string>>

/** The bot's own reads. Every one throws a {@link GraphError} unless Graph answered what the schema says. */
export interface Reader {
  /** @param doing what is being read, for the log: "reading a role's rules". */
  one<Value>(doing: string, path: string, query: Query, schema: z.ZodType<Value>): Promise<Value>
  /** Undefined only where Graph itself says that there is no such object. */
  maybe<Value>(doing: string, path: string, query: Query, schema: z.ZodType<Value>): Promise<Value | undefined>
  /** Every page. */
  all<Value>(doing: string, path: string, query: Query, item: z.ZodType<Value>): Promise<readonly Value[]>
}

// A person waits at the other end: a longer wait is better said than sat through.
const longestRetryAfter = 2
const mostRetries = 2
// No list read here is anywhere near: beyond this a server is sending us round in circles.
const mostPages = 500
const notThere = new Set(['Request_ResourceNotFound', 'ResourceNotFound'])

/** Opens the app-only side of Graph. Paths carry their version: `/v1.0/users/…`. */
export function openReader(options: GraphOptions): Reader {
  const origin = new URL(options.graph).origin
  const client = graphClient(options, origin)

  const get = async (doing: string, url: string): Promise<unknown> => {
    const response = await fetched(doing, () =>
      client
        .api(url)
        .header('client-request-id', randomUUID())
        .options({ redirect: 'error', signal: AbortSignal.timeout(options.patience.read) })
        .responseType(ResponseType.RAW)
        .get(),
    )
    const body = jsonIn(await fetched(doing, () => response.text()))
    if (response.ok && body !== undefined) return body
    throw new GraphError(doing, {
      ...(errorIn(body) ?? { code: 'latchkey-unreadable-answer', message: 'the answer is not one of Graph' }),
      status: response.status,
      requestId: response.headers.get('request-id'),
      retryAfter: retryAfterOf(response),
    })
  }

  const reader: Reader = {
    async one(doing, path, query, schema) {
      return parsed(doing, schema, await get(doing, urlOf(origin, path, query)))
    },
    async maybe(doing, path, query, schema) {
      try {
        return await reader.one(doing, path, query, schema)
      } catch (error) {
        if (error instanceof GraphError && error.status === 404 && notThere.has(error.code)) return undefined
        throw error
      }
    },
    async all(doing, path, query, item) {
      const page = z.object({ value: z.array(item), '@odata.nextLink': z.string().nullish() })
      const found = []
      let url = urlOf(origin, path, query)
      for (let read = 0; read < mostPages; read += 1) {
        const { value, '@odata.nextLink': next } = parsed(doing, page, await get(doing, url))
        found.push(...value)
        if (next === undefined || next === null) return found
        url = samePlace(doing, origin, next)
      }
      throw new GraphError(doing, { status: 0, code: 'latchkey-endless', message: `more than ${mostPages} pages` })
    },
  }
  return reader
}

export const urlOf = (origin: string, path: string, query: Query): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${origin}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`
}

/** A string literal of an OData filter. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

function graphClient(options: GraphOptions, origin: string): Client {
  const authentication: AuthenticationProvider = { getAccessToken: () => appToken(options) }
  const retry = new RetryHandlerOptions(0.5, mostRetries, (_delay, _attempt, _request, _options, response) => {
    const wait = retryAfterOf(response)
    return wait === null || wait <= longestRetryAfter
  })
  return Client.initWithMiddleware({
    baseUrl: origin,
    customHosts: new Set([new URL(origin).hostname]),
    // No redirect handler: a token goes where it was sent and nowhere else.
    middleware: [new AuthenticationHandler(authentication), new RetryHandler(retry), new HTTPMessageHandler()],
  })
}

async function fetched<Value>(doing: string, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call()
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new GraphError(doing, { status: 0, code: 'latchkey-no-answer', message }, { cause })
  }
}

function parsed<Value>(doing: string, schema: z.ZodType<Value>, body: unknown): Value {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const message = z.prettifyError(read.error)
  throw new GraphError(doing, { status: 200, code: 'latchkey-unreadable-answer', message }, { cause: read.error })
}

/** A next page elsewhere would be given the bot's token. */
function samePlace(doing: string, origin: string, next: string): string {
  if (URL.parse(next)?.origin === origin) return next
  throw new GraphError(doing, { status: 200, code: 'latchkey-strange-page', message: `the next page is at ${next}` })
}
