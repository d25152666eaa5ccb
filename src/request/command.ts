import type { Terms } from '../entitlement/terms.ts'
import type { PersonId } from '../people.ts'
import type { StagesToday, Tapper } from './right-to-decide.ts'

/** Who taps, and when: `at` is product time; `realNow` and `leaseUntil` measure the tap itself. */
export interface Tap {
  readonly at: Date
  readonly realNow: Date
  readonly leaseUntil: Date
  readonly by: PersonId
}

/** What a person wants of a request that stands. Each is only the attempt: what came of it is seen afterwards. */
export type Command =
  | ({ readonly type: 'File'; readonly stagesToday: StagesToday } & Tap)
  | ({
      readonly type: 'Decide'
      readonly verdict: 'approve' | 'deny'
      readonly comment: string
      /** A yes to less than was asked: the length as chosen, not yet judged; absent where it is a yes to all of it. */
      readonly shorter?: string
      /** Catalogue met with Entra's rules today; undefined when the catalogue has it no more. */
      readonly termsToday: Terms | undefined
      /** Authentication contexts that the decider's sign-in carries, such as `c1`. */
      readonly contexts: readonly string[]
    } & Tapper &
      Tap)
  | ({ readonly type: 'Withdraw' } & Tap)
  | ({ readonly type: 'EndNow' } & Tap)
  | ({ readonly type: 'LetEnd' } & Tap)
