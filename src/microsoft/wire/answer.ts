import { z } from 'zod'

const ErrorBody = z.object({ error: z.object({ code: z.string(), message: z.string().nullish() }) })

/** Graph's own words about a call that failed; undefined where the body is not Graph's. */
export function errorIn(body: unknown): { readonly code: string; readonly message: string } | undefined {
  const parsed = ErrorBody.safeParse(body)
  return parsed.success ? { code: parsed.data.error.code, message: parsed.data.error.message ?? '' } : undefined
}

/** The body as JSON: null where it is empty, undefined where it is something else. */
export function jsonIn(text: string): unknown {
  if (text === '') return null
  try {
    const body: unknown = JSON.parse(text)
    return body
  } catch {
    return undefined
  }
}

/** `Retry-After` in seconds; null where it is absent or not a number of seconds. */
export const retryAfterOf = (headers: Headers): number | null => secondsIn(headers.get('retry-after'))

/**
 * The same of a part of a batch, whose headers are a plain object in whatever case. They are no `Headers`, which throw
 * for any character beyond Latin-1.
 */
export function retryAfterIn(headers: Readonly<Record<string, string>>): number | null {
  const [, header] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after') ?? []
  return secondsIn(header ?? null)
}

const secondsIn = (header: string | null): number | null =>
  header !== null && /^\d+$/.test(header.trim()) ? Number(header) : null
