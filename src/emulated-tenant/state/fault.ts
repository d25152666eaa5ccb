import { z } from 'zod'

const Fault = z.strictObject({
  service: z.enum(['entra', 'graph', 'arm', 'connector']).optional(),
  method: z.string().optional(),
  /** A regular expression over path and query. */
  path: z.string().refine(isRegExp, 'not a regular expression').optional(),
  /** How often it strikes; without it, until cleared. */
  times: z.int().positive().optional(),
  /** Answered instead of doing anything. */
  status: z.int().min(400).max(599).optional(),
  /** Seconds, sent as `Retry-After`. */
  retryAfter: z.int().nonnegative().optional(),
  delayMs: z.int().nonnegative().optional(),
  holdMs: z.int().nonnegative().optional(),
  dropAnswer: z.boolean().optional(),
})
export type Fault = z.infer<typeof Fault>

/** Body of `POST /api/faults`. */
export const Faults = z.array(Fault)

function isRegExp(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}
