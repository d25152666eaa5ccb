import type { Target } from '../entitlement/kinds/kinds.ts'
import type { PersonId } from '../people.ts'
import type { Duration } from '../time.ts'
import type { Stands } from './stands.ts'

/** A request as the service that grants it shows it. What its requester chose of it proves nothing. */
export interface NativeRequest {
  readonly id: string
  readonly stands: Stands
  /** The same in the service's own word. */
  readonly said: string
  /** When the service closes an approval that nobody answers; null where it says no time, or waits for nobody. */
  readonly closesAt: Date | null
  /** Which of the service's own stages waits, from 0; absent where it has one. */
  readonly stage?: number
  readonly person: PersonId
  readonly target: Target
  /** Null where it names no end. */
  readonly duration: Duration | null
  readonly justification: string
  readonly ticket: string | null
  /** An id that its requester sent along: ours, or what somebody claims. */
  readonly customData: string | null
  readonly createdAt: Date
}
