import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type RequestEvent, RequestId } from '../../../src/request/events.ts'
import { addTime, milliseconds, minutes } from '../../../src/time.ts'
import { lookAtDue } from '../../../src/workflow/engine/look.ts'
import { sharedReading } from '../../../src/workflow/engine/asked-now.ts'
import { begin, loadRequest } from '../../../src/workflow/record/record.ts'
import { freshStore, type TestStore } from '../../fixtures/postgres.ts'
import { openTenantEdge } from '../../microsoft/tenant-edge.ts'
import { submitted } from '../../store/sample.ts'

let edge: Awaited<ReturnType<typeof openTenantEdge>>
let opened: TestStore
let now: Date
const noon = submitted(RequestId.parse(`req_${crypto.randomUUID()}`)).at
beforeAll(async () => {
  edge = await openTenantEdge()
  opened = await freshStore()
})
beforeEach(async () => {
  await opened.clear()
  edge.arrived.length = 0
  now = addTime(noon, minutes(1))
})
afterAll(async () => {
  await edge[Symbol.asyncDispose]()
  await opened[Symbol.asyncDispose]()
})

const silent = { info() {}, warn() {}, error() {} }
const edges = (offered: readonly string[]) => ({
  ...opened.store,
  tenant: edge.tenant,
  now: () => now,
  realNow: () => new Date(),
  log: silent,
  wake() {},
  catalogue: {
    entitlements: { has: (id: string) => offered.includes(id) },
    // Of the catalogue a look asks only whether it still has an entry.
  } as unknown as Parameters<typeof lookAtDue>[0]['catalogue'],
})

async function waiting(person = 'maya.okafor', ...more: readonly RequestEvent[]): Promise<RequestId> {
  const id = RequestId.parse(`req_${crypto.randomUUID()}`)
  const who = edge.id(person)
  const nativeRequest = crypto.randomUUID()
  const filed: RequestEvent = {
    type: 'FilingObserved',
    at: noon,
    source: 'answer',
    nativeRequest,
    stands: 'waiting',
    said: 'PendingApproval',
    closesAt: addTime(noon, minutes(1440)),
  }
  const asked = { ...submitted(id), requester: who, beneficiary: who }
  await begin(edges([]), id, [asked, filed, ...more], { actor: 'latchkey', cause: 'test' })
  return id
}

async function lookedAt(offered: readonly string[]) {
  const all = edges(offered)
  return lookAtDue(all, sharedReading(all))
}

const sweep = async () => {
  edge.arrived.length = 0
  expect(await lookedAt(['ai-administrator'])).toBe(40)
  return edge.arrived.map(({ method, url }) => `${method} ${url.pathname}`).toSorted()
}

test('forty open requests cost one sweep three calls, and two while nobody’s standing is due', async () => {
  await Promise.all(Array.from({ length: 40 }, () => waiting()))
  const all = ['GET /v1.0/auditLogs/directoryAudits', 'POST /v1.0/$batch', 'POST /v1.0/$batch']
  expect(await sweep()).toEqual(all)
  now = addTime(now, milliseconds(20_000))
  expect(await sweep()).toEqual(all.slice(0, 2))
})

test('what leaves the catalogue while it waits is closed', async () => {
  const id = await waiting()
  await lookedAt([])
  expect((await loadRequest(edges([]), id))?.phase).toMatchObject({ status: 'failed', because: 'left-catalogue' })
})

test('what leaves the catalogue while it is active stays as it was granted', async () => {
  const active: RequestEvent = {
    type: 'ActivationObserved',
    at: noon,
    source: 'instance',
    instance: 'instance-1',
    from: noon,
    until: addTime(noon, minutes(120)),
  }
  const id = await waiting('maya.okafor', active)
  await lookedAt([])
  expect((await loadRequest(edges([]), id))?.phase).toMatchObject({ status: 'active', until: active.until })
})
