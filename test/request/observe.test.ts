import { describe, expect, test } from 'vitest'
import type { RequestEvent } from '../../src/request/events.ts'
import { evolve } from '../../src/request/evolve.ts'
import { observe } from '../../src/request/observe.ts'
import type { SeenInstance } from '../../src/request/ours.ts'
import { effectsOf } from '../../src/request/owed.ts'
import { nextLook, standsInEntra } from '../../src/request/when-to-look.ts'
import { hours, minutes } from '../../src/time.ts'
import { after, nativeRequest, filed, filing, lifeOf } from './life.ts'

// What our books have closed, and Entra grants all the same.

const lapse: RequestEvent = {
  type: 'RequestLapsed',
  at: after(hours(24.25)),
  source: 'look-up',
  waitedFor: 'entra',
}
const leftCatalogue: RequestEvent = {
  type: 'RequestFailed',
  at: after(hours(1)),
  source: 'look-up',
  said: 'left-catalogue',
  because: 'left-catalogue',
}
const late = after(hours(24.5))
const granted: SeenInstance = { id: 'instance-1', from: late, until: after(hours(26.5)), createdBy: nativeRequest }

test.for([
  ['after its lapse was believed', lapse],
  ['after it left the catalogue', leftCatalogue],
] as const)('a grant %s is seen, and the card comes back to life', ([, closing]) => {
  const closed = evolve(lifeOf(filing, filed), closing)
  expect(standsInEntra(closed, late)).toBe(true)
  const events = observe(closed, late, late, [granted])
  const active = events.reduce(evolve, closed)
  expect(active.phase).toMatchObject({ status: 'active', until: granted.until })
  expect(active.decisions).toMatchObject([{ verdict: 'approve', by: null, confirmed: false }])
  expect(effectsOf(closed, events)).toContainEqual(expect.objectContaining({ effect: 'notice', about: 'active' }))
})

test('another activation of theirs does not bring it back', () => {
  const closed = evolve(lifeOf(filing, filed), lapse)
  expect(observe(closed, late, late, [{ ...granted, createdBy: null }])).toEqual([])
  expect(observe(closed, late, late, [])).toEqual([])
})

test('it is looked for until an hour after Entra’s own lapse, and then no more', () => {
  const closed = evolve(lifeOf(filing, filed), lapse)
  expect(nextLook(closed, after(hours(24.5)))).toEqual(after((hours(24.5) + minutes(5)) as ReturnType<typeof hours>))
  expect(nextLook(closed, after(hours(26)))).toBeNull()
})

describe('whoever looks late says when it happened, not when they looked', () => {
  const from = after(minutes(1))
  const until = after(hours(2))
  const instance: SeenInstance = { id: 'instance-1', from, until, createdBy: nativeRequest }
  const hoursLater = after(hours(5))

  test('approved and active are as Entra has them, and approved is never later than active', () => {
    const seen = observe(lifeOf(filing, filed), hoursLater, hoursLater, [instance])
    const request = seen.reduce(evolve, lifeOf(filing, filed))
    expect(request.decisions).toMatchObject([{ at: from, seenAt: hoursLater }])
    expect(request.phase).toMatchObject({ status: 'active', from, until, seenAt: hoursLater })
  })

  test('an end that fell into our absence was at the time that Entra had set', () => {
    const running = observe(lifeOf(filing, filed), from, from, [instance]).reduce(evolve, lifeOf(filing, filed))
    const over = observe(running, hoursLater, hoursLater, []).reduce(evolve, running)
    expect(over.phase).toMatchObject({ status: 'ended', how: 'ran-out', at: until })
  })

  test('an end that its holder asked for was when Entra took it', () => {
    const running = observe(lifeOf(filing, filed), from, from, [instance]).reduce(evolve, lifeOf(filing, filed))
    const taken = after(minutes(30))
    const ending = evolve(running, { type: 'EndAccepted', at: taken, source: 'answer' })
    const over = observe(ending, after(minutes(50)), after(minutes(50)), []).reduce(evolve, ending)
    expect(over.phase).toMatchObject({ status: 'ended', how: 'by-holder', at: taken })
  })

  test('a lapse in Entra was when Entra closes what nobody answers', () => {
    const lapsed = observe(lifeOf(filing, filed), after(hours(30)), after(hours(30)), [])
    expect(lapsed.reduce(evolve, lifeOf(filing, filed)).phase).toMatchObject({
      status: 'lapsed',
      at: after(hours(24)),
      seenAt: after(hours(30)),
    })
  })
})
