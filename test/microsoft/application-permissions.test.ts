import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { applicationPermissions, delegatedPermissions } from '../../src/microsoft/application-permissions.ts'

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
  expect(applicationPermissions.filter((name) => !/\.Read(?:\.|$)/.test(name))).toEqual([])
  expect(applicationPermissions.filter((name) => /Write|Manage\b|Remove|FullControl|AccessAsUser/.test(name))).toEqual(
    [],
  )
})

test('the sample tenant consents to just what the bot asks for, and to no delegated permission', async () => {
  const bot = await consentOf('Latchkey bot')
  expect(bot?.application.toSorted()).toEqual(applicationPermissions.toSorted())
  expect(bot?.delegated).toEqual([])
})

test('the sample tenant consents to just what people’s tokens need, and gives the sign-in app no right of its own', async () => {
  const signIn = await consentOf('Latchkey sign-in')
  expect(signIn?.delegated.toSorted()).toEqual(delegatedPermissions.toSorted())
  expect(signIn?.application).toEqual([])
})
