import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { errorIn, jsonIn, retryAfterOf } from './answer.ts'
import { GraphError } from './graph-error.ts'
import { armResource, type GraphOptions } from '../sign-in/options.ts'
import { parsed, type Query, urlOf } from './graph-reader.ts'
import { appToken, tokenRefused } from '../sign-in/token.ts'
import { throttle, type Throttle } from './throttle.ts'

/** The bot's own reads at Azure Resource Manager, which has no batch. Each throws unless it was answered. */
export interface ArmReader {
  /** Every page. The same list that is being read already is not asked for twice. */
  all<Value>(doing: string, path: string, query: Query, item: z.ZodType<Value>): Promise<readonly Value[]>
  /** Undefined only where Resource Manager itself says that there is no such object. */
  maybe<Value>(doing: string, path: string, query: Query, schema: z.ZodType<Value>): Promise<Value | undefined>
}

const mostPages = 50

/** @param arm shared by all readers of one tenant in a process */
export function openArm(options: GraphOptions, arm: Throttle = throttle('Resource Manager')): ArmReader {
  const origin = new URL(options.arm).origin
  const underWay = new Map<string, Promise<unknown>>()

  async function get(doing: string, url: string): Promise<unknown> {
    const sentAt = performance.now()
    const first = await fetched(doing, url)
    if (first.response.status === 401) tokenRefused(options, sentAt, armResource)
    const { response, text } = first.response.status === 401 ? await fetched(doing, url) : first
    const body = jsonIn(text)
    if (response.ok && body !== undefined) return body
    throw new GraphError(doing, {
      ...(errorIn(body) ?? {
        code: 'latchkey-unreadable-answer',
        message: 'the answer is not one of Resource Manager',
      }),
      status: response.status,
      requestId: response.headers.get('x-ms-request-id'),
      retryAfter: retryAfterOf(response.headers),
    })
  }

  async function fetched(doing: string, url: string) {
    try {
      const token = await appToken(options, armResource)
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${token}`, 'x-ms-client-request-id': randomUUID() },
        redirect: 'error',
        signal: AbortSignal.timeout(options.patience.read),
      })
      return { response, text: await response.text() }
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      throw new GraphError(doing, { status: 0, code: 'latchkey-no-answer', message }, { cause })
    }
  }

  function once(doing: string, url: string): Promise<unknown> {
    const known = underWay.get(url)
    if (known !== undefined) return known
    const answer = arm.read(doing, () => get(doing, url)).finally(() => underWay.delete(url))
    underWay.set(url, answer)
    return answer
  }

  return {
    async all<Value>(doing: string, path: string, query: Query, item: z.ZodType<Value>) {
      const page = z.object({ value: z.array(item), nextLink: z.string().nullish() })
      const found: Value[] = []
      let next = urlOf(origin, encodeURI(path), query)
      for (let read = 0; next !== ''; read += 1) {
        // A next page elsewhere would be given the bot's token.
        if (URL.parse(next)?.origin !== origin) throw unusable(doing, 'strange-page', `the next page is at ${next}`)
        if (read >= mostPages) throw unusable(doing, 'endless', `more than ${mostPages} pages`)
        const { value, nextLink } = parsed(doing, page, await once(doing, next))
        found.push(...value)
        next = nextLink ?? ''
      }
      return found
    },

    async maybe(doing, path, query, schema) {
      try {
        return parsed(doing, schema, await once(doing, urlOf(origin, encodeURI(path), query)))
      } catch (error) {
        if (error instanceof GraphError && error.status === 404) return undefined
        throw error
      }
    },
  }
}

const unusable = (doing: string, what: string, message: string): GraphError =>
  new GraphError(doing, { status: 200, code: `latchkey-${what}`, message })
