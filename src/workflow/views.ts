import type { Tier } from '../entitlement/entitlement.ts'
import type { Terms } from '../entitlement/terms.ts'
import type { Person } from '../people.ts'
import type { AccessRequest } from '../request/request.ts'
import type { Refusal, Unrequestable } from '../request/refusal.ts'
import type { Duration } from '../time.ts'

/** Who reads a message, and how their dates and words are to look. */
export interface Viewer {
  /** BCP 47, such as `en-GB`. */
  readonly locale: string
  /** IANA, such as `Europe/London`. */
  readonly zone: string
}

/** Somebody who may decide, as the requester's card names them. */
export interface NamedDecider {
  readonly name: string
  /** False where the person has not the app: the bot cannot show them a card. */
  readonly reachable: boolean
}

export interface EntitlementView {
  readonly name: string
  readonly grants: string
  readonly tier: Tier
}

/** What the form still wants before it can be submitted. */
export type Missing = 'justification' | 'ticket'

/** The confirm card: filled in from the words, submitted with one tap. */
export interface ConfirmView {
  readonly view: 'confirm'
  readonly draft: string
  readonly revision: number
  readonly entitlement: EntitlementView
  readonly terms: Terms
  readonly duration: Duration
  /** The duration asked for, where it was longer than allowed and has been cut. */
  readonly cutFrom?: Duration
  readonly justification: string
  readonly ticket: string
  /** Why the last submit tap was sent back, and which inputs that concerns. */
  readonly sentBack?: { readonly refusal: Refusal; readonly missing: readonly Missing[] }
  readonly deciders: readonly NamedDecider[]
  /** Where the deciders stand in only when the first do not answer. */
  readonly backup: readonly NamedDecider[]
  readonly decidedIn: 'entra' | 'chat'
}

export type StatusButton = 'withdraw' | 'end' | 'check' | 'submit'

/** The requester's card from submission to end: where the request stands, as observed, and when that was. */
export interface StatusView {
  readonly view: 'status'
  readonly request: AccessRequest
  readonly entitlement: EntitlementView
  readonly deciders: readonly NamedDecider[]
  /** Names of people the card speaks of, by id. */
  readonly names: ReadonlyMap<string, string>
  readonly buttons: readonly StatusButton[]
  /** When End now becomes possible, while Entra's five minutes are not over. */
  readonly endPossibleAt?: Date
  readonly observedAt: Date
  readonly portal: string
}

/** The approver's card: everything a careful owner wants above the fold, then Approve, Deny with a comment, and the portal. */
export interface ApprovalView {
  readonly view: 'approval'
  readonly request: AccessRequest
  readonly requester: Person
  readonly entitlement: EntitlementView
  readonly names: ReadonlyMap<string, string>
  /** False once it is decided or not theirs to decide: the card then only says what happened. */
  readonly open: boolean
  /** Why this very person's tap was refused, shown on their own copy. */
  readonly refused?: Refusal
  readonly portal: string
}

/** One short new message: it makes the phone buzz, so it fits a lock screen and never carries the justification. */
export interface NoticeView {
  readonly view: 'notice'
  readonly about: 'active' | 'denied' | 'lapsed' | 'failed' | 'ended-early'
  readonly entitlement: string
  readonly until: Date | null
  readonly by: string | null
}

/** The card that replaced a draft nobody will submit any more. */
export interface ClosedDraftView {
  readonly view: 'closed-draft'
  readonly entitlement: string
  readonly why: 'discarded' | 'replaced'
}

/** Said back in words. */
export interface SayView {
  readonly view: 'say'
  readonly what:
    | { readonly kind: 'welcome' }
    | { readonly kind: 'help'; readonly examples: readonly string[] }
    | { readonly kind: 'not-understood'; readonly examples: readonly string[] }
    | { readonly kind: 'smalltalk' }
    | { readonly kind: 'never' }
    | { readonly kind: 'not-eligible'; readonly entitlement: string }
    | { readonly kind: 'which'; readonly candidates: readonly { readonly name: string; readonly grants: string }[] }
    | { readonly kind: 'nothing-fits'; readonly nearest: readonly string[] }
    /** In the catalogue, but of a kind that this version cannot grant. */
    | { readonly kind: 'not-yet'; readonly entitlement: string }
    | {
        readonly kind: 'my-requests'
        readonly requests: readonly {
          readonly entitlement: string
          readonly status: string
          readonly submittedAt: Date
        }[]
      }
    /** `mend` names who can: people for a stage, Entra's administrators for a rule. */
    | {
        readonly kind: 'not-requestable'
        readonly entitlement: string
        readonly why: Unrequestable
        readonly names: ReadonlyMap<string, string>
        readonly mend: readonly string[]
      }
    | { readonly kind: 'already-open'; readonly entitlement: string }
    | { readonly kind: 'personal-chat-only' }
    | { readonly kind: 'tenant-silent'; readonly reference: string }
}

export type View = ConfirmView | StatusView | ApprovalView | NoticeView | ClosedDraftView | SayView
