import { expect, test } from 'vitest'
import { decide } from '../../src/request/decide.ts'
import type { EventOf } from '../../src/request/events.ts'
import { effectsOf } from '../../src/request/owed.ts'
import { fold } from '../../src/request/evolve.ts'
import { type AccessRequest, skippedStages } from '../../src/request/request.ts'
import { found } from '../../src/request/submit.ts'
import { refuse } from '../../src/result.ts'
import { hours } from '../../src/time.ts'
import { after, nativeRequest, leaseUntil, requestId, submitted } from './life.ts'
import { hannah, jonas, maya, mei, noon, priya, situation } from './situation.ts'
import { nth } from '../fixtures/nth.ts'

// A request that somebody filed in the portal, brought into the books.

const stage = nth(submitted.stages, 0)
const chat = { ...stage, by: 'chat' as const, people: [priya.id], backup: [hannah.id], lastResort: [] }
const native = { ...stage, people: [jonas.id, mei.id], backup: [], lastResort: [] }

const seen = (change: object = {}): EventOf<'FiledOutside'> =>
  found(requestId, situation(), [chat, native], {
    target: submitted.target,
    nativeRequest,
    duration: hours(1),
    justification: 'done by hand',
    ticket: null,
    filedAt: noon,
    closesAt: after(hours(24)),
    ...change,
  })

function foundLife(change: object = {}): AccessRequest {
  const request = fold([seen(change)])
  if (request === undefined) throw new Error('a request that was found folds to something')
  return request
}

test('it waits for Entra’s stage from the first, with Entra’s own values', () => {
  const request = foundLife()
  expect(request.phase).toMatchObject({ status: 'filed', filed: { nativeRequest }, waiting: { stage: 1 } })
  expect(request.submission).toMatchObject({
    requester: maya.id,
    duration: hours(1),
    justification: { freeText: 'done by hand' },
    filedOutside: true,
  })
})

test('the stages in chat that it went round are known, and nobody has decided them', () => {
  expect(skippedStages(foundLife())).toEqual([chat])
  expect(foundLife().decisions).toEqual([])
})

test('its approvers and whoever filed it are shown it at once', () => {
  expect(effectsOf(undefined, [seen()]).map(({ effect }) => effect)).toEqual(['status-card', 'approval-cards', 'clock'])
})

test('what Entra took without the ticket that the catalogue asks for cannot be approved here, only denied', () => {
  const request = foundLife()
  const tap = { at: noon, realNow: noon, leaseUntil, by: jonas.id, revision: 1, decider: jonas }
  const command = { type: 'Decide', ...tap, stagesToday: request.stages, termsToday: undefined } as const
  const rest = { shown: false, asked: [jonas.id], contexts: [] } as const
  expect(decide(request, { ...command, ...rest, verdict: 'approve', comment: '' })).toEqual(
    refuse({ kind: 'terms-stricter' }),
  )
  expect(decide(request, { ...command, ...rest, verdict: 'deny', comment: 'ask Priya first' })).toMatchObject({
    value: [{ type: 'DecisionAttempted', stage: 1, verdict: 'deny' }],
  })
})
