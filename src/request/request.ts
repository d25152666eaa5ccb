import type { Parties } from '../approval/deciders.ts'
import type { Stage } from '../approval/stage.ts'
import type { EntitlementId } from '../entitlement/entry.ts'
import type { TenantRules, Terms } from '../entitlement/terms.ts'
import type { PersonId } from '../people.ts'
import type { Duration } from '../time.ts'
import type { EventOf, FreeText, Gone, Input, RequestId, Source } from './events.ts'
import type { Target } from '../entitlement/kinds/kinds.ts'

/** What was asked, under which rules: fixed at submission. The duration alone can be cut by an approver, never raised. */
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
  readonly inputs?: Readonly<Record<string, Input>>
  readonly terms: Terms
  readonly tenantRules: TenantRules
  readonly catalogueDigest: string
  readonly submittedAt: Date
  /** Filed in the portal, past us: the stages in chat were skipped, and nobody but Entra was told what is asked. */
  readonly filedOutside?: true
}

/** The request as the service that grants it has it, as last seen. */
export interface Filed {
  readonly nativeRequest: string
  readonly filedAt: Date
  /** When the service closes an approval that nobody answers; null where it says no time, or waits for nobody. */
  readonly closesAt: Date | null
}

/** A decision somebody began: theirs until the lease is over, so that two people do not cast at once. */
export interface Reservation {
  readonly by: PersonId
  readonly stage: number
  readonly verdict: 'approve' | 'deny'
  readonly comment?: FreeText
  readonly evidence?: FreeText
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
  /** What its decider signed, where it was kept and has not been erased. */
  readonly evidence?: FreeText
  readonly confirmed: boolean
  readonly inStage: boolean
  /** The tenant's own time, where it tells. */
  readonly at: Date
  readonly source: Source
  /** When we saw it, where that was later. */
  readonly seenAt?: Date
  /** When its caster began it, where only the effect was seen. */
  readonly began?: Date
  /** What this yes cut the request down to. */
  readonly duration?: Duration
}

/** What somebody who may decide wanted to know of the requester. */
export interface Question {
  readonly by: PersonId
  readonly at: Date
  /** Of the request when it was asked, so the stage that it belongs to; the requester's card carries it. */
  readonly revision: number
  readonly text: FreeText
  readonly answer?: { readonly at: Date; readonly text: FreeText }
}

/** Entra holds something in this request's name that nobody approved. */
export type Deviation = Omit<EventOf<'DeviationObserved'>, 'type' | 'source'>

/** Somebody of several says that they are looking at the open stage. Product time. */
export interface Claim {
  readonly by: PersonId
  readonly since: Date
}

/** A stage that waits for its deciders. Product time. */
export interface Waiting {
  readonly stage: number
  readonly since: Date
  readonly reminded: boolean
  readonly escalated: boolean
  readonly claim?: Claim
}

/** Where a request stands; every step past `ready-to-file` was observed, never hoped. */
export type Phase =
  | { readonly status: 'in-chat'; readonly waiting: Waiting }
  /** Decided by us, not yet in Entra: the requester's tap files it, until then. */
  | { readonly status: 'ready-to-file'; readonly until: Date }
  | { readonly status: 'filed'; readonly filed: Filed; readonly waiting: Waiting }
  /** Granted, to begin later. */
  | { readonly status: 'scheduled'; readonly filed: Filed; readonly from: Date }
  | { readonly status: 'activating'; readonly filed: Filed; readonly since: Date }
  | {
      readonly status: 'active'
      readonly filed: Filed
      readonly instance: string
      readonly from: Date
      readonly until: Date | null
      readonly seenAt: Date
      /** The shortest announcement made, in milliseconds before the end. */
      readonly announced?: Duration
      readonly letEnd: boolean
    }
  | {
      readonly status: 'ended'
      readonly at: Date
      readonly from: Date
      readonly how: EventOf<'EndObserved'>['how']
    }
  | { readonly status: 'denied'; readonly at: Date; readonly wasFiled?: Filed }
  | { readonly status: 'withdrawn'; readonly at: Date }
  | {
      readonly status: 'lapsed'
      readonly at: Date
      /** When we saw it. */
      readonly seenAt: Date
      readonly waitedFor: EventOf<'RequestLapsed'>['waitedFor']
      readonly wasFiled?: Filed
    }
  | { readonly status: 'refused'; readonly at: Date; readonly code: string; readonly message: string }
  | {
      readonly status: 'failed'
      readonly at: Date
      readonly detail: string
      /** Set where it can no longer be granted to this person, or is not offered any more. */
      readonly because?: Gone
      /** Entra still holds it then, unless somebody denies it there. */
      readonly wasFiled?: Filed
    }

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
  /** As frozen at submission, or when they last changed. */
  readonly stages: readonly Stage[]
  /** What a decider says yes to. */
  readonly termsHash: string
  /** Goes up with every stage that opens and every change of stages: a card with an older one decides nothing. */
  readonly revision: number
  readonly phase: Phase
  /** Product time of the last thing that happened. */
  readonly asOf: Date
  /** Product time at which the tenant itself last told something of it. */
  readonly seenAt?: Date
  readonly doubt?: Doubt
  /** When it was first sent to Entra on these stages. Nothing made there before that is ours. */
  readonly sentSince?: Date
  readonly reservation?: Reservation
  readonly decisions: readonly Decision[]
  /** What Entra holds in its name that was not approved, oldest first. */
  readonly deviations: readonly Deviation[]
  /** Oldest first. */
  readonly questions: readonly Question[]
  /** Who last said yes to less than was asked, and what was asked at first. */
  readonly shortened?: { readonly asked: Duration; readonly by: PersonId; readonly at: Date }
  /** When Entra took the holder's own ending; it is over when the grant is seen gone. */
  readonly endedByHolder?: Date
  /** Entra refused to take the request back, or to end it early: said once on the card, with Entra's words. */
  readonly setback?: {
    readonly about: 'withdrawal' | 'end' | 'decision'
    readonly code: string
    readonly message: string
  }
}

export const isOpen = (request: AccessRequest): boolean =>
  ['in-chat', 'ready-to-file', 'filed', 'scheduled', 'activating', 'active'].includes(request.phase.status)

/** What the service still may take back: it waits for an answer, or for its beginning. */
export const cancellable = ({ phase }: AccessRequest): Filed | undefined =>
  phase.status === 'filed' || phase.status === 'scheduled' ? phase.filed : undefined

/** Closed because nobody was seen to answer in Entra: which is what an answer that Entra tells of late looks like. */
export const lapsedInEntra = ({ phase }: AccessRequest): boolean =>
  phase.status === 'lapsed' && phase.waitedFor === 'entra'

/** What Entra knew it by when our books closed it, though Entra may grant it yet; undefined where that cannot be. */
export function grantableYet({ phase }: AccessRequest): Filed | undefined {
  if (phase.status === 'lapsed') return phase.waitedFor === 'entra' ? phase.wasFiled : undefined
  return phase.status === 'failed' ? phase.wasFiled : undefined
}

/** The stage that waits for a decision now, undefined when none does. */
export function openStage(request: AccessRequest): { readonly index: number; readonly stage: Stage } | undefined {
  if (!('waiting' in request.phase)) return undefined
  const index = request.phase.waiting.stage
  const stage = request.stages[index]
  return stage === undefined ? undefined : { index, stage }
}

/** Stages in chat that a request filed in the portal went round; none for what was asked through us. */
export const skippedStages = ({ submission, stages }: AccessRequest): readonly Stage[] =>
  submission.filedOutside === true ? stages.filter((stage) => stage.by === 'chat') : []

/** Stages that the service itself asks, in order, with their place among all. */
export const nativeStages = (stages: readonly Stage[]): readonly { readonly index: number; readonly stage: Stage }[] =>
  stages.flatMap((stage, index) => (stage.by === 'native' ? [{ index, stage }] : []))

/** Whether the service itself asks somebody, after what is asked in chat. */
export const endsInEntra = ({ stages }: AccessRequest): boolean => nativeStages(stages).length > 0

/**
 * The stage that a filed request waits in, as an index of all; the last one where the service waits for somebody whom no
 * stage plans for.
 * @param native which of the service's own, from 0
 */
export const waitingStage = (stages: readonly Stage[], native = 0): number =>
  nativeStages(stages)[native]?.index ?? Math.max(0, stages.length - 1)

/** Who said yes in a stage. */
export const approversOf = (request: AccessRequest, stage: number): readonly PersonId[] =>
  request.decisions.flatMap((each) =>
    each.stage === stage && each.verdict === 'approve' && each.by !== null ? [each.by] : [],
  )

/** Who is ruled out of deciding a stage of this request, and why. */
export const partiesOf = (request: AccessRequest, stage: number): Parties => ({
  requester: request.submission.requester,
  beneficiary: request.submission.beneficiary,
  decidedElsewhere: decidedElsewhere(request, stage),
  decidedHere: approversOf(request, stage),
})

/** Who decided any other stage. */
export const decidedElsewhere = (request: AccessRequest, stage: number): readonly PersonId[] =>
  request.decisions.flatMap((each) => (each.stage !== stage && each.by !== null ? [each.by] : []))
