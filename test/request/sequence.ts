import { everybodyOf } from '../../src/approval/stage.ts'
import fc from 'fast-check'
import type { Person, PersonId } from '../../src/people.ts'
import { decide } from '../../src/request/decide.ts'
import type { Command } from '../../src/request/command.ts'
import { discuss, type Discussion } from '../../src/request/discuss.ts'
import type { RequestEvent } from '../../src/request/events.ts'
import { evolve } from '../../src/request/evolve.ts'
import { observe, observeDecision } from '../../src/request/observe.ts'
import { type AccessRequest, openStage } from '../../src/request/request.ts'
import { addTime, minutes } from '../../src/time.ts'
import { after, nativeRequest, filing, lifeOf } from './life.ts'
import { hannah, jonas, maya, mei, noon, omar, priya } from './situation.ts'
import { cameOfDecision, cameOfEnd, cameOfFiling, cameOfWithdrawal } from '../../src/request/came-of.ts'
import type { NativeRequest } from '../../src/request/native.ts'
import type { PersonCall } from '../../src/request/person-call.ts'

// Any order of taps, answers, lost answers and looks, by anybody, at any time: what must hold all the same.

type Came = PersonCall<unknown>['came']

export type Step =
  | {
      readonly do: 'command'
      readonly type: 'File' | 'Decide' | 'Withdraw' | 'EndNow' | 'LetEnd'
      readonly by: Person
      readonly verdict: 'approve' | 'deny'
    }
  | { readonly do: 'discuss'; readonly type: Discussion['type']; readonly by: Person }
  | { readonly do: 'answer'; readonly with: Came }
  | { readonly do: 'look'; readonly granted: boolean; readonly ours: boolean }
  | { readonly do: 'read-decision'; readonly verdict: 'approve' | 'deny' | 'none'; readonly by: Person }
  | { readonly do: 'wait'; readonly minutes: number }

export const everybody = [maya, priya, hannah, jonas, mei, omar] as const
const anybody = fc.constantFrom(...everybody)
const verdict = fc.constantFrom('approve' as const, 'deny' as const)
export const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('command' as const),
    type: fc.constantFrom(
      'File' as const,
      'Decide' as const,
      'Withdraw' as const,
      'EndNow' as const,
      'LetEnd' as const,
    ),
    by: anybody,
    verdict,
  }),
  fc.record({
    do: fc.constant('discuss' as const),
    type: fc.constantFrom<Discussion['type'][]>('Ask', 'Claim', 'Answer'),
    by: anybody,
  }),
  fc.record({
    do: fc.constant('answer' as const),
    with: fc.constantFrom<Came[]>('done', 'refused', 'sign-in-needed', 'portal-only', 'unknown'),
  }),
  fc.record({ do: fc.constant('look' as const), granted: fc.boolean(), ours: fc.boolean() }),
  fc.record({
    do: fc.constant('read-decision' as const),
    verdict: fc.constantFrom('approve' as const, 'deny' as const, 'none' as const),
    by: anybody,
  }),
  fc.record({
    do: fc.constant('wait' as const),
    minutes: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 900 })),
  }),
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
              asked: anyOf(request),
              contexts: [],
            }
          : type === 'File'
            ? { type, ...tap, stagesToday: request.stages }
            : { type, ...tap }
      const decided = decide(request, command)
      return decided.ok ? decided.value : []
    }
    case 'discuss':
      return said(request, step, now)
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

/** Everybody of the stage that is open; of the first where none is. */
function anyOf(request: AccessRequest): readonly PersonId[] {
  const stage = openStage(request)?.stage ?? request.stages[0]
  return stage === undefined ? [] : everybodyOf(stage)
}

/** The first question that waits is answered; each is asked in other words. */
function said(
  request: AccessRequest,
  { type, by }: Extract<Step, { do: 'discuss' }>,
  at: Date,
): readonly RequestEvent[] {
  const question = Math.max(
    0,
    request.questions.findIndex((each) => each.answer === undefined),
  )
  const tapper = {
    at,
    by: by.id,
    decider: by,
    revision: request.revision,
    stagesToday: request.stages,
    asked: anyOf(request),
    shown: false,
  }
  const command: Discussion =
    type === 'Answer'
      ? { type, at, by: by.id, question, revision: request.questions[question]?.revision ?? 1, answer: 'because' }
      : type === 'Ask'
        ? { type, ...tapper, question: `why ${request.questions.length}?` }
        : { type, ...tapper }
  const came = discuss(request, command)
  return came.ok ? came.value : []
}

/** The service's answer to what was asked of it: all that the shell adds is the call itself. */
function answered(request: AccessRequest, came: Came, at: Date): readonly RequestEvent[] {
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
  const call: PersonCall<NativeRequest> = came === 'done' ? { came, value: theirs } : notDone[came]
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

const notDone: Readonly<Record<Exclude<Came, 'done'>, PersonCall<never>>> = {
  refused: { came: 'refused', status: 400, code: 'Code', message: 'no', failedRules: [] },
  'sign-in-needed': { came: 'sign-in-needed', code: 'interaction_required', message: '', claims: null },
  'portal-only': { came: 'portal-only' },
  unknown: { came: 'unknown', detail: 'lost' },
}

export interface Told {
  readonly before: AccessRequest
  readonly step: Step
  readonly events: readonly RequestEvent[]
  readonly request: AccessRequest
  readonly now: Date
}

export function play(steps: readonly Step[], start: AccessRequest = lifeOf(filing)): readonly Told[] {
  let now = noon
  let request = start
  return steps.map((each) => {
    if (each.do === 'wait') now = addTime(now, minutes(each.minutes))
    const before = request
    const events = eventsOf(before, each, now)
    request = events.reduce<AccessRequest>((state, event) => evolve(state, event), before)
    return { before, step: each, events, request, now }
  })
}
