import fc from 'fast-check'
import { expect, test } from 'vitest'
import { enoughForAll, type Seats } from '../../src/approval/enough.ts'
import { PersonId } from '../../src/people.ts'

const people = ['01', '02', '03', '04'].map((end) => PersonId.parse(`00000000-0000-4000-8000-0000000000${end}`))

/** By trying everybody on every seat. */
function byTrying(seats: readonly (readonly PersonId[])[], taken: readonly PersonId[] = []): boolean {
  const [first, ...rest] = seats
  return first === undefined || first.some((each) => !taken.includes(each) && byTrying(rest, [...taken, each]))
}

test('every seat of every stage is taken by somebody else, exactly where trying finds a way', () => {
  const stage = fc.record({ need: fc.integer({ min: 0, max: 2 }), candidates: fc.subarray(people) })
  fc.assert(
    fc.property(fc.array(stage, { maxLength: 3 }), (stages: readonly Seats[]) => {
      const seats = stages.flatMap(({ need, candidates }) => Array.from({ length: need }, () => candidates))
      expect(enoughForAll(stages)).toBe(byTrying(seats))
    }),
  )
})

test('three stages with the same two people have enough for each and not enough for all', () => {
  const both = people.slice(0, 2)
  const stages = [1, 2, 3].map(() => ({ need: 1, candidates: both }))
  expect(stages.every((stage) => enoughForAll([stage]))).toBe(true)
  expect(enoughForAll(stages)).toBe(false)
})
