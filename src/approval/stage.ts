import type { StageRule } from '../entitlement/entry.ts'
import type { PersonId } from '../people.ts'

/**
 * One stage of a request, frozen at submission.
 * `chat` is decided in the bot alone; `native` is Entra's own approval, cast there with the decider's token.
 */
export interface Stage {
  readonly by: 'chat' | 'native'
  readonly rule: StageRule
  /** How many different people must say yes here: fewer than the rule's where Entra takes the last one. */
  readonly need: number
  /** Who may decide from the start. */
  readonly people: readonly PersonId[]
  /** Who may decide from `escalateAfter`, or at once when nobody of `people` may. */
  readonly backup: readonly PersonId[]
  /** The owners' managers: asked when nobody of the others may decide. */
  readonly lastResort: readonly PersonId[]
}

/** Everybody who could come to decide a stage. */
export const everybodyOf = (stage: Stage): readonly PersonId[] => [
  ...stage.people,
  ...stage.backup,
  ...stage.lastResort,
]

/** What must not change between submission and a later step: which stages there are, not who stands in them. */
export const shapeOf = (stages: readonly Stage[]): string =>
  JSON.stringify(stages.map(({ by, need, rule }) => [by, need, rule.from]))

/** Why a person may not decide a stage, in the order in which it is looked for. */
export type NotADecider =
  | { readonly kind: 'requester' }
  | { readonly kind: 'beneficiary' }
  | { readonly kind: 'not-in-stage' }
  | { readonly kind: 'no-longer-in-stage' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'guest' }
  | { readonly kind: 'decided-another-stage' }
  | { readonly kind: 'decided-already' }
  /** They stand in for the others of a chat stage, who have not been silent long enough. */
  | { readonly kind: 'not-asked-yet' }
  /** Nobody else could take a later stage if they took this one. */
  | { readonly kind: 'needed-later' }
