import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RequestEvent } from '../../src/request/events.ts'
import { fold } from '../../src/request/evolve.ts'
import { effectsOf } from '../../src/request/owed.ts'
import { nextLook, standsInEntra } from '../../src/request/when-to-look.ts'
import { grantableYet, isOpen } from '../../src/request/request.ts'
import { untoldSince } from '../../src/request/observe-outcome.ts'
import { filing, lifeOf, submitted } from './life.ts'
import { hannah, maya, priya } from './situation.ts'
import { play, step, type Told } from './sequence.ts'

// Any order of taps, answers, lost answers and looks, by anybody, at any time: what must hold all the same.

const always = (holds: (told: Told) => void): void =>
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => play(steps).forEach(holds)),
    { numRuns: 400 },
  )

test('nothing is active that the tenant does not show as ours', () => {
  always(({ before, step, request }) => {
    if (request.phase.status !== 'active' || before.phase.status === 'active') return
    expect(step).toMatchObject({ do: 'look', granted: true, ours: true })
  })
})

test('nobody who asked is ever among those who decided through us', () => {
  always(({ events }) => {
    for (const event of events) if (event.type === 'DecisionAttempted') expect(event.by).not.toBe(maya.id)
  })
})

test('only people of the stage ever reserve a decision', () => {
  always(({ events }) => {
    for (const event of events)
      if (event.type === 'DecisionAttempted') expect([priya.id, hannah.id]).toContain(event.by)
  })
})

test('a call in doubt is never repeated while its tap may still be running', () => {
  always(({ before, events, now }) => {
    if (before.doubt === undefined || before.doubt.leaseUntil <= now) return
    for (const event of events) expect(event.type).not.toBe(attemptOf[before.doubt.about])
  })
})
const attemptOf = {
  filing: 'FilingAttempted',
  decision: 'DecisionAttempted',
  withdrawal: 'WithdrawalAttempted',
  end: 'EndAttempted',
}

test('a filing in doubt is not repeated at all before somebody looked', () => {
  always(({ before, events }) => {
    if (before.doubt?.about === 'filing') expect(events.map(({ type }) => type)).not.toContain('FilingAttempted')
  })
})

test('what is over stays over, whatever anybody taps', () => {
  // A late record may still name who decided; it opens nothing. Only Entra itself may yet grant what it let lapse.
  always(({ before, request }) => {
    if (isOpen(before)) return
    if (grantableYet(before) === undefined) expect(isOpen(request)).toBe(false)
    else expect(isOpen(request) ? request.phase.status : 'active').toBe('active')
  })
})

test('whatever is open is looked at again, and what is closed only while Entra may tell more of it, or grant it', () => {
  always(({ request, now }) => {
    const maybe = untoldSince(request, now) !== undefined || standsInEntra(request, now)
    expect(nextLook(request, now) === null).toBe(!isOpen(request) && !maybe)
  })
})

test('every step of a life is told to its requester, at once or after a doubt has lasted', () => {
  always(({ before, events }) => {
    if (events.length > 0)
      expect(effectsOf(before, events)).toContainEqual(expect.objectContaining({ effect: 'status-card' }))
  })
})

test('a life read back from its stored events is the same life', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const told = play(steps)
      const events = [submitted, filing, ...told.flatMap((each) => each.events)]
      const stored: unknown = JSON.parse(JSON.stringify(events))
      expect(fold(RequestEvent.array().parse(stored))).toEqual(told.at(-1)?.request ?? lifeOf(filing))
    }),
  )
})
