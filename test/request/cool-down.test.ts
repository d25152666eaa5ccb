import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coolsDown } from '../../src/request/cool-down.ts'
import { addTime, minutes } from '../../src/time.ts'
import { noon } from './situation.ts'

const withdrawn = (...ago: readonly number[]) =>
  ago.map((each) => ({ status: 'withdrawn', submittedAt: addTime(noon, minutes(-each)) }))

test('one mistake is taken back and asked anew at once', () => {
  expect(coolsDown([], noon)).toBeUndefined()
  expect(coolsDown(withdrawn(0), noon)).toBeUndefined()
})

test.each([
  [2, 2],
  [3, 5],
  [4, 15],
  [5, 30],
  [9, 30],
])('after %i withdrawals it can be asked again %i minutes after the last was sent', (times, wait) => {
  const earlier = withdrawn(...Array.from({ length: times }, (_, index) => index))
  expect(coolsDown(earlier, noon)).toEqual({ until: addTime(noon, minutes(wait)), withdrawn: times })
  expect(coolsDown(earlier, addTime(noon, minutes(wait)))).toBeUndefined()
})

test('what was denied, or withdrawn four hours ago, does not count', () => {
  const denied = [0, 1, 2].map((ago) => ({ status: 'denied', submittedAt: addTime(noon, minutes(-ago)) }))
  expect(coolsDown([...denied, ...withdrawn(0, 240, 300)], noon)).toBeUndefined()
})

test('nobody waits longer than half an hour', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 600 })), (ago) => {
      const until = coolsDown(withdrawn(...ago), noon)?.until ?? noon
      expect(until.getTime()).toBeLessThanOrEqual(addTime(noon, minutes(30)).getTime())
    }),
  )
})
