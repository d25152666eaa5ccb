import { type Deciders, decidersOf } from '../approval/deciders.ts'
import { type EntraAsks, type Plan, planStages, type StagePeople } from '../approval/plan.ts'
import type { DirectoryRole, Entitlement } from '../entitlement/entitlement.ts'
import { meetTerms, type TenantRules, type Terms } from '../entitlement/terms.ts'
import type { Person, PersonId } from '../people.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { TraceStep } from './events.ts'
import type { Refusal } from './refusal.ts'

/** Everything that was looked up to judge whether somebody may ask for something now. Look-ups that failed never get here. */
export interface Situation {
  readonly at: Date
  readonly requester: Person
  readonly entitlement: Entitlement
  readonly catalogueDigest: string
  /** Whether PIM lists the requester as eligible, directly or through a group. */
  readonly eligible: boolean
  readonly rules: TenantRules
  readonly stages: readonly StagePeople[]
  readonly backup: readonly Person[]
  readonly entra: EntraAsks
  /** Another request of theirs for the same thing that is still open. */
  readonly alreadyOpen: boolean
}

export interface Assessment {
  readonly entitlement: DirectoryRole
  readonly terms: Terms
  readonly plan: Plan
  /** Of the first stage. */
  readonly deciders: Deciders
  readonly trace: readonly TraceStep[]
}

/**
 * May this person ask for this now, under which terms, and who would decide? Asked by the form, the submission and the
 * filing alike, each time on what the tenant says then.
 */
export function assess(situation: Situation): Result<Assessment, Refusal> {
  const { requester, entitlement, rules } = situation
  const trace: TraceStep[] = []
  const passed = (rule: string, outcome: string) => trace.push({ rule, outcome })

  if (!requester.enabled) return refuse({ kind: 'account-disabled' })
  if (requester.guest && entitlement.guests === 'deny') return refuse({ kind: 'guests-may-not-ask' })
  passed('guests', requester.guest ? 'a guest, whom the entry allows' : 'a member of the tenant')

  if (entitlement.kind !== 'directoryRole') return notBuilt(`the kind ${entitlement.kind}`)
  if (!situation.eligible) return refuse({ kind: 'not-eligible' })
  passed('eligibility', 'PIM lists them as eligible')
  if (situation.alreadyOpen) return refuse({ kind: 'already-open' })

  const terms = meetTerms(entitlement, rules)
  passed(
    'longest',
    `${terms.longest} ms, the stricter of ${entitlement.duration.longest} (catalogue) and ${rules.longest} (Entra)`,
  )

  const today = situation.at.toISOString().slice(0, 10)
  const planned = planStages(entitlement, situation.stages, situation.backup, situation.entra, today)
  if (!planned.ok) return refuse({ kind: 'not-requestable', why: planned.refusal })
  const [stage, ...later] = planned.value.stages
  if (later.length > 0) return notBuilt('an approval in several stages')
  if (stage.by === 'chat') return notBuilt('an approval that Entra does not ask for')
  if (stage.rule.need > 1) return notBuilt('an approval by several people')
  passed(
    'stage',
    `decided in Entra by ${stage.people.length} of the catalogue's people, ${stage.backup.length} standing in`,
  )

  const people = new Map<PersonId, Person>()
  const asked = situation.entra.asks === 'approvers' ? situation.entra.people : []
  for (const person of [...situation.stages.flatMap((each) => each.people), ...situation.backup, ...asked]) {
    people.set(person.id, person)
  }
  const parties = { requester: requester.id, beneficiary: requester.id, decidedElsewhere: [], guestsMayDecide: false }
  const deciders = decidersOf(stage, stage, parties, people)
  if (deciders.asked.length === 0) {
    return refuse({ kind: 'not-requestable', why: { kind: 'nobody-may-decide', each: deciders.ruledOut } })
  }
  passed('deciders', `${deciders.asked.length} may decide now, ${deciders.standIn.length} if they stay silent`)
  return ok({ entitlement, terms, plan: planned.value, deciders, trace })
}

const notBuilt = (what: string): Result<Assessment, Refusal> =>
  refuse({ kind: 'not-requestable', why: { kind: 'not-built-yet', what } })
