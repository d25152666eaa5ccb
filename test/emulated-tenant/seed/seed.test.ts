import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { portal } from '../../../src/emulated-tenant/demo/portal.ts'
import { loadSeed } from '../../../src/emulated-tenant/seed/seed-file.ts'
import { openTenant } from '../../../src/emulated-tenant/tenant.ts'
import { view } from '../../../src/emulated-tenant/demo/view.ts'
import { monday, seedFile } from '../listening-tenant.ts'

async function edited(replace: [string | RegExp, string]) {
  const folder = await mkdtemp(join(tmpdir(), 'seed-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'tenant.yaml')
  await writeFile(file, (await readFile(seedFile, 'utf8')).replace(...replace))
  return file
}

test('the sample tenant loads whole, with the people made by rule among the others', async () => {
  const seed = await loadSeed(seedFile)
  expect(seed.people).toHaveLength(58)
  expect(seed.groups.find(({ name }) => name === 'grp-ai-review-board')?.members).toHaveLength(40)
  expect(seed.people.find(({ id }) => id === 'board-07')?.objectId).toBe('b0a2d000-0000-4000-8000-000000000007')
  expect(seed.accessPackages).toHaveLength(8)
  expect(seed.azure.roles.map(({ role }) => role)).toContain('Key Vault Secrets Officer')
})

test.for<[string, [string | RegExp, string], string]>([
  ['a key it does not know', ['    title: AI engineer\n', '    titel: AI engineer\n'], 'titel'],
  ['a duration that is none', ['maximumDuration: PT1H', 'maximumDuration: 1 hour'], 'not an ISO 8601 duration'],
  ['a manager nobody knows', ['manager: sam.rivera', 'manager: sam.river'], 'sam.river, named as the manager'],
  ['a group that does not exist', ['- group: grp-ai-security-approvers', '- group: grp-gone'], 'grp-gone'],
  [
    'an object id given twice',
    ['7f2c5567-c66e-4f85-ade6-01134a8e696f', 'cef9161d-f7b3-40c3-bcef-7d1594d1e99a'],
    'appears twice',
  ],
  ['a context nobody defined', ['authenticationContext: c1', 'authenticationContext: c9'], 'c9'],
])('a seed with %s is refused, naming it', async ([, replace, problem]) => {
  const file = await edited(replace)
  await expect(loadSeed(file)).rejects.toThrow(problem)
  await expect(loadSeed(file)).rejects.toThrow(file)
})

test('times count from the start, and ids are the same in every run', async () => {
  const first = await openTenant({ seedFile, startsAt: monday })
  const second = await openTenant({ seedFile, startsAt: monday })
  expect(first.eligibilities).toEqual(second.eligibilities)
  const maya = first.people.get('maya.okafor')?.objectId
  const [eligibility] = first.eligibilities.filter(({ principalId }) => principalId === maya)
  expect(eligibility?.startsAt).toEqual(new Date('2025-12-02T09:00:00Z'))
  expect(eligibility?.endsAt).toEqual(new Date('2026-12-02T09:00:00Z'))
})

test('the product clock runs on from where it is put, and tells those who listen', async () => {
  let real = new Date('2030-01-01T00:00:00Z')
  const tenant = await openTenant({ seedFile, startsAt: monday, realNow: () => real })
  let changes = 0
  const stop = tenant.onChange(() => changes++)
  expect(tenant.now()).toEqual(monday)
  real = new Date('2030-01-01T00:00:05Z')
  expect(tenant.now()).toEqual(new Date('2026-03-02T09:00:05Z'))
  tenant.moveClock({ advanceMs: 60_000 })
  expect(tenant.now()).toEqual(new Date('2026-03-02T09:01:05Z'))
  await Promise.resolve()
  tenant.moveClock({ now: new Date('2026-04-01T00:00:00Z') })
  expect(tenant.now()).toEqual(new Date('2026-04-01T00:00:00Z'))
  await Promise.resolve()
  expect(changes).toBe(2)
  stop()
  tenant.moveClock({ advanceMs: 1 })
  await Promise.resolve()
  expect(changes).toBe(2)
})

test('what became due happens once and in order', async () => {
  const tenant = await openTenant({ seedFile, startsAt: monday })
  for (const [as, duration] of [
    ['maya.okafor', 'PT2H'],
    ['noah.kim', 'PT1H'],
    ['mei.lin', 'PT3H'],
  ])
    portal(tenant, { do: 'activate', as, entitlement: 'Security Reader', duration, justification: 'look' })
  tenant.moveClock({ advanceMs: 4 * 3_600_000 })
  const ended = tenant.effects.filter(({ operation }) => operation === 'expired')
  const names = new Map([...tenant.people.values()].map(({ objectId, id }) => [objectId, id]))
  expect(ended.map(({ detail }) => names.get(String(detail['principalId'])))).toEqual([
    'noah.kim',
    'maya.okafor',
    'mei.lin',
  ])
  expect(tenant.assignments.map(({ type }) => type)).toEqual(['Assigned'])
})

test('whoever listens hears of a decision when its outcome can be seen', async () => {
  const tenant = await openTenant({ seedFile, startsAt: monday })
  const seen: unknown[] = []
  portal(tenant, {
    do: 'file',
    as: 'maya.okafor',
    entitlement: 'AI Administrator',
    duration: 'PT1H',
    justification: 'x',
    ticket: 'C1',
  })
  tenant.onChange(() => seen.push(view(tenant).requests[0]?.status))
  portal(tenant, { do: 'deny', as: 'priya.raman', request: tenant.requests[0]?.id })
  await Promise.resolve()
  expect(seen.at(-1)).toBe('Denied')
})
