import {
  type AuthenticationProvider,
  AuthenticationHandler,
  Client,
  type GraphRequest,
  HTTPMessageHandler,
  ResponseType,
} from '@microsoft/microsoft-graph-client'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { errorIn, jsonIn, retryAfterIn, retryAfterOf } from './answer.ts'
import { ok, refuse, type Result } from '../../result.ts'
import { GraphError } from './graph-error.ts'
import type { GraphOptions } from '../sign-in/options.ts'
import { type Read, together } from './batch-reads.ts'
import { type Throttles, throttles, toldToWait } from './throttle.ts'
import { appToken, tokenRefused } from '../sign-in/token.ts'

export type Query = Readonly<Record<string, string>>

/** The bot's own reads. Every one throws a {@link GraphError} unless Graph answered what the schema says. */
export interface Reader {
  /** @param doing what is being read, for the log: "reading a role's rules". */
  one<Value>(doing: string, path: string, query: Query, schema: z.ZodType<Value>): Promise<Value>
  /** Undefined only where Graph itself says that there is no such object. */
  maybe<Value>(doing: string, path: string, query: Query, schema: z.ZodType<Value>): Promise<Value | undefined>
  /** Every page. */
  all<Value>(doing: string, path: string, query: Query, item: z.ZodType<Value>): Promise<readonly Value[]>
  /** At most `most` pages; `whole` is false where there are more. */
  some<Value>(
    doing: string,
    path: string,
    query: Query,
    item: z.ZodType<Value>,
    most: number,
  ): Promise<{ readonly found: readonly Value[]; readonly whole: boolean; readonly pages: number }>
  /**
   * Several reads in as few calls as possible, v1.0 only, in the order given. Each is answered on its own; once Graph
   * says that it is asked too much, no further call is made, and none while a wait that it named is not over: nobody
   * sits waiting for these.
   */
  several<Each extends Asked>(doing: string, reads: readonly Each[]): Promise<readonly Answered<Each>[]>
  /** The items of a list whose first page is at hand, with those of the pages that follow. */
  rest<Value>(doing: string, firstPage: unknown, item: z.ZodType<Value>): Promise<readonly Value[]>
  /** Seconds for which Graph still wants not to be asked for this, 0 when it may be. */
  waitLeft(path: string): number
}

/** One of several reads. */
export interface Asked {
  readonly path: string
  readonly query: Query
}

export interface Answered<Each extends Asked> {
  readonly asked: Each
  readonly came: Result<unknown, GraphError>
}

// No list read here is anywhere near: beyond this a server is sending us round in circles.
const mostPages = 500
const mostInBatch = 20
const notThere = new Set(['Request_ResourceNotFound', 'ResourceNotFound'])

const reported = '/v1.0/auditLogs/'

/**
 * Opens the app-only side of Graph. Paths carry their version: `/v1.0/users/…`.
 * @param services shared by all readers of one tenant in a process
 */
export function openReader(
  options: GraphOptions,
  { graph, reports }: Pick<Throttles, 'graph' | 'reports'> = throttles(),
): Reader {
  const origin = new URL(options.graph).origin
  const client = graphClient(options, origin)

  const headed = (signal: AbortSignal) => (url: string) =>
    client
      .api(url)
      .header('client-request-id', randomUUID())
      .options({ redirect: 'error', signal })
      .responseType(ResponseType.RAW)
  const read = async (call: (headed: (url: string) => GraphRequest) => Promise<Response>) => {
    // Put away with the answer: `AbortSignal.timeout` goes off in the end all the same, with an error made for nobody.
    const patience = new AbortController()
    const tooLong = new Error(`no answer within ${options.patience.read} ms`)
    const timer = setTimeout(() => patience.abort(tooLong), options.patience.read)
    try {
      const response = await call(headed(patience.signal))
      return { response, text: await response.text() }
    } finally {
      clearTimeout(timer)
    }
  }
  const answered = (doing: string, call: Parameters<typeof read>[0]): Promise<unknown> =>
    graph.read(doing, () => answeredOnce(doing, call))
  const answeredOnce = async (doing: string, call: Parameters<typeof read>[0]): Promise<unknown> => {
    const sentAt = performance.now()
    const first = await fetched(doing, () => read(call))
    if (first.response.status === 401) tokenRefused(options, sentAt)
    // A token may stop being good before its time; with a new one it is the same read.
    const { response, text } = first.response.status === 401 ? await fetched(doing, () => read(call)) : first
    const body = jsonIn(text)
    if (response.ok && body !== undefined) return body
    throw new GraphError(doing, {
      ...(errorIn(body) ?? { code: 'latchkey-unreadable-answer', message: 'the answer is not one of Graph' }),
      status: response.status,
      requestId: response.headers.get('request-id'),
      retryAfter: retryAfterOf(response.headers),
    })
  }
  const alone = (doing: string, url: string): Promise<unknown> => answered(doing, (headed) => headed(url).get())
  const inVersion1 = together({
    alone,
    inOneCall: (reads) => batched(reads.map(({ doing, url }) => ({ doing, url: url.slice(`${origin}/v1.0`.length) }))),
    most: mostInBatch,
  })
  /** Never in one call with others: a wait that reports are told concerns nobody else. */
  const report = (doing: string, url: string): Promise<unknown> =>
    reports.read(doing, () => {
      const wait = graph.left()
      if (wait > 0) throw toldToWait(doing, 'Graph', wait)
      return answeredOnce(doing, (headed) => headed(url).get())
    })
  const get = (doing: string, url: string): Promise<unknown> => {
    if (url.startsWith(`${origin}${reported}`)) return report(doing, url)
    return (url.startsWith(`${origin}/v1.0/`) ? inVersion1 : alone)(doing, url)
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
      const { found, whole } = await reader.some(doing, path, query, item, mostPages)
      if (whole) return found
      throw endless(doing)
    },
    async some(doing, path, query, item, most) {
      return follow(doing, await get(doing, urlOf(origin, path, query)), item, most)
    },
    async rest(doing, firstPage, item) {
      const { found, whole } = await follow(doing, firstPage, item, mostPages)
      if (whole) return found
      throw endless(doing)
    },
    async several(doing, reads) {
      const answers: Answered<(typeof reads)[number]>[] = []
      for (let from = 0; from < reads.length; from += mostInBatch) {
        const batch = reads.slice(from, from + mostInBatch)
        const wait = graph.left()
        const came =
          wait > 0 ? batch.map(() => refuse(toldToWait(doing, 'Graph', wait))) : await inOneCall(doing, batch)
        batch.forEach((asked, index) => answers.push({ asked, came: came[index] ?? partOf(doing, undefined) }))
      }
      return answers
    },
    waitLeft: (path) => Math.max(graph.left(), path.startsWith(reported) ? reports.left() : 0),
  }

  const follow = async <Value>(doing: string, firstPage: unknown, item: z.ZodType<Value>, most: number) => {
    const found: Value[] = []
    let body = firstPage
    for (let read = 1; ; read += 1) {
      const { value, '@odata.nextLink': next } = parsed(doing, Page, body)
      for (const each of value) found.push(parsed(doing, item, each))
      if (next === undefined || next === null) return { found, whole: true, pages: read }
      if (read >= most) return { found, whole: false, pages: read }
      body = await get(doing, samePlace(doing, origin, next))
    }
  }

  const inOneCall = (doing: string, batch: readonly Asked[]) =>
    batched(batch.map(({ path, query }) => ({ doing, url: urlOf('', path, query).replace(/^\/v1\.0/, '') })))
  /** Urls are relative to the version. Where the call as a whole fails, each of them has. */
  const batched = async (reads: readonly Read[], again = true): Promise<readonly Result<unknown, GraphError>[]> => {
    const doing = reads[0]?.doing ?? 'reading'
    try {
      const sentAt = performance.now()
      const requests = reads.map(({ url }, id) => ({ id: String(id), method: 'GET', url }))
      const body = await answered(doing, (headed) => headed(`${origin}/v1.0/$batch`).post({ requests }))
      const { responses } = parsed(doing, BatchAnswer, body)
      const parts = new Map(responses.map((each) => [each.id, each]))
      const answers = reads.map((read, id) => partOf(read.doing, parts.get(String(id))))
      for (const answer of answers) if (!answer.ok) graph.heed(answer.refusal)
      const refused = reads.filter((_, id) => parts.get(String(id))?.status === 401)
      if (refused.length === 0 || !again) return answers
      tokenRefused(options, sentAt)
      const retried = [...(await batched(refused, false))]
      return answers.map((answer, id) => (parts.get(String(id))?.status === 401 ? (retried.shift() ?? answer) : answer))
    } catch (error) {
      if (!(error instanceof GraphError)) throw error
      return reads.map(() => refuse(error))
    }
  }
  return reader
}

const endless = (doing: string): GraphError =>
  new GraphError(doing, { status: 0, code: 'latchkey-endless', message: `more than ${mostPages} pages` })

/** Of whatever items: a schema made for each list would be compiled anew at every read. */
const Page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().nullish() })

/** Answer of POST $batch. Headers of a part are a plain object, in whatever case. */
const BatchAnswer = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()).nullish(),
      body: z.unknown().optional(),
    }),
  ),
})
type PartAnswer = z.infer<typeof BatchAnswer>['responses'][number]

/** A part without an answer has failed like one that could not be read. */
function partOf(doing: string, part: PartAnswer | undefined): Result<unknown, GraphError> {
  if (part !== undefined && part.status >= 200 && part.status < 300) return ok(part.body)
  return refuse(
    new GraphError(doing, {
      ...(errorIn(part?.body) ?? { code: 'latchkey-unreadable-answer', message: 'a part of a batch has no answer' }),
      status: part?.status ?? 0,
      retryAfter: retryAfterIn(part?.headers ?? {}),
    }),
  )
}

export const urlOf = (origin: string, path: string, query: Query): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${origin}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`
}

/** A string literal of an OData filter. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

function graphClient(options: GraphOptions, origin: string): Client {
  const authentication: AuthenticationProvider = { getAccessToken: () => appToken(options) }
  return Client.initWithMiddleware({
    baseUrl: origin,
    customHosts: new Set([new URL(origin).hostname]),
    // No redirect handler: a token goes where it was sent and nowhere else. No retry handler: it does not know of the
    // waits that other reads were told.
    middleware: [new AuthenticationHandler(authentication), new HTTPMessageHandler()],
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

export function parsed<Value>(doing: string, schema: z.ZodType<Value>, body: unknown): Value {
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
