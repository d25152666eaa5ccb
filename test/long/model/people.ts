import type { Approvers, Role } from './roles.ts'

// Who may decide what, from the rules as the README tells them.

export interface Stage {
  readonly by: 'chat' | 'native'
  readonly need: number
  readonly from: 'owner' | 'security'
  readonly escalateAfter: number
  readonly lapseAfter: number
  readonly people: readonly string[]
  readonly backup: readonly string[]
  readonly lastResort: readonly string[]
}

/** What the directory and Entra's policies say now. */
export interface Directory {
  readonly managers: ReadonlyMap<string, string | null>
  readonly reachable: ReadonlySet<string>
  readonly disabled: Set<string>
  readonly groups: Map<string, readonly string[]>
  /** By the role's name. */
  readonly asks: Map<string, Approvers | undefined>
  /** Minutes, by the role's name. */
  readonly longest: Map<string, number>
  /** `person|role`, own eligibilities and those through a group apart. */
  readonly eligible: Set<string>
  readonly eligibleThroughGroup: ReadonlySet<string>
}

export const everybodyOf = ({ people, backup, lastResort }: Stage) => [...people, ...backup, ...lastResort]
export const shapeOf = (stages: readonly Stage[]) =>
  JSON.stringify(stages.map(({ by, need, from }) => [by, need, from]))

/** Whom Entra would let decide, disabled ones included; undefined where it asks nobody. */
export function askedByEntra({ asks, groups }: Directory, role: Role): readonly string[] | undefined {
  const named = asks.get(role.name)
  return named === undefined ? undefined : 'group' in named ? (groups.get(named.group) ?? []) : named
}

/** The stages as they would be frozen now; undefined where nobody could be asked. */
export function planOf(directory: Directory, role: Role): readonly Stage[] | undefined {
  const entra = askedByEntra(directory, role)
  const drawn = role.rules.map((rule) => ({ rule, people: peopleOf(directory, role, rule.from) }))
  const stage = (
    { rule, people }: (typeof drawn)[number],
    by: Stage['by'],
    need: number,
    within: (person: string) => boolean,
  ): Stage => {
    const first = people.filter(within)
    const backup = role.backup.filter((each) => within(each) && !first.includes(each))
    const managers = rule.from === 'owner' ? role.owners.map((owner) => directory.managers.get(owner) ?? null) : []
    const lastResort = [...new Set(managers)].filter(
      (each): each is string => each !== null && within(each) && !first.includes(each) && !backup.includes(each),
    )
    const { from, escalateAfter, lapseAfter } = rule
    return { by, need, from, escalateAfter, lapseAfter, people: first, backup, lastResort }
  }
  const anybody = () => true
  if (entra === undefined) {
    return role.grave ? undefined : drawn.map((each) => stage(each, 'chat', each.rule.need, anybody))
  }
  const meets = ({ people }: (typeof drawn)[number]) => [...people, ...role.backup].some((each) => entra.includes(each))
  const native = drawn.findLastIndex(meets)
  const meeting = drawn[native]
  if (meeting === undefined) return undefined
  return [
    ...drawn.filter((_, index) => index !== native).map((each) => stage(each, 'chat', each.rule.need, anybody)),
    ...(meeting.rule.need > 1 ? [stage(meeting, 'chat', meeting.rule.need - 1, anybody)] : []),
    stage(meeting, 'native', 1, (person) => entra.includes(person)),
  ]
}

const peopleOf = ({ groups }: Directory, role: Role, from: 'owner' | 'security'): readonly string[] =>
  from === 'owner' ? role.owners : (groups.get('grp-ai-security-approvers') ?? [])

/** Who may take a seat of a stage: in it then and now, able, not the requester, and not one who has decided already. */
export const mayDecide = (
  directory: Directory,
  frozen: Stage,
  now: Stage | undefined,
  out: readonly string[],
  among: readonly string[] = everybodyOf(frozen),
): readonly string[] =>
  among.filter(
    (person) =>
      now !== undefined &&
      everybodyOf(now).includes(person) &&
      !directory.disabled.has(person) &&
      !out.includes(person),
  )

/** Whom a stage is shown to: its people, the backup when they are too few or silent, then their managers. */
export function askedIn(
  directory: Directory,
  frozen: Stage,
  now: Stage | undefined,
  out: readonly string[],
  { missing, escalated }: { readonly missing: number; readonly escalated: boolean },
): readonly string[] {
  const may = (among: readonly string[]) => mayDecide(directory, frozen, now, out, among)
  const first = may(frozen.people)
  const withBackup = [...first, ...may(frozen.backup)]
  if (withBackup.length < missing) return [...withBackup, ...may(frozen.lastResort)]
  return escalated || first.length < missing ? withBackup : first
}

/** Whether every seat can be taken when nobody takes two. */
export function enoughFor(stages: readonly { readonly need: number; readonly who: readonly string[] }[]): boolean {
  const [seats, ...rest] = stages
  if (seats === undefined) return true
  if (seats.need <= 0) return enoughFor(rest)
  return seats.who.some((person) => {
    const without = (who: readonly string[]) => who.filter((each) => each !== person)
    const left = [{ need: seats.need - 1, who: without(seats.who) }, ...rest]
    return enoughFor(left.map(({ need, who }) => ({ need, who: without(who) })))
  })
}

/** Whether somebody could be granted it at all, if they asked now. */
export function enoughToAsk(directory: Directory, stages: readonly Stage[], requester: string): boolean {
  const seats = stages.map((stage) => ({ need: stage.need, who: mayDecide(directory, stage, stage, [requester]) }))
  return seats.every(({ need, who }) => who.length >= need) && enoughFor(seats)
}
