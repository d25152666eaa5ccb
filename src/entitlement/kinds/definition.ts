import type { z } from 'zod'
import type { Duration } from '../../time.ts'
import type { InputSpec } from '../inputs.ts'

/** What holds of a kind of access whatever is asked for and whoever asks: the service's own numbers and ways. */
export interface KindFacts {
  /** How many approvals in order the service itself can ask for. */
  readonly nativeStages: 0 | 1 | 3
  /** How long the service keeps an approval open that nobody answers; null where its settings say so, or it has none. */
  readonly nativeStageLapses: Duration | null
  /** The least that can be asked for. */
  readonly shortest: Duration
  /** How long it has to be in force before it can be ended. */
  readonly endableAfter: Duration
  /** How somebody who has it comes by more time. */
  readonly moreTime: 'none-while-running' | 'renew' | 'later-end'
  /** Whose identity brings it about: the requester's own token, or the executor. */
  readonly appliedBy: 'requester' | 'executor'
  /** What asking for somebody else comes to. */
  readonly onBehalf: 'draft-for-beneficiary' | 'where-policy-allows' | 'never'
}

export const families = ['activation', 'package', 'exception'] as const
/** Which bounds of a tier an entry takes its duration from. */
export type Family = (typeof families)[number]

/** All that the rules know of a kind; what it looks like at its service is at the edge. */
export interface KindDefinition {
  readonly facts: KindFacts
  /** Its target as it is stored. */
  readonly target: z.ZodType
  /** The value of the target that says what is granted: a role, a group, a package, a resource. */
  readonly identifiedBy: string
  /** What its form asks for beside what terms speak of, from the limits of the entry; nothing where absent. */
  readonly inputs?: (limits: Readonly<Record<string, unknown>>) => readonly InputSpec[]
  /** How an entry of the catalogue is written: its target, the limits of what it may ask for, and where its duration is from. */
  readonly catalogue: {
    readonly family: Family
    readonly target: z.ZodRawShape
    /** The value of the target that is written for people to read, where another one says which it is. */
    readonly forReaders?: string
    readonly limits?: z.ZodRawShape
  }
}
