import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide } from '../../src/request/decide.ts'
import type { Command } from '../../src/request/command.ts'
import type { RequestEvent } from '../../src/request/events.ts'
import { evolve } from '../../src/request/evolve.ts'
import { approversOf, type AccessRequest } from '../../src/request/request.ts'
import { shorterLength } from '../../src/request/shorten.ts'
import { copyStages, termsHashOf } from '../../src/request/submit.ts'
import { refuse } from '../../src/result.ts'
import { hours, minutes } from '../../src/time.ts'
import { filed, filing, leaseUntil, lifeOf, saidYes, severeLife } from './life.ts'
import { hannah, maya, noon, priya } from './situation.ts'
import { nth } from '../fixtures/nth.ts'

// Maya asks for two hours; the terms allow five minutes to four hours.

const shorten = (request: AccessRequest, shorter: string, by = priya, changes: object = {}): Command => ({
  type: 'Decide',
  at: noon,
  realNow: noon,
  leaseUntil,
  by: by.id,
  verdict: 'approve',
  comment: '',
  shorter,
  decider: by,
  revision: request.revision,
  stagesToday: request.stages,
  termsToday: request.submission.terms,
  shown: false,
  asked: [priya.id, hannah.id],
  contexts: [],
  ...changes,
})

function then(request: AccessRequest, command: Command): AccessRequest {
  const decided = decide(request, command)
  if (!decided.ok) throw new Error(`refused: ${decided.refusal.kind}`)
  return decided.value.reduce(evolve, request)
}

const inChat = severeLife()
const ofTwo = { ...inChat, stages: [{ ...nth(inChat.stages, 0), need: 2 }, ...inChat.stages.slice(1)] } as AccessRequest
const notShorter = refuse({ kind: 'not-shorter', asked: hours(2), shortest: minutes(5) })

test('a yes to less is recorded with its length, and from then on that is what is asked for', () => {
  const decided = decide(inChat, shorten(inChat, 'PT1H'))
  expect(decided).toMatchObject({ value: [{ type: 'ChatDecided', verdict: 'approve', duration: hours(1) }] })
  const cut = then(inChat, shorten(inChat, 'PT1H'))
  expect(cut).toMatchObject({
    phase: { status: 'ready-to-file' },
    submission: { duration: hours(1) },
    shortened: { asked: hours(2), by: priya.id, at: noon },
    decisions: [{ by: priya.id, duration: hours(1) }],
  })
  expect(cut.termsHash).not.toBe(inChat.termsHash)
  expect(cut.termsHash).toBe(termsHashOf(cut.submission, inChat.stages, inChat.revision))
})

test.each(['PT2H', 'PT3H', 'PT4H', 'PT4M', 'PT0S', 'P1D', 'PT30M0.5S', '', 'an hour', '-PT1H', 'PT999999999H'])(
  '%s is not less than two hours, whatever the card says',
  (chosen) => {
    expect(decide(inChat, shorten(inChat, chosen))).toEqual(notShorter)
  },
)

test('what Entra holds cannot be cut short', () => {
  const waiting = lifeOf(filing, filed)
  expect(decide(waiting, shorten(waiting, 'PT1H'))).toEqual(refuse({ kind: 'cannot-shorten' }))
})

test('a yes to more given before stands, and what comes after is a yes to less', () => {
  const first = evolve(ofTwo, saidYes(hannah))
  const cut = then(first, shorten(first, 'PT30M'))
  expect(approversOf(cut, 0)).toEqual([hannah.id, priya.id])
  expect(cut).toMatchObject({ phase: { status: 'ready-to-file' }, submission: { duration: minutes(30) } })
})

test('of two, the second may cut further, and never back to what the first would not give', () => {
  const cut = then(ofTwo, shorten(ofTwo, 'PT1H'))
  expect(cut.revision).toBe(ofTwo.revision)
  expect(decide(cut, shorten(cut, 'PT90M', hannah))).toMatchObject({ refusal: { kind: 'not-shorter' } })
  const further = then(cut, shorten(cut, 'PT15M', hannah))
  expect(further.submission.duration).toBe(minutes(15))
  expect(further.shortened).toMatchObject({ asked: hours(2), by: hannah.id })
  // A plain yes from a card that still showed the longer time is a yes to what there is.
  const plain = decide(cut, shorten(cut, '', hannah, { shorter: undefined }))
  expect(plain).toMatchObject({ value: [{ termsHash: cut.termsHash }] })
})

test('a length that the rules no longer give may be cut to one that they give', () => {
  const { terms } = inChat.submission
  const termsToday = { ...terms, longest: hours(1) }
  expect(decide(inChat, shorten(inChat, 'PT90M', priya, { termsToday }))).toEqual(refuse({ kind: 'terms-stricter' }))
  expect(decide(inChat, shorten(inChat, 'PT1H', priya, { termsToday }))).toMatchObject({ ok: true })
})

test('a yes to less needs the same right, sign-in and card as any other', () => {
  expect(decide(inChat, shorten(inChat, 'PT1H', maya))).toEqual(refuse({ kind: 'own-request' }))
  expect(decide(inChat, shorten(inChat, 'PT1H', priya, { revision: 0 }))).toEqual(refuse({ kind: 'old-card' }))
  const termsToday = { ...inChat.submission.terms, stepUp: { approve: 'c1' } }
  expect(decide(inChat, shorten(inChat, 'PT1H', priya, { termsToday }))).toMatchObject({
    refusal: { kind: 'step-up-needed' },
  })
})

test('stages asked anew are asked for the shorter time: nobody gets more by a change of stages', () => {
  const cut = then(inChat, shorten(inChat, 'PT1H'))
  const stages = copyStages([nth(inChat.stages, 0)])
  const anew: RequestEvent = { type: 'StagesChanged', at: noon, stages, termsHash: 'of the new stages' }
  expect(evolve(cut, anew)).toMatchObject({ decisions: [], submission: { duration: hours(1) } })
})

test('no text at all makes a request longer, or shorter than the terms allow', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.integer({ min: 0, max: 10_000 }).map((count) => `PT${count}M`),
    fc.integer({ min: 0, max: 40 }).map((count) => `PT${count}H`),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const length = shorterLength(text, hours(2), { shortest: minutes(5) })
      if (!length.ok) return
      expect(length.value).toBeLessThan(hours(2))
      expect(length.value).toBeGreaterThanOrEqual(minutes(5))
    }),
  )
})
