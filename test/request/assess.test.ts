import { expect, test } from 'vitest'
import { assess } from '../../src/request/assess.ts'
import { refuse } from '../../src/result.ts'
import { hours, minutes } from '../../src/time.ts'
import { aiAdministrator, hannah, jonas, maya, priya, rules, situation } from './situation.ts'

const unrequestable = (why: object) => refuse({ kind: 'not-requestable', why })

test('the stricter of catalogue and Entra holds, and the usual length is cut to it', () => {
  const assessed = assess(situation({ rules: { ...rules, longest: minutes(30) } }))
  expect(assessed).toMatchObject({ ok: true, value: { terms: { longest: minutes(30), usual: minutes(30) } } })
  expect(assess(situation({ rules: { ...rules, longest: hours(10) } }))).toMatchObject({
    value: { terms: { longest: hours(4) } },
  })
})

test('the owner is asked, and the backup stands in', () => {
  const assessed = assess(situation())
  expect(assessed).toMatchObject({ value: { deciders: { asked: [priya.id], standIn: [hannah.id] } } })
  expect(assessed).toMatchObject({ value: { plan: { stages: [{ by: 'native' }], advisory: false } } })
})

test('an owner who asks for their own role is not asked to decide it: the backup is, at once', () => {
  expect(assess(situation({ requester: priya }))).toMatchObject({
    value: {
      deciders: { asked: [hannah.id], standIn: [], ruledOut: [{ person: priya.id, why: { kind: 'requester' } }] },
    },
  })
})

test('a role that nobody may decide cannot be asked for, and each person is named with the reason', () => {
  const left = { ...hannah, enabled: false }
  const assessed = assess(
    situation({ requester: priya, backup: [left], entra: { asks: 'approvers', people: [priya, left] } }),
  )
  expect(assessed).toEqual(
    unrequestable({
      kind: 'nobody-may-decide',
      each: [
        { person: priya.id, why: { kind: 'requester' } },
        { person: hannah.id, why: { kind: 'disabled' } },
      ],
    }),
  )
})

test('an approver list emptied in Entra means its administrators decide, so nobody can ask here', () => {
  expect(assess(situation({ entra: { asks: 'approvers', people: [] } }))).toEqual(
    unrequestable({ kind: 'entra-names-nobody' }),
  )
})

test('approvers of whom the catalogue knows none are drift, not a way around it', () => {
  expect(assess(situation({ entra: { asks: 'approvers', people: [jonas] } }))).toEqual(
    unrequestable({ kind: 'entra-and-catalogue-disagree' }),
  )
})

test('an empty catalogue list is nobody, even where Entra names somebody', () => {
  const stages = aiAdministrator.stages.map((rule) => ({ rule, people: [] }))
  expect(assess(situation({ stages, backup: [] }))).toEqual(unrequestable({ kind: 'entra-and-catalogue-disagree' }))
})

test('a high role for which Entra asks nobody cannot be asked for without an advisory', () => {
  const open = { entra: { asks: 'nobody' as const } }
  expect(assess(situation(open))).toEqual(unrequestable({ kind: 'entra-asks-nobody' }))
  const advised = { ...aiAdministrator, advisory: { until: '2026-11-22', reason: 'over' } }
  expect(assess(situation({ ...open, entitlement: advised }))).toEqual(unrequestable({ kind: 'entra-asks-nobody' }))
})

test('whoever is not eligible, disabled, or a guest is refused before anything else is said', () => {
  expect(assess(situation({ eligible: false }))).toEqual(refuse({ kind: 'not-eligible' }))
  expect(assess(situation({ requester: { ...maya, enabled: false } }))).toEqual(refuse({ kind: 'account-disabled' }))
  expect(assess(situation({ requester: { ...maya, guest: true } }))).toEqual(refuse({ kind: 'guests-may-not-ask' }))
})

test('a second request for the same thing is refused while the first is open', () => {
  expect(assess(situation({ alreadyOpen: true }))).toEqual(refuse({ kind: 'already-open' }))
})

test('several stages are refused until this version can carry them out', () => {
  const [owner] = aiAdministrator.stages
  if (owner === undefined) throw new Error('the role has a stage')
  const stages = [owner, { ...owner, from: { set: 'security' } }].map((rule) => ({ rule, people: [priya] }))
  expect(assess(situation({ stages }))).toMatchObject({ refusal: { why: { kind: 'not-built-yet' } } })
})
