import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PersonId } from '../../src/people.ts'
import { claimOf, type Discussion, discuss, mostOpenQuestions, openQuestions } from '../../src/request/discuss.ts'
import { evolve } from '../../src/request/evolve.ts'
import { effectsOf } from '../../src/request/owed.ts'
import { nextDue, dueByClock } from '../../src/request/due-by-clock.ts'
import type { AccessRequest } from '../../src/request/request.ts'
import { RequestEvent } from '../../src/request/events.ts'
import { refuse } from '../../src/result.ts'
import { hours, minutes } from '../../src/time.ts'
import { after, approved, deciding, filed, filing, lifeOf, saidYes, severeLife } from './life.ts'
import { hannah, jonas, maya, mei, noon, priya } from './situation.ts'

// Two native stages' worth of people: Priya decides in chat (Hannah stands in), Jonas and Mei in Entra.

const tapper = (request: AccessRequest, by = priya, changes: object = {}) => ({
  at: noon,
  by: by.id,
  revision: request.revision,
  decider: by,
  stagesToday: request.stages,
  shown: false,
  asked: [priya.id, jonas.id, mei.id],
  ...changes,
})
const asking = (request: AccessRequest, question: string, by = priya, changes: object = {}): Discussion => ({
  type: 'Ask',
  question,
  ...tapper(request, by, changes),
})
const claiming = (request: AccessRequest, by = priya, changes: object = {}): Discussion => ({
  type: 'Claim',
  ...tapper(request, by, changes),
})
const answering = (request: AccessRequest, answer: string, changes: object = {}): Discussion => ({
  type: 'Answer',
  at: noon,
  by: maya.id,
  question: 0,
  revision: request.questions[0]?.revision ?? 1,
  answer,
  ...changes,
})

function eventsOf(request: AccessRequest, command: Discussion): readonly RequestEvent[] {
  const came = discuss(request, command)
  if (!came.ok) throw new Error(`refused: ${came.refusal.kind}`)
  return came.value
}
const then = (request: AccessRequest, command: Discussion): AccessRequest =>
  eventsOf(request, command).reduce(evolve, request)

const inChat = severeLife()
const inEntra = severeLife(saidYes(), filing, { ...filed })
const asked = then(inChat, asking(inChat, 'Which certificate?'))

test.each([
  ['a chat stage', inChat, priya],
  ['a stage of Entra', inEntra, mei],
])('whoever may decide %s may ask about it, and the requester is sent a card of their own', (_, request, by) => {
  const events = eventsOf(request, asking(request, 'Which certificate?', by))
  expect(events).toEqual([
    {
      type: 'QuestionAsked',
      at: noon,
      by: by.id,
      stage: request === inChat ? 0 : 1,
      text: { freeText: 'Which certificate?' },
    },
  ])
  expect(effectsOf(request, events).map(({ effect }) => effect)).toEqual([
    'status-card',
    'approval-cards',
    'question-cards',
  ])
})

test('a question stops no clock and moves no stage', () => {
  expect(nextDue(asked)).toEqual(nextDue(inChat))
  expect(asked).toMatchObject({ revision: inChat.revision, phase: inChat.phase, termsHash: inChat.termsHash })
  expect(dueByClock(asked, after(hours(24))).map(({ type }) => type)).toEqual(['RequestLapsed'])
})

test.each([
  ['a bystander', jonas, {}, { kind: 'may-not-decide', why: { kind: 'not-in-stage' } }],
  ['the requester', maya, {}, { kind: 'own-request' }],
  ['a stand-in who is not asked yet', hannah, {}, { kind: 'may-not-decide', why: { kind: 'not-asked-yet' } }],
  ['somebody whose account is disabled', priya, { decider: { ...priya, enabled: false } }, { kind: 'may-not-decide' }],
  ['somebody taken off the list', priya, { stagesToday: undefined }, { kind: 'may-not-decide' }],
  ['a card of a later form than the request has', priya, { revision: 2 }, { kind: 'old-card' }],
])('%s can neither ask nor claim', (_, by, changes, refusal) => {
  const request = by === jonas ? lifeOf(filing, filed) : inChat
  expect(discuss(request, asking(request, 'why?', by, changes))).toMatchObject({ ok: false, refusal })
  expect(discuss(request, claiming(request, by, changes))).toMatchObject({ ok: false, refusal })
})

test('a question after the stage is over is refused as that', () => {
  const old = { revision: 1 }
  expect(discuss(inEntra, asking(inEntra, 'why?', priya, old))).toEqual(refuse({ kind: 'stage-over' }))
  const ready = severeLife(saidYes())
  expect(discuss(ready, asking(ready, 'why?'))).toEqual(refuse({ kind: 'stage-over' }))
  const over = lifeOf(filing, filed, deciding(), approved)
  expect(discuss(over, asking(over, 'why?', hannah))).toEqual(
    refuse({ kind: 'settled', status: 'activating', at: noon, by: priya.id }),
  )
})

test('a question needs words, and is kept as long as somebody reads', () => {
  expect(discuss(inChat, asking(inChat, ' ?! '))).toEqual(refuse({ kind: 'question-missing' }))
  const long = then(inChat, asking(inChat, 'why '.repeat(1000)))
  expect(long.questions[0]?.text.freeText).toHaveLength(200)
})

test('the button pressed twice asks once', () => {
  expect(eventsOf(asked, asking(asked, ' Which certificate? '))).toEqual([])
})

test('nobody is flooded: a stage has three unanswered questions at most, and each answer makes room', () => {
  const flooded = ['one', 'two', 'three'].reduce((request, each) => then(request, asking(request, each)), inChat)
  expect(discuss(flooded, asking(flooded, 'four'))).toEqual(
    refuse({ kind: 'questions-waiting', most: mostOpenQuestions }),
  )
  const room = then(flooded, answering(flooded, 'here', { question: 1 }))
  expect(eventsOf(room, asking(room, 'four'))).toHaveLength(1)
})

test('the next stage may ask, however many questions of the last one were left unanswered', () => {
  const flooded = ['one', 'two', 'three'].reduce((request, each) => then(request, asking(request, each)), inChat)
  const next = [saidYes(), filing, filed].reduce<AccessRequest>(evolve, flooded)
  expect(eventsOf(next, asking(next, 'and where?', jonas))).toHaveLength(1)
})

test('the requester answers, whoever asked is told, and everybody asked reads it', () => {
  const events = eventsOf(asked, answering(asked, 'The one of the payroll.'))
  expect(events).toMatchObject([{ type: 'QuestionAnswered', question: 0, by: maya.id }])
  expect(effectsOf(asked, events)).toEqual([
    expect.objectContaining({ effect: 'status-card' }),
    expect.objectContaining({ effect: 'approval-cards' }),
    expect.objectContaining({ effect: 'question-cards' }),
    expect.objectContaining({ effect: 'answer-notice', question: 0 }),
  ])
})

test('only the requester answers', () => {
  for (const by of [priya, hannah, jonas]) {
    expect(discuss(asked, answering(asked, 'yes', { by: by.id }))).toEqual(refuse({ kind: 'not-yours' }))
  }
})

test('an answer stands: the same again is nothing new, another is refused', () => {
  const told = then(asked, answering(asked, 'yes'))
  expect(eventsOf(told, answering(told, 'yes'))).toEqual([])
  expect(discuss(told, answering(told, 'no'))).toEqual(refuse({ kind: 'answered-already' }))
})

test('an answer needs words, a question that was asked, and the card of that question', () => {
  expect(discuss(asked, answering(asked, '  '))).toEqual(refuse({ kind: 'answer-missing' }))
  expect(discuss(asked, answering(asked, 'yes', { question: 1 }))).toEqual(refuse({ kind: 'unknown-record' }))
  expect(discuss(asked, answering(asked, 'yes', { revision: 7 }))).toEqual(refuse({ kind: 'old-card' }))
})

test('a question of an earlier stage may still be answered while the request waits', () => {
  const next = [saidYes(), filing, filed].reduce<AccessRequest>(evolve, asked)
  expect(eventsOf(next, answering(next, 'The one of the payroll.'))).toHaveLength(1)
})

test('an answer after the request is over is not needed, and its card is closed by then', () => {
  const no = { stage: 0, verdict: 'deny', termsHash: asked.termsHash } as const
  const denial: RequestEvent = { type: 'ChatDecided', at: noon, by: priya.id, ...no }
  const denied = evolve(asked, denial)
  expect(effectsOf(asked, [denial])).toContainEqual(expect.objectContaining({ effect: 'question-cards' }))
  expect(openQuestions(denied)).toEqual([])
  expect(discuss(denied, answering(denied, 'sorry, late'))).toEqual(
    refuse({ kind: 'answer-not-needed', status: 'denied' }),
  )
})

const nowAsked = (...people: readonly { readonly id: PersonId }[]) => ({
  asked: people.map(({ id }) => id),
  standIn: [],
})

test('a claim is known to everybody asked, and the same person claims once', () => {
  const events = eventsOf(inEntra, claiming(inEntra, mei))
  expect(events).toEqual([{ type: 'StageClaimed', at: noon, by: mei.id, stage: 1 }])
  const claimed = events.reduce(evolve, inEntra)
  expect(claimOf(claimed, nowAsked(jonas, mei))).toEqual({ by: mei.id, since: noon })
  expect(eventsOf(claimed, claiming(claimed, mei))).toEqual([])
  expect(effectsOf(inEntra, events).map(({ effect }) => effect)).toEqual(['status-card', 'approval-cards'])
})

test('anybody else asked may take a claim over', () => {
  const claimed = then(then(inEntra, claiming(inEntra, mei)), claiming(inEntra, jonas))
  expect(claimOf(claimed, nowAsked(jonas, mei))?.by).toBe(jonas.id)
})

test('a claim of somebody who may no longer decide counts for nothing', () => {
  const claimed = then(inEntra, claiming(inEntra, mei))
  expect(claimOf(claimed, nowAsked(jonas))).toBeUndefined()
})

test('in Entra’s stage nobody claims but those whom Entra asks', () => {
  expect(discuss(inEntra, claiming(inEntra, hannah, { revision: inEntra.revision }))).toMatchObject({ ok: false })
  const withoutMei = inEntra.stages.map((stage) => ({ ...stage, people: stage.people.filter((id) => id !== mei.id) }))
  expect(discuss(inEntra, claiming(inEntra, mei, { stagesToday: withoutMei }))).toEqual(
    refuse({ kind: 'may-not-decide', why: { kind: 'no-longer-in-stage' } }),
  )
})

test('a claim neither puts off the backup nor the lapse, and ends with its stage', () => {
  const claimed = then(inChat, claiming(inChat))
  expect(nextDue(claimed)).toEqual(after(minutes(30)))
  expect(dueByClock(claimed, after(hours(2))).map(({ type }) => type)).toEqual(['StageEscalated'])
  expect(dueByClock(claimed, after(hours(24))).map(({ type }) => type)).toEqual(['RequestLapsed'])
  const next = [saidYes(), filing, filed].reduce<AccessRequest>(evolve, claimed)
  expect(claimOf(next, nowAsked(priya, jonas))).toBeUndefined()
})

test('whatever is said in whatever order by anybody, nothing of the request itself moves, and it reads back the same', () => {
  const anybody = fc.constantFrom(maya, priya, hannah, jonas, mei)
  const say = fc.record({
    type: fc.constantFrom('Ask' as const, 'Claim' as const, 'Answer' as const),
    by: anybody,
    text: fc.constantFrom('', 'why?', 'because', 'and where?', 'x'.repeat(9000)),
    question: fc.integer({ min: 0, max: 4 }),
    revision: fc.integer({ min: 0, max: 3 }),
  })
  fc.assert(
    fc.property(fc.constantFrom(inChat, inEntra), fc.array(say, { maxLength: 30 }), (start, said) => {
      const events: RequestEvent[] = []
      let request = start
      for (const { type, by, text, question, revision } of said) {
        const tapped = { ...tapper(request, by), revision }
        const answer = { type: 'Answer', at: noon, by: by.id, question, revision, answer: text } as const
        const came = discuss(request, type === 'Answer' ? answer : { type, ...tapped, question: text })
        if (!came.ok) continue
        events.push(...came.value)
        request = came.value.reduce(evolve, request)
      }
      const { questions, phase, asOf: _asOf, ...rest } = request
      const { questions: _none, phase: before, asOf: _before, ...asBefore } = start
      expect(rest).toEqual(asBefore)
      expect(phase.status).toBe(before.status)
      expect(nextDue(request)).toEqual(nextDue(start))
      expect(questions.filter(({ answer }) => answer === undefined).length).toBeLessThanOrEqual(mostOpenQuestions)
      const stored: unknown = JSON.parse(JSON.stringify(events))
      expect(RequestEvent.array().parse(stored).reduce(evolve, start)).toEqual(request)
    }),
  )
})
