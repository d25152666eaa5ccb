import { expect, test } from 'vitest'
import { evolve } from '../../src/request/evolve.ts'
import { observe } from '../../src/request/observe.ts'
import { nextDue, dueByClock } from '../../src/request/due-by-clock.ts'
import type { AccessRequest } from '../../src/request/request.ts'
import { hours, minutes } from '../../src/time.ts'
import { active, after, approved, deciding, nativeRequest, filed, filing, lifeOf, saidYes, severeLife } from './life.ts'
import { noon } from './situation.ts'

// The sample stage reminds after 30 minutes, escalates after 2 hours and lapses after 24.

const typesAt = (request: AccessRequest, at: Date): readonly string[] => dueByClock(request, at).map(({ type }) => type)
const later = (request: AccessRequest, at: Date): AccessRequest => dueByClock(request, at).reduce(evolve, request)

test('a silent stage is reminded once, then its backup is asked, then it lapses', () => {
  const asked = severeLife()
  expect(nextDue(asked)).toEqual(after(minutes(30)))
  expect(typesAt(asked, after(minutes(29)))).toEqual([])
  const reminded = later(asked, after(minutes(30)))
  expect(typesAt(asked, after(minutes(30)))).toEqual(['StageReminded'])
  expect(typesAt(reminded, after(minutes(31)))).toEqual([])
  const escalated = later(reminded, after(hours(2)))
  expect(typesAt(reminded, after(hours(2)))).toEqual(['StageEscalated'])
  expect(typesAt(escalated, after(hours(23)))).toEqual([])
  expect(later(escalated, after(hours(24))).phase).toMatchObject({ status: 'lapsed', waitedFor: 'stage' })
})

test('what was missed while nobody watched is not told one after the other: only the last of it', () => {
  expect(typesAt(severeLife(), after(hours(3)))).toEqual(['StageEscalated'])
  expect(typesAt(severeLife(), after(hours(30)))).toEqual(['RequestLapsed'])
})

test('the waiting begins anew with every stage', () => {
  const next = severeLife({ ...saidYes(), at: after(hours(20)) } as ReturnType<typeof saidYes>, filing, {
    ...filed,
    at: after(hours(20)),
  } as typeof filed)
  expect(nextDue(next)).toEqual(after(hours(20.5)))
})

test('a stage of Entra is reminded and escalated by us, and closed only by what Entra shows', () => {
  const waiting = lifeOf(filing, filed)
  expect(typesAt(waiting, after(minutes(30)))).toEqual(['StageReminded'])
  expect(typesAt(waiting, after(hours(30)))).toEqual(['StageEscalated'])
  expect(observe(waiting, after(minutes(24 * 60 + 10)), noon, [])).toMatchObject([
    { type: 'RequestLapsed', waitedFor: 'entra' },
  ])
})

test('an approved request that its requester never sends lapses after a day', () => {
  const ready = severeLife(saidYes())
  expect(nextDue(ready)).toEqual(after(hours(24)))
  expect(later(ready, after(hours(24))).phase).toMatchObject({ status: 'lapsed', waitedFor: 'requester' })
})

test('a filing in doubt does not lapse: it may stand in Entra', () => {
  expect(typesAt(severeLife(saidYes(), filing), after(hours(24)))).toEqual([])
})

const running = lifeOf(filing, filed, deciding(), approved, active)

test('the holder is told fifteen and five minutes before the end of two hours', () => {
  expect(nextDue(running)).toEqual(after(minutes(105)))
  const told = later(running, after(minutes(105)))
  expect(dueByClock(running, after(minutes(105)))).toMatchObject([{ type: 'EndReminded', before: minutes(15) }])
  expect(nextDue(told)).toEqual(after(minutes(115)))
  expect(nextDue(later(told, after(minutes(115))))).toBeNull()
})

test('ten minutes are told of five minutes before their end, and not as ending when they begin', () => {
  const short = lifeOf(filing, filed, deciding(), approved, { ...active, until: after(minutes(10)) } as typeof active)
  expect(nextDue(short)).toEqual(after(minutes(5)))
  expect(dueByClock(short, noon)).toEqual([])
  const fifteen = lifeOf(filing, filed, deciding(), approved, { ...active, until: after(minutes(15)) } as typeof active)
  expect(nextDue(fifteen)).toEqual(after(minutes(10)))
})

test('more than eight hours are announced an hour before as well', () => {
  const long = lifeOf(filing, filed, deciding(), approved, { ...active, until: after(hours(9)) } as typeof active)
  expect(nextDue(long)).toEqual(after(hours(8)))
})

test('whoever lets it end is not told again', () => {
  const let1 = evolve(later(running, after(minutes(105))), {
    type: 'LetEnd',
    at: after(minutes(106)),
    by: running.submission.requester,
  })
  expect(nextDue(let1)).toBeNull()
})

test('a lapse is not believed at once while a decision may still show', () => {
  const casting = lifeOf(filing, filed, deciding())
  expect(observe(casting, after(hours(24)), noon, [])).toEqual([])
  expect(observe(casting, after(minutes(24 * 60 + 10)), noon, [])).toMatchObject([{ type: 'RequestLapsed' }])
})

test('an ending that never reached Entra may be made again once its tap cannot be running any more', () => {
  const ending = evolve(running, {
    type: 'EndAttempted',
    at: after(minutes(10)),
    by: running.submission.requester,
    leaseUntil: after(minutes(11)),
  })
  const still = [{ id: 'instance-1', from: noon, until: after(hours(2)), createdBy: nativeRequest }]
  expect(observe(ending, after(minutes(12)), after(minutes(10)), still)).toEqual([])
  expect(observe(ending, after(minutes(12)), after(minutes(12)), still)).toMatchObject([
    { type: 'EndRefused', code: 'not-received' },
  ])
})

test('what Entra says of a decision replaces what was guessed from its effect', () => {
  const guessed = lifeOf(filing, filed, deciding(), {
    ...approved,
    confirmed: false,
    source: 'instance',
  } as typeof approved)
  expect(guessed.decisions).toMatchObject([{ confirmed: false }])
  expect(evolve(guessed, approved).decisions).toMatchObject([{ confirmed: true }])
  expect(evolve(guessed, approved).decisions).toHaveLength(1)
})

test('a filing found late that Entra has granted meanwhile is not told as waiting, nor as lapsed a day later', () => {
  const found = lifeOf(filing, { ...filed, stands: 'granting', said: 'Provisioned' } as typeof filed)
  expect(found.phase.status).toBe('activating')
  expect(observe(found, after(hours(25)), noon, [])).toMatchObject([{ type: 'EndObserved', how: 'unseen' }])
  const instance = { id: 'instance-1', from: noon, until: after(hours(2)), createdBy: nativeRequest }
  // Entra's own stage was passed, by somebody nobody told us of.
  expect(observe(found, after(minutes(1)), noon, [instance])).toMatchObject([
    { type: 'DecisionObserved', by: null, verdict: 'approve', confirmed: false },
    { type: 'ActivationObserved' },
  ])
})

test('a filing whose answer was lost is closed once Entra cannot hold it any more, and not a moment before', () => {
  const doubtful = lifeOf(filing)
  expect(nextDue(doubtful)).toEqual(after(minutes(24 * 60 + 10)))
  expect(typesAt(doubtful, after(minutes(24 * 60 + 9)))).toEqual([])
  expect(later(doubtful, after(minutes(24 * 60 + 10))).phase).toMatchObject({
    status: 'failed',
    because: 'never-settled',
  })
})
