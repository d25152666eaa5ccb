import { afterAll, beforeAll, expect, test } from 'vitest'
import { EntitlementId } from '../../../src/entitlement/entry.ts'
import { readCatalogue } from '../../../src/entitlement/read-catalogue.ts'
import type { RequestEvent } from '../../../src/request/events.ts'
import { hours } from '../../../src/time.ts'
import { whySaid } from '../../../src/words/explain/why.ts'
import { readerOf } from '../../../src/words/reader.ts'
import { type Explaining, why } from '../../../src/workflow/answer/why.ts'
import { freshStore, type TestStore } from '../../fixtures/postgres.ts'
import { openTenantEdge, startsAt } from '../../microsoft/tenant-edge.ts'
import { also, newRequest, submitted, summary } from '../../store/sample.ts'
import { nth } from '../../fixtures/nth.ts'

let edge: Awaited<ReturnType<typeof openTenantEdge>>
let memory: TestStore
let edges: Explaining
beforeAll(async () => {
  edge = await openTenantEdge()
  memory = await freshStore()
  const read = await readCatalogue(new URL('../../../sample/contoso/catalogue', import.meta.url).pathname)
  if (!read.ok) throw new Error('the sample catalogue has a mistake')
  edges = { ...memory.store, tenant: edge.tenant, catalogue: read.value, now: () => startsAt }
})
afterAll(async () => {
  await edge[Symbol.asyncDispose]()
  await memory[Symbol.asyncDispose]()
})

const entry = (id: string) => {
  const found = edges.catalogue.entitlements.get(EntitlementId.parse(id))
  if (found === undefined) throw new Error(`no entry ${id}`)
  return found
}
const reader = readerOf({ locale: 'en-GB', zone: 'UTC' }, startsAt)

test('who never asked is told how it would be judged now, and what of the time would be cut', async () => {
  const told = await why(edges, edge.id('lena.brandt'), entry('ai-administrator'), hours(8))
  if (told === undefined) throw new Error('nothing was told')
  expect(told.request).toBeUndefined()
  expect(told.asked).toEqual({ duration: hours(8), given: hours(4) })
  const said = whySaid(reader, told)
  expect(said).toContain('It can be asked for now.')
  expect(said).toContain('8 hours would be cut, the longest allowed is 4 hours')
  expect(said).toContain('Priya Raman')
})

test('who may not ask is told why', async () => {
  const told = await why(edges, edge.id('omar.haddad'), entry('ai-administrator'))
  expect(told?.refusal).toEqual({ kind: 'not-eligible' })
  expect(told && whySaid(reader, told)).toContain('Entra does not list them as eligible')
})

test('who asked is told the stored judgement and what came of it, the denial with its comment; nobody else is', async () => {
  const [maya, priya] = [edge.id('maya.okafor'), edge.id('priya.raman')]
  const id = newRequest()
  const first = submitted(id)
  const stage = nth(first.stages, 0)
  const at = new Date(startsAt.getTime() - hours(2))
  const denied = { type: 'ChatDecided', at, by: priya, stage: 0, verdict: 'deny', termsHash: 'a1' } as const
  const events: readonly RequestEvent[] = [
    {
      ...first,
      at,
      by: maya,
      requester: maya,
      beneficiary: maya,
      stages: [{ ...stage, by: 'chat', people: [priya] }],
      trace: [{ rule: 'eligibility', outcome: 'PIM lists them as eligible' }],
    },
    { ...denied, comment: { freeText: 'use the sandbox' } },
  ]
  const row = summary(id, { requester: maya, beneficiary: maya, status: 'denied', open: false })
  await memory.store.journal.append(id, 0, events, { ...also(id), summary: row })

  const told = await why(edges, maya, entry('ai-administrator'))
  expect(told?.request).toMatchObject({ id, status: 'denied', open: false })
  expect(told?.trace).toEqual([{ rule: 'eligibility', outcome: 'PIM lists them as eligible' }])
  const said = told === undefined ? '' : whySaid(reader, told)
  expect(said).toContain('Maya Okafor asked for AI Administrator')
  expect(said).toContain('Denied by Priya Raman')
  expect(said).toContain('use the sandbox')
  expect(await why(edges, edge.id('lena.brandt'), id)).toBeUndefined()
})
