import { everybodyOf } from '../../src/approval/stage.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Person } from '../../src/people.ts'
import { decide } from '../../src/request/decide.ts'
import type { Command } from '../../src/request/command.ts'
import { RequestEvent } from '../../src/request/events.ts'
import { evolve, fold } from '../../src/request/evolve.ts'
import { observe, observeDecision } from '../../src/request/observe.ts'
import { effectsOf } from '../../src/request/owed.ts'
import { nextLook, standsInEntra } from '../../src/request/when-to-look.ts'
import { type AccessRequest, grantableYet, isOpen } from '../../src/request/request.ts'
import { untoldSince } from '../../src/request/observe-outcome.ts'
import { addTime, minutes } from '../../src/time.ts'
import { after, nativeRequest, filing, lifeOf, submitted } from './life.ts'
import { hannah, jonas, maya, noon, priya } from './situation.ts'
import { nth } from '../fixtures/nth.ts'

// Any order of taps, answers, lost answers and looks, by anybody, at any time: what must hold all the same.

type Step =
  | {
      readonly do: 'command'
      readonly type: 'File' | 'Decide' | 'Withdraw' | 'EndNow'
      readonly by: Person
      readonly verdict: 'approve' | 'deny'
    }
  | { readonly do: 'answer'; readonly with: 'done' | 'refused' | 'unknown' }
  | { readonly do: 'look'; readonly granted: boolean; readonly ours: boolean }
  | { readonly do: 'read-decision'; readonly verdict: 'approve' | 'deny' | 'none'; readonly by: Person }
  | { readonly do: 'wait'; readonly minutes: number }

const anybody = fc.constantFrom(maya, priya, hannah, jonas)
const verdict = fc.constantFrom('approve' as const, 'deny' as const)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('command' as const),
    type: fc.constantFrom('File' as const, 'Decide' as const, 'Withdraw' as const, 'EndNow' as const),
    by: anybody,
    verdict,
  }),
  fc.record({
    do: fc.constant('answer' as const),
    with: fc.constantFrom('done' as const, 'refused' as const, 'unknown' as const),
  }),
  fc.record({ do: fc.constant('look' as const), granted: fc.boolean(), ours: fc.boolean() }),
  fc.record({
    do: fc.constant('read-decision' as const),
    verdict: fc.constantFrom('approve' as const, 'deny' as const, 'none' as const),
    by: anybody,
  }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 900 }) }),
)

function eventsOf(request: AccessRequest, step: Step, now: Date): readonly RequestEvent[] {
  switch (step.do) {
    case 'command': {
      const { by, type } = step
      const tap = { at: now, realNow: now, leaseUntil: addTime(now, minutes(1)), by: by.id }
      const command: Command =
        type === 'Decide'
          ? {
              type,
              ...tap,
              verdict: step.verdict,
              comment: 'because',
              decider: by,
              revision: request.revision,
              stagesToday: request.stages,
              termsToday: request.submission.terms,
              shown: false,
              asked: everybodyOf(nth(request.stages, 0)),
              contexts: [],
            }
          : type === 'File'
            ? { type, ...tap, stagesToday: request.stages }
            : { type, ...tap }
      const decided = decide(request, command)
      return decided.ok ? decided.value : []
    }
    case 'answer':
      return answered(request, step.with, now)
    case 'look': {
      const createdBy = step.ours ? nativeRequest : '99999999-9999-4999-8999-999999999999'
      const instance = { id: `of-${createdBy}`, from: noon, until: after(minutes(600)), createdBy }
      return observe(request, now, now, step.granted ? [instance] : [])
    }
    case 'read-decision':
      return observeDecision(request, now, { verdict: step.verdict, by: step.by.id }, 'look-up')
    case 'wait':
      return []
    default:
      return step satisfies never
  }
}

/** What the shell writes when a person's call comes back. */
function answered(request: AccessRequest, came: 'done' | 'refused' | 'unknown', at: Date): readonly RequestEvent[] {
  const said = { at, code: 'Code', message: 'no' }
  const detail = { at, detail: 'lost' }
  const seen = { at, source: 'answer' as const }
  const by = request.doubt?.by ?? maya.id
  const outcomes = {
    filing: {
      done: {
        type: 'FilingObserved',
        ...seen,
        nativeRequest,
        stands: 'waiting',
        said: 'PendingApproval',
        closesAt: after(minutes(1440)),
      },
      refused: { type: 'FilingRefused', ...said },
      unknown: { type: 'FilingUnknown', ...detail },
    },
    decision: {
      done: observeDecision(request, at, { verdict: request.reservation?.verdict ?? 'none', by }, 'answer')[0],
      refused: { type: 'DecisionRefused', ...said, by },
      unknown: { type: 'DecisionUnknown', ...detail, by },
    },
    withdrawal: {
      done: { type: 'WithdrawalObserved', ...seen },
      refused: { type: 'WithdrawalRefused', ...said },
      unknown: { type: 'WithdrawalUnknown', ...detail },
    },
    end: {
      done: { type: 'EndAccepted', ...seen },
      refused: { type: 'EndRefused', ...said },
      unknown: { type: 'EndUnknown', ...detail },
    },
  } as const
  const about = request.doubt?.about
  const event = about === undefined ? undefined : outcomes[about][came]
  return event === undefined ? [] : [event]
}

interface Told {
  readonly before: AccessRequest
  readonly step: Step
  readonly events: readonly RequestEvent[]
  readonly request: AccessRequest
  readonly now: Date
}

function play(steps: readonly Step[]): readonly Told[] {
  let now = noon
  let request = lifeOf(filing)
  return steps.map((each) => {
    if (each.do === 'wait') now = addTime(now, minutes(each.minutes))
    const before = request
    const events = eventsOf(before, each, now)
    request = events.reduce<AccessRequest>((state, event) => evolve(state, event), before)
    return { before, step: each, events, request, now }
  })
}

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
