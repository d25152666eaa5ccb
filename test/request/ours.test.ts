import { describe, expect, test } from 'vitest'
import type { RequestEvent } from '../../src/request/events.ts'
import { evolve } from '../../src/request/evolve.ts'
import { observe } from '../../src/request/observe.ts'
import type { NativeRequest } from '../../src/request/native.ts'
import { ourFiling, relationOf, type SeenInstance } from '../../src/request/ours.ts'
import { effectsOf } from '../../src/request/owed.ts'
import { addTime, type Duration, hours, minutes } from '../../src/time.ts'
import { after, nativeRequest, filed, filing, lifeOf, requestId, submitted } from './life.ts'
import { maya, noon, omar } from './situation.ts'

// Whose something in Entra is: what its requester controls proves nothing.

const asApproved: NativeRequest = {
  id: '33333333-3333-4333-8333-333333333333',
  stands: 'waiting',
  said: 'PendingApproval',
  closesAt: null,
  person: maya.id,
  target: submitted.target,
  duration: hours(2),
  justification: 'rotate the connector keys',
  ticket: 'INC-48213',
  customData: requestId,
  createdAt: noon,
}
const sent = lifeOf(filing)

describe('a request in Entra that carries our id', () => {
  test('is ours where everything in it is what was approved, and it was made since we sent it', () => {
    expect(ourFiling(sent, [asApproved], noon)).toEqual({ ours: asApproved, deviations: [] })
  })

  test.for([
    ['for longer', { duration: hours(8) }, 'duration'],
    ['with no end', { duration: null }, 'duration'],
    ['for another reason', { justification: 'something else' }, 'justification'],
    ['with another ticket', { ticket: null }, 'ticket'],
    ['of another scope', { target: { ...submitted.target, scope: '/administrativeUnits/1' } }, 'scope'],
    ['of somebody else', { person: omar.id }, 'requester'],
    ['made before we sent ours', { createdAt: addTime(noon, -minutes(10) as Duration) }, 'created'],
  ] as const)('%s is not, and that is told once', ([, change, field]) => {
    const claim = { ...asApproved, ...change }
    const { ours, deviations } = ourFiling(sent, [claim], noon)
    expect(ours).toBeUndefined()
    expect(deviations).toMatchObject([{ type: 'DeviationObserved', what: 'filed', entra: claim.id, fields: [field] }])
    expect(relationOf(sent, claim)).toBe('claims')
    const told = deviations.reduce(evolve, sent)
    expect(ourFiling(told, [claim], noon).deviations).toEqual([])
    expect(effectsOf(sent, deviations).map(({ effect }) => effect)).toEqual([
      'status-card',
      'approval-cards',
      'security-notice',
    ])
  })

  test('beside ours does not keep ours from being found', () => {
    const claim = { ...asApproved, id: '44444444-4444-4444-8444-444444444444', duration: hours(8) }
    const { ours, deviations } = ourFiling(sent, [claim, asApproved], noon)
    expect(ours).toBe(asApproved)
    expect(deviations).toMatchObject([{ entra: claim.id }])
  })

  test('while nobody has approved it yet is somebody’s own, however alike it is', () => {
    expect(relationOf(lifeOf(), asApproved)).toBe('claims')
  })

  test('is known by Entra’s own id once it was seen, whatever became of it there', () => {
    expect(relationOf(lifeOf(filing, filed), { ...asApproved, id: nativeRequest, duration: hours(8) })).toBe('known')
  })
})

test('stages asked anew forget when it was sent: what was filed for the old ones is not ours', () => {
  const anew: RequestEvent = { type: 'StagesChanged', at: noon, stages: submitted.stages, termsHash: 'other' }
  expect(relationOf(evolve(sent, anew), asApproved)).toBe('claims')
})

describe('our own grant', () => {
  const instance: SeenInstance = { id: 'instance-1', from: noon, until: after(hours(2)), createdBy: nativeRequest }

  test('for as long as approved is no deviation, though Entra rounds its start', () => {
    const seen = { ...instance, until: after((hours(2) + 30_000) as Duration) }
    expect(observe(lifeOf(filing, filed), noon, noon, [seen]).map(({ type }) => type)).not.toContain(
      'DeviationObserved',
    )
  })

  test.for([
    ['for longer', after(hours(8)), hours(8)],
    ['with no end', null, null],
  ] as const)('%s than approved is told', ([, until, duration]) => {
    const events = observe(lifeOf(filing, filed), noon, noon, [{ ...instance, until }])
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'DeviationObserved', what: 'granted', fields: ['duration'], duration }),
    )
    const active = events.reduce(evolve, lifeOf(filing, filed))
    expect(observe(active, noon, noon, [{ ...instance, until }])).toEqual([])
  })
})
