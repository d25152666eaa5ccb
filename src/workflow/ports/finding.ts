import type { PlanProblem } from '../../approval/plan.ts'
import type { Mistake } from '../../entitlement/mistake.ts'
import type { Duration } from '../../time.ts'
import type { Unread } from './reading.ts'

/** Something that an administrator or owner should mend; each is said with its mend. People are named, entries by id. */
export type Finding =
  // The configuration
  | { readonly kind: 'setting'; readonly problem: string }
  | { readonly kind: 'catalogue-mistake'; readonly mistake: Mistake }
  | { readonly kind: 'other-tenant'; readonly catalogue: string; readonly configured: string }
  // The tenant
  | { readonly kind: 'no-token'; readonly detail: string }
  | {
      readonly kind: 'permission-missing'
      readonly permission: string
      /** What the bot cannot tell without it. */
      readonly tells: string
      readonly detail: string
    }
  /** `scope` is the Azure id. */
  | { readonly kind: 'scope-unread'; readonly scope: string; readonly detail: string }
  | { readonly kind: 'unreadable'; readonly what: string; readonly detail: string }
  /** `why` as the language model's reading says why there is none. */
  | { readonly kind: 'language-model'; readonly why: Unread }
  // The people
  | { readonly kind: 'person-unknown'; readonly handle: string; readonly parts: readonly string[] }
  | { readonly kind: 'person-disabled'; readonly handle: string; readonly parts: readonly string[] }
  | { readonly kind: 'person-without-app'; readonly handle: string; readonly parts: readonly string[] }
  | { readonly kind: 'set-unknown'; readonly set: string; readonly group: string }
  | { readonly kind: 'set-empty'; readonly set: string; readonly group: string }
  // A directory role's entry against its policy
  | PolicyFinding
  /** Of those who are eligible, these could not get it decided; `all` when nobody could. */
  | {
      readonly kind: 'undecidable'
      readonly entry: string
      readonly people: readonly string[]
      readonly all: boolean
    }
  // The memory
  | Undelivered
  | { readonly kind: 'database'; readonly detail: string }
  | { readonly kind: 'stream-unreadable'; readonly request: string; readonly detail: string }
  | { readonly kind: 'summary-missing'; readonly request: string }
  | { readonly kind: 'summary-stray'; readonly request: string }
  | {
      readonly kind: 'summary-differs'
      readonly request: string
      readonly field: string
      readonly summary: string
      readonly journal: string
    }
  /** Something is due by time alone, and nobody will look by then. */
  /** Time alone should have brought something about by then. */
  | { readonly kind: 'overdue'; readonly request: string; readonly due: Date }

/** Of one kind and for one reason; `example` is the id of one of them. */
export interface Undelivered {
  /** Given up, or written by a version that knows more than this one. */
  readonly kind: 'message-given-up' | 'message-unknown'
  readonly effect: string
  readonly detail: string
  readonly count: number
  readonly example: string
}

export type PolicyFinding =
  | { readonly kind: 'plan'; readonly entry: string; readonly problem: PlanProblem['kind'] }
  | { readonly kind: 'wider'; readonly entry: string; readonly people: readonly string[] }
  | { readonly kind: 'not-enforced'; readonly entry: string }
  | { readonly kind: 'advisory-over'; readonly entry: string; readonly until: string }
  | { readonly kind: 'advisory-ends'; readonly entry: string; readonly until: string }
  | { readonly kind: 'advisory-unneeded'; readonly entry: string }
  | { readonly kind: 'longer'; readonly entry: string; readonly catalogue: Duration; readonly entra: Duration }
  | { readonly kind: 'shorter'; readonly entry: string; readonly catalogue: Duration; readonly entra: Duration }
  | { readonly kind: 'unknown-rules'; readonly entry: string; readonly rules: readonly string[] }
  | { readonly kind: 'looser'; readonly entry: string; readonly demand: 'justification' | 'ticket' | 'step-up' }
