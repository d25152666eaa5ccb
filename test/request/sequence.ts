import { everybodyOf } from '../../src/approval/stage.ts'
import fc from 'fast-check'
import type { Person } from '../../src/people.ts'
import { decide } from '../../src/request/decide.ts'
import type { Command } from '../../src/request/command.ts'
import { RequestEvent } from '../../src/request/events.ts'
import { evolve } from '../../src/request/evolve.ts'
import { observe, observeDecision } from '../../src/request/observe.ts'
import { type AccessRequest } from '../../src/request/request.ts'
import { addTime, minutes } from '../../src/time.ts'
import { after, nativeRequest, filing, lifeOf } from './life.ts'
import { hannah, jonas, maya, noon, priya } from './situation.ts'
import { nth } from '../fixtures/nth.ts'
import { cameOfDecision, cameOfEnd, cameOfFiling, cameOfWithdrawal } from '../../src/request/came-of.ts'
import type { NativeRequest } from '../../src/request/native.ts'
import type { PersonCall } from '../../src/request/person-call.ts'

// Any order of taps, answers, lost answers and looks, by anybody, at any time: what must hold all the same.

export type Step =
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

export const anybody = fc.constantFrom(maya, priya, hannah, jonas)
const verdict = fc.constantFrom('approve' as const, 'deny' as const)
export const step: fc.Arbitrary<Step> = fc.oneof(
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

/** The service's answer to what was asked of it: all that the shell adds is the call itself. */
function answered(request: AccessRequest, came: 'done' | 'refused' | 'unknown', at: Date): readonly RequestEvent[] {
  const { doubt, reservation, submission } = request
  const theirs: NativeRequest = {
    id: nativeRequest,
    stands: 'waiting',
    said: 'PendingApproval',
    closesAt: after(minutes(1440)),
    person: submission.beneficiary,
    target: submission.target,
    duration: submission.duration,
    justification: '',
    ticket: null,
    customData: submission.id,
    createdAt: noon,
  }
  const call: PersonCall<NativeRequest> =
    came === 'done'
      ? { came, value: theirs }
      : came === 'unknown'
        ? { came, detail: 'lost' }
        : { came, status: 400, code: 'Code', message: 'no', failedRules: [] }
  switch (doubt?.about) {
    case 'filing':
      return cameOfFiling(request, call, at).events
    case 'decision':
      return cameOfDecision(request, call, { by: doubt.by, verdict: reservation?.verdict ?? 'deny', at }).events
    case 'withdrawal':
      return cameOfWithdrawal(call, at).events
    case 'end':
      return cameOfEnd(call, at).events
    default:
      return []
  }
}

export interface Told {
  readonly before: AccessRequest
  readonly step: Step
  readonly events: readonly RequestEvent[]
  readonly request: AccessRequest
  readonly now: Date
}

export function play(steps: readonly Step[]): readonly Told[] {
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
