import type { Drift } from '../../approval/plan.ts'
import type { StageSource } from '../../entitlement/entry.ts'
import type { Terms } from '../../entitlement/terms.ts'
import type { PersonId } from '../../people.ts'
import type { TraceStep } from '../../request/events.ts'
import type { Refusal } from '../../request/refusal.ts'
import type { Decision } from '../../request/request.ts'
import type { Standing } from '../../request/who-decides.ts'
import type { Duration } from '../../time.ts'
import type { StageView } from './stage-view.ts'

/** One stage, and where everybody whom catalogue or Entra name for it stands. */
export interface ExplainedStage {
  readonly by: StageView['by']
  readonly from: StageSource
  readonly need: number
  readonly people: readonly { readonly person: PersonId; readonly standing: Standing; readonly reachable: boolean }[]
}

/** Why a person may or may not have something, under which terms, and who decides it: data, for chat and terminal. */
export interface Explanation {
  readonly entitlement: { readonly id: string; readonly name: string }
  /** Their name. */
  readonly requester: string
  /** Product time of the judgement. */
  readonly at: Date
  /** Set where the trace is the one that was stored when this request was submitted. */
  readonly request?: {
    readonly id: string
    readonly status: string
    readonly open: boolean
    readonly decisions: readonly Decision[]
  }
  readonly trace: readonly TraceStep[]
  /** What was asked for, and what is left of it under the terms. */
  readonly asked?: { readonly duration: Duration; readonly given: Duration }
  readonly terms?: Terms
  /** Why it cannot be asked for. */
  readonly refusal?: Refusal
  /** Who could decide now; none where that cannot be told, or where it is over. */
  readonly stages: readonly ExplainedStage[]
  readonly drift: readonly Drift[]
  /** Names of those who can put right that nobody decides: the entry's owners. */
  readonly mend: readonly string[]
  /** By id, of everybody spoken of. */
  readonly names: ReadonlyMap<string, string>
}
