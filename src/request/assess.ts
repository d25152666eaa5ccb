import { type Deciders, decidersOf, undecided } from '../approval/deciders.ts'
import { enoughForAll } from '../approval/enough.ts'
import { type EntraAsks, type Plan, planStages, type StagePeople } from '../approval/plan.ts'
import { everybodyOf, type Stage } from '../approval/stage.ts'
import type { Entitlement } from '../entitlement/entitlement.ts'
import type { Target } from '../entitlement/kinds/kinds.ts'
import { meetTerms, type TenantRules, type Terms } from '../entitlement/terms.ts'
import type { Person, PersonId } from '../people.ts'
import { ok, refuse, type Result } from '../result.ts'
import { isoDuration } from '../time.ts'
import type { TraceStep } from './events.ts'
import type { Refusal } from './refusal.ts'

/** Everything that was looked up to judge whether somebody may ask for something now. Look-ups that failed never get here. */
export interface Situation {
  readonly at: Date
  readonly requester: Person
  /** Who would hold it. */
  readonly beneficiary: Person
  /** When it is to begin; at once where absent. */
  readonly startsAt?: Date
  readonly entitlement: Entitlement
  /** What the service would be asked to grant; absent where no version of this kind is there to ask it. */
  readonly target?: Target
  readonly catalogueDigest: string
  /** Whether PIM lists the requester as eligible, directly or through a group. */
  readonly eligible: boolean
  readonly rules: TenantRules
  readonly stages: readonly StagePeople[]
  readonly backup: readonly Person[]
  readonly entra: EntraAsks
  /** Another request of theirs for the same thing that is still open. */
  readonly alreadyOpen: boolean
  /** What they hold of it already, by another way than through us; absent where nothing was seen, or not looked for. */
  readonly elsewhere?: { readonly until: Date | null }
}

export interface Assessment {
  readonly entitlement: Entitlement
  readonly target: Target
  readonly terms: Terms
  readonly plan: Plan
  /** Of each stage, in order. */
  readonly deciders: readonly Deciders[]
  readonly trace: readonly TraceStep[]
}

/**
 * May this person ask for this now, under which terms, and who would decide? Asked by the form, the submission and the
 * filing alike, each time on what the tenant says then.
 */
export function assess(situation: Situation): Result<Assessment, Refusal> {
  return judge(situation).result
}

/** The same judgement with every step of it, for those who ask why; a refusal ends it. */
export function judge(situation: Situation): {
  readonly result: Result<Assessment, Refusal>
  readonly trace: readonly TraceStep[]
} {
  const trace: TraceStep[] = []
  const passed = (rule: string, outcome: string): void => void trace.push({ rule, outcome })
  const no = (rule: string, refusal: Refusal, outcome: string) => {
    trace.push({ rule, outcome })
    return { result: refuse(refusal), trace }
  }
  const { requester, beneficiary, entitlement, target, rules } = situation

  if (!requester.enabled) return no('account', { kind: 'account-disabled' }, 'the account is disabled')
  if (requester.guest && entitlement.guests === 'deny') {
    return no('guests', { kind: 'guests-may-not-ask' }, 'a guest, and the entry does not allow guests')
  }
  if (!requester.guest && entitlement.guests === 'only') {
    return no('guests', { kind: 'only-guests-may-ask' }, 'a member of the tenant, and the entry is for guests')
  }
  passed('guests', requester.guest ? 'a guest, whom the entry allows' : 'a member of the tenant')

  if (target === undefined) {
    return no('kind', notBuilt(`the kind ${entitlement.kind}`), `${entitlement.kind} cannot be granted by this version`)
  }
  // An emergency has no stages; what stands in their place is not carried out yet.
  if (entitlement.breakGlass)
    return no('break-glass', notBuilt('break-glass'), 'break-glass cannot be granted by this version')
  if (!situation.eligible) return no('eligibility', { kind: 'not-eligible' }, 'PIM does not list them as eligible')
  passed('eligibility', 'PIM lists them as eligible')
  if (situation.alreadyOpen) return no('one at a time', { kind: 'already-open' }, 'another request of theirs is open')

  const { elsewhere } = situation
  if (elsewhere !== undefined) {
    return no('not active yet', { kind: 'active-already', until: elsewhere.until }, 'Entra shows it as active')
  }

  const terms = meetTerms(entitlement, rules)
  const longest = `catalogue ${isoDuration(entitlement.duration.longest)}, Entra ${isoDuration(rules.longest)}`
  passed('longest', `${isoDuration(terms.longest)}, the stricter of ${longest}`)
  passed('justification', terms.justification)
  passed('ticket', terms.ticket)

  const today = situation.at.toISOString().slice(0, 10)
  const planned = planStages(entitlement, situation.stages, situation.backup, situation.entra, today)
  if (!planned.ok) return no('stages', { kind: 'not-requestable', why: planned.refusal }, planned.refusal.kind)
  const { stages } = planned.value
  for (const drift of planned.value.drift) passed('drift', drift.kind)

  const people = everybodyIn(situation)
  const deciders = stages.map((stage) => decidersOf(stage, stage, undecided(requester.id, beneficiary.id), people))
  for (const [index, stage] of stages.entries()) {
    passed(`stage ${index + 1}`, `${stage.by}, ${stage.need} of ${countOf(deciders[index])}`)
  }
  const short = deciders.find((each) => !each.enough)
  if (short !== undefined || !enoughForAll(seatsOf(stages, deciders))) {
    const each = (short ?? deciders[0])?.ruledOut ?? []
    return no(
      'deciders',
      { kind: 'not-requestable', why: { kind: 'nobody-may-decide', each } },
      'not enough people may decide',
    )
  }
  return { result: ok({ entitlement, target, terms, plan: planned.value, deciders, trace }), trace }
}

/** Everybody whom the stages and Entra speak of, by id, as the directory shows them. */
export function everybodyIn({ stages, backup, entra }: Situation): ReadonlyMap<PersonId, Person> {
  const asked = entra.asks === 'approvers' ? entra.people : []
  const all = [...stages.flatMap((each) => [...each.people, ...each.lastResort]), ...backup, ...asked]
  return new Map(all.map((person) => [person.id, person]))
}

const countOf = (deciders: Deciders | undefined): number =>
  deciders === undefined ? 0 : deciders.asked.length + deciders.standIn.length

const seatsOf = (stages: readonly Stage[], deciders: readonly Deciders[]) =>
  stages.map((stage, index) => {
    const out = new Set(deciders[index]?.ruledOut.map(({ person }) => person))
    return { need: stage.need, candidates: everybodyOf(stage).filter((person) => !out.has(person)) }
  })

const notBuilt = (what: string): Refusal => ({ kind: 'not-requestable', why: { kind: 'not-built-yet', what } })
