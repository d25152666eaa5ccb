import type { PersonId } from '../people.ts'

/** How many people a stage needs, and who could be one of them. */
export interface Seats {
  readonly need: number
  readonly candidates: readonly PersonId[]
}

/**
 * Whether every seat of every stage can be taken when one person takes at most one: three stages with the same two
 * people have enough for each and not enough for all. Augmenting paths; stages have few seats.
 */
export function enoughForAll(stages: readonly Seats[]): boolean {
  const seats = stages.flatMap(({ need, candidates }) => Array.from({ length: need }, () => candidates))
  const seatOf = new Map<PersonId, number>()
  const seat = (index: number, tried: Set<PersonId>): boolean =>
    (seats[index] ?? []).some((person) => {
      if (tried.has(person)) return false
      tried.add(person)
      const taken = seatOf.get(person)
      if (taken !== undefined && !seat(taken, tried)) return false
      seatOf.set(person, index)
      return true
    })
  return seats.every((_, index) => seat(index, new Set()))
}
