import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { openExamination } from '../../src/microsoft/permission-probes.ts'
import { applicationPermissions, delegatedPermissions } from '../../src/microsoft/permissions.ts'
import { everythingOnce, partsOf } from './everything-once.ts'
import { openTenantEdge, optionsFor } from './tenant-edge.ts'

const names = applicationPermissions.map(({ name }) => name)

const Consent = z.object({
  applications: z.array(
    z.object({
      name: z.string(),
      application: z.array(z.string()).default([]),
      delegated: z.array(z.string()).default([]),
    }),
  ),
})

async function consentOf(name: string) {
  const seed = new URL('../../sample/contoso/tenant.yaml', import.meta.url)
  const { applications } = Consent.parse(parse(await readFile(seed, 'utf8')))
  return applications.find((each) => each.name === name)
}

test("the bot's own identity asks for nothing that writes", () => {
  expect(names.filter((name) => !/\.Read(?:\.|$)/.test(name))).toEqual([])
  expect(names.filter((name) => /Write|Manage\b|Remove|FullControl|AccessAsUser/.test(name))).toEqual([])
})

test('the sample tenant consents to just what the bot asks for, and to no delegated permission', async () => {
  const bot = await consentOf('Latchkey bot')
  expect(bot?.application.toSorted()).toEqual(names.toSorted())
  expect(bot?.delegated).toEqual([])
})

test('the sample tenant consents to just what people’s tokens need, and gives the sign-in app no right of its own', async () => {
  const signIn = await consentOf('Latchkey sign-in')
  expect(signIn?.delegated.toSorted()).toEqual(delegatedPermissions.toSorted())
  expect(signIn?.application).toEqual([])
})

test('nothing is asked for that no call needs, and no call is made for which nothing is asked', async () => {
  await using edge = await openTenantEdge()
  await everythingOnce(edge)
  const own = edge.arrived.flatMap(partsOf).filter(({ by }) => by === 'app')
  const aboutOf = (url: URL) => / (scopeType) eq '(\w+)'/.exec(url.searchParams.get('$filter') ?? '')
  const made = [
    ...new Set(
      own.map(({ method, url }) => {
        const about = aboutOf(url)
        return `${method} ${url.pathname}${about === null ? '' : ` (${about[1]} ${about[2]})`}`
      }),
    ),
  ]
  const needed = applicationPermissions.flatMap(({ calls }) => calls)
  expect(new Set(needed).size).toBe(needed.length)
  const isOf = (call: string) => (each: string) =>
    new RegExp(`^GET /v1\\.0${call.replaceAll(/[()]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(each)
  expect(needed.filter((call) => !made.some(isOf(call)))).toEqual([])
  expect(made.filter((each) => !needed.some((call) => isOf(call)(each)))).toEqual([])
})

/** A permission that covers what others are for. */
const wider: Readonly<Record<string, readonly string[]>> = {
  'RoleManagement.Read.Directory': ['RoleEligibilitySchedule.Read.Directory', 'RoleAssignmentSchedule.Read.Directory'],
}

test('each permission is what its own probe shows: none given, all are missed; one given, all others are', async () => {
  await using edge = await openTenantEdge()
  const { authority, graph, tenantId } = edge.options
  const consented = edge.emulated.seed.applications.find(({ name }) => name === 'Latchkey bot')?.application ?? []
  const missingWith = async (...given: readonly string[]) => {
    consented.splice(0, consented.length, ...given)
    // Another credential: the token of the last one says what was consented to before.
    const missing = await openExamination(optionsFor(authority, graph, tenantId)).permissionsMissing()
    return missing.map(({ permission }) => permission)
  }
  expect(await missingWith()).toEqual(names)
  for (const one of names) {
    const covered = new Set([one, ...(wider[one] ?? [])])
    expect(await missingWith(one)).toEqual(names.filter((name) => !covered.has(name)))
  }
})
