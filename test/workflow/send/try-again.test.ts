import { describe, expect, test } from 'vitest'
import { addTime, days, milliseconds, minutes } from '../../../src/time.ts'
import { backOff, Impossible, tryAgainAt } from '../../../src/workflow/send/try-again.ts'

const start = new Date('2030-01-01T00:00:00Z')
const row = (attempts: number) => ({ attempts, triedSince: start })
const failure = (more: object = {}) =>
  Object.assign(new Error('not taken'), { failed: 'connector', lasting: false, wait: null, ...more })
const again = (attempts: number, error: unknown, draw = 0, now = start) => tryAgainAt(row(attempts), error, now, draw)

test('what was not taken waits twice as long each time, half of it by lot, and never longer than ten minutes', () => {
  const shortest = Array.from({ length: 13 }, (_, index) => backOff(index + 1, 0))
  expect(shortest.slice(0, 4)).toEqual([250, 500, 1000, 2000])
  expect(shortest.at(-1)).toBe(minutes(5))
  expect(backOff(1, 0.99)).toBeLessThanOrEqual(500)
  expect(backOff(1000, 1)).toBe(minutes(10))
})

test('nothing is tried sooner than the other side asks, nor is what it asks mistaken for its end', () => {
  expect(again(1, failure({ wait: minutes(60) }))).toEqual(addTime(start, minutes(60)))
  expect(again(9, failure({ wait: milliseconds(1) }))).toEqual(addTime(start, backOff(9, 0)))
  const read = new Error('the card could not be drawn', { cause: failure({ failed: 'tenant', wait: minutes(2) }) })
  expect(again(1, read)).toEqual(addTime(start, minutes(2)))
})

describe('it is not tried again', () => {
  test('after one answer that would be the same for ever', () => {
    expect(again(1, failure({ lasting: true }))).toBeNull()
    expect(again(1, new Impossible('no events'))).toBeNull()
  })

  test('after a day and twenty times: a bot that was away for the day has not tried', () => {
    const nextDay = addTime(start, days(1))
    expect(again(20, failure(), 0, nextDay)).toBeNull()
    expect(again(19, failure(), 0, nextDay)).not.toBeNull()
    expect(again(500, new Error('ours'), 0, addTime(nextDay, milliseconds(-1)))).not.toBeNull()
  })
})
