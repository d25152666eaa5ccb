import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Catalogue } from '../../../src/entitlement/entitlement.ts'
import { readCatalogue } from '../../../src/entitlement/read-catalogue.ts'
import { judge } from '../../../src/request/assess.ts'
import { whoDecides } from '../../../src/request/who-decides.ts'
import { gather } from '../../../src/workflow/record/gather.ts'
import { tenantOnce } from '../../../src/workflow/record/read-once.ts'
import { freshStore } from '../../fixtures/postgres.ts'
import { openTenantEdge, startsAt } from '../../microsoft/tenant-edge.ts'
import { printed } from '../print-deciders.ts'
import { type Row, rowOf } from '../sample-deciders.ts'
import { readSampleTenant, type SampleTenant } from '../sample-tenant.ts'

// For every entry of the sample catalogue and every member of the sample tenant: who would decide each stage of their
// request. The table stands in who-decides.txt, to be read by people; `vitest -u` writes it anew.

const folder = new URL('../../../sample/contoso/catalogue', import.meta.url).pathname
let catalogue: Catalogue
let tenant: SampleTenant
let rows: readonly Row[]
let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => {
  const read = await readCatalogue(folder)
  if (!read.ok) throw new Error('the sample catalogue has a mistake')
  catalogue = read.value
  tenant = await readSampleTenant()
  rows = [...catalogue.entitlements.values()].flatMap((entry) =>
    tenant.internal.map((handle) => rowOf(catalogue, tenant, entry, handle)),
  )
  edge = await openTenantEdge()
})
afterAll(() => edge[Symbol.asyncDispose]())

const handles = ({ stages }: Row) =>
  stages.map(({ deciders }) => [...deciders.asked, ...deciders.standIn].map(tenant.handleOf))

test('for every entry and every member of the tenant, the table says who decides each stage', async () => {
  expect(tenant.internal.length).toBeGreaterThan(50)
  expect(rows).toHaveLength(catalogue.entitlements.size * tenant.internal.length)
  await expect(printed(rows, tenant)).toMatchFileSnapshot('../who-decides.txt')
})

test('nobody waits for nobody: every stage has as many deciders as it needs, or the table says who mends it', () => {
  for (const row of rows) {
    if (row.nobody !== undefined || row.entry.breakGlass) continue
    const of = `${row.entry.id} for ${row.handle}`
    expect(row.stages, of).not.toHaveLength(0)
    for (const { stage, deciders } of row.stages) {
      expect(deciders.asked.length, of).toBeGreaterThan(0)
      expect(deciders.asked.length + deciders.standIn.length, of).toBeGreaterThanOrEqual(stage.need)
    }
  }
  expect(rows.filter(({ nobody }) => nobody !== undefined)).toEqual([])

  // The sample leaves nobody without a decider; an owner who asks, with nobody beside them, would be.
  const entry = rows.find(({ entry: { id } }) => id === 'ai-administrator')?.entry
  if (entry === undefined) throw new Error('the sample has this entry')
  const row = rowOf(catalogue, tenant, { ...entry, backup: [] }, 'priya.raman')
  expect(row.nobody).toBe('nobody-may-decide')
  expect(printed([row], tenant)).toContain('NOBODY (nobody-may-decide): mended by priya.raman')
})

test('nobody decides their own request, and no guest and no disabled account decides any', () => {
  for (const row of rows) {
    const deciding = handles(row).flat()
    expect(deciding, row.entry.id).not.toContain(row.handle)
    expect(deciding).not.toContain('ines.costa')
    expect(deciding).not.toContain('tom.whitfield')
  }
})

test('nobody holds two seats: each stage can be decided by somebody who decides no other', () => {
  for (const row of rows) {
    for (const [index, stage] of handles(row).entries()) {
      const others = handles(row).filter((_, other) => other !== index)
      const fewest = Math.min(...others.map((other) => new Set([...stage, ...other]).size))
      const need = (row.stages[index]?.stage.need ?? 0) + 1
      if (others.length > 0) expect(fewest, `${row.entry.id} for ${row.handle}`).toBeGreaterThanOrEqual(need)
    }
  }
})

test('what is read from the seed for directory roles is what the running tenant answers', async () => {
  await using memory = await freshStore()
  const reads = {
    tenant: tenantOnce(edge.tenant),
    catalogue,
    now: () => startsAt,
    requests: memory.store.requests,
  }
  for (const { entry, handle, mayAsk, stages, nobody } of rows) {
    if (entry.kind !== 'directoryRole') continue
    const situation = await gather(reads, edge.id(handle), entry)
    if (situation === undefined) throw new Error(`${handle} is not in the directory`)
    expect(judge(situation).result.ok, `${entry.id} for ${handle}`).toBe(mayAsk)
    const decides = whoDecides(situation)
    expect(decides.ok).toBe(nobody === undefined)
    if (!decides.ok) continue
    expect(decides.value.stages.map(({ stage, deciders }) => ({ stage, deciders }))).toEqual(stages)
  }
})
