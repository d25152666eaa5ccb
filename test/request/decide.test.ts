import { everybodyOf } from '../../src/approval/stage.ts'
import { openStage } from '../../src/request/request.ts'
import { expect, test } from 'vitest'
import { decide } from '../../src/request/decide.ts'
import type { Command } from '../../src/request/command.ts'
import type { AccessRequest } from '../../src/request/request.ts'
import { evolve } from '../../src/request/evolve.ts'
import { refuse } from '../../src/result.ts'
import { hours, milliseconds, minutes } from '../../src/time.ts'
import {
  active,
  after,
  approved,
  deciding,
  filed,
  filing,
  leaseUntil,
  lifeOf,
  saidYes,
  severeLife,
  submitted,
} from './life.ts'
import { hannah, jonas, maya, noon, omar, priya } from './situation.ts'
import { nth } from '../fixtures/nth.ts'

const tap = { at: noon, realNow: noon, leaseUntil }

const deciderTap = (request: AccessRequest, by = priya, changes: object = {}): Command => ({
  type: 'Decide',
  ...tap,
  by: by.id,
  verdict: 'approve',
  comment: '',
  decider: by,
  revision: request.revision,
  stagesToday: request.stages,
  termsToday: request.submission.terms,
  shown: false,
  asked: everybodyOf(openStage(request)?.stage ?? nth(request.stages, 0)),
  contexts: [],
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
    { stagesToday: [{ ...nth(waiting.stages, 0), people: [], backup: [], lastResort: [] }] },
    'no-longer-in-stage',
  ],
  ['an approver whose account is disabled', priya, { decider: { ...priya, enabled: false } }, 'disabled'],
  ['an approver who has left the directory', priya, { decider: undefined }, 'disabled'],
  ['an approver who is a guest', priya, { decider: { ...priya, guest: true } }, 'guest'],
])('%s cannot decide', (_, by, changes, kind) => {
  expect(decide(waiting, deciderTap(waiting, by, changes))).toEqual(refuse({ kind: 'may-not-decide', why: { kind } }))
})

test('somebody added to the list after submission cannot decide: the frozen stage does not have them', () => {
  const wider = { ...nth(waiting.stages, 0), people: [priya.id, jonas.id] }
  expect(decide(waiting, deciderTap(waiting, jonas, { stagesToday: [wider] }))).toMatchObject({ ok: false })
})

test('while one approver decides the other is told so, and they that theirs is under way, until the lease is over', () => {
  const reserved = lifeOf(filing, filed, deciding(priya))
  expect(decide(reserved, deciderTap(reserved, hannah))).toEqual(refuse({ kind: 'being-decided', by: priya.id }))
  expect(decide(reserved, deciderTap(reserved, priya))).toEqual(refuse({ kind: 'own-tap-under-way' }))
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
  expect(decide(late, deciderTap(late, hannah))).toEqual(
    refuse({ kind: 'settled', status: 'activating', at: noon, by: priya.id }),
  )
})

test('only the requester files, takes back or ends', () => {
  const file: Command = { type: 'File', ...tap, by: priya.id, stagesToday: waiting.stages }
  expect(decide(waiting, file)).toEqual(refuse({ kind: 'not-yours' }))
  for (const type of ['Withdraw', 'EndNow', 'LetEnd'] as const) {
    expect(decide(waiting, { type, ...tap, by: priya.id })).toEqual(refuse({ kind: 'not-yours' }))
  }
})

test('a filing in doubt is not repeated', () => {
  expect(decide(lifeOf(filing), { type: 'File', ...tap, by: maya.id, stagesToday: waiting.stages })).toEqual(
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
    refuse({ kind: 'settled', status: 'active', at: noon, by: priya.id }),
  )
})

test('a decision in chat stands at once, bound to the terms it says yes to', () => {
  const asked = severeLife()
  expect(asked.phase.status).toBe('in-chat')
  expect(decide(asked, deciderTap(asked))).toMatchObject({
    value: [{ type: 'ChatDecided', by: priya.id, stage: 0, termsHash: submitted.termsHash }],
  })
})

test('the last yes in chat opens the way to Entra and sends nothing there', () => {
  const ready = severeLife(saidYes())
  expect(ready.phase.status).toBe('ready-to-file')
  expect(ready.revision).toBe(2)
})

test('whoever decided one stage cannot decide another', () => {
  const both = severeLife(saidYes(), filing, filed)
  const joined = { ...nth(both.stages, 1), people: [priya.id, jonas.id] }
  const stages = [nth(both.stages, 0), joined]
  const request = { ...both, stages }
  expect(decide(request, deciderTap(request, priya))).toEqual(
    refuse({ kind: 'may-not-decide', why: { kind: 'decided-another-stage' } }),
  )
  expect(decide(request, deciderTap(request, jonas))).toMatchObject({ ok: true })
})

test('one person is one yes, however often they tap', () => {
  const two = severeLife()
  const request = { ...two, stages: [{ ...nth(two.stages, 0), need: 2 }, nth(two.stages, 1)] } as typeof two
  const once = evolve(request, saidYes())
  expect(once.phase.status).toBe('in-chat')
  expect(decide(once, deciderTap(once, priya))).toEqual(
    refuse({ kind: 'may-not-decide', why: { kind: 'decided-already' } }),
  )
  expect(evolve(once, saidYes(hannah)).phase.status).toBe('ready-to-file')
})

test('a card of an earlier stage decides nothing', () => {
  const later = severeLife(saidYes(), filing, filed)
  expect(decide(later, deciderTap(later, jonas, { revision: 1 }))).toEqual(refuse({ kind: 'old-card' }))
})

test('other stages since submission void what was decided, and everybody is asked anew', () => {
  const ready = severeLife(saidYes())
  const native = nth(ready.stages, 1)
  const file: Command = {
    type: 'File',
    ...tap,
    by: maya.id,
    stagesToday: [nth(ready.stages, 0), { ...nth(ready.stages, 0), need: 2 }, native],
  }
  const decided = decide(ready, file)
  expect(decided).toMatchObject({ value: [{ type: 'StagesChanged' }] })
  const anew = decided.ok ? decided.value.reduce(evolve, ready) : ready
  expect(anew).toMatchObject({ phase: { status: 'in-chat' }, decisions: [], revision: 3 })
  expect(anew.termsHash).not.toBe(ready.termsHash)
})

test('other people in the same stages void nothing', () => {
  const ready = severeLife(saidYes())
  const native = nth(ready.stages, 1)
  const file: Command = {
    type: 'File',
    ...tap,
    by: maya.id,
    stagesToday: [{ ...nth(ready.stages, 0), people: [omar.id] }, native],
  }
  expect(decide(ready, file)).toMatchObject({ value: [{ type: 'FilingAttempted' }] })
})

test('the last tap is too late after its window', () => {
  const ready = severeLife(saidYes())
  const file: Command = { type: 'File', ...tap, at: after(hours(24)), by: maya.id, stagesToday: ready.stages }
  expect(decide(ready, file)).toEqual(refuse({ kind: 'window-over' }))
})

test('an approval that the catalogue wants with a fresh sign-in is not taken without one; a denial is', () => {
  const stepUp = {
    ...waiting,
    submission: { ...waiting.submission, terms: { ...waiting.submission.terms, stepUp: { approve: 'c1' } } },
  }
  expect(decide(stepUp, deciderTap(stepUp))).toEqual(refuse({ kind: 'step-up-needed', context: 'c1' }))
  expect(decide(stepUp, deciderTap(stepUp, priya, { contexts: ['c1'] }))).toMatchObject({ ok: true })
  expect(decide(stepUp, deciderTap(stepUp, priya, { verdict: 'deny', comment: 'no' }))).toMatchObject({ ok: true })
})

test('an owner who loosens the rule that binds them after the request was made is held to the older, stricter one', () => {
  const { terms } = waiting.submission
  const stricter = { ...waiting, submission: { ...waiting.submission, terms: { ...terms, stepUp: { approve: 'c1' } } } }
  const looser = { ...terms, ticket: 'optional' as const, longest: hours(8), stepUp: {} }
  expect(decide(stricter, deciderTap(stricter, priya, { termsToday: looser }))).toEqual(
    refuse({ kind: 'step-up-needed', context: 'c1' }),
  )
})

test('an owner who adds themselves to the stage after the request was made does not get to decide it', () => {
  const withOmar = { ...nth(waiting.stages, 0), people: [priya.id, omar.id], lastResort: [] }
  const frozen = { ...waiting, stages: [{ ...nth(waiting.stages, 0), lastResort: [] }] as const }
  expect(decide(frozen, deciderTap(frozen, omar, { stagesToday: [withOmar] }))).toEqual(
    refuse({ kind: 'may-not-decide', why: { kind: 'not-in-stage' } }),
  )
})

test('rules that became stricter since the request was made bind every yes to it, and no denial', () => {
  const { terms } = waiting.submission
  const shorter = { ...terms, longest: hours(1) }
  expect(decide(waiting, deciderTap(waiting, priya, { termsToday: shorter }))).toEqual(
    refuse({ kind: 'terms-stricter' }),
  )
  const signedIn = { ...terms, stepUp: { approve: 'c1' } }
  expect(decide(waiting, deciderTap(waiting, priya, { termsToday: signedIn }))).toEqual(
    refuse({ kind: 'step-up-needed', context: 'c1' }),
  )
  for (const termsToday of [shorter, signedIn]) {
    const deny = { termsToday, verdict: 'deny', comment: 'not this week' }
    expect(decide(waiting, deciderTap(waiting, priya, deny))).toMatchObject({ ok: true })
  }
})

test('an approver removed between the card and the tap cannot deny either', () => {
  const without = { ...nth(waiting.stages, 0), people: [hannah.id], backup: [], lastResort: [] }
  const deny = { stagesToday: [without], verdict: 'deny', comment: 'no' }
  expect(decide(waiting, deciderTap(waiting, priya, deny))).toEqual(
    refuse({ kind: 'may-not-decide', why: { kind: 'no-longer-in-stage' } }),
  )
})

test('how long Entra waits for an answer is not how long the grant lasts', () => {
  expect(waiting.submission.duration).toBe(hours(2))
  expect(waiting.phase).toMatchObject({ status: 'filed', filed: { closesAt: after(hours(24)) } })
  expect(decide(waiting, deciderTap(waiting, priya, { at: after(hours(23)) }))).toMatchObject({ ok: true })
})

test('whoever stands in decides a chat stage only once they are asked, whatever they hold in hand', () => {
  const asked = severeLife()
  expect(decide(asked, deciderTap(asked, hannah, { asked: [priya.id] }))).toEqual(
    refuse({ kind: 'may-not-decide', why: { kind: 'not-asked-yet' } }),
  )
  expect(decide(asked, deciderTap(asked, hannah, { asked: [priya.id, hannah.id] }))).toMatchObject({ ok: true })
})

test('nobody spends themself on a chat seat whom a later stage cannot do without', () => {
  const two = severeLife()
  const [chat, native] = [nth(two.stages, 0), nth(two.stages, 1)]
  const stages = [
    { ...chat, people: [priya.id, hannah.id], backup: [] },
    { ...native, people: [priya.id] },
  ] as const
  const request = { ...two, stages }
  expect(decide(request, deciderTap(request, priya))).toEqual(
    refuse({ kind: 'may-not-decide', why: { kind: 'needed-later' } }),
  )
  expect(decide(request, deciderTap(request, hannah))).toMatchObject({ ok: true })
})

test('an approval that Entra holds unplanned is not decided, nor closed, by chat', () => {
  const stage = nth(waiting.stages, 0)
  const unplanned = { ...waiting, stages: [{ ...stage, by: 'chat' as const }] as const }
  expect(decide(unplanned, deciderTap(unplanned))).toEqual(refuse({ kind: 'stages-changed' }))
})
