import { afterAll, beforeAll, expect, test } from 'vitest'
import { listeningTenant } from '../listening-tenant.ts'
import type { ListeningTenant } from '../listening-tenant.ts'

let contoso: ListeningTenant
let app: string
beforeAll(async () => {
  contoso = await listeningTenant()
  app = await contoso.appToken()
})
afterAll(() => contoso[Symbol.asyncDispose]())

const maya = 'cef9161d-f7b3-40c3-bcef-7d1594d1e99a'
const breakGlass = '1e588d84-b0ea-42dd-b368-cd97fb7d9e21'
const eligibilities = (filter?: string, token = app) =>
  contoso.graph(
    token,
    'GET',
    `/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances${filter === undefined ? '' : `?$filter=${encodeURIComponent(filter)}`}`,
  )

test("a person's eligibilities are listed group by group, with their end", async () => {
  const { status, body } = await eligibilities(`principalId eq '${maya}'`)
  expect(status).toBe(200)
  expect(body.value).toHaveLength(8)
  expect(body.value).toContainEqual(
    expect.objectContaining({
      id: expect.stringMatching(new RegExp(`^${breakGlass}_member_[0-9a-f-]{36}$`)),
      groupId: breakGlass,
      principalId: maya,
      accessId: 'member',
      memberType: 'direct',
      endDateTime: null,
    }),
  )
})

test('the two filters may be combined, and what has ended is listed no more', async () => {
  const both = await eligibilities(`groupId eq '62a73950-9550-43e8-8b2f-5ac951c288bd' and principalId eq '${maya}'`)
  expect(both.body.value).toHaveLength(1)
  contoso.tenant.moveClock({ advanceMs: 276 * 86_400_000 })
  const later = await eligibilities(`principalId eq '${maya}'`)
  expect(later.body.value?.map(({ groupId }) => groupId)).toEqual([breakGlass])
})

test('without a group or a principal nothing is listed', async () => {
  for (const filter of [undefined, "accessId eq 'member'"])
    expect(await eligibilities(filter)).toMatchObject({ status: 400 })
  expect(await eligibilities(`groupId ne '${breakGlass}'`)).toMatchObject({ status: 400 })
})

test('the permission for this list is another than that for directory roles', async () => {
  const bot = contoso.tenant.seed.applications.find(({ name }) => name === 'Latchkey bot')
  const kept = bot?.application.splice(0) ?? []
  bot?.application.push('RoleEligibilitySchedule.Read.Directory')
  const without = await contoso.appToken()
  bot?.application.splice(0, 1, ...kept)
  expect(await eligibilities(`principalId eq '${maya}'`, without)).toMatchObject({
    status: 403,
    body: { error: { code: 'Authorization_RequestDenied' } },
  })
})
