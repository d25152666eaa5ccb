import { type Duration, milliseconds } from '../../time.ts'
import type { Failure } from '../../workflow/ports/failure.ts'

/**
 * Graph, or Resource Manager, which words its errors alike, did not answer a read, or answered something other than
 * what was asked.
 */
export class GraphError extends Error implements Failure {
  readonly failed = 'tenant'
  /** What the tenant refuses today it may allow once somebody has mended its settings. */
  readonly lasting = false
  readonly wait: Duration | null
  /** HTTP status, 0 where no answer came. */
  readonly status: number
  /** As Graph words it, or `latchkey-…` for what the client found. */
  readonly code: string
  readonly requestId: string | null
  /** Seconds, where Graph named a wait. */
  readonly retryAfter: number | null

  constructor(
    doing: string,
    found: {
      readonly status: number
      readonly code: string
      readonly message: string
      readonly requestId?: string | null
      readonly retryAfter?: number | null
    },
    options?: ErrorOptions,
  ) {
    super(`${doing}: ${found.status === 0 ? '' : `${found.status} `}${found.code}: ${found.message}`, options)
    this.name = 'GraphError'
    this.status = found.status
    this.code = found.code
    this.requestId = found.requestId ?? null
    this.retryAfter = found.retryAfter ?? null
    this.wait = this.retryAfter === null ? null : milliseconds(this.retryAfter * 1000)
  }
}
