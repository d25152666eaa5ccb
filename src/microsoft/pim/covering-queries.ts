import type { Target } from '../../entitlement/kinds/kinds.ts'
import type { PersonId } from '../../people.ts'
import type { Lists, WantedOwn } from './lists.ts'

/** One list to read: all of a thing, all of a person, or the one person and the one thing. */
export interface List {
  readonly filter: string
  /** Positions in what was wanted that this list answers. */
  readonly answers: readonly number[]
}

interface Candidate {
  readonly person?: PersonId
  readonly thing?: string
}

type Narrowing<Own extends Target> = Pick<Lists<Own>, 'thing' | 'filter'>

/**
 * Chooses few lists that together answer everything wanted: several people who wait for one role are one list, as is
 * one person who waits for several. Each time the list that answers most of what is left.
 */
export function coveringQueries<Own extends Target>(
  lists: Narrowing<Own>,
  wanted: readonly WantedOwn<Own>[],
): readonly List[] {
  const pairs = wanted.map(({ person, target }) => ({ person, thing: lists.thing(target) }))
  const chosen: List[] = []
  let left = pairs.map((_, index) => index)
  while (left.length > 0) {
    const { by, answers } = most(pairs, left)
    chosen.push({ filter: lists.filter(by), answers })
    const answered = new Set(answers)
    left = left.filter((index) => !answered.has(index))
  }
  return chosen
}

function most(pairs: readonly Required<Candidate>[], left: readonly number[]) {
  const candidates = new Map<string, { readonly by: Candidate; readonly answers: number[] }>()
  for (const index of left) {
    const { person, thing } = pairs[index] ?? missing()
    for (const by of [{ thing }, { person }]) {
      const key = JSON.stringify(by)
      const candidate = candidates.get(key) ?? { by, answers: [] }
      candidate.answers.push(index)
      candidates.set(key, candidate)
    }
  }
  const [best] = [...candidates.values()].toSorted((one, other) => other.answers.length - one.answers.length)
  if (best === undefined) return missing()
  const [first = -1] = best.answers
  const { person, thing } = pairs[first] ?? missing()
  const same = best.answers.every((index) => pairs[index]?.person === person && pairs[index]?.thing === thing)
  return same ? { by: { person, thing }, answers: best.answers } : best
}

const missing = (): never => {
  throw new Error('a position that was not wanted')
}
