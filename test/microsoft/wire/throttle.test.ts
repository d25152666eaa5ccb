import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openExamination } from '../../../src/microsoft/permission-probes.ts'
import { openTenant } from '../../../src/microsoft/tenant.ts'
import { minutes, seconds } from '../../../src/time.ts'
import { entryOf, nowhere } from '../entries.ts'
import { aiAdministrator, azureScope, openTenantEdge, securityReader, startsAt } from '../tenant-edge.ts'

let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => {
  edge = await openTenantEdge()
  edge.emulated.switches.auditReadsPerTenSeconds = 0
})
afterAll(() => edge[Symbol.asyncDispose]())
beforeEach(() => {
  edge.later(minutes(5))
  edge.arrived.length = 0
  edge.arrivedAtArm.length = 0
})

const maya = () => edge.id('maya.okafor')
const wanted = () => [{ person: maya(), target: securityReader }]
const aPackage = entryOf({ kind: 'accessPackage', target: { package: 'A package' } })
/** Whether she could activate the role in one of the subscriptions, as far as Resource Manager lets us tell. */
const mayActivate = (where: 'sandbox' | 'production') =>
  edge.mayActivate('maya.okafor', 'b24988ac-6180-42a0-ab88-20f7382dd24c', azureScope(where))

/** The service answers one read with a wait of a minute. */
const throttledOnce = (service: 'graph' | 'arm', path = '.') => {
  edge.emulated.faults = [{ service, path, status: 429, retryAfter: 60, times: 1 }]
}
const toldToWait = (retryAfter: number) => ({ status: 429, code: 'latchkey-throttled', retryAfter })

test('a wait that a form is told is kept by every other read of Graph until it is over', async () => {
  const asking = await edge.tenant.person(maya())
  if (asking === undefined) throw new Error('the sample has her')
  edge.arrived.length = 0
  throttledOnce('graph')
  await expect(edge.roles.eligibility(maya(), aiAdministrator)).rejects.toMatchObject({ retryAfter: 60 })
  edge.later(seconds(20))
  await expect(edge.tenant.person(maya())).rejects.toMatchObject(toldToWait(40))
  await expect(edge.roles.rules(aiAdministrator)).rejects.toMatchObject(toldToWait(40))
  await expect(edge.tenant.kinds.accessPackage.lets(asking, aPackage, nowhere)).rejects.toMatchObject(toldToWait(40))
  expect(await edge.roles.activeOf(wanted())).toMatchObject([{ ok: false, refusal: { retryAfter: 40 } }])
  expect(await edge.roles.standingOf(wanted())).toMatchObject([{ ok: false, refusal: { retryAfter: 40 } }])
  expect(await edge.roles.outcomes(startsAt)).toMatchObject({ ok: false, refusal: { retryAfter: 40 } })
  expect(edge.arrived).toHaveLength(1)
  edge.later(seconds(40))
  expect(await edge.tenant.person(maya())).toMatchObject({ id: maya() })
  expect(await edge.roles.activeOf(wanted())).toMatchObject([{ ok: true }])
})

test('a wait that the sweep is told is said at once to a person who asks meanwhile, with what is left of it', async () => {
  throttledOnce('graph', 'batch')
  await edge.roles.activeOf(wanted())
  await expect(edge.tenant.person(maya())).rejects.toMatchObject({ failed: 'tenant', wait: seconds(60) })
  expect(edge.arrived).toHaveLength(1)
})

test('a wait inside the answer to a $batch counts as well', async () => {
  throttledOnce('graph', securityReader.role)
  const seen = await edge.roles.activeOf([...wanted(), { person: edge.id('lena.brandt'), target: aiAdministrator }])
  expect(seen).toMatchObject([{ ok: false, refusal: { retryAfter: 60 } }, { ok: true }])
  await expect(edge.tenant.person(maya())).rejects.toMatchObject(toldToWait(60))
})

test('a wait that the audit log is told is kept by whoever reads it, and makes no form wait', async () => {
  throttledOnce('graph', 'auditLogs')
  expect(await edge.roles.outcomes(startsAt)).toMatchObject({ ok: false, refusal: { retryAfter: 60 } })
  edge.later(seconds(20))
  expect(await edge.groups.outcomes(startsAt)).toMatchObject({ ok: false, refusal: { retryAfter: 40 } })
  expect(edge.arrived).toHaveLength(1)
  expect(await edge.tenant.person(maya())).toMatchObject({ id: maya() })
  expect(await edge.roles.standingOf(wanted())).toMatchObject([{ ok: true }])
})

test('Resource Manager may be asked while Graph may not, and the other way round', async () => {
  // The directory is read before it may not be.
  await edge.person('maya.okafor')
  throttledOnce('graph')
  await expect(edge.tenant.person(maya())).rejects.toMatchObject({ retryAfter: 60 })
  expect(await mayActivate('sandbox')).toBe(true)
  edge.later(seconds(60))
  throttledOnce('arm')
  await expect(mayActivate('sandbox')).rejects.toMatchObject({ retryAfter: 60 })
  await expect(mayActivate('production')).rejects.toMatchObject(toldToWait(60))
  expect(edge.arrivedAtArm).toHaveLength(2)
  expect(await edge.tenant.person(maya())).toMatchObject({ id: maya() })
})

test('whoever else reads the tenant in this process keeps the wait, and another tenant does not', async () => {
  throttledOnce('graph')
  await expect(edge.tenant.person(maya())).rejects.toMatchObject({ retryAfter: 60 })
  const examination = openExamination(edge.options, edge.services)
  await expect(examination.permissionsMissing()).rejects.toMatchObject(toldToWait(60))
  expect(edge.arrived).toHaveLength(1)
  expect(await openTenant(edge.options).person(maya())).toMatchObject({ id: maya() })
})

test('a wait of a second is sat through by whoever asks meanwhile, and not by the sweep', async () => {
  edge.emulated.faults = [{ service: 'graph', status: 429, retryAfter: 1, times: 1 }]
  const first = edge.tenant.person(maya())
  while (edge.services.graph.left() === 0) await new Promise(setImmediate)
  expect(await edge.roles.activeOf(wanted())).toMatchObject([{ ok: false, refusal: { retryAfter: 1 } }])
  expect(await edge.tenant.person(edge.id('priya.raman'))).toMatchObject({ name: 'Priya Raman' })
  expect(await first).toMatchObject({ name: 'Maya Okafor' })
  expect(edge.arrived).toHaveLength(3)
})
