import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decidersOf, type Parties, whyNotDecide } from '../../src/approval/deciders.ts'
import { everybodyOf, type Stage } from '../../src/approval/stage.ts'
import { type Person, PersonId } from '../../src/people.ts'
import { hours } from '../../src/time.ts'

const id = (name: string): PersonId => PersonId.parse(`00000000-0000-4000-8000-0000000000${name}`)
const [ann, bob, cem, dia, eve, fay] = ['01', '02', '03', '04', '05', '06'].map(id) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
  PersonId,
  PersonId,
]
const known = (...ids: readonly PersonId[]) =>
  new Map(
    ids.map((each): [PersonId, Person] => [
      each,
      { id: each, name: each, title: null, userPrincipalName: `${each}@contoso.example`, enabled: true, guest: false },
    ]),
  )
const everybody = known(ann, bob, cem, dia, eve, fay)
const stage = (people: readonly PersonId[], backup: readonly PersonId[] = [], change: Partial<Stage> = {}): Stage => ({
  by: 'chat',
  rule: { from: 'owner', need: 1, remindAfter: hours(1), escalateAfter: hours(2), lapseAfter: hours(4) },
  need: 1,
  people,
  backup,
  lastResort: [],
  ...change,
})
const parties: Parties = {
  requester: ann,
  beneficiary: ann,
  decidedElsewhere: [],
  decidedHere: [],
}

describe('who is asked', () => {
  test('the people of the stage, with the backup standing in', () => {
    const frozen = stage([bob, cem], [dia])
    expect(decidersOf(frozen, frozen, parties, everybody)).toMatchObject({ asked: [bob, cem], standIn: [dia] })
  })

  test('the backup too once the stage has been silent for long', () => {
    const frozen = stage([bob, cem], [dia])
    expect(decidersOf(frozen, frozen, parties, everybody, true)).toMatchObject({ asked: [bob, cem, dia], standIn: [] })
  })

  test('after the first of two yeses the second is asked of those who are left, and the backup not yet', () => {
    const frozen = stage([bob, cem], [dia], { need: 2 })
    const after = { ...parties, decidedHere: [bob] }
    expect(decidersOf(frozen, frozen, after, everybody)).toMatchObject({ asked: [cem], standIn: [dia], enough: true })
  })

  test('the backup at once where fewer may decide than have to', () => {
    const frozen = stage([ann, bob], [dia], { need: 2 })
    expect(decidersOf(frozen, frozen, parties, everybody)).toMatchObject({ asked: [bob, dia], standIn: [] })
  })

  test("the owners' managers where the backup does not make up for it, and not one person too many before", () => {
    const frozen = stage([ann], [dia], { need: 2, lastResort: [eve] })
    expect(decidersOf(frozen, frozen, parties, everybody)).toMatchObject({ asked: [dia, eve], enough: true })
    const one = stage([ann], [dia], { lastResort: [eve] })
    expect(decidersOf(one, one, parties, everybody)).toMatchObject({ asked: [dia], enough: true })
  })

  test('nobody is enough where all are ruled out', () => {
    const frozen = stage([ann])
    const { asked, enough, ruledOut } = decidersOf(frozen, frozen, parties, everybody)
    expect({ asked, enough, ruledOut }).toEqual({
      asked: [],
      enough: false,
      ruledOut: [{ person: ann, why: { kind: 'requester' } }],
    })
  })

  test('whom no message reaches is not counted on, and may decide all the same', () => {
    const frozen = stage([bob], [dia])
    const { asked } = decidersOf(frozen, frozen, parties, everybody, false, new Set([bob]))
    expect(asked).toEqual([bob, dia])
  })
})

describe('whoever is asked may decide, whatever the stage', () => {
  const pool = [ann, bob, cem, dia, eve, fay]
  const some = fc.subarray(pool)
  const drawn = fc.record({
    people: some,
    backup: some,
    lastResort: some,
    now: some,
    need: fc.integer({ min: 1, max: 3 }),
    decidedHere: some,
    decidedElsewhere: some,
    disabled: some,
    escalated: fc.boolean(),
    beneficiary: fc.constantFrom(...pool),
  })

  test('and nobody who is a party, has decided, left the stage or is disabled', () => {
    fc.assert(
      fc.property(drawn, ({ people, backup, lastResort, now, need, disabled, escalated, ...rest }) => {
        const frozen = stage(people, backup, { lastResort, need })
        const today = stage(now)
        const involved = { ...parties, ...rest }
        const facts = new Map([...everybody].map(([key, each]) => [key, { ...each, enabled: !disabled.includes(key) }]))
        const { asked, standIn, ruledOut } = decidersOf(frozen, today, involved, facts, escalated)
        for (const person of [...asked, ...standIn]) {
          expect(whyNotDecide(person, facts.get(person), frozen, today, involved)).toBeUndefined()
          expect([ann, rest.beneficiary, ...rest.decidedHere, ...rest.decidedElsewhere, ...disabled]).not.toContain(
            person,
          )
          expect(now).toContain(person)
        }
        const said = new Set([...asked, ...standIn, ...ruledOut.map(({ person }) => person)])
        // The managers are left unsaid where they are not needed.
        for (const person of everybodyOf(frozen)) if (!lastResort.includes(person)) expect(said).toContain(person)
      }),
    )
  })
})
