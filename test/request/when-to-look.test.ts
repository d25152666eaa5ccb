import { expect, test } from 'vitest'
import type { RequestEvent } from '../../src/request/events.ts'
import { evolve } from '../../src/request/evolve.ts'
import type { AccessRequest } from '../../src/request/request.ts'
import { firstLook, nextLook, standingDue } from '../../src/request/when-to-look.ts'
import { hours, minutes } from '../../src/time.ts'
import { active, after, approved, deciding, filed, filing, lifeOf, severeLife } from './life.ts'
import { noon } from './situation.ts'

const seconds = (request: AccessRequest, at: Date): number =>
  ((nextLook(request, at)?.getTime() ?? Infinity) - at.getTime()) / 1000
const waiting = lifeOf(filing, filed)
const running = lifeOf(filing, filed, deciding(), approved, active)

test('while something must show any moment it is looked at within seconds, then ever more slowly', () => {
  const activating = lifeOf(filing, filed, deciding(), approved)
  expect(firstLook(activating, noon)).toEqual(noon)
  expect([0, 10, 60, 600].map((age) => seconds(activating, after(minutes(age / 60))))).toEqual([2, 5, 30, 60])
})

test('what waits for an answer is looked at every 20 seconds, later every minute, at last every two', () => {
  expect([5, 30, 90].map((age) => seconds(waiting, after(minutes(age))))).toEqual([20, 60, 120])
})

test('two requests that wait for the same are due at the same moment, whenever each began', () => {
  const other = lifeOf(filing, { ...filed, at: after(minutes(1.1)) } as typeof filed)
  expect(nextLook(other, after(minutes(4.05)))).toEqual(nextLook(waiting, after(minutes(4.15))))
})

test('a known end is looked at when it comes, and then until it shows', () => {
  const end = hours(2)
  expect(nextLook(running, after(minutes(119)))).toEqual(after(end))
  expect([0, 1, 10].map((late) => seconds(running, after((end + minutes(late)) as typeof end)))).toEqual([2, 30, 60])
})

test('what stands nowhere in Entra is looked at now and then, for whether its requester may still ask', () => {
  const inChat = severeLife()
  expect(nextLook(inChat, after(minutes(1)))).toEqual(after(minutes(5)))
  expect(standingDue(inChat, undefined, noon)).toBe(true)
  expect(standingDue(inChat, after(minutes(1)), after(minutes(4)))).toBe(false)
  expect(standingDue(inChat, after(minutes(4)), after(minutes(5)))).toBe(true)
  expect(standingDue(running, undefined, noon)).toBe(false)
})

test('what nobody can tell more of is never looked at again', () => {
  const withdrawn: RequestEvent = { type: 'WithdrawalObserved', at: noon, source: 'answer' }
  expect(nextLook(evolve(waiting, withdrawn), noon)).toBeNull()
})

test('after a lapse the audit log may still tell of an answer, for an hour', () => {
  const lapsed = evolve(waiting, { type: 'RequestLapsed', at: after(hours(24)), source: 'look-up', waitedFor: 'entra' })
  expect(nextLook(lapsed, after(minutes(24 * 60 + 1)))).toEqual(after(minutes(24 * 60 + 5)))
  expect(nextLook(lapsed, after(minutes(25 * 60 + 1)))).toBeNull()
})
