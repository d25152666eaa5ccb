import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepLeases } from '../../src/store/leases.ts'
import { addTime, milliseconds } from '../../src/time.ts'

const begin = new Date('2030-01-01T00:00:00Z')
const seconds = (count: number) => milliseconds(count * 1000)

beforeEach(() => void vi.useFakeTimers({ now: begin }))
afterEach(() => void vi.useRealTimers())

/** Leases whose renewals are only noted. */
function noted() {
  const renewed: { readonly ids: readonly string[]; readonly until: Date }[] = []
  const leases = keepLeases(
    () => new Date(),
    async (ids, until) => void renewed.push({ ids, until }),
  )
  return { leases, renewed }
}

test('a lease is short, however long the work may take, and renewed before it is over until the row is released', () => {
  const { leases, renewed } = noted()
  expect(leases.until(seconds(20))).toEqual(addTime(begin, seconds(5)))
  expect(leases.until(seconds(2))).toEqual(addTime(begin, seconds(2)))
  leases.hold(['one', 'two'], seconds(20))
  vi.advanceTimersByTime(2_000)
  expect(renewed).toEqual([{ ids: ['one', 'two'], until: addTime(begin, milliseconds(6_500)) }])
  leases.release('one')
  vi.advanceTimersByTime(1_500)
  expect(renewed.at(-1)?.ids).toEqual(['two'])
  leases.release('two')
  vi.advanceTimersByTime(10_000)
  expect(renewed).toHaveLength(2)
})

test('work that never ends loses its row when its time is over', () => {
  const { leases, renewed } = noted()
  leases.hold(['stuck'], seconds(20))
  vi.advanceTimersByTime(60_000)
  expect(renewed.at(-1)?.until.getTime()).toBeLessThan(addTime(begin, seconds(25)).getTime())
})

test('a process that is closing renews nothing more', () => {
  const { leases, renewed } = noted()
  leases.hold(['one'], seconds(20))
  leases[Symbol.dispose]()
  vi.advanceTimersByTime(10_000)
  expect(renewed).toEqual([])
})
