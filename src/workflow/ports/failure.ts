import type { Duration } from '../../time.ts'

/**
 * What an edge throws where the other side did not do its part. Anything else that is thrown is our own fault: nobody
 * else is named for it.
 */
export interface Failure {
  /**
   * `memory`: the database did not answer; `record`: a stream of the journal is not what was written; `version`: a newer
   * version has written to it.
   */
  readonly failed: 'connector' | 'tenant' | 'memory' | 'record' | 'version'
  /** The same call would be answered the same for ever. */
  readonly lasting: boolean
  /** What the other side asks to wait. */
  readonly wait: Duration | null
}
