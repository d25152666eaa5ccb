import type { Person, PersonId } from '../people.ts'
import type { NotADecider, Stage } from './stage.ts'

/** Everything about a request that rules people out as its deciders. */
export interface Parties {
  readonly requester: PersonId
  readonly beneficiary: PersonId
  /** Who has decided another stage of it: one person decides at most one. */
  readonly decidedElsewhere: readonly PersonId[]
  readonly guestsMayDecide: boolean
}

/**
 * Why `person` may not decide, looked at anew on every tap; undefined when they may.
 * @param frozen the stage as it was submitted.
 * @param now the same stage as catalogue, directory and Entra make it today: a person must be in both.
 * @param facts the person as the directory shows them, undefined when it knows nobody by that id.
 */
export function whyNotDecide(
  person: PersonId,
  facts: Person | undefined,
  frozen: Stage,
  now: Stage,
  parties: Parties,
): NotADecider | undefined {
  const within = (stage: Stage) => stage.people.includes(person) || stage.backup.includes(person)
  // Being a party comes first: a requester who is also an owner should read the rule that matters.
  if (person === parties.requester) return { kind: 'requester' }
  if (person === parties.beneficiary) return { kind: 'beneficiary' }
  if (!within(frozen)) return { kind: 'not-in-stage' }
  if (!within(now)) return { kind: 'no-longer-in-stage' }
  if (facts === undefined || !facts.enabled) return { kind: 'disabled' }
  if (facts.guest && !parties.guestsMayDecide) return { kind: 'guest' }
  if (parties.decidedElsewhere.includes(person)) return { kind: 'decided-another-stage' }
  return undefined
}

export interface Deciders {
  /** Who is shown the request now. */
  readonly asked: readonly PersonId[]
  /** Who stands in when those are silent. */
  readonly standIn: readonly PersonId[]
  /** Everybody of the stage who may not decide, and why. */
  readonly ruledOut: readonly { readonly person: PersonId; readonly why: NotADecider }[]
}

/**
 * Who may decide a stage as things stand. The backup is asked at once when nobody else of the stage may decide.
 * @param people the directory's answer for every id of the stage.
 */
export function decidersOf(
  frozen: Stage,
  now: Stage,
  parties: Parties,
  people: ReadonlyMap<PersonId, Person>,
): Deciders {
  const verdict = (person: PersonId) => whyNotDecide(person, people.get(person), frozen, now, parties)
  const may = (ids: readonly PersonId[]) => ids.filter((id) => verdict(id) === undefined)
  const ruledOut = [...frozen.people, ...frozen.backup].flatMap((person) => {
    const why = verdict(person)
    return why === undefined ? [] : [{ person, why }]
  })
  const first = may(frozen.people)
  const backup = may(frozen.backup)
  return first.length > 0 ? { asked: first, standIn: backup, ruledOut } : { asked: backup, standIn: [], ruledOut }
}
