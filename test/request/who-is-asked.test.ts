import { expect, test } from 'vitest'
import { whoIsAsked } from '../../src/request/who-is-asked.ts'
import { hours } from '../../src/time.ts'
import { after, approved, deciding, filed, filing, lifeOf, saidYes, severeLife } from './life.ts'
import { hannah, jonas, maya, mei, noon, priya } from './situation.ts'

const people = (request: Parameters<typeof whoIsAsked>[0]) => whoIsAsked(request).map(({ person }) => person)

test('those of the stage that waits, with its stand-ins, since it opened, until it closes', () => {
  const request = severeLife()
  expect(people(request)).toEqual([priya.id, hannah.id])
  expect(whoIsAsked(request)[0]).toEqual({ person: priya.id, stage: 0, since: noon, closes: after(hours(24)) })
})

test('of the service’s own stage until that closes it, which may be never by itself', () => {
  const second = severeLife(saidYes(), filing, filed)
  expect(people(second)).toEqual([jonas.id, mei.id])
  expect(whoIsAsked(second)[0]).toMatchObject({ stage: 1, closes: after(hours(24)) })
  const open = severeLife(saidYes(), filing, { ...filed, closesAt: null } as typeof filed)
  expect(whoIsAsked(open)[0]).toMatchObject({ closes: null })
})

test('nobody while no stage waits, and nobody who is a party or has said yes', () => {
  expect(people(severeLife(saidYes()))).toEqual([])
  expect(people(lifeOf(filing, filed, deciding(), approved))).toEqual([])
  const stages = severeLife().stages.map((stage) => ({ ...stage, need: 2, people: [maya.id, priya.id, hannah.id] }))
  const two = { ...severeLife(), stages }
  expect(people(two)).toEqual([priya.id, hannah.id])
  const { decisions } = severeLife(saidYes())
  expect(people({ ...two, decisions })).toEqual([hannah.id])
})
