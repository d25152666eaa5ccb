import type { PersonId } from '../../people.ts'
import type { WantedRole } from './target.ts'
import { quoted } from '../wire/graph-reader.ts'

/** One list to read: all of a role, all of a person, or the one person in the one role. */
export interface List {
  readonly filter: string
  /** Positions in what was wanted that this list answers. */
  readonly answers: readonly number[]
}

interface Candidate {
  readonly person?: PersonId
  readonly role?: string
}

/**
 * Chooses few lists that together answer everything wanted: several people who wait for one role are one list, as is
 * one person who waits for several. Each time the list that answers most of what is left.
 */
export function coveringQueries(wanted: readonly WantedRole[]): readonly List[] {
  const lists: List[] = []
  let left = wanted.map((_, index) => index)
  while (left.length > 0) {
    const best = most(wanted, left)
    lists.push(best)
    const answered = new Set(best.answers)
    left = left.filter((index) => !answered.has(index))
  }
  return lists
}

function most(wanted: readonly WantedRole[], left: readonly number[]): List {
  const candidates = new Map<string, { readonly by: Candidate; readonly answers: number[] }>()
  for (const index of left) {
    const { person, target } = wanted[index] ?? missing()
    for (const by of [{ role: target.role }, { person }]) {
      const key = JSON.stringify(by)
      const candidate = candidates.get(key) ?? { by, answers: [] }
      candidate.answers.push(index)
      candidates.set(key, candidate)
    }
  }
  const [best] = [...candidates.values()].toSorted((one, other) => other.answers.length - one.answers.length)
  if (best === undefined) return missing()
  const [first = -1] = best.answers
  const { person, target } = wanted[first] ?? missing()
  const same = best.answers.every((index) => wanted[index]?.person === person && roleAt(wanted, index) === target.role)
  const by = same ? { person, role: target.role } : best.by
  return { filter: filterBy(by), answers: best.answers }
}

const roleAt = (wanted: readonly WantedRole[], index: number) => wanted[index]?.target.role

export const filterBy = ({ person, role }: Candidate): string =>
  [
    ...(person === undefined ? [] : [`principalId eq ${quoted(person)}`]),
    ...(role === undefined ? [] : [`roleDefinitionId eq ${quoted(role)}`]),
  ].join(' and ')

const missing = (): never => {
  throw new Error('a position that was not wanted')
}
