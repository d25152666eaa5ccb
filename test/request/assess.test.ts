import { expect, test } from 'vitest'
import type { Person } from '../../src/people.ts'
import { assess } from '../../src/request/assess.ts'
import { refuse } from '../../src/result.ts'
import { hours, minutes } from '../../src/time.ts'
import { aiAdministrator, hannah, jonas, maya, mei, omar, priya, rules, situation } from './situation.ts'

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
  expect(assessed).toMatchObject({ value: { deciders: [{ asked: [priya.id], standIn: [hannah.id] }] } })
  expect(assessed).toMatchObject({ value: { plan: { stages: [{ by: 'native', need: 1 }], drift: [] } } })
})

test('an owner who asks for their own role is not asked to decide it: the backup is, at once', () => {
  expect(assess(situation({ requester: priya }))).toMatchObject({
    value: {
      deciders: [{ asked: [hannah.id], standIn: [], ruledOut: [{ person: priya.id, why: { kind: 'requester' } }] }],
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
  const stages = aiAdministrator.stages.map((rule) => ({ rule, people: [], lastResort: [] }))
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

test('a member may not ask for what is for guests alone, and a guest may', () => {
  const forGuests = { ...aiAdministrator, guests: 'only' as const }
  expect(assess(situation({ entitlement: forGuests }))).toEqual(refuse({ kind: 'only-guests-may-ask' }))
  expect(assess(situation({ entitlement: forGuests, requester: { ...maya, guest: true } }))).toMatchObject({ ok: true })
})

test('a second request for the same thing is refused while the first is open', () => {
  expect(assess(situation({ alreadyOpen: true }))).toEqual(refuse({ kind: 'already-open' }))
})

const [owner] = aiAdministrator.stages
if (owner === undefined) throw new Error('the role has a stage')
const severe = (security: readonly Person[], backup: readonly Person[] = [hannah]) =>
  situation({
    stages: [
      { rule: owner, people: [priya], lastResort: [omar] },
      { rule: { ...owner, from: { set: 'security' } }, people: security, lastResort: [] },
    ],
    backup,
    entra: { asks: 'approvers', people: security },
  })

test('the last stage that meets the approvers of Entra is decided there, the owner before it in chat', () => {
  expect(assess(severe([jonas, mei]))).toMatchObject({
    value: {
      plan: {
        stages: [
          { by: 'chat', people: [priya.id] },
          { by: 'native', people: [jonas.id, mei.id] },
        ],
      },
      deciders: [{ asked: [priya.id] }, { asked: [jonas.id, mei.id] }],
    },
  })
})

test('a security engineer who asks is ruled out of the stage of security, and the others of it decide', () => {
  expect(assess({ ...severe([jonas, mei]), requester: jonas })).toMatchObject({
    value: { deciders: [{ asked: [priya.id] }, { asked: [mei.id] }] },
  })
})

test('a named set with nobody in it is nobody, whoever stands in; people of a set who are ruled out are stood in for', () => {
  const [, second] = severe([]).stages
  if (second === undefined) throw new Error('the severe situation has two stages')
  const medium = { ...aiAdministrator, tier: 'medium' as const }
  const alone = { entitlement: medium, entra: { asks: 'nobody' as const }, backup: [hannah] }
  expect(assess(situation({ ...alone, stages: [second] }))).toEqual(
    unrequestable({ kind: 'nobody-may-decide', each: [] }),
  )
  expect(
    assess(situation({ ...alone, stages: [{ ...second, people: [{ ...jonas, enabled: false }] }] })),
  ).toMatchObject({
    value: { deciders: [{ asked: [hannah.id] }] },
  })
})

test('two stages with one and the same person cannot both be decided, so nobody can ask', () => {
  expect(assess(severe([priya], []))).toMatchObject({ ok: true })
  const alone = {
    ...severe([priya], []),
    stages: severe([priya], []).stages.map((each) => ({ ...each, lastResort: [] })),
  }
  expect(assess(alone)).toMatchObject({ refusal: { why: { kind: 'nobody-may-decide' } } })
})

test('where the entry asks two and Entra one, one says yes in chat and another in Entra', () => {
  const stages = [{ rule: { ...owner, need: 2 }, people: [priya, hannah, jonas], lastResort: [] }]
  const assessed = assess(situation({ stages, backup: [], entra: { asks: 'approvers', people: [priya, hannah] } }))
  expect(assessed).toMatchObject({
    value: {
      plan: {
        stages: [
          { by: 'chat', need: 1, people: [priya.id, hannah.id, jonas.id] },
          { by: 'native', need: 1, people: [priya.id, hannah.id] },
        ],
      },
    },
  })
})

test('an owner with nobody beside them who asks for their own role is decided by their manager', () => {
  const stages = aiAdministrator.stages.map((rule) => ({ rule, people: [priya], lastResort: [omar] }))
  const own = situation({ requester: priya, stages, backup: [], entra: { asks: 'approvers', people: [priya, omar] } })
  expect(assess(own)).toMatchObject({ value: { deciders: [{ asked: [omar.id] }] } })
})

test('approvers of Entra whom the catalogue does not name are reported as drift, and do not stop a request', () => {
  expect(assess(situation({ entra: { asks: 'approvers', people: [priya, jonas] } }))).toMatchObject({
    value: { plan: { drift: [{ kind: 'wider', people: [jonas.id] }] } },
  })
})

test('what Entra does not ask about is decided in chat, marked as not enforced', () => {
  const medium = { ...aiAdministrator, tier: 'medium' as const }
  expect(assess(situation({ entitlement: medium, entra: { asks: 'nobody' } }))).toMatchObject({
    value: { plan: { stages: [{ by: 'chat' }], drift: [{ kind: 'not-enforced', accepted: false }] } },
  })
})

test('an emergency role without stages is refused until this version can carry it out', () => {
  const emergency = { ...aiAdministrator, breakGlass: true, stages: [] }
  expect(assess(situation({ entitlement: emergency, stages: [] }))).toMatchObject({
    refusal: { why: { kind: 'not-built-yet', what: 'break-glass' } },
  })
})

test('a manager who asks is not asked to decide their own request: they have a manager of their own', () => {
  const rule = { ...owner, from: 'manager' as const }
  const asked = (people: readonly Person[]) =>
    situation({
      requester: omar,
      stages: [{ rule, people, lastResort: [] }],
      backup: [],
      entra: { asks: 'approvers', people: [priya, omar] },
    })
  expect(assess(asked([priya]))).toMatchObject({ value: { deciders: [{ asked: [priya.id] }] } })
  // Somebody whom the directory calls their own manager.
  expect(assess(asked([omar]))).toEqual(
    unrequestable({ kind: 'nobody-may-decide', each: [{ person: omar.id, why: { kind: 'requester' } }] }),
  )
})

test('an owner of two stages decides one of them, and another of the second', () => {
  expect(assess(severe([priya, jonas], []))).toMatchObject({ ok: true })
})
