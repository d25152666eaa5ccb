import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { azureScope, contract, openTenantEdge } from '../../microsoft/tenant-edge.ts'

let edge: Awaited<ReturnType<typeof openTenantEdge>>
let token: string
beforeAll(async () => {
  edge = await openTenantEdge()
  token = await tokenFor('https://management.azure.com')
})
afterAll(() => edge[Symbol.asyncDispose]())

const tokenFor = async (resource: string): Promise<string> =>
  (await edge.options.credential.getToken(`${resource}/.default`))?.token ?? ''

const path = '/providers/Microsoft.Authorization/roleEligibilityScheduleInstances'
const Reply = z.looseObject({
  value: z.array(z.looseObject({ properties: z.record(z.string(), z.unknown()) })).optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
})

async function eligibilities(
  scope: string,
  query: Record<string, string>,
  headers: Record<string, string> = { authorization: `Bearer ${token}` },
) {
  const answer = await fetch(`${edge.options.arm}${scope}${path}?${new URLSearchParams(query)}`, { headers })
  const body: unknown = await answer.json()
  return { status: answer.status, body, ...Reply.parse(body) }
}

const sandbox = azureScope('sandbox')
const version = { 'api-version': '2020-10-01' }
const to = (who: string) => ({ ...version, $filter: `assignedTo('${edge.id(who)}')` })

test('lists what one person may activate, also what a group brings, with the group as its principal', async () => {
  const { value = [] } = await eligibilities(sandbox, to('mei.lin'))
  expect(value.map(({ properties }) => properties)).toEqual([
    expect.objectContaining({
      scope: sandbox,
      principalId: edge.emulated.groups.get('grp-ai-sandbox-users')?.objectId,
      principalType: 'Group',
      memberType: 'Group',
      endDateTime: null,
    }),
  ])
  expect((await eligibilities(sandbox, to('omar.haddad'))).value).toEqual([])
})

test('an eligibility above the scope is listed there as inherited', async () => {
  const { value = [] } = await eligibilities(`${sandbox}/resourceGroups/rg-ai-sandbox-rag`, to('hannah.vogt'))
  expect(value.map(({ properties }) => properties['memberType'])).toContain('Inherited')
})

test.each([
  ['no api-version', {}, 400, 'MissingApiVersionParameter'],
  ['another api-version', { 'api-version': '2022-04-01' }, 400, 'InvalidApiVersionParameter'],
  ['a filter that is none', { ...version, $filter: "assignedTo('Maya')" }, 400, 'BadRequest'],
])('refuses %s', async (_, query, status, code) => {
  expect(await eligibilities(sandbox, query)).toMatchObject({ status, error: { code } })
})

test('refuses whoever brings no token, or one for Graph', async () => {
  expect(await eligibilities(sandbox, version, {})).toMatchObject({
    status: 401,
    error: { code: 'AuthenticationFailed' },
  })
  const authorization = `Bearer ${await tokenFor('https://graph.microsoft.com')}`
  expect(await eligibilities(sandbox, version, { authorization })).toMatchObject({
    status: 401,
    error: { code: 'InvalidAuthenticationTokenAudience' },
  })
})

test('refuses an identity without a role on the scope, whatever it may read in Graph', async () => {
  const bot = edge.emulated.seed.applications.find(({ name }) => name === 'Latchkey bot')
  const roles = bot?.azureRoles.splice(0) ?? []
  expect(await eligibilities(sandbox, version)).toMatchObject({ status: 403, error: { code: 'AuthorizationFailed' } })
  bot?.azureRoles.push({ role: 'Reader', scope: 'sub-ai-prod-01' })
  expect(await eligibilities(sandbox, version)).toMatchObject({ status: 403 })
  expect(await eligibilities(azureScope('production'), version)).toMatchObject({ status: 200 })
  bot?.azureRoles.splice(0, 1, ...roles)
})

test('knows what is missing from what is there', async () => {
  const missing = `${sandbox}/resourceGroups/rg-gone`
  expect(await eligibilities(missing, version)).toMatchObject({ error: { code: 'ResourceGroupNotFound' } })
  const elsewhere = '/subscriptions/00000000-0000-4000-8000-000000000000'
  expect(await eligibilities(elsewhere, version)).toMatchObject({
    status: 404,
    error: { code: 'SubscriptionNotFound' },
  })
})

const published = await contract('arm-authorization.json')

describe.skipIf(published === undefined)('fits the published contract (LATCHKEY_CONTRACTS)', () => {
  const name = 'arm-authorization.json'
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const violations = (schema: string, body: unknown) => {
    const validate = ajv.getSchema(`${name}#/components/schemas/${schema}`)
    return validate?.(body) === true ? [] : (validate?.errors ?? ['no such schema'])
  }
  beforeAll(() => void ajv.addSchema(z.looseObject({}).parse(published), name))

  test('in what it answers, save that Resource Manager writes null where it has nothing', async () => {
    const { body } = await eligibilities(sandbox, version)
    expect(violations('RoleEligibilityScheduleInstanceListResult', withoutNulls(body))).toEqual([])
    const refused = await eligibilities(sandbox, {})
    expect(violations('CloudError', refused.body)).toEqual([])
  })

  test('in what the bot asks: path, filter and version', async () => {
    await edge.mayActivate('maya.okafor', crypto.randomUUID(), sandbox)
    const { url, method } = edge.arrivedAtArm.at(-1) ?? { url: new URL('https://none'), method: '' }
    const { paths } = Contract.parse(published)
    const operation = paths[`/{scope}${url.pathname.slice(sandbox.length)}`]?.[method.toLowerCase()]
    const parameters = new Map(operation?.parameters.map(({ name: each, schema }) => [each, schema]))
    for (const asked of url.searchParams.keys()) expect(parameters.has(asked)).toBe(true)
    expect(parameters.get('api-version')?.enum).toEqual([url.searchParams.get('api-version')])
  })
})

const Parameter = z.object({ name: z.string(), schema: z.object({ enum: z.array(z.string()).optional() }).optional() })
const Contract = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z
        .object({ parameters: z.array(Parameter) })
        .optional()
        .catch(undefined),
    ),
  ),
})

const withoutNulls = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (_, value: unknown) => (value === null ? undefined : value)))
