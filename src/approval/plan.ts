import type { Entitlement, StageRule } from '../entitlement/entitlement.ts'
import type { Person, PersonId } from '../people.ts'
import type { Stage } from './stage.ts'

/** The people a stage rule names, as the directory shows them today; those it does not know are not there. */
export interface StagePeople {
  readonly rule: StageRule
  readonly people: readonly Person[]
}

/** Whom Entra asks, groups opened; `nobody` where its policy asks for no approval at all. */
export type EntraAsks = { readonly asks: 'nobody' } | { readonly asks: 'approvers'; readonly people: readonly Person[] }

export type PlanProblem =
  | { readonly kind: 'entra-names-nobody' }
  | { readonly kind: 'entra-and-catalogue-disagree' }
  | { readonly kind: 'entra-asks-nobody' }

/** `advisory`: Entra asks nobody and the catalogue accepts that, so the stages are procedure which the portal can go round. */
export interface Plan {
  readonly stages: readonly [Stage, ...Stage[]]
  readonly advisory: boolean
}

/**
 * Lays Entra's single approval over the catalogue's stages: the last stage whose people (the backup counted in) meet
 * Entra's approvers is decided in Entra, all others in chat before it.
 * @param today ISO date on which an advisory must not have run out.
 */
export function planStages(
  entitlement: Entitlement,
  stages: readonly StagePeople[],
  backup: readonly Person[],
  entra: EntraAsks,
  today: string,
): { readonly ok: true; readonly value: Plan } | { readonly ok: false; readonly refusal: PlanProblem } {
  if (entra.asks === 'nobody') {
    const accepted = entitlement.advisory !== undefined && today <= entitlement.advisory.until
    const grave = entitlement.tier === 'high' || entitlement.tier === 'severe'
    if (!accepted && grave && !entitlement.breakGlass) return { ok: false, refusal: { kind: 'entra-asks-nobody' } }
    return planned(
      stages.map((stage) => chatStage(stage, backup)),
      true,
    )
  }

  // Entra then asks its Privileged Role and Global Administrators, whose tokens we never use.
  if (entra.people.length === 0) return { ok: false, refusal: { kind: 'entra-names-nobody' } }

  const named = new Set(entra.people.map((person) => person.id))
  const within = (people: readonly Person[]) => people.map((person) => person.id).filter((id) => named.has(id))
  const meeting = stages.findLastIndex((stage) => within([...stage.people, ...backup]).length > 0)
  const native = stages[meeting]
  if (native === undefined) return { ok: false, refusal: { kind: 'entra-and-catalogue-disagree' } }

  const people = unique(within(native.people))
  const inEntra: Stage = {
    by: 'native',
    rule: native.rule,
    people,
    backup: unique(within(backup)).filter((id) => !people.includes(id)),
  }
  const inChat = stages.filter((_, index) => index !== meeting).map((stage) => chatStage(stage, backup))
  return planned([...inChat, inEntra], false)
}

function planned(stages: readonly Stage[], advisory: boolean): { readonly ok: true; readonly value: Plan } {
  const [first, ...rest] = stages
  if (first === undefined) throw new Error('an entitlement without stages: the catalogue refuses those')
  return { ok: true, value: { stages: [first, ...rest], advisory } }
}

function chatStage({ rule, people }: StagePeople, backup: readonly Person[]): Stage {
  const ids = unique(people.map((person) => person.id))
  return {
    by: 'chat',
    rule,
    people: ids,
    backup: unique(backup.map((person) => person.id)).filter((id) => !ids.includes(id)),
  }
}

const unique = (ids: readonly PersonId[]): readonly PersonId[] => [...new Set(ids)]
