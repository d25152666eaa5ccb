import type { Stage } from '../approval/stage.ts'
import type { EntitlementId } from '../entitlement/entitlement.ts'
import type { TenantRules, Terms } from '../entitlement/terms.ts'
import type { PersonId } from '../people.ts'
import type { Duration } from '../time.ts'
import type { EventOf, FreeText, RequestId, Source, Target } from './events.ts'

/** What was asked, under which rules: fixed at submission, never changed afterwards. */
export interface Submission {
  readonly id: RequestId
  readonly requester: PersonId
  readonly beneficiary: PersonId
  readonly entitlement: EntitlementId
  readonly name: string
  readonly target: Target
  readonly duration: Duration
  readonly startsAt?: Date
  readonly bundle?: string
  readonly justification: FreeText
  readonly ticket?: string
  readonly revision: number
  readonly terms: Terms
  readonly termsHash: string
  readonly tenantRules: TenantRules
  readonly stages: readonly [Stage, ...Stage[]]
  readonly catalogueDigest: string
  readonly submittedAt: Date
}

/** Entra's request as last seen. */
export interface Filed {
  readonly entraRequest: string
  readonly filedAt: Date
  readonly lapsesAt: Date
}

/** A decision somebody began: theirs until the lease is over, so that two people do not cast at once. */
export interface Reservation {
  readonly by: PersonId
  readonly stage: number
  readonly verdict: 'approve' | 'deny'
  readonly comment?: FreeText
  /** Real clock: a lease measures how long a process may be gone, not how long a person thinks. */
  readonly leaseUntil: Date
  readonly attemptedAt: Date
}

/** A decision that stands. */
export interface Decision {
  readonly by: PersonId | null
  readonly stage: number
  readonly verdict: 'approve' | 'deny'
  readonly comment?: FreeText
  readonly confirmed: boolean
  readonly inStage: boolean
  readonly at: Date
  readonly source: Source
}

/** Where a request stands; every step past `submitted` was observed, never hoped. */
export type Phase =
  /** Decided by us, not yet in Entra: the requester's tap files it. */
  | { readonly status: 'ready-to-file' }
  | { readonly status: 'filed'; readonly filed: Filed }
  | { readonly status: 'activating'; readonly filed: Filed }
  | {
      readonly status: 'active'
      readonly filed: Filed
      readonly instance: string
      readonly from: Date
      readonly until: Date | null
      readonly seenAt: Date
    }
  | {
      readonly status: 'ended'
      readonly at: Date
      readonly from: Date
      readonly how: EventOf<'EndObserved'>['how']
    }
  | { readonly status: 'denied'; readonly at: Date }
  | { readonly status: 'withdrawn'; readonly at: Date }
  | { readonly status: 'lapsed'; readonly at: Date }
  | { readonly status: 'refused'; readonly at: Date; readonly code: string; readonly message: string }
  | { readonly status: 'failed'; readonly at: Date; readonly detail: string }

/**
 * A person's call to Entra whose outcome we have not seen: the tap is still running, or the process died inside it, or
 * the answer was lost. The next tap or observation looks first; nothing is repeated unseen.
 */
export interface Doubt {
  readonly about: 'filing' | 'decision' | 'withdrawal' | 'end'
  readonly since: Date
  readonly by: PersonId
  /** Real clock: until then the tap that made the call may still be running, so nobody repeats it. */
  readonly leaseUntil: Date
  /** The call came back without an answer; false while it runs, or when the process died inside it. */
  readonly answerLost: boolean
}

export interface AccessRequest {
  readonly submission: Submission
  readonly phase: Phase
  /** Product time of the last thing that happened. */
  readonly asOf: Date
  readonly doubt?: Doubt
  readonly reservation?: Reservation
  readonly decisions: readonly Decision[]
  /** Entra took the holder's own ending; it is over when the grant is seen gone. */
  readonly endedByHolder?: boolean
  /** Entra refused to take the request back, or to end it early: said once on the card, with Entra's words. */
  readonly setback?: {
    readonly about: 'withdrawal' | 'end' | 'decision'
    readonly code: string
    readonly message: string
  }
}

export const isOpen = (request: AccessRequest): boolean =>
  ['ready-to-file', 'filed', 'activating', 'active'].includes(request.phase.status)
