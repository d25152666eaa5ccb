import { idIn } from '../../src/entitlement/kinds/kinds.ts'
import { expect, test } from 'vitest'
import { evolve } from '../../src/request/evolve.ts'
import { observeOutcomes, type ToldOutcome } from '../../src/request/observe-outcome.ts'
import { effectsOf } from '../../src/request/owed.ts'
import type { AccessRequest } from '../../src/request/request.ts'
import { hours, minutes } from '../../src/time.ts'
import { active, after, approved, deciding, nativeRequest, filed, filing, lifeOf } from './life.ts'
import { hannah, maya, noon, priya } from './situation.ts'

const grants = idIn(lifeOf().submission.target)
const soon = after(minutes(3))

const told = (what: ToldOutcome['what'], change: Partial<ToldOutcome> = {}): ToldOutcome => ({
  at: after(minutes(2)),
  what,
  by: hannah.id,
  reason: null,
  ids: [nativeRequest],
  names: nativeRequest,
  person: maya.id,
  grants,
  ...change,
})
const tell = (request: AccessRequest, ...outcomes: readonly ToldOutcome[]) =>
  observeOutcomes(request, soon, outcomes, true)
const then = (request: AccessRequest, ...outcomes: readonly ToldOutcome[]): AccessRequest =>
  tell(request, ...outcomes).reduce(evolve, request)

const waiting = lifeOf(filing, filed)

test('a denial in the portal is known by whom, why, and when Entra says it was', () => {
  const denied = then(waiting, told('denied', { reason: 'Use the rotation job.' }))
  expect(denied.phase).toMatchObject({ status: 'denied', at: after(minutes(2)) })
  expect(denied.decisions).toMatchObject([
    {
      by: hannah.id,
      verdict: 'deny',
      confirmed: true,
      source: 'audit',
      comment: { freeText: 'Use the rotation job.' },
    },
  ])
})

test('a request cancelled in the portal was withdrawn', () => {
  expect(then(waiting, told('cancelled', { by: maya.id })).phase).toMatchObject({ status: 'withdrawn' })
})

test('a denial that is told twice happened once', () => {
  expect(tell(waiting, told('denied'), told('denied'))).toHaveLength(1)
})

test('what is told of another request is nothing to this one', () => {
  const other = '33333333-3333-4333-8333-333333333333'
  expect(tell(waiting, told('denied', { ids: [other], names: other }))).toEqual([])
})

test('a record without an id is about whoever waits alone for that role, and about nobody where two could be meant', () => {
  const bare = told('denied', { ids: [], names: null })
  expect(tell(waiting, bare)).toMatchObject([{ type: 'DecisionObserved', verdict: 'deny' }])
  expect(observeOutcomes(waiting, soon, [bare], false)).toEqual([])
  expect(tell(waiting, bare, { ...bare, what: 'cancelled' })).toEqual([])
  expect(tell(waiting, { ...bare, person: priya.id })).toEqual([])
  expect(tell(waiting, { ...bare, at: after(-hours(1) as ReturnType<typeof hours>) })).toEqual([])
})

test('who approved replaces the guess that was made from the effect', () => {
  const guessed = { ...approved, source: 'instance', by: priya.id, confirmed: false } as typeof approved
  const running = lifeOf(filing, filed, deciding(), guessed, active)
  const known = then(running, told('approved'))
  expect(known.phase).toMatchObject({ status: 'active' })
  expect(known.decisions).toMatchObject([{ by: hannah.id, confirmed: true }])
})

test('a late record never undoes what was seen since', () => {
  const running = lifeOf(filing, filed, deciding(), { ...approved, confirmed: false } as typeof approved, active)
  expect(tell(running, told('denied'), told('cancelled'), told('lapsed'))).toEqual([])
  expect(tell(lifeOf(filing, filed, deciding(), approved, active), told('approved'))).toEqual([])
})

test('a lapse that turns out to have been a denial becomes one, and its requester is told', () => {
  const lapsed = evolve(waiting, { type: 'RequestLapsed', at: noon, source: 'look-up', waitedFor: 'entra' })
  const events = tell(lapsed, told('denied'))
  expect(events.reduce(evolve, lapsed).phase).toMatchObject({ status: 'denied' })
  expect(effectsOf(lapsed, events)).toContainEqual(expect.objectContaining({ effect: 'notice', about: 'denied' }))
})

test('told of late who denied it, nobody is told a second time that it was denied', () => {
  const denied = lifeOf(filing, filed, {
    ...approved,
    verdict: 'deny',
    by: null,
    confirmed: false,
  } as typeof approved)
  const events = tell(denied, told('denied'))
  expect(events.reduce(evolve, denied).decisions).toMatchObject([{ by: hannah.id, confirmed: true }])
  expect(effectsOf(denied, events).map(({ effect }) => effect)).not.toContain('notice')
})
