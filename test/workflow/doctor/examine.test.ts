import { afterAll, beforeAll, expect, test } from 'vitest'
import { openExamination } from '../../../src/microsoft/permission-probes.ts'
import { RequestId } from '../../../src/request/events.ts'
import { requestsKept } from '../../../src/store/examine.ts'
import { addTime, days, hours } from '../../../src/time.ts'
import { examineMemory } from '../../../src/workflow/doctor/examine-memory.ts'
import { policyFindings } from '../../../src/workflow/doctor/examine-entry.ts'
import { freshStore, query } from '../../fixtures/postgres.ts'
import { azureScope, openTenantEdge, securityReader } from '../../microsoft/tenant-edge.ts'
import { aiAdministrator, maya, noon, rules, situation } from '../../request/situation.ts'
import { also, newRequest, noon as submittedAt, submitted } from '../../store/sample.ts'

const advisory = { until: '2026-12-20', reason: 'readers only' }
const nobody = { entra: { asks: 'nobody' }, rules: { ...rules, approval: { asks: 'nobody' } } } as const

test('an advisory is told of when it runs out within 30 days, when it is over, and when nothing needs it', () => {
  const entry = { ...aiAdministrator, advisory }
  const at = (when: Date) => policyFindings(entry, situation({ entitlement: entry, at: when, ...nobody }))
  expect(at(new Date(noon.getTime() - days(30)))).toEqual([])
  expect(at(noon)).toEqual([{ kind: 'advisory-ends', entry: 'ai-administrator', until: '2026-12-20' }])
  expect(at(new Date(noon.getTime() + days(40)))).toContainEqual({
    kind: 'advisory-over',
    entry: 'ai-administrator',
    until: '2026-12-20',
  })
  expect(policyFindings(entry, situation({ entitlement: entry }))).toEqual([
    { kind: 'advisory-unneeded', entry: 'ai-administrator' },
  ])
})

test('a medium role whose approval nobody enforces is drift, and a high one cannot be asked for', () => {
  const medium = { ...aiAdministrator, tier: 'medium' } as const
  expect(policyFindings(medium, situation({ entitlement: medium, ...nobody }))).toEqual([
    { kind: 'not-enforced', entry: 'ai-administrator' },
  ])
  expect(policyFindings(aiAdministrator, situation(nobody))).toEqual([
    { kind: 'plan', entry: 'ai-administrator', problem: 'entra-asks-nobody' },
  ])
})

const found = (changes: Partial<typeof rules>) =>
  policyFindings(aiAdministrator, situation({ rules: { ...rules, ...changes } })).map((each) => each.kind)

test('Entra shorter, longer or looser than the catalogue is told; as strict as it, nothing is', () => {
  expect(policyFindings(aiAdministrator, situation())).toEqual([])
  expect(found({ longest: hours(2) })).toEqual(['shorter'])
  expect(found({ longest: hours(8) })).toEqual(['longer'])
  expect(found({ justification: false, ticket: false })).toEqual(['looser', 'looser'])
})

let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => {
  edge = await openTenantEdge()
})
afterAll(() => edge[Symbol.asyncDispose]())

test('each permission that the consent lacks is named, and with all of them none is', async () => {
  expect(await openExamination(edge.options).permissionsMissing()).toEqual([])
  await using later = await openTenantEdge()
  const consented = later.emulated.seed.applications.find(({ name }) => name === 'Latchkey bot')?.application ?? []
  const lost = new Set(['AuditLog.Read.All', 'EntitlementManagement.Read.All', 'GroupMember.Read.All'])
  consented.splice(0, consented.length, ...consented.filter((permission) => !lost.has(permission)))
  const missing = await openExamination(later.options).permissionsMissing()
  expect(missing.map(({ permission }) => permission)).toEqual([
    'GroupMember.Read.All',
    'EntitlementManagement.Read.All',
    'AuditLog.Read.All',
  ])
})

test('an Azure scope that the bot may not read is named with why, and one that cannot be looked at fails', async () => {
  await using later = await openTenantEdge()
  const { scopeUnread } = openExamination(later.options)
  expect(await scopeUnread(azureScope('sandbox'))).toBeUndefined()
  const bot = later.emulated.seed.applications.find(({ name }) => name === 'Latchkey bot')
  bot?.azureRoles.splice(0, 1, { role: 'Reader', scope: 'sub-ai-prod-01' })
  expect(await scopeUnread(azureScope('sandbox'))).toContain('AuthorizationFailed')
  expect(await scopeUnread(azureScope('production'))).toBeUndefined()
  later.emulated.faults = [{ service: 'arm', dropAnswer: true }]
  await expect(scopeUnread(azureScope('production'))).rejects.toThrow(/latchkey-no-answer/)
})

test('who is eligible is found through groups too, each person once', async () => {
  const eligible = await edge.roles.askers(securityReader)
  const names = eligible.map((id) => [...edge.emulated.people.values()].find(({ objectId }) => objectId === id)?.id)
  expect(names.toSorted()).toEqual([
    'aiko.tanaka',
    'diego.fuentes',
    'elif.kaya',
    'lena.brandt',
    'maya.okafor',
    'mei.lin',
    'noah.kim',
    'sam.rivera',
  ])
})

test('a row that does not say what its journal says is found, and so are rows and streams without the other', async () => {
  await using opened = await freshStore()
  const { store, database } = opened
  const look = async (now = submittedAt) =>
    (await examineMemory({ journal: store.journal, now, ...(await requestsKept(database.url)) })).map((found) => ({
      ...found,
    }))
  const [changed, lost] = [newRequest(), newRequest()]
  for (const id of [changed, lost]) await store.journal.append(id, 0, [submitted(id)], also(id))
  expect(await look()).toEqual([])
  // The last tap may be made for a day; nobody has written down that it is over.
  expect(await look(addTime(submittedAt, hours(25)))).toMatchObject([{ kind: 'overdue' }, { kind: 'overdue' }])

  await query(database.adminUrl, `update request_summary set status = 'active' where id = $1`, [changed])
  await query(database.adminUrl, `delete from request_summary where id = $1`, [lost])
  const stray = RequestId.parse(`req_${crypto.randomUUID()}`)
  await query(
    database.adminUrl,
    `insert into request_summary (id, requester, beneficiary, entitlement, status, open, in_doubt, submitted_at)
     values ($1, $2, $2, 'ai-administrator', 'active', true, false, $3)`,
    [stray, maya.id, noon],
  )
  const found = await look()
  expect(found).toContainEqual({
    kind: 'summary-differs',
    request: changed,
    field: 'status',
    summary: 'active',
    journal: 'ready-to-file',
  })
  expect(found).toContainEqual({ kind: 'summary-missing', request: lost })
  expect(found).toContainEqual({ kind: 'summary-stray', request: stray })
  expect(found).toHaveLength(3)
})
