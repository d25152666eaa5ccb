import { type Deciders, decidersOf, type Parties, undecided } from '../approval/deciders.ts'
import { type Drift, planStages } from '../approval/plan.ts'
import type { NotADecider, Stage } from '../approval/stage.ts'
import type { PersonId } from '../people.ts'
import { ok, refuse, type Result } from '../result.ts'
import { type Situation, everybodyIn } from './assess.ts'
import type { Unrequestable } from './refusal.ts'

/** Where one person stands towards one stage. */
export type Standing =
  | { readonly as: 'asked' }
  /** May decide once the others have been silent for `escalateAfter`. */
  | { readonly as: 'stand-in' }
  /** Entra lets them decide, whom the catalogue does not name: it counts, and is drift. */
  | { readonly as: 'only-in-entra' }
  | { readonly as: 'out'; readonly why: NotADecider | { readonly kind: 'not-named-by-entra' } }

export interface StageNow {
  readonly stage: Stage
  readonly deciders: Deciders
  /** Everybody whom catalogue or Entra bring into this stage. */
  readonly standings: readonly { readonly person: PersonId; readonly standing: Standing }[]
}

/**
 * Who could decide each stage as things stand, and why each other of those named could not. Whether the requester may
 * ask at all is another matter: `judge` says that.
 * @param parties what has been decided already, for a request that is under way.
 */
export function whoDecides(
  situation: Situation,
  parties: Parties = undecided(situation.requester.id, situation.beneficiary.id),
): Result<{ readonly stages: readonly StageNow[]; readonly drift: readonly Drift[] }, Unrequestable> {
  const { entitlement, stages, backup, entra, at } = situation
  if (situation.target === undefined) {
    return refuse({ kind: 'not-built-yet', what: `the kind ${entitlement.kind}` })
  }
  const planned = planStages(entitlement, stages, backup, entra, at.toISOString().slice(0, 10))
  if (!planned.ok) return planned
  const people = everybodyIn(situation)
  const now = planned.value.stages.map((stage) => {
    const deciders = decidersOf(stage, stage, parties, people)
    const named = namedFor(situation, stage)
    const ids = [...new Set([...deciders.asked, ...deciders.standIn, ...ruledOut(deciders), ...named])]
    return {
      stage,
      deciders,
      standings: ids.map((person) => ({ person, standing: standingOf(person, stage, deciders, situation) })),
    }
  })
  return ok({ stages: now, drift: planned.value.drift })
}

const ruledOut = (deciders: Deciders): readonly PersonId[] => deciders.ruledOut.map(({ person }) => person)

/** Whom the catalogue names for this stage, and whom Entra asks where it is Entra's. */
function namedFor({ stages, backup, entra }: Situation, stage: Stage): readonly PersonId[] {
  const own = stages.find(({ rule }) => rule === stage.rule)
  const asked = stage.by === 'native' && entra.asks === 'approvers' ? entra.people : []
  return [...(own?.people ?? []), ...backup, ...asked].map(({ id }) => id)
}

function standingOf(person: PersonId, stage: Stage, deciders: Deciders, { entra }: Situation): Standing {
  if (deciders.asked.includes(person)) return { as: 'asked' }
  if (deciders.standIn.includes(person)) return { as: 'stand-in' }
  const out = deciders.ruledOut.find((each) => each.person === person)
  if (out !== undefined) return { as: 'out', why: out.why }
  // The owners' managers are asked when nobody else may decide.
  if (stage.lastResort.includes(person)) return { as: 'stand-in' }
  const inEntra = entra.asks === 'approvers' && entra.people.some(({ id }) => id === person)
  return inEntra ? { as: 'only-in-entra' } : { as: 'out', why: { kind: 'not-named-by-entra' } }
}
