import type { StageRule } from '../entitlement/entitlement.ts'
import type { PersonId } from '../people.ts'

/**
 * One stage of a request, frozen at submission.
 * `chat` is decided in the bot alone; `native` is Entra's own approval, cast there with the decider's token.
 */
export interface Stage {
  readonly by: 'chat' | 'native'
  readonly rule: StageRule
  /** Who may decide from the start. */
  readonly people: readonly PersonId[]
  /** Who may decide from `escalateAfter`, or at once when nobody of `people` may. */
  readonly backup: readonly PersonId[]
}

/** Why a person may not decide a stage, in the order in which it is looked for. */
export type NotADecider =
  | { readonly kind: 'not-in-stage' }
  | { readonly kind: 'no-longer-in-stage' }
  | { readonly kind: 'requester' }
  | { readonly kind: 'beneficiary' }
  | { readonly kind: 'guest' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'decided-another-stage' }
