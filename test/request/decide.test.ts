import { expect, test } from 'vitest'
import { type Command, decide } from '../../src/request/decide.ts'
import type { AccessRequest } from '../../src/request/request.ts'
import { refuse } from '../../src/result.ts'
import { hours, milliseconds, minutes } from '../../src/time.ts'
import { active, after, approved, deciding, filed, filing, leaseUntil, lifeOf } from './life.ts'
import { hannah, jonas, maya, noon, priya } from './situation.ts'

const tap = { at: noon, realNow: noon, leaseUntil }

const deciderTap = (request: AccessRequest, by = priya, changes: object = {}): Command => ({
  type: 'Decide',
  ...tap,
  by: by.id,
  verdict: 'approve',
  comment: '',
  decider: by,
  stageNow: request.submission.stages[0],
  guestsMayDecide: false,
  ...changes,
})

const waiting = lifeOf(filing, filed)

test('an approval is reserved before Entra is asked, and grants nothing yet', () => {
  const decided = decide(waiting, deciderTap(waiting))
  expect(decided).toMatchObject({ ok: true, value: [{ type: 'DecisionAttempted', by: priya.id, verdict: 'approve' }] })
  expect(lifeOf(filing, filed, deciding()).phase.status).toBe('filed')
})

test('a requester who is also an approver cannot approve their own request', () => {
  const own = { ...waiting, submission: { ...waiting.submission, requester: priya.id } }
  expect(decide(own, deciderTap(own))).toEqual(refuse({ kind: 'own-request' }))
})

test('a beneficiary cannot approve what somebody asked for them', () => {
  const forPriya = { ...waiting, submission: { ...waiting.submission, beneficiary: priya.id } }
  expect(decide(forPriya, deciderTap(forPriya))).toEqual(refuse({ kind: 'own-request' }))
})

test.each([
  ['somebody who was never in the stage', jonas, {}, 'not-in-stage'],
  [
    'an approver taken off the list since',
    priya,
    { stageNow: { ...waiting.submission.stages[0], people: [], backup: [] } },
    'no-longer-in-stage',
  ],
  ['an approver whose account is disabled', priya, { decider: { ...priya, enabled: false } }, 'disabled'],
  ['an approver who has left the directory', priya, { decider: undefined }, 'disabled'],
  ['an approver who is a guest', priya, { decider: { ...priya, guest: true } }, 'guest'],
])('%s cannot decide', (_, by, changes, kind) => {
  expect(decide(waiting, deciderTap(waiting, by, changes))).toEqual(refuse({ kind: 'may-not-decide', why: { kind } }))
})

test('somebody added to the list after submission cannot decide: the frozen stage does not have them', () => {
  const wider = { ...waiting.submission.stages[0], people: [priya.id, jonas.id] }
  expect(decide(waiting, deciderTap(waiting, jonas, { stageNow: wider }))).toMatchObject({ ok: false })
})

test('while one approver decides the other is told so, until the lease is over', () => {
  const reserved = lifeOf(filing, filed, deciding(priya))
  expect(decide(reserved, deciderTap(reserved, hannah))).toEqual(refuse({ kind: 'being-decided', by: priya.id }))
  const later = { realNow: new Date(leaseUntil.getTime() + 1) }
  expect(decide(reserved, deciderTap(reserved, hannah, later))).toMatchObject({ ok: true })
})

test('a denial needs a comment that says something', () => {
  for (const comment of ['', '   ', '...']) {
    expect(decide(waiting, deciderTap(waiting, priya, { verdict: 'deny', comment }))).toEqual(
      refuse({ kind: 'comment-missing' }),
    )
  }
  expect(decide(waiting, deciderTap(waiting, priya, { verdict: 'deny', comment: 'not this week' }))).toMatchObject({
    ok: true,
  })
})

test('a decision on what is not filed, or already decided, moves nothing', () => {
  const early = lifeOf(filing)
  expect(decide(early, deciderTap(early))).toEqual(refuse({ kind: 'not-filed-yet' }))
  const late = lifeOf(filing, filed, deciding(), approved)
  expect(decide(late, deciderTap(late, hannah))).toEqual(refuse({ kind: 'settled', status: 'activating' }))
})

test('only the requester files, takes back or ends', () => {
  for (const type of ['File', 'Withdraw', 'EndNow'] as const) {
    expect(decide(waiting, { type, ...tap, by: priya.id })).toEqual(refuse({ kind: 'not-yours' }))
  }
})

test('a filing in doubt is not repeated', () => {
  expect(decide(lifeOf(filing), { type: 'File', ...tap, by: maya.id })).toEqual(
    refuse({ kind: 'in-doubt', about: 'filing' }),
  )
})

test('an activation can be ended from its fifth minute', () => {
  const running = lifeOf(filing, filed, deciding(), approved, active)
  const end = (at: Date): Command => ({ type: 'EndNow', ...tap, at, by: maya.id })
  expect(decide(running, end(after(milliseconds(minutes(5) - 1))))).toEqual(
    refuse({ kind: 'too-early-to-end', possibleAt: after(minutes(5)) }),
  )
  expect(decide(running, end(after(minutes(5))))).toMatchObject({ value: [{ type: 'EndAttempted' }] })
})

test('what is not active cannot be ended, and what is active cannot be taken back', () => {
  expect(decide(waiting, { type: 'EndNow', ...tap, by: maya.id })).toEqual(refuse({ kind: 'not-active' }))
  const running = lifeOf(filing, filed, deciding(), approved, active)
  expect(decide(running, { type: 'Withdraw', ...tap, at: after(hours(1)), by: maya.id })).toEqual(
    refuse({ kind: 'settled', status: 'active' }),
  )
})
