import { z } from 'zod'
import type { Caller } from '../state/caller.ts'
import type { GraphAnswer } from './call.ts'
import { Refusal } from '../refusal.ts'

/** One request inside a batch. */
const Part = z.object({
  id: z.string().min(1),
  method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
  /** Relative to the version, such as `/users/{id}`. */
  url: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).optional(),
})
export type Part = z.infer<typeof Part>

const Batch = z.object({ requests: z.array(Part) })
const mostParts = 20

type Answered = { id: string; status: number; headers: Record<string, string>; body?: unknown }

/**
 * POST /$batch: every part is answered on its own, so the whole is 200 even where parts fail.
 * @param answer serves one part as if it had come by itself; its refusals are thrown
 * @throws {Refusal} 400 for more than twenty parts, an id twice, or a part that no part could be
 */
export function answerBatch(
  { version, caller, body }: { version: string; caller: Caller; body: unknown },
  answer: (part: Part, path: string, caller: Caller) => GraphAnswer,
  errorBody: (refusal: Refusal) => unknown,
): GraphAnswer {
  const parsed = Batch.safeParse(body)
  if (!parsed.success) throw new Refusal(400, 'BadRequest', 'Invalid batch payload format.')
  const { requests } = parsed.data
  if (requests.length > mostParts)
    throw new Refusal(400, 'BadRequest', `Number of batch request steps exceeds the maximum of ${mostParts}.`)
  if (new Set(requests.map(({ id }) => id)).size !== requests.length)
    throw new Refusal(400, 'BadRequest', 'Request id is duplicated in the batch.')

  const answered = new Map<string, Answered>()
  for (const part of requests) {
    const failed = part.dependsOn?.some((id) => (answered.get(id)?.status ?? 424) >= 400) ?? false
    answered.set(part.id, failed ? dependencyFailed(part, errorBody) : answerPart(part))
  }
  return { status: 200, body: { responses: [...answered.values()] } }

  function answerPart(part: Part): Answered {
    try {
      const typed = Object.keys(part.headers ?? {}).some((name) => name.toLowerCase() === 'content-type')
      if (part.body !== undefined && !typed)
        throw new Refusal(400, 'BadRequest', 'Write request id : missing the Content-Type header.')
      const given = answer(part, `/${version}${part.url.startsWith('/') ? '' : '/'}${part.url}`, caller)
      const headers = { 'Content-Type': 'application/json' }
      return { id: part.id, status: given.status, headers, ...(given.body === undefined ? {} : { body: given.body }) }
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      return { id: part.id, status: cause.status, headers: { ...cause.headers }, body: errorBody(cause) }
    }
  }
}

function dependencyFailed({ id }: Part, errorBody: (refusal: Refusal) => unknown): Answered {
  const body = errorBody(new Refusal(424, 'FailedDependency', 'A request this one depends on failed.'))
  return { id, status: 424, headers: {}, body }
}
