import type { ApprovalOffers, WhyNotApprove } from '../../request/approval-offers.ts'
import type { StatusVerb } from '../../request/offers.ts'
import type { Tier } from '../../entitlement/entry.ts'
import type { Terms } from '../../entitlement/terms.ts'
import type { Person, PersonId } from '../../people.ts'
import type { NoticeAbout } from '../../request/effects.ts'
import type { RequestId } from '../../request/events.ts'
import type { AccessRequest, Claim, Deviation } from '../../request/request.ts'
import type { Refusal, Unrequestable } from '../../request/refusal.ts'
import type { Duration } from '../../time.ts'
import type { AnswerSaid, AnswerView } from './answers.ts'
import type { Explanation } from './explanation.ts'
import type { NamedDecider, StageView } from './stage-view.ts'
import type { InputSpec } from '../../entitlement/inputs.ts'

/** Who reads a message, and how their dates and words are to look. */
export interface Viewer {
  /** BCP 47, such as `en-GB`. */
  readonly locale: string
  /** IANA, such as `Europe/London`. */
  readonly zone: string
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
  /** What its kind asks for beside these, with what stands there. */
  readonly more: readonly { readonly spec: InputSpec; readonly value: string }[]
  /** Why the last submit tap was sent back, and which inputs that concerns. */
  readonly sentBack?: { readonly refusal: Refusal; readonly missing: readonly Missing[] }
  /** In the order in which they decide. */
  readonly stages: readonly StageView[]
  /** Names of people that a refusal speaks of, by id. */
  readonly names: ReadonlyMap<string, string>
}

/** The requester's card from submission to end: where the request stands, as observed, and when that was. */
export interface StatusView {
  readonly view: 'status'
  readonly request: AccessRequest
  readonly entitlement: EntitlementView
  /** Who is asked now, while somebody is. */
  readonly deciders: readonly NamedDecider[]
  /** Who of them is looking at it. */
  readonly claim?: Claim
  /** When the backup is asked if those stay silent, and when it lapses; absent where neither will happen any more. */
  readonly next?: { readonly backupAt?: Date; readonly closesAt?: Date; readonly backup: readonly NamedDecider[] }
  /** Whether a stage of Entra's is still to come after the last tap. */
  readonly thenEntra: boolean
  /** Entra enforces none of this. */
  readonly advisory: boolean
  /** Why this person's last tap was refused. */
  readonly refused?: Refusal
  /** Names of people the card speaks of, by id. */
  readonly names: ReadonlyMap<string, string>
  readonly buttons: readonly StatusVerb[]
  /** When End now becomes possible, while Entra's five minutes are not over. */
  readonly endPossibleAt?: Date
  readonly observedAt: Date
  /** The tenant has not answered since then, though it was asked. */
  readonly silent?: true
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
  /** The stage this card was shown for: which of how many, and how many have said yes of how many. */
  readonly stage: { readonly number: number; readonly of: number; readonly yes: number; readonly need: number }
  /** Whether Entra holds this decision, or only we do; `advisory`: the portal can go round it. */
  readonly by: 'entra' | 'chat' | 'advisory'
  /** When this person last held it through us, null for never since we watch. */
  readonly lastUse: Date | null
  /** What the approver should know beforehand. */
  readonly signals: readonly { readonly label: string; readonly meaning: string }[]
  /** Names of people who are asked as well. */
  readonly others: readonly string[]
  /** Who of those that may decide is looking at it. */
  readonly claim?: { readonly by: PersonId; readonly since: Date; readonly mine: boolean }
  readonly mayClaim: boolean
  /** Whether the requester can be asked something: not while enough waits for their answer, nor without the app. */
  readonly ask: ApprovalOffers['ask']
  /** Why this reader may deny it and not approve it. */
  readonly notApprovable?: WhyNotApprove
  /** From and up to which length the reader may cut it; absent where Entra holds it with the length that was asked. */
  readonly shorter?: ApprovalOffers['shorter']
  /** Why this very person's tap was refused, shown on their own copy. */
  readonly refused?: Refusal
  readonly portal: string
}

/** One short new message: it makes the phone buzz, so it fits a lock screen and never carries the justification. */
export interface NoticeView {
  readonly view: 'notice'
  readonly about: NoticeAbout
  readonly entitlement: string
  readonly until: Date | null
  readonly by: string | null
  /** Of `ready`: how many of all stages are approved, where the last tap sends it to Entra and another follows there. */
  readonly steps?: { readonly approved: number; readonly of: number }
  /** Of `ready`: an approver said yes to less than was asked. */
  readonly shortened?: { readonly asked: Duration; readonly to: Duration }
  /** Of `lapsed`: whose time ran out; absent, the message leaves that to the card. */
  readonly waitedFor?: 'stage' | 'entra' | 'requester'
}

/** The card that replaced a draft nobody will submit any more. */
export interface ClosedDraftView {
  readonly view: 'closed-draft'
  readonly entitlement: string
  /** `moved`: the same card stands further down. */
  readonly why: 'discarded' | 'replaced' | 'moved'
}

/** Said back in words. */
export interface SayView {
  readonly view: 'say'
  readonly what:
    /** Names of what the reader could ask for. */
    | { readonly kind: 'welcome'; readonly examples: readonly string[] }
    | { readonly kind: 'not-understood'; readonly examples: readonly string[] }
    | { readonly kind: 'smalltalk' }
    | { readonly kind: 'never' }
    | { readonly kind: 'not-eligible'; readonly entitlement: string }
    /** Nothing stands open any more. */
    | { readonly kind: 'nothing-asked' }
    /** Words that agree send nothing: the form's button does. */
    | { readonly kind: 'press-submit'; readonly entitlement: string }
    | { readonly kind: 'only-for-yourself'; readonly entitlement: string }
    /** A start was named, which cannot be put off yet. */
    | { readonly kind: 'begins-at-once' }
    | { readonly kind: 'nothing-fits' }
    /** In the catalogue, but of a kind that this version cannot grant. */
    | { readonly kind: 'not-yet'; readonly entitlement: string }
    /** `mend` names who can: people for a stage, Entra's administrators for a rule. */
    | {
        readonly kind: 'not-requestable'
        readonly entitlement: string
        readonly why: Unrequestable
        readonly names: ReadonlyMap<string, string>
        readonly mend: readonly string[]
      }
    | { readonly kind: 'already-open'; readonly entitlement: string }
    | { readonly kind: 'active-already'; readonly until: Date | null }
    /** Why they may or may not have it, and who decides: as judged now, or when they asked. */
    | { readonly kind: 'why'; readonly why: Explanation }
    /** In public; `to` is whom it is for. */
    | { readonly kind: 'written-personally'; readonly to?: string; readonly link: string }
    | { readonly kind: 'no-app'; readonly to?: string; readonly link: string }
    | { readonly kind: 'in-private'; readonly link: string }
    /** Their message was edited or deleted after its form was submitted. */
    | { readonly kind: 'too-late'; readonly how: 'edited' | 'deleted'; readonly entitlement: string }
    | { readonly kind: 'tenant-silent'; readonly reference: string }
    /** Neither the tenant nor the connector failed: something of ours did. */
    | { readonly kind: 'own-fault'; readonly reference: string }
    | { readonly kind: 'record-refused' }
    | { readonly kind: 'memory-silent' }
    | AnswerSaid
}

/** One request that waits for the reader. */
export interface PendingRow {
  readonly request: RequestId
  readonly revision: number
  readonly requester: string
  readonly entitlement: string
  readonly duration: Duration
  /** Filed in the portal, past the stages in chat. */
  readonly filedOutside: boolean
  /** Null where nothing closes it by itself. */
  readonly closesAt: Date | null
}

/** What waits for the reader's decision, the most urgent first. */
export interface PendingView {
  readonly view: 'pending'
  readonly rows: readonly PendingRow[]
  /** Can be decided in the portal alone. */
  readonly elsewhere: readonly { readonly requester: string; readonly role: string; readonly since: Date }[]
  readonly portal: string
  /** False where Entra could not be asked, or the reader's token is not used by us. */
  readonly complete: boolean
}

/** A nudge to somebody who was asked and has not answered. */
export interface NudgeView {
  readonly view: 'nudge'
  readonly requester: string
  readonly entitlement: string
  readonly since: Date
}

/** To security: Entra holds what was not approved. */
export interface DeviationNoticeView {
  readonly view: 'deviation-notice'
  readonly request: RequestId
  readonly requester: string
  readonly entitlement: string
  readonly approved: Duration
  readonly deviation: Deviation
}

/** To security: the record of this request is not what was written. */
export interface RecordRefusedView {
  readonly view: 'record-refused-notice'
  readonly request: RequestId
}

/** What an approver wants to know, for the requester to answer. */
export interface QuestionView {
  readonly view: 'question'
  /** Names the question on its card. */
  readonly record: string
  readonly request: AccessRequest
  readonly entitlement: EntitlementView
  /** Counts the request's questions from 0. */
  readonly number: number
  readonly names: ReadonlyMap<string, string>
  /** False once it is answered, or nobody waits for the answer any more. */
  readonly open: boolean
  /** Why the reader's tap was not carried out. */
  readonly refused?: Refusal
}

/** To whoever asked: the answer stands on the request's card. */
export interface AnsweredView {
  readonly view: 'answered'
  readonly requester: string
  readonly entitlement: string
}

/** It ends soon: end it now, or let it end. */
export interface EndingView {
  readonly view: 'ending'
  readonly request: AccessRequest
  readonly entitlement: EntitlementView
  readonly until: Date | null
  /** False once it is over or the holder has answered. */
  readonly open: boolean
  /** When End now becomes possible, while Entra's five minutes are not over. */
  readonly endPossibleAt?: Date
}

/** A refusal that no card can show any more. */
export interface RefusalView {
  readonly view: 'refusal'
  readonly refusal: Refusal
  readonly names: ReadonlyMap<string, string>
}

/** Searches what its reader may ask for as they type; opens the form of what they choose. */
export interface FindView {
  readonly view: 'find'
}

export type View =
  | ConfirmView
  | StatusView
  | ApprovalView
  | NoticeView
  | NudgeView
  | DeviationNoticeView
  | RecordRefusedView
  | EndingView
  | PendingView
  | QuestionView
  | AnsweredView
  | RefusalView
  | ClosedDraftView
  | AnswerView
  | FindView
  | SayView
