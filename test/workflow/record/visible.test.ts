import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Catalogue, Entitlement } from '../../../src/entitlement/entitlement.ts'
import { readCatalogue } from '../../../src/entitlement/read-catalogue.ts'
import { readOnce } from '../../../src/workflow/record/read-once.ts'
import { relationTo } from '../../../src/workflow/record/relation.ts'
import { visibleTo } from '../../../src/workflow/record/visible.ts'
import { openTenantEdge } from '../../microsoft/tenant-edge.ts'

// What each of the sample tenant's people may know of, and may ask for, as that tenant has it.

let edge: Awaited<ReturnType<typeof openTenantEdge>>
let catalogue: Catalogue
beforeAll(async () => {
  edge = await openTenantEdge()
  const read = await readCatalogue(new URL('../../../sample/contoso/catalogue', import.meta.url).pathname)
  if (!read.ok) throw new Error(JSON.stringify(read.refusal))
  catalogue = read.value
})
afterAll(() => edge[Symbol.asyncDispose]())
afterEach(() => void (edge.emulated.faults = []))

const entriesOf = (kind: Entitlement['kind']) =>
  [...catalogue.entitlements.values()].filter((entry) => entry.kind === kind)
const seen = async (who: string, kind: Entitlement['kind']) =>
  (await visibleTo({ tenant: edge.tenant, catalogue }, edge.id(who), entriesOf(kind))).map(({ id }) => id)
const askable = async (who: string, kind: Entitlement['kind']) => {
  const reach = relationTo({ tenant: edge.tenant, catalogue }, edge.id(who))
  const entries = entriesOf(kind)
  const may = await Promise.all(entries.map((entry) => reach.mayAsk(entry)))
  return entries.filter((_, index) => may[index]).map(({ id }) => id)
}

test('a group is shown to whoever may join it, owns its entry or decides on it, and to nobody else', async () => {
  expect(await askable('maya.okafor', 'group')).toEqual(entriesOf('group').map(({ id }) => id))
  expect(await askable('diego.fuentes', 'group')).toEqual([
    'retrieval-connector-operators',
    'prompt-library-editors',
    'eval-dataset-readers',
  ])
  expect(await seen('diego.fuentes', 'group')).toEqual(await askable('diego.fuentes', 'group'))
  expect(await askable('sam.rivera', 'group')).toEqual([])
  expect(await seen('sam.rivera', 'group')).toEqual(['prompt-library-editors'])
  expect(await seen('board-07', 'group')).toEqual(['biometric-identification'])
  expect(await seen('tom.whitfield', 'group')).toEqual([])
  // An owner of what she cannot ask for herself, one group aside.
  expect(await askable('priya.raman', 'group')).toEqual(['ai-break-glass'])
  expect(await seen('priya.raman', 'group')).toEqual([
    'model-router-admins',
    'content-filter-approvers',
    'retrieval-connector-operators',
    'prompt-library-editors',
    'eval-dataset-readers',
    'ai-break-glass',
    'biometric-identification',
  ])
})

test('a package is shown to whom its policies let ask, and to a guest only where the entry is for guests', async () => {
  const forMembers = [
    'research-assistant-pilot',
    'coding-assistant-standard',
    'meeting-summarizer',
    'prompt-engineering-lab',
  ]
  expect(await askable('chen.li', 'accessPackage')).toEqual(forMembers)
  expect(await askable('maya.okafor', 'accessPackage')).toEqual([
    'research-assistant-pilot',
    'coding-assistant-standard',
    'coding-assistant-elevated',
    'meeting-summarizer',
    'customer-insights-copilot',
    'prompt-engineering-lab',
  ])
  expect(await seen('maya.okafor', 'accessPackage')).not.toContain('research-assistant-legal')
  expect(await seen('aiko.tanaka', 'accessPackage')).toContain('research-assistant-legal')
  expect(await seen('tom.whitfield', 'accessPackage')).toEqual([
    'coding-assistant-standard',
    'contractor-ai-workspace',
    'prompt-engineering-lab',
  ])
  // Her own, though it is for guests alone.
  expect(await askable('lena.brandt', 'accessPackage')).not.toContain('contractor-ai-workspace')
  expect(await seen('lena.brandt', 'accessPackage')).toContain('contractor-ai-workspace')
})

test('an Azure role is shown to whoever is eligible on its scope, to its owners and backups, and to nobody else', async () => {
  expect(await askable('tom.whitfield', 'azureRole')).toEqual(['sandbox-contributor'])
  expect(await seen('sam.rivera', 'azureRole')).toEqual([])
  expect(await askable('aiko.tanaka', 'azureRole')).toEqual(['training-data-reader'])
  expect(await seen('aiko.tanaka', 'azureRole')).toEqual(['training-data-reader'])
  expect(await askable('chen.li', 'azureRole')).toEqual([])
  expect(await seen('chen.li', 'azureRole')).toEqual(['search-prod-index-contributor', 'training-data-reader'])
  expect(await askable('maya.okafor', 'azureRole')).toContain('ai-monitoring-contributor')
  expect(await askable('maya.okafor', 'azureRole')).not.toContain('training-data-reader')
})

test("the catalogue's own requesters narrow what the tenant allows", async () => {
  const [entry] = entriesOf('accessPackage').filter(({ id }) => id === 'meeting-summarizer')
  if (entry === undefined) throw new Error('the sample has it')
  const narrowed = { ...entry, requesters: ['grp-legal-reviewers'] }
  const mayAsk = (who: string) => relationTo({ tenant: edge.tenant, catalogue }, edge.id(who)).mayAsk(narrowed)
  expect(await mayAsk('maya.okafor')).toBe(false)
  expect(await mayAsk('aiko.tanaka')).toBe(true)
})

test('only the kinds that are asked about are read, a few calls for all of a kind, and nothing twice', async () => {
  const viewer = { locale: 'en-GB', zone: 'UTC' }
  const unused = {} as Parameters<typeof readOnce>[0] // only its tenant is used here
  const { tenant } = readOnce({ ...unused, tenant: edge.tenant, catalogue }, edge.id('noah.kim'), viewer)
  const see = (kind: Entitlement['kind']) => visibleTo({ tenant, catalogue }, edge.id('noah.kim'), entriesOf(kind))
  const calls = () => edge.arrived.length
  const before = calls()
  await see('accessPackage')
  expect(edge.arrived.slice(before).some(({ body }) => JSON.stringify(body)?.includes('privilegedAccess'))).toBe(false)
  const afterPackages = calls()
  await see('group')
  const afterGroups = calls()
  expect(afterPackages - before).toBeLessThanOrEqual(4)
  expect(afterGroups - afterPackages).toBeLessThanOrEqual(5)
  await see('group')
  await see('accessPackage')
  expect(calls()).toBe(afterGroups)
})

test.each([
  ['group', 'graph', '/privilegedAccess/group'],
  ['accessPackage', 'graph', '/entitlementManagement'],
  ['azureRole', 'arm', '/Microsoft.Authorization/'],
] as const)(
  'while the tenant does not say who may ask for a %s, none is shown and none denied',
  async (kind, service, path) => {
    edge.emulated.faults = [{ service, path, status: 403 }]
    await expect(seen('maya.okafor', kind)).rejects.toThrow(/403/)
    await expect(askable('maya.okafor', kind)).rejects.toThrow(/403/)
  },
)
