import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { roleLists } from '../../../src/microsoft/directory-roles/lists.ts'
import { activeIn } from '../../../src/microsoft/pim/assignments.ts'
import { auditLog } from '../../../src/microsoft/pim/audit.ts'
import { coveringQueries } from '../../../src/microsoft/pim/covering-queries.ts'
import { throttles } from '../../../src/microsoft/wire/throttle.ts'
import { openReader } from '../../../src/microsoft/wire/graph-reader.ts'
import type { PersonId } from '../../../src/people.ts'
import { hours, milliseconds, minutes } from '../../../src/time.ts'
import type { Wanted } from '../../../src/workflow/ports/engine.ts'
import { aiAdministrator, filing, openTenantEdge, role, securityReader, startsAt } from '../tenant-edge.ts'

let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => {
  edge = await openTenantEdge()
  edge.emulated.switches.auditDelayMs = 0
})
afterAll(() => edge[Symbol.asyncDispose]())
beforeEach(() => {
  edge.emulated.faults = []
  edge.later(minutes(5))
  edge.arrived.length = 0
})

const ofRoles = { category: 'RoleManagement', about: 'Role' } as const
const calls = () => edge.arrived.map(({ method, url }) => `${method} ${url.pathname}`)
const everybody = (): readonly PersonId[] => [...edge.emulated.people.keys()].map((name) => edge.id(name))
const wants = (person: string, target = aiAdministrator): Wanted => ({ person: edge.id(person), target })

test('forty people who wait for five roles are one call, however many they are', async () => {
  const roles = [...edge.emulated.resources.keys()].slice(0, 5).map((id) => role(id))
  const wanted = everybody()
    .flatMap((person) => roles.map((target) => ({ person, target })))
    .slice(0, 40)
  const seen = await edge.roles.activeOf(wanted)
  expect(seen).toHaveLength(40)
  expect(seen.every(({ ok }) => ok)).toBe(true)
  expect(calls()).toEqual(['POST /v1.0/$batch'])
})

test('few lists answer much: one of a role, one of a person, and one pair where nothing is shared', () => {
  const [a, b, c] = everybody()
  if (a === undefined || b === undefined || c === undefined) throw new Error('the sample has people')
  const other = role(crypto.randomUUID())
  const third = role(crypto.randomUUID())
  const lists = coveringQueries(roleLists, [
    { person: a, target: aiAdministrator },
    { person: b, target: aiAdministrator },
    { person: c, target: securityReader },
    { person: c, target: other },
    { person: a, target: third },
  ])
  expect(lists.map(({ answers }) => answers)).toEqual([[0, 1], [2, 3], [4]])
  expect(lists[0]?.filter).toBe(`roleDefinitionId eq '${aiAdministrator.role}'`)
  expect(lists[1]?.filter).toBe(`principalId eq '${c}'`)
  expect(lists[2]?.filter).toBe(`principalId eq '${a}' and roleDefinitionId eq '${third.role}'`)
})

test('what is active is told apart by person, with the request that it came from, which is asked once', async () => {
  const tenant = activeIn(openReader(edge.options), roleLists)
  const maya = await edge.hand('maya.okafor')
  const priya = await edge.hand('priya.raman')
  const filed = await maya.file(filing(maya.person))
  if (filed.came !== 'done') throw new Error(JSON.stringify(filed))
  await priya.decide(filed.value.id, 'approve', 'go ahead')
  const wanted = [wants('lena.brandt'), wants('maya.okafor')]
  edge.arrived.length = 0
  expect(await tenant.activeOf(wanted)).toMatchObject([
    { ok: true, value: [] },
    { ok: true, value: [{ person: maya.person, createdBy: filed.value.id, activated: true }] },
  ])
  expect(calls()).toEqual(['POST /v1.0/$batch', 'POST /v1.0/$batch'])
  await tenant.activeOf(wanted)
  expect(calls()).toHaveLength(3)
})

test('a part that is throttled is unread, not empty; the others are answered; and all keep quiet for as long as was asked', async () => {
  let now = 0
  const services = throttles(() => now)
  const tenant = activeIn(openReader(edge.options, services), roleLists)
  edge.emulated.faults = [{ service: 'graph', path: aiAdministrator.role, status: 429, retryAfter: 30, times: 1 }]
  const wanted = [wants('lena.brandt'), wants('aiko.tanaka', securityReader)]
  expect(await tenant.activeOf(wanted)).toMatchObject([
    { ok: false, refusal: { retryAfter: 30 } },
    { ok: true, value: [] },
  ])
  now = 29_000
  expect(await tenant.activeOf(wanted)).toMatchObject([
    { ok: false, refusal: { retryAfter: 1 } },
    { ok: false, refusal: { retryAfter: 1 } },
  ])
  expect(calls()).toHaveLength(1)
  now = 30_000
  expect((await tenant.activeOf(wanted)).every(({ ok }) => ok)).toBe(true)
  expect(calls()).toHaveLength(2)
})

test('a tenant that does not answer at all leaves everybody unread', async () => {
  edge.emulated.faults = [{ service: 'graph', path: 'batch', status: 429, retryAfter: 60 }]
  expect(await edge.roles.activeOf([wants('lena.brandt')])).toMatchObject([{ ok: false, refusal: { retryAfter: 60 } }])
  edge.emulated.faults = []
  expect(await edge.roles.activeOf([wants('lena.brandt')])).toMatchObject([{ ok: false }])
  expect(calls()).toEqual(['POST /v1.0/$batch'])
})

test('who may still ask is told for many in one call: disabled, gone, no longer eligible', async () => {
  const { emulated } = edge
  const gone = { ...wants('maya.okafor'), person: crypto.randomUUID() as PersonId }
  const lena = emulated.people.get('lena.brandt')
  if (lena === undefined) throw new Error('the sample has her')
  lena.accountEnabled = false
  expect(
    await edge.roles.standingOf([wants('maya.okafor'), wants('lena.brandt'), gone, wants('maya.okafor')]),
  ).toMatchObject([{ value: 'may' }, { value: 'disabled' }, { value: 'deleted' }, { value: 'may' }])
  lena.accountEnabled = true
  expect(calls()).toEqual(['POST /v1.0/$batch'])
  expect(await edge.roles.standingOf([wants('aiko.tanaka')])).toMatchObject([{ value: 'not-eligible' }])
})

test('an account that could not be read is not taken for one that is gone', async () => {
  edge.emulated.faults = [{ service: 'graph', path: '/users/', status: 503 }]
  expect(await edge.roles.standingOf([wants('maya.okafor')])).toMatchObject([{ ok: false }])
})

test('the audit log tells who denied, who cancelled and what lapsed, in order, each with the id of the request', async () => {
  const tom = await edge.hand('lena.brandt')
  const hannah = await edge.hand('hannah.vogt')
  const filed = await tom.file(filing(tom.person))
  if (filed.came !== 'done') throw new Error(JSON.stringify(filed))
  await hannah.decide(filed.value.id, 'deny', 'not today')
  const again = await tom.file(filing(tom.person))
  if (again.came !== 'done') throw new Error(JSON.stringify(again))
  await tom.cancel(again.value.id)
  const told = await edge.roles.outcomes(startsAt)
  if (!told.ok) throw new Error(told.refusal.why)
  const theirs = told.value.filter(({ person }) => person === tom.person)
  expect(theirs).toMatchObject([
    { what: 'denied', by: hannah.person, names: filed.value.id, reason: 'not today' },
    { what: 'cancelled', by: tom.person, names: again.value.id },
  ])
  expect(theirs[0]?.ids).toContain(filed.value.id)
})

test('the audit log is not asked more often than Graph allows, whatever the sweep', async () => {
  let now = 0
  const log = auditLog(openReader(edge.options), () => now)(ofRoles)
  const asked = async () => (await log.outcomes(startsAt)).ok
  const answers = []
  for (let sweep = 0; sweep < 5; sweep += 1) answers.push(await asked())
  expect(answers).toEqual([true, true, true, true, false])
  expect(calls()).toHaveLength(4)
  edge.emulated.switches.auditReadsPerTenSeconds = 0
  now = milliseconds(10_000)
  expect(await asked()).toBe(true)
})

test('a request that nobody answered for a day is told by the name that PIM writes: it expired', async () => {
  const lena = await edge.hand('lena.brandt')
  const filed = await lena.file(filing(lena.person))
  if (filed.came !== 'done') throw new Error(JSON.stringify(filed))
  edge.emulated.moveClock({ advanceMs: hours(25) })
  edge.emulated.switches.auditReadsPerTenSeconds = 0
  const told = await auditLog(openReader(edge.options))(ofRoles).outcomes(startsAt)
  if (!told.ok) throw new Error(told.refusal.why)
  expect(told.value.filter(({ names }) => names === filed.value.id)).toMatchObject([
    { what: 'lapsed', by: null, person: lena.person },
  ])
})
