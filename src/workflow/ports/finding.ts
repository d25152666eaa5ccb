import type { PlanProblem } from '../../approval/plan.ts'
import type { Kind } from '../../entitlement/kinds/kinds.ts'
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
  // An entry against the settings of what it grants
  | ((PolicyFinding | Undecidable) & Where)
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

/** What an entry grants, and the portal's page where its settings are. */
export interface Where {
  readonly of: Kind
  readonly page: string
}

/** Of those who may ask, these could not get it decided; `all` when nobody could. */
export interface Undecidable {
  readonly kind: 'undecidable'
  readonly entry: string
  readonly people: readonly string[]
  readonly all: boolean
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
