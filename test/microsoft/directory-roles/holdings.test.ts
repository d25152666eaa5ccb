import { afterAll, beforeAll, expect, test } from 'vitest'
import { GraphError } from '../../../src/microsoft/wire/graph-error.ts'
import { aiAdministrator, openTenantEdge, securityReader } from '../tenant-edge.ts'

let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => void (edge = await openTenantEdge()))
afterAll(() => edge[Symbol.asyncDispose]())

test('what a person could switch on is read with its end, and a role that comes through a group by that group', async () => {
  const held = await edge.roles.holdings(edge.id('maya.okafor'), [])
  expect(held).toContainEqual(
    expect.objectContaining({ target: aiAdministrator, as: 'eligible', through: null, until: expect.any(Date) }),
  )
  expect(held).toContainEqual(
    expect.objectContaining({ target: securityReader, as: 'eligible', through: 'grp-ai-engineers', until: null }),
  )
  expect(held.filter(({ as }) => as !== 'eligible')).toEqual([])
})

test('what is held without activation is told apart, and who holds nothing holds nothing', async () => {
  const ravi = await edge.roles.holdings(edge.id('ravi.menon'), [])
  expect(ravi.map(({ as }) => as).toSorted()).toEqual(['assigned', 'eligible'])
  expect(await edge.roles.holdings(edge.id('tom.whitfield'), [])).toEqual([])
})

test('everybody who could switch a role on is listed, the members of a group one by one', async () => {
  const holders = await edge.roles.holders(securityReader)
  const throughGroup = holders.filter(({ through }) => through === 'grp-ai-engineers').map(({ name }) => name)
  expect(throughGroup.toSorted()).toEqual(['Diego Fuentes', 'Lena Brandt', 'Maya Okafor', 'Noah Kim'])
  expect(holders.find(({ name, through }) => name === 'Maya Okafor' && through === null)).toMatchObject({
    person: edge.id('maya.okafor'),
    as: 'eligible',
  })
})

test('a tenant that does not answer is never taken for somebody who holds nothing', async () => {
  edge.emulated.faults = [{ service: 'graph', path: '/roleAssignmentScheduleInstances', status: 500 }]
  await expect(edge.roles.holdings(edge.id('maya.okafor'), [])).rejects.toThrow(GraphError)
  edge.emulated.faults = []
})
