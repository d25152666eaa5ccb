import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decidersOf } from '../../src/approval/deciders.ts'
import { everybodyOf, type Stage } from '../../src/approval/stage.ts'
import type { Terms } from '../../src/entitlement/terms.ts'
import type { Person } from '../../src/people.ts'
import { approvalOffers, type Approver } from '../../src/request/approval-offers.ts'
import type { Command } from '../../src/request/command.ts'
import { decide } from '../../src/request/decide.ts'
import { discuss } from '../../src/request/discuss.ts'
import type { RequestEvent } from '../../src/request/events.ts'
import { fold } from '../../src/request/evolve.ts'
import { answerOffered, endingOffers, endPossibleAt, type Moment, statusOffers } from '../../src/request/offers.ts'
import type { Refusal } from '../../src/request/refusal.ts'
import { type AccessRequest, openStage, partiesOf } from '../../src/request/request.ts'
import type { StagesToday } from '../../src/request/right-to-decide.ts'
import type { Result } from '../../src/result.ts'
import { copyStages } from '../../src/request/submit.ts'
import { addTime, hours, isoDuration, milliseconds, minutes } from '../../src/time.ts'
import { nth } from '../fixtures/nth.ts'
import { active, after, approved, deciding, filed, filing, leaseUntil, lifeOf, severeLife, submitted } from './life.ts'
import { hannah, jonas, maya, mei, noon, omar, priya } from './situation.ts'
import { everybody, play, step } from './sequence.ts'

// A card offers what the tap takes, and nothing else: in every state, for everybody, at any time.

type Came = Result<readonly unknown[], Refusal>

/** What only waits for a tap that is under way, which is over within its lease. */
const waits = new Set<Refusal['kind']>(['in-doubt', 'being-decided', 'own-tap-under-way'])

/**
 * What is offered is taken at once, or when the tap that is under way is over.
 * @param press the command that the tap would give at this moment of the real clock.
 */
function taken(request: AccessRequest, realNow: Date, press: (realNow: Date) => Came): void {
  const now = press(realNow)
  if (!now.ok) expect(waits).toContain(now.refusal.kind)
  const leases = [request.doubt?.leaseUntil, request.reservation?.leaseUntil].flatMap((each) => each ?? [])
  const later = new Date(Math.max(realNow.getTime(), ...leases.map((each) => each.getTime())))
  expect(press(later)).toMatchObject({ ok: true })
}

const stage = nth(submitted.stages, 0)
const chat = (...people: readonly Person[]): Stage => ({
  ...stage,
  by: 'chat',
  people: people.map(({ id }) => id),
  backup: [],
  lastResort: [],
})
const native = (...people: readonly Person[]): Stage => ({ ...chat(...people), by: 'native' })

function asks(stages: readonly Stage[], terms: Partial<Terms> = {}): AccessRequest {
  const request = fold([{ ...submitted, stages: copyStages(stages), terms: { ...submitted.terms, ...terms } }])
  if (request === undefined) throw new Error('a submitted request folds to something')
  return request
}

const asked = (freeText: string): RequestEvent => ({
  type: 'QuestionAsked',
  at: noon,
  by: priya.id,
  stage: 0,
  text: { freeText },
})

const starts = fc.constantFrom(
  lifeOf(filing),
  lifeOf(filing, filed),
  lifeOf(filing, filed, deciding(), approved, active),
  severeLife(),
  severeLife(...[1, 2, 3].map((number) => asked(`why ${number}?`))),
  // Jonas is needed in Entra, so he may not say yes before.
  asks([chat(priya, jonas), native(jonas)]),
  asks([{ ...chat(priya, hannah, mei), need: 2 }], { stepUp: { approve: 'c2' } }),
  asks([]),
)

const anyState = fc
  .tuple(fc.array(step, { maxLength: 30 }), starts)
  .map(([steps, start]) => ({ told: play(steps, start), start }))

const anyLookUp = fc.record({
  /** Somebody who is disabled by now. */
  disabled: fc.option(fc.constantFrom(...everybody)),
  stages: fc.constantFrom('same' as const, 'without-one' as const, 'another-shape' as const, 'none' as const),
  terms: fc.constantFrom({}, { longest: hours(1) }, { stepUp: { approve: 'c3' } }, { ticket: 'required' as const }),
  oldCard: fc.boolean(),
  requesterReachable: fc.boolean(),
})
type LookUp = typeof anyLookUp extends fc.Arbitrary<infer Value> ? Value : never

const stagesNow = ({ stages }: AccessRequest, how: LookUp['stages']): StagesToday => {
  if (how === 'none') return undefined
  if (how === 'same') return stages
  if (how === 'another-shape') return stages.map((each) => ({ ...each, need: each.need + 1 }))
  return stages.map((each) => ({ ...each, people: each.people.slice(1) }))
}

function approverNow(request: AccessRequest, person: Person, lookUp: LookUp): Approver {
  const { disabled, oldCard, requesterReachable } = lookUp
  const people = new Map(everybody.map((each) => [each.id, { ...each, enabled: each !== disabled }]))
  const stagesToday = stagesNow(request, lookUp.stages)
  const open = openStage(request)
  const today = open === undefined ? undefined : stagesToday?.[open.index]
  const escalated = 'waiting' in request.phase && request.phase.waiting.escalated
  const deciders =
    open === undefined || today === undefined
      ? undefined
      : decidersOf(open.stage, today, partiesOf(request, open.index), people, escalated)
  return {
    by: person.id,
    revision: oldCard ? request.revision - 1 : request.revision,
    decider: people.get(person.id),
    stagesToday,
    asked: deciders?.asked ?? [],
    standIn: deciders?.standIn ?? [],
    shown: true,
    termsToday: { ...request.submission.terms, ...lookUp.terms },
    requesterReachable,
  }
}

/** A decision as it is tapped, by somebody who has signed in as the catalogue wants it. */
const decision = (approver: Approver, at: Date, realNow: Date, how: Partial<Extract<Command, { type: 'Decide' }>>) => ({
  type: 'Decide' as const,
  ...approver,
  at,
  realNow,
  leaseUntil: addTime(realNow, minutes(1)),
  verdict: 'approve' as const,
  comment: 'not this week',
  contexts: ['c2', 'c3'],
  ...how,
})

/** Every state that a play comes to, a moment later, for everybody. */
const always = (
  holds: (request: AccessRequest, person: Person, moment: Moment, lookUp: LookUp) => void,
  options: { readonly numRuns: number; readonly seed?: number } = { numRuns: 150 },
): void =>
  fc.assert(
    fc.property(anyState, anyLookUp, fc.integer({ min: 0, max: 120 }), ({ told, start }, lookUp, seconds) => {
      const states = [{ request: start, now: noon }, ...told]
      for (const { request, now } of states) {
        const at = addTime(now, milliseconds(seconds * 1000))
        for (const person of everybody) holds(request, person, { at, realNow: at }, lookUp)
      }
    }),
    options,
  )

test('the requester’s card offers what its tap takes', () => {
  always((request, { id: by }, { at, realNow }) => {
    const press = (type: 'File' | 'Withdraw' | 'EndNow') => (real: Date) => {
      const tap = { at, realNow: real, leaseUntil: addTime(real, minutes(1)), by }
      return decide(request, type === 'File' ? { type, ...tap, stagesToday: request.stages } : { type, ...tap })
    }
    const offered = statusOffers(request, by, { at, realNow })
    const buttons = { activate: 'File', withdraw: 'Withdraw', end: 'EndNow' } as const
    for (const [verb, type] of Object.entries(buttons) as [keyof typeof buttons, 'File'][]) {
      if (offered.includes(verb)) taken(request, realNow, press(type))
      // Left out: ending once more what its holder has ended.
      else if (verb !== 'end' || request.endedByHolder === undefined) expect(press(type)(realNow).ok).toBe(false)
    }
    if (by !== maya.id) expect(offered).toEqual([])
    // A call of theirs that is under way or lost leaves one thing to press.
    if (by === maya.id && request.doubt !== undefined && request.doubt.about !== 'decision') {
      expect(offered).toContain('check')
    }
  })
})

test('the card that tells of the end offers what its tap takes', () => {
  always((request, { id: by }, { at, realNow }) => {
    const press = (type: 'EndNow' | 'LetEnd') => (real: Date) =>
      decide(request, { type, at, realNow: real, leaseUntil: addTime(real, minutes(1)), by })
    const offered = endingOffers(request, by, { at, realNow })
    if (offered.end) taken(request, realNow, press('EndNow'))
    if (offered.letEnd) taken(request, realNow, press('LetEnd'))
    const answered = request.endedByHolder !== undefined || (request.phase.status === 'active' && request.phase.letEnd)
    if (!answered) expect(offered.letEnd).toBe(press('LetEnd')(realNow).ok)
  })
})

test('an approver’s card offers what its tap takes', () => {
  always((request, person, moment, lookUp) => {
    const { at, realNow } = moment
    const approver = approverNow(request, person, lookUp)
    const offered = approvalOffers(request, approver, moment)
    const press =
      (how: Parameters<typeof decision>[3] = {}) =>
      (real: Date) =>
        decide(request, decision(approver, at, real, how))
    if (offered === undefined) {
      // Left out: whom nobody has asked, though Entra would take their decision, or the tap would find the stages changed.
      const inEntra = openStage(request)?.stage.by === 'native'
      const asked = [...approver.asked, ...(inEntra ? approver.standIn : [])]
      if (asked.includes(approver.by)) expect(press({ verdict: 'deny' })(realNow).ok).toBe(false)
      return
    }
    taken(request, realNow, press({ verdict: 'deny' }))
    if (offered.notApprovable === undefined) taken(request, realNow, press())
    else expect(press()(leaseUntilOver(request, realNow)).ok).toBe(false)
    for (const length of lengthsOf(request, offered.shorter)) taken(request, realNow, press({ shorter: length }))
    if (offered.ask === 'open') {
      taken(request, realNow, () => discuss(request, { type: 'Ask', ...approver, at, question: 'what for?' }))
    }
    if (offered.claim) taken(request, realNow, () => discuss(request, { type: 'Claim', ...approver, at }))
  })
})

const leaseUntilOver = ({ doubt, reservation }: AccessRequest, realNow: Date): Date =>
  [doubt?.leaseUntil, reservation?.leaseUntil].reduce<Date>(
    (latest, each) => (each !== undefined && each > latest ? each : latest),
    realNow,
  )

/** What the card lets them choose: round lengths that are less than was asked. */
const lengthsOf = (
  { submission }: AccessRequest,
  shorter: { readonly shortest: number; readonly longest: number } | undefined,
): readonly string[] =>
  [minutes(5), minutes(15), minutes(30), hours(1)]
    .filter((each) => each < submission.duration)
    .filter((each) => shorter !== undefined && each >= shorter.shortest && each <= shorter.longest)
    .map((each) => isoDuration(each))

test('a question’s card offers its answer to the requester, for as long as the tap takes it', () => {
  always((request, { id: by }, { at }) => {
    for (const [question, { revision }] of request.questions.entries()) {
      const answer = { type: 'Answer', at, by, question, revision, answer: 'rotating keys' } as const
      expect(answerOffered(request, by, question, at)).toBe(discuss(request, answer).ok)
    }
  })
})

test('the plays come to every card with something to press', () => {
  const seen = new Set<string>()
  always(
    (request, person, moment, lookUp) => {
      for (const verb of statusOffers(request, person.id, moment)) seen.add(verb)
      const ending = endingOffers(request, person.id, moment)
      if (ending.letEnd) seen.add(ending.end ? 'end or let it end' : 'let it end')
      const offered = approvalOffers(request, approverNow(request, person, lookUp), moment)
      if (offered === undefined) return
      seen.add(offered.notApprovable ?? 'approve')
      seen.add(`ask: ${offered.ask}`)
      if (offered.shorter !== undefined) seen.add('shorter')
      if (offered.claim) seen.add('claim')
    },
    { numRuns: 400, seed: 1 },
  )
  const status = ['activate', 'withdraw', 'end', 'check', 'end or let it end', 'let it end']
  const approval = ['approve', 'shorter', 'claim', 'needed-later', 'stages-changed', 'terms-stricter']
  const asking = ['ask: open', 'ask: enough', 'ask: unreachable']
  expect([...seen].toSorted()).toEqual([...status, ...approval, ...asking].toSorted())
})

describe('by the clock', () => {
  const at = (moment: Date): Moment => ({ at: moment, realNow: moment })
  const running = lifeOf(filing, filed, deciding(), approved, active)

  test('a grant can be ended from the minute that its tap takes, and until then both cards name it', () => {
    expect(statusOffers(running, maya.id, at(after(minutes(4))))).toEqual(['check'])
    expect(endingOffers(running, maya.id, at(after(minutes(4))))).toEqual({ end: false, letEnd: true })
    expect(endPossibleAt(running, at(after(minutes(4))))).toEqual(after(minutes(5)))
    expect(statusOffers(running, maya.id, at(after(minutes(5))))).toEqual(['end', 'check'])
    expect(endPossibleAt(running, at(after(minutes(5))))).toBeUndefined()
  })

  test('the last tap is offered until its window is over', () => {
    const ready = asks([])
    expect(statusOffers(ready, maya.id, at(after(hours(23))))).toEqual(['activate', 'withdraw'])
    expect(statusOffers(ready, maya.id, at(after(hours(24))))).toEqual(['withdraw'])
  })

  test('while a call of the requester’s is under way there is nothing but Check', () => {
    const withdrawing = lifeOf(filing, filed, { type: 'WithdrawalAttempted', at: noon, by: maya.id, leaseUntil })
    expect(statusOffers(withdrawing, maya.id, at(noon))).toEqual(['check'])
    expect(statusOffers(withdrawing, maya.id, at(leaseUntil))).toEqual(['withdraw', 'check'])
  })

  test('an approver’s call that is under way takes no button away, for no edit would bring it back', () => {
    const casting = lifeOf(filing, filed, deciding(hannah))
    expect(statusOffers(casting, maya.id, at(noon))).toEqual(['withdraw', 'check'])
    const lookUp = { disabled: null, stages: 'same', terms: {}, oldCard: false, requesterReachable: true } as const
    for (const person of [priya, hannah]) {
      expect(approvalOffers(casting, approverNow(casting, person, lookUp), at(noon))).toMatchObject({ ask: 'open' })
    }
    expect(approvalOffers(casting, approverNow(casting, omar, lookUp), at(noon))).toBeUndefined()
    expect(everybodyOf(nth(casting.stages, 0))).toContain(hannah.id)
  })
})
