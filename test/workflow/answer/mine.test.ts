import { beforeAll, beforeEach, expect, test } from 'vitest'
import { expiring, mine } from '../../../src/workflow/answer/answer-mine.ts'
import { addLabBenches, bench, openPorter } from '../../fixtures/lab-bench.ts'
import { openShell } from '../shell.ts'

// Several services grant: what one of them does not tell hides nothing of what the others do.

let porter: ReturnType<typeof openPorter>
const shell = openShell({ tenant: (tenant) => porter.withBenches(tenant), entries: [bench] })
beforeAll(addLabBenches)
beforeEach(() => {
  porter = openPorter(() => shell.tenant.id('priya.raman'), shell.tenant.emulated.now)
})

test('a service that does not answer is named as missing, and what others grant is listed', async () => {
  const maya = shell.tenant.id('maya.okafor')
  const whole = await mine(shell.edges(), maya)
  porter.away.is = true
  const rest = await mine(shell.edges(), maya)
  expect(whole).toMatchObject({ view: 'mine', unread: [] })
  expect(rest).toEqual({ ...whole, unread: ['labBench'], observedAt: expect.any(Date) })
  expect(await expiring(shell.edges(), maya)).toMatchObject({ unread: ['labBench'] })
})

test('nothing is said to be held by nobody where nobody could be asked', async () => {
  porter.away.is = true
  shell.tenant.emulated.faults = [
    { service: 'graph', path: 'Schedule|batch', status: 403 },
    { service: 'arm', status: 403 },
  ]
  await expect(mine(shell.edges(), shell.tenant.id('maya.okafor'))).rejects.toMatchObject({ status: 403 })
})
