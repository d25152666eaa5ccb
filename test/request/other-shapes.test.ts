import { describe, expect, test } from 'vitest'
import { decide } from '../../src/request/decide.ts'
import type { EventOf, RequestEvent } from '../../src/request/events.ts'
import { evolve, fold } from '../../src/request/evolve.ts'
import { observe, observeDecision } from '../../src/request/observe.ts'
import { observeFiling } from '../../src/request/observe-filing.ts'
import { type AccessRequest, isOpen, openStage } from '../../src/request/request.ts'
import { nextLook } from '../../src/request/when-to-look.ts'
import { addTime, hours, minutes } from '../../src/time.ts'
import { nth } from '../fixtures/nth.ts'
import { after, approved, filed, filing, lifeOf, nativeRequest, submitted } from './life.ts'
import { hannah, jonas, maya, mei, noon, priya } from './situation.ts'

// Shapes of a request that directory roles do not have today: no stage, several of the service's own, a later start,
// a decider's own proof.

const native = (...people: readonly { readonly id: typeof maya.id }[]) => ({
  ...nth(submitted.stages, 0),
  people: people.map(({ id }) => id),
  backup: [],
  lastResort: [],
})
function asked(change: Partial<EventOf<'RequestSubmitted'>>, ...events: readonly RequestEvent[]): AccessRequest {
  const request = fold([{ ...submitted, ...change }, ...events])
  if (request === undefined) throw new Error('a submitted request folds to something')
  return request
}
const seenBy = (by: typeof priya, verdict: 'approve' | 'deny' = 'approve') => ({ verdict, by: by.id })

describe('without stages', () => {
  test('nobody is asked: it waits for its requester alone, and is granted as soon as the service says so', () => {
    const request = asked({ stages: [] })
    expect(request.phase).toMatchObject({ status: 'ready-to-file' })
    expect(openStage(request)).toBeUndefined()
    const sent = asked({ stages: [] }, filing, { ...filed, stands: 'granting', closesAt: null } as typeof filed)
    expect(sent.phase).toMatchObject({ status: 'activating' })
  })

  test('an approver has nothing to decide', () => {
    const request = asked({ stages: [] })
    const tap = { at: noon, realNow: noon, leaseUntil: noon, by: priya.id, revision: 1 }
    const about = { decider: priya, stagesToday: [], asked: [], shown: false, termsToday: undefined, contexts: [] }
    const decided = decide(request, { type: 'Decide', verdict: 'approve', comment: '', ...tap, ...about })
    expect(decided).toMatchObject({ ok: false, refusal: { kind: 'may-not-decide', why: { kind: 'not-in-stage' } } })
  })

  test('an approval that the service asks for all the same is open to nobody here', () => {
    const sent = asked({ stages: [] }, filing, filed)
    expect(sent.phase).toMatchObject({ status: 'filed' })
    expect(openStage(sent)).toBeUndefined()
  })
})

describe('with several stages of the service', () => {
  const stages = [native(priya, hannah), native(jonas, mei)]
  const waiting = asked({ stages }, filing, filed)

  test('one yes opens the next one, for which cards of the first are worth nothing', () => {
    expect(waiting.phase).toMatchObject({ status: 'filed', waiting: { stage: 0 } })
    const [yes] = observeDecision(waiting, noon, seenBy(priya), 'answer')
    expect(yes).toMatchObject({ stage: 0, inStage: true })
    const next = evolve(waiting, yes as RequestEvent)
    expect(next.phase).toMatchObject({
      status: 'filed',
      filed: { nativeRequest },
      waiting: { stage: 1, reminded: false },
    })
    expect(next.revision).toBe(waiting.revision + 1)
    const [second] = observeDecision(next, noon, seenBy(jonas), 'answer')
    expect(second).toMatchObject({ stage: 1, inStage: true })
    expect(evolve(next, second as RequestEvent).phase).toMatchObject({ status: 'activating' })
  })

  test('a no in either ends it', () => {
    const [no] = observeDecision(waiting, noon, seenBy(priya, 'deny'), 'answer')
    expect(evolve(waiting, no as RequestEvent).phase).toMatchObject({ status: 'denied' })
  })

  test('a filing found late waits where the service says it waits', () => {
    const found = asked({ stages }, filing, { ...filed, nativeStage: 1 } as typeof filed)
    expect(found.phase).toMatchObject({ waiting: { stage: 1 } })
  })

  test('seen granted, every stage that nobody was seen to decide was passed, in order', () => {
    const instance = { id: 'instance-1', from: noon, until: after(hours(2)), createdBy: nativeRequest }
    const events = observe(waiting, noon, noon, [instance])
    expect(events.map((event) => [event.type, 'stage' in event ? event.stage : undefined])).toEqual([
      ['DecisionObserved', 0],
      ['DecisionObserved', 1],
      ['ActivationObserved', undefined],
    ])
    expect(events.reduce(evolve, waiting).phase).toMatchObject({ status: 'active' })
  })

  test('the same person counts in one of them only', () => {
    const both = asked({ stages: [native(priya), native(priya, jonas)] }, filing, filed)
    const next = observeDecision(both, noon, seenBy(priya), 'answer').reduce<AccessRequest>(evolve, both)
    expect(observeDecision(next, noon, seenBy(priya), 'answer')).toMatchObject([{ stage: 1, inStage: false }])
  })

  test('one for which the service names no time is not believed lapsed', () => {
    const open = asked({ stages }, filing, { ...filed, closesAt: null } as typeof filed)
    expect(observe(open, after(hours(1_000)), noon, [])).toEqual([])
  })
})

describe('to begin later', () => {
  const startsAt = after(hours(20))
  const request = lifeOf()
  const scheduled = asked({ startsAt }, filing, filed, approved)

  test('it is scheduled once it is granted, and can be taken back', () => {
    expect(request.submission.startsAt).toBeUndefined()
    expect(scheduled.phase).toMatchObject({ status: 'scheduled', from: startsAt })
    expect(isOpen(scheduled)).toBe(true)
    const tap = { at: noon, realNow: noon, leaseUntil: after(minutes(1)), by: maya.id }
    const taken = decide(scheduled, { type: 'Withdraw', ...tap })
    expect(taken).toMatchObject({ ok: true, value: [{ type: 'WithdrawalAttempted' }] })
    const events: readonly RequestEvent[] = [
      ...(taken.ok ? taken.value : []),
      { type: 'WithdrawalObserved', at: noon, source: 'answer' },
    ]
    expect(events.reduce(evolve, scheduled).phase.status).toBe('withdrawn')
  })

  test('it is looked at when it is to begin, and is active when it is seen', () => {
    const at = addTime(startsAt, -minutes(1) as ReturnType<typeof minutes>)
    expect(nextLook(scheduled, at)).toEqual(startsAt)
    const instance = { id: 'instance-1', from: startsAt, until: after(hours(22)), createdBy: nativeRequest }
    const events = observe(scheduled, startsAt, noon, [instance])
    expect(events.reduce(evolve, scheduled).phase).toMatchObject({ status: 'active', from: startsAt })
  })

  test('whose whole time went by unseen is over then, and not before', () => {
    expect(observe(scheduled, addTime(startsAt, hours(1)), noon, [])).toEqual([])
    const over = observe(scheduled, addTime(startsAt, hours(2)), noon, [])
    expect(over).toMatchObject([{ type: 'EndObserved', how: 'unseen' }])
  })

  test('a start that has passed by then is no later start', () => {
    const late = asked({ startsAt: noon }, filing, filed, approved)
    expect(late.phase.status).toBe('activating')
  })

  test('the filing says when', () => {
    const seen = { stands: 'scheduled', said: 'ScheduleCreated', closesAt: null, id: nativeRequest } as const
    const { target, duration } = request.submission
    const rest = {
      person: maya.id,
      target,
      duration,
      justification: '',
      ticket: null,
      customData: null,
      createdAt: noon,
    }
    const ready = asked({ startsAt }, filing)
    const events = observeFiling(ready, { ...seen, ...rest }, noon, 'answer')
    expect(events.reduce(evolve, ready).phase).toMatchObject({ status: 'scheduled', from: startsAt })
  })
})

test('what a decider signed goes with the decision, from the attempt to what was seen of it', () => {
  const evidence = { freeText: 'a signed statement' }
  const attempt: RequestEvent = {
    type: 'DecisionAttempted',
    at: noon,
    by: priya.id,
    stage: 0,
    verdict: 'approve',
    evidence,
    leaseUntil: after(minutes(1)),
  }
  const deciding = lifeOf(filing, filed, attempt)
  expect(deciding.reservation).toMatchObject({ evidence })
  const events = observeDecision(deciding, noon, seenBy(priya), 'answer')
  expect(events.reduce(evolve, deciding).decisions).toMatchObject([{ by: priya.id, evidence }])
  // Somebody else's decision is not proven by it.
  expect(observeDecision(deciding, noon, seenBy(hannah), 'answer')[0]).not.toHaveProperty('evidence')
})
