import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everybodyOf } from '../../src/approval/stage.ts'
import type { Command } from '../../src/request/command.ts'
import { decide } from '../../src/request/decide.ts'
import { discuss } from '../../src/request/discuss.ts'
import { approverMayPress, type HolderVerb, holderMayPress, mayAnswer, type Moment } from '../../src/request/offers.ts'
import { type AccessRequest, openStage } from '../../src/request/request.ts'
import type { Tapper } from '../../src/request/right-to-decide.ts'
import { addTime, minutes } from '../../src/time.ts'
import { active, approved, filed, filing, lifeOf, saidYes, severeLife } from './life.ts'
import { anybody, play, step } from './sequence.ts'
import { hannah, maya, mei, noon, omar, priya } from './situation.ts'
import type { Person } from '../../src/people.ts'

const momentAt = (at: Date, realNow = at): Moment => ({ at, realNow })
const leased = (by: Person, { at, realNow }: Moment) => ({
  by: by.id,
  at,
  realNow,
  leaseUntil: addTime(realNow, minutes(1)),
})

/** What a tap on this button asks of `decide`; checking asks nothing of it. */
function commandOf(request: AccessRequest, verb: HolderVerb, by: Person, moment: Moment): Command | undefined {
  const tap = leased(by, moment)
  switch (verb) {
    case 'activate':
      return { type: 'File', stagesToday: request.stages, ...tap }
    case 'withdraw':
      return { type: 'Withdraw', ...tap }
    case 'end':
      return { type: 'EndNow', ...tap }
    case 'let-end':
      return { type: 'LetEnd', ...tap }
    case 'check':
      return undefined
    default:
      return verb satisfies never
  }
}

const tapperOf = (request: AccessRequest, by: Person, revision = request.revision): Tapper => ({
  by: by.id,
  revision,
  decider: by,
  stagesToday: request.stages,
  asked: openStage(request)?.stage.people ?? [],
  shown: true,
})

describe('whatever happened, whoever looks, whenever', () => {
  const steps = fc.array(step, { maxLength: 25 })
  const later = fc.integer({ min: 0, max: 900 })
  const lives = [
    (events: AccessRequest) => events,
    // Two stages, the second in Entra; and one that was filed and granted.
    () => severeLife(),
    () => severeLife(saidYes()),
    () => severeLife(saidYes(), filing, filed),
    () => lifeOf(filing, filed, approved, active),
  ]
  const someState = fc.record({ steps, which: fc.nat({ max: lives.length - 1 }), by: anybody, later })
  const stateOf = ({ steps: taken, which }: { readonly steps: Parameters<typeof play>[0]; readonly which: number }) => {
    const told = play(taken).at(-1)
    const request = told?.request ?? lifeOf(filing)
    return { request: lives[which]?.(request) ?? request, now: told?.now ?? noon }
  }

  test('each button of a holder’s card is taken when it is pressed in the same moment', () => {
    fc.assert(
      fc.property(someState, ({ by, later: wait, ...life }) => {
        const { request, now } = stateOf(life)
        const moment = momentAt(addTime(now, minutes(wait)))
        for (const verb of holderMayPress(request, by.id, moment)) {
          const command = commandOf(request, verb, by, moment)
          if (command !== undefined) expect(decide(request, command), verb).toMatchObject({ ok: true })
        }
      }),
      { numRuns: 600 },
    )
  })

  test('and what would be taken has a button, but for ending twice', () => {
    fc.assert(
      fc.property(someState, ({ by, later: wait, ...life }) => {
        const { request, now } = stateOf(life)
        const moment = momentAt(addTime(now, minutes(wait)))
        const offered = holderMayPress(request, by.id, moment)
        for (const verb of ['activate', 'withdraw', 'end', 'let-end'] as const) {
          const command = commandOf(request, verb, by, moment)
          const takes = command !== undefined && decide(request, command).ok
          const twice = verb === 'end' ? request.endedByHolder !== undefined : verb === 'let-end' && isLet(request)
          expect(offered.includes(verb), verb).toBe(takes && !twice)
        }
      }),
      { numRuns: 600 },
    )
  })

  test('an approver’s card is open for whoever a yes and a no would be taken of, once no other tap is under way', () => {
    fc.assert(
      fc.property(someState, fc.nat({ max: 2 }), ({ by, later: wait, ...life }, behind) => {
        const { request, now } = stateOf(life)
        const moment = momentAt(addTime(now, minutes(wait)))
        const tapper = tapperOf(request, by, request.revision - behind)
        const may = approverMayPress(request, tapper, moment)
        const free = new Date(
          Math.max(
            moment.realNow.getTime(),
            request.reservation?.leaseUntil.getTime() ?? 0,
            request.doubt?.leaseUntil.getTime() ?? 0,
          ),
        )
        const about = {
          termsToday: request.submission.terms,
          contexts: ['c1'],
          ...leased(by, { at: moment.at, realNow: free }),
        }
        for (const verdict of ['approve', 'deny'] as const) {
          const decided = decide(request, { type: 'Decide', verdict, comment: 'no', ...about, ...tapper })
          if (may.decide && !decided.ok) expect(decided.refusal.kind, verdict).toBe('may-not-decide')
          if (verdict === 'deny') expect(decided.ok).toBe(may.decide)
        }
        const at = moment.at
        expect(discuss(request, { type: 'Ask', at, question: 'why?', ...tapper }).ok).toBe(may.ask)
        expect(discuss(request, { type: 'Claim', at, ...tapper }).ok).toBe(may.claim)
      }),
      { numRuns: 600 },
    )
  })
})

const isLet = ({ phase }: AccessRequest): boolean => phase.status === 'active' && phase.letEnd

test('while somebody casts a decision, withdrawing is not offered: it would be refused', () => {
  const deciding = lifeOf(filing, filed, {
    type: 'DecisionAttempted',
    at: noon,
    by: priya.id,
    stage: 0,
    verdict: 'approve',
    leaseUntil: addTime(noon, minutes(1)),
  })
  expect(holderMayPress(deciding, maya.id, momentAt(noon))).toEqual(['check'])
  expect(holderMayPress(deciding, maya.id, momentAt(noon, addTime(noon, minutes(1))))).toEqual(['withdraw', 'check'])
})

test('a grant is offered to be ended from the minute from which it can be', () => {
  const running = lifeOf(filing, filed, approved, active)
  expect(holderMayPress(running, maya.id, momentAt(addTime(noon, minutes(4))))).toEqual(['let-end', 'check'])
  expect(holderMayPress(running, maya.id, momentAt(addTime(noon, minutes(5))))).toEqual(['end', 'let-end', 'check'])
  expect(holderMayPress(running, omar.id, momentAt(addTime(noon, minutes(5))))).toEqual([])
})

test('nobody is offered to decide on a card of an earlier stage, nor who stands in before they are asked', () => {
  const second = severeLife(saidYes(), filing, filed)
  expect(approverMayPress(second, tapperOf(second, mei), momentAt(noon)).decide).toBe(true)
  expect(approverMayPress(second, tapperOf(second, mei, 1), momentAt(noon)).decide).toBe(false)
  const first = severeLife()
  expect(everybodyOf(first.stages[0] as never)).toContain(hannah.id)
  expect(approverMayPress(first, tapperOf(first, hannah), momentAt(noon))).toEqual({
    decide: false,
    ask: false,
    claim: false,
  })
})

test('a question is offered to be answered once, by whoever asked for the access, while somebody waits for it', () => {
  const asked = lifeOf(filing, filed, {
    type: 'QuestionAsked',
    at: noon,
    by: priya.id,
    stage: 0,
    text: { freeText: 'why?' },
  })
  expect(mayAnswer(asked, maya.id, 0, noon)).toBe(true)
  expect(mayAnswer(asked, priya.id, 0, noon)).toBe(false)
  expect(mayAnswer(asked, maya.id, 1, noon)).toBe(false)
})
