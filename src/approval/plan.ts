import type { Entitlement } from '../entitlement/entitlement.ts'
import type { StageRule } from '../entitlement/entry.ts'
import type { Person, PersonId } from '../people.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { Stage } from './stage.ts'

/** The people a stage rule names, as the directory shows them today; those it does not know are not there. */
export interface StagePeople {
  readonly rule: StageRule
  readonly people: readonly Person[]
  /** Managers of the entry's owners, for a stage that the owners decide. */
  readonly lastResort: readonly Person[]
}

/** Whom Entra asks, groups opened; `nobody` where its policy asks for no approval at all. */
export type EntraAsks = { readonly asks: 'nobody' } | { readonly asks: 'approvers'; readonly people: readonly Person[] }

export type PlanProblem =
  | { readonly kind: 'entra-names-nobody' }
  | { readonly kind: 'entra-and-catalogue-disagree' }
  | { readonly kind: 'entra-asks-nobody' }

/** What somebody should know of how Entra and the catalogue fit together, though it does not stop a request. */
export type Drift =
  /** Entra lets these decide too, whom the catalogue does not name. */
  | { readonly kind: 'wider'; readonly people: readonly PersonId[] }
  /** Entra asks nobody, so the stages are procedure that the portal can go round. */
  | { readonly kind: 'not-enforced'; readonly accepted: boolean }

export interface Plan {
  /** In order; none where nobody decides. */
  readonly stages: readonly Stage[]
  readonly drift: readonly Drift[]
}

/**
 * Lays Entra's single approval over the catalogue's stages: the last stage whose people (the backup counted in) meet
 * Entra's approvers is decided in Entra, all others in chat before it. Where that stage needs several, all but one of
 * them say yes in chat first.
 * @param today ISO date on which an advisory must not have run out.
 */
export function planStages(
  entitlement: Entitlement,
  stages: readonly StagePeople[],
  backup: readonly Person[],
  entra: EntraAsks,
  today: string,
): Result<Plan, PlanProblem> {
  if (entra.asks === 'nobody') {
    const accepted = entitlement.advisory !== undefined && today <= entitlement.advisory.until
    const grave = entitlement.tier === 'high' || entitlement.tier === 'severe'
    if (!accepted && grave && !entitlement.breakGlass) return refuse({ kind: 'entra-asks-nobody' })
    return planned(
      stages.map((stage) => inChat(stage, backup, stage.rule.need)),
      [{ kind: 'not-enforced', accepted }],
    )
  }

  // Entra then asks its Privileged Role and Global Administrators, whose tokens we never use.
  if (entra.people.length === 0) return refuse({ kind: 'entra-names-nobody' })

  const named = new Set(entra.people.map((person) => person.id))
  const index = stages.findLastIndex((stage) =>
    [...stage.people, ...standInsOf(stage, backup)].some((person) => named.has(person.id)),
  )
  const meeting = stages[index]
  if (meeting === undefined) return refuse({ kind: 'entra-and-catalogue-disagree' })

  const before = stages.filter((_, each) => each !== index).map((stage) => inChat(stage, backup, stage.rule.need))
  const fewer = meeting.rule.need > 1 ? [inChat(meeting, backup, meeting.rule.need - 1)] : []
  const known = new Set([...meeting.people, ...standInsOf(meeting, backup)].map((person) => person.id))
  const wider = entra.people.map((person) => person.id).filter((id) => !known.has(id))
  return planned(
    [...before, ...fewer, inEntra(meeting, backup, named)],
    wider.length > 0 ? [{ kind: 'wider', people: wider }] : [],
  )
}

const planned = (stages: readonly Stage[], drift: readonly Drift[]): Result<Plan, PlanProblem> => ok({ stages, drift })

const inChat = (stage: StagePeople, backup: readonly Person[], need: number): Stage => ({
  by: 'chat',
  rule: stage.rule,
  need,
  ...apart(ids(stage.people), ids(standInsOf(stage, backup)), ids(stage.lastResort)),
})

function inEntra(stage: StagePeople, backup: readonly Person[], named: ReadonlySet<PersonId>): Stage {
  const within = (people: readonly Person[]) => ids(people).filter((id) => named.has(id))
  return {
    by: 'native',
    rule: stage.rule,
    need: 1,
    ...apart(within(stage.people), within(standInsOf(stage, backup)), within(stage.lastResort)),
  }
}

/** The backup stands in for people who are silent or ruled out. A named set with nobody in it is a mistake: nobody decides. */
const standInsOf = ({ rule, people }: StagePeople, backup: readonly Person[]): readonly Person[] =>
  typeof rule.from === 'object' && people.length === 0 ? [] : backup

/** Everybody stands in the first list that names them. */
function apart(people: readonly PersonId[], backup: readonly PersonId[], lastResort: readonly PersonId[]) {
  return {
    people,
    backup: backup.filter((id) => !people.includes(id)),
    lastResort: lastResort.filter((id) => !people.includes(id) && !backup.includes(id)),
  }
}

const ids = (people: readonly Person[]): readonly PersonId[] => [...new Set(people.map((person) => person.id))]
