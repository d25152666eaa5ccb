import type { Person, PersonId } from '../people.ts'
import { everybodyOf, type NotADecider, type Stage } from './stage.ts'

/** Everything about a request that rules people out as its deciders. */
export interface Parties {
  readonly requester: PersonId
  readonly beneficiary: PersonId
  /** Who has decided another stage of it: one person decides at most one. */
  readonly decidedElsewhere: readonly PersonId[]
  /** Who has said yes in this very stage. */
  readonly decidedHere: readonly PersonId[]
}

/** The parties of what nobody has decided yet. */
export const undecided = (requester: PersonId, beneficiary: PersonId): Parties => ({
  requester,
  beneficiary,
  decidedElsewhere: [],
  decidedHere: [],
})

/**
 * Why `person` may not decide, looked at anew on every tap; undefined when they may.
 * @param facts the person as the directory shows them, undefined when it knows nobody by that id.
 * @param frozen the stage as it was submitted.
 * @param now the same stage as catalogue, directory and Entra make it today: a person must be in both.
 */
export function whyNotDecide(
  person: PersonId,
  facts: Person | undefined,
  frozen: Stage,
  now: Stage,
  parties: Parties,
): NotADecider | undefined {
  // Being a party comes first: a requester who is also an owner should read the rule that matters.
  if (person === parties.requester) return { kind: 'requester' }
  if (person === parties.beneficiary) return { kind: 'beneficiary' }
  if (!everybodyOf(frozen).includes(person)) return { kind: 'not-in-stage' }
  if (!everybodyOf(now).includes(person)) return { kind: 'no-longer-in-stage' }
  if (facts === undefined || !facts.enabled) return { kind: 'disabled' }
  if (facts.guest) return { kind: 'guest' }
  if (parties.decidedElsewhere.includes(person)) return { kind: 'decided-another-stage' }
  if (parties.decidedHere.includes(person)) return { kind: 'decided-already' }
  return undefined
}

export interface Deciders {
  /** Who is shown the request now. */
  readonly asked: readonly PersonId[]
  /** Who stands in when those are silent. */
  readonly standIn: readonly PersonId[]
  /** Everybody of the stage who may not decide, and why. */
  readonly ruledOut: readonly { readonly person: PersonId; readonly why: NotADecider }[]
  /** Whether as many may decide, the stand-ins counted in, as still have to. */
  readonly enough: boolean
}

const nobodyAway: ReadonlySet<PersonId> = new Set()

/**
 * Who may decide a stage as things stand. The backup is asked at once when fewer of the stage's people may decide than
 * have to; the owners' managers when the backup does not make up for it.
 * @param people the directory's answer for every id of the stage.
 * @param escalated the stage has been silent for so long that the backup is asked anyway.
 * @param away whom no message reaches: they may decide, and are not counted on to.
 */
export function decidersOf(
  frozen: Stage,
  now: Stage,
  parties: Parties,
  people: ReadonlyMap<PersonId, Person>,
  escalated = false,
  away: ReadonlySet<PersonId> = nobodyAway,
): Deciders {
  const verdict = (person: PersonId) => whyNotDecide(person, people.get(person), frozen, now, parties)
  const may = (ids: readonly PersonId[]) => ids.filter((id) => verdict(id) === undefined)
  const ruledOut = everybodyOf(frozen).flatMap((person) => {
    const why = verdict(person)
    return why === undefined ? [] : [{ person, why }]
  })
  const missing = Math.max(1, frozen.need - parties.decidedHere.length)
  const first = may(frozen.people)
  const backup = may(frozen.backup)
  const managers = may(frozen.lastResort)
  const withBackup = [...first, ...backup]
  const here = (ids: readonly PersonId[]) => ids.filter((id) => !away.has(id)).length
  if (here(withBackup) < missing && (withBackup.length < missing || here(managers) > 0)) {
    const all = [...withBackup, ...managers]
    return { asked: all, standIn: [], ruledOut, enough: all.length >= missing }
  }
  const backupNow = escalated || here(first) < missing
  return backupNow
    ? { asked: withBackup, standIn: [], ruledOut, enough: true }
    : { asked: first, standIn: backup, ruledOut, enough: true }
}
