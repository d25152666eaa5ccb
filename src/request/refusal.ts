import type { TargetField } from '../entitlement/kinds/kinds.ts'
import type { NotADecider } from '../approval/stage.ts'
import type { PersonId } from '../people.ts'
import type { Duration } from '../time.ts'
import type { AccessRequest } from './request.ts'
import type { InputKind } from '../entitlement/inputs.ts'

/** One value that Entra's request and the journal do not agree on, both as people read them. */
export type Difference =
  | { readonly field: 'requester'; readonly journal: PersonId; readonly entra: PersonId }
  /** Null where Entra's request names no end. */
  | { readonly field: 'duration'; readonly journal: Duration; readonly entra: Duration | null }
  /** What is asked for by its name; what the catalogue does not know by its id. */
  | {
      readonly field: TargetField | 'justification' | 'ticket' | 'request'
      readonly journal: string
      readonly entra: string
    }

/** Why a tap is not carried out. Each becomes one sentence that says what to do; nothing has moved when one is given. */
export type Refusal =
  // The form
  | { readonly kind: 'justification-missing' }
  /** `input` by its name; `label` as the tenant words it, null for one of our own. */
  | { readonly kind: 'input-missing'; readonly input: string; readonly label: string | null }
  | {
      readonly kind: 'input-not-understood'
      readonly input: string
      readonly label: string | null
      readonly wanted: InputKind
      /** What of it could not be read. */
      readonly text: string
    }
  | { readonly kind: 'ticket-missing' }
  | { readonly kind: 'ticket-not-recognised'; readonly ticket: string }
  | { readonly kind: 'duration-unreadable'; readonly text: string }
  | { readonly kind: 'too-long'; readonly longest: Duration }
  | { readonly kind: 'too-short'; readonly shortest: Duration }
  // The record
  | { readonly kind: 'unknown-record' }
  /** Words where one of the choices was wanted. */
  | { readonly kind: 'not-in-the-list' }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'old-card' }
  | { readonly kind: 'draft-closed' }
  // The right to ask
  | { readonly kind: 'not-eligible' }
  | { readonly kind: 'guests-may-not-ask' }
  | { readonly kind: 'only-guests-may-ask' }
  | { readonly kind: 'account-disabled' }
  | { readonly kind: 'already-open' }
  /** Asked for and withdrawn again and again: the approvers are spared for a while. */
  | { readonly kind: 'cooling-down'; readonly until: Date; readonly withdrawn: number }
  /** Entra shows it as active, by nothing that was asked for here; null where that has no end. */
  | { readonly kind: 'active-already'; readonly until: Date | null }
  | { readonly kind: 'not-requestable'; readonly why: Unrequestable }
  // The right to decide
  | { readonly kind: 'own-request' }
  | { readonly kind: 'may-not-decide'; readonly why: NotADecider }
  | { readonly kind: 'being-decided'; readonly by: PersonId }
  /** By whoever taps: what became of their own tap is not known yet. */
  | { readonly kind: 'own-tap-under-way' }
  | { readonly kind: 'comment-missing' }
  | { readonly kind: 'differs-in-entra'; readonly differences: readonly Difference[] }
  | { readonly kind: 'not-waiting-in-entra' }
  /** Today's terms would not give what was asked for any more: nobody may say yes to it, though anybody asked may deny it. */
  | { readonly kind: 'terms-stricter' }
  /** Entra takes this decision in its portal only. */
  | { readonly kind: 'decide-in-portal'; readonly portal: string }
  // Less than was asked
  /** Entra's own request cannot be changed: it is approved as it is, or denied. */
  | { readonly kind: 'cannot-shorten' }
  | { readonly kind: 'not-shorter'; readonly asked: Duration; readonly shortest: Duration }
  // Questions and claims
  | { readonly kind: 'question-missing' }
  /** They do not have the app, so no question would reach them. */
  | { readonly kind: 'requester-unreachable' }
  /** So many of this stage's are unanswered that another would only flood the requester. */
  | { readonly kind: 'questions-waiting'; readonly most: number }
  | { readonly kind: 'stage-over' }
  | { readonly kind: 'answer-missing' }
  | { readonly kind: 'answered-already' }
  /** The request is decided or over. */
  | { readonly kind: 'answer-not-needed'; readonly status: string }
  // Where the request stands
  /** `by` where one person brought it about and is not whoever reads this. */
  | { readonly kind: 'settled'; readonly status: string; readonly at?: Date; readonly by?: PersonId }
  /** Others have said yes to what this card asked for; null where nobody saw who. */
  | { readonly kind: 'stage-decided'; readonly at: Date; readonly by: PersonId | null }
  /** Entra has granted what was to be withdrawn; null where it has no end, absent where it does not show yet. */
  | { readonly kind: 'granted-already'; readonly until?: Date | null }
  | { readonly kind: 'not-filed-yet' }
  /** Catalogue or Entra ask for other stages by now: what was decided so far is void, and they are asked anew. */
  | { readonly kind: 'stages-changed' }
  | { readonly kind: 'window-over' }
  | { readonly kind: 'not-active' }
  | { readonly kind: 'too-early-to-end'; readonly possibleAt: Date }
  | { readonly kind: 'in-doubt'; readonly about: 'filing' | 'decision' | 'withdrawal' | 'end' }
  // What Entra, or the sign-in, said
  | {
      readonly kind: 'entra-refused'
      readonly code: string
      readonly message: string
      readonly failedRules: readonly string[]
    }
  /** `claims` is what Entra wants of the fresh sign-in, null where it did not say. */
  | { readonly kind: 'sign-in-needed'; readonly claims: string | null }
  /** The catalogue wants a sign-in that carries this authentication context, and the one at hand does not. */
  | { readonly kind: 'step-up-needed'; readonly context: string }
  /** Entra lets the sign-in app do nothing for this person: no sign-in helps, an administrator does. */
  | { readonly kind: 'consent-missing'; readonly code: string }
  | { readonly kind: 'portal-only' }
  | { readonly kind: 'tenant-silent' }
  /** Neither the tenant nor the person: something of ours failed, and how much was done is not known. */
  | { readonly kind: 'own-fault'; readonly reference: string }
  /** The database did not answer in time. */
  | { readonly kind: 'memory-silent' }
  /** The journal's record of it is not what was written: nothing is decided from it. */
  | { readonly kind: 'record-refused' }

/** Why nobody could decide a request, so that it cannot be made: which rule, and who can mend it. */
export type Unrequestable =
  /** The people of the stage were all looked up, and none of them may. `each` says why not. */
  | {
      readonly kind: 'nobody-may-decide'
      readonly each: readonly { readonly person: PersonId; readonly why: NotADecider }[]
    }
  /** Entra asks for approval and names nobody, so its administrators decide: no card can be shown to them. */
  | { readonly kind: 'entra-names-nobody' }
  /** None of those whom Entra asks is among those whom the catalogue asks. */
  | { readonly kind: 'entra-and-catalogue-disagree' }
  /** The catalogue wants an approval that Entra does not ask, and does not accept that. */
  | { readonly kind: 'entra-asks-nobody' }
  /** Kinds, stages and procedures that this version does not carry out. */
  | { readonly kind: 'not-built-yet'; readonly what: string }

/** Whether the request as it stands tells this itself, so that saying it beside it would only repeat it. */
export function toldByRequest({ phase, doubt, setback }: AccessRequest, refusal: Refusal): boolean {
  switch (refusal.kind) {
    case 'in-doubt':
      return doubt !== undefined
    case 'granted-already':
      return setback !== undefined
    case 'entra-refused':
    case 'portal-only':
    case 'sign-in-needed':
      return phase.status === 'refused' || setback !== undefined
    default:
      return false
  }
}
