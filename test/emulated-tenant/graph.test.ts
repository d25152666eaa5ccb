import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { issueSsoToken } from '../../src/emulated-tenant/entra/entra-app.ts'
import { changeFaults, changeSwitches } from '../../src/emulated-tenant/tenant.ts'
import { listeningTenant } from './listening-tenant.ts'
import type { ListeningTenant } from './listening-tenant.ts'
import { activate, requests, role } from './role-requests.ts'

const roles = '/v1.0/roleManagement/directory'
const maysId = 'cef9161d-f7b3-40c3-bcef-7d1594d1e99a'
const policyAssignments = '/v1.0/policies/roleManagementPolicyAssignments'

let contoso: ListeningTenant
let app: string
let maya: string
beforeAll(async () => {
  contoso = await listeningTenant()
  app = await contoso.appToken()
  maya = await contoso.personToken('maya.okafor')
})
afterEach(() => {
  contoso.tenant.faults = []
})
afterAll(() => contoso[Symbol.asyncDispose]())

const get = (token: string | null, path: string) => contoso.graph(token, 'GET', path)
const query = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`
const filtered = (path: string, filter: string) => get(app, `${path}${query({ $filter: filter })}`)

describe('a token', () => {
  test('is needed, for this audience and still good', async () => {
    const sso = await issueSsoToken(contoso.tenant, 'maya.okafor')
    const graph = 'https://graph.microsoft.com'
    const expired = await issueSsoToken(contoso.tenant, 'maya.okafor', { audience: graph, expired: true })
    for (const token of [null, 'not.a.token', sso, expired])
      expect(await get(token, '/v1.0/me')).toMatchObject({
        status: 401,
        body: { error: { code: 'InvalidAuthenticationToken' } },
      })
    expect((await get(sso, '/v1.0/me')).body.error?.message).toContain('audience')
    expect((await get(expired, '/v1.0/me')).body.error?.message).toContain('expired')
  })

  test('of the bot reads schedules, but no requests: that takes a ReadWrite permission', async () => {
    expect((await get(app, `${roles}/roleAssignmentScheduleInstances`)).status).toBe(200)
    expect(await get(app, `${roles}/roleAssignmentScheduleRequests`)).toMatchObject({
      status: 403,
      body: { error: { code: 'PermissionScopeNotGranted' } },
    })
  })

  test('of a person reads themself and their own access, not everybody’s', async () => {
    expect((await get(maya, '/v1.0/me')).body['id']).toBe(maysId)
    expect((await get(maya, `/v1.0/users/${maysId}`)).status).toBe(200)
    expect((await get(maya, '/v1.0/users/priya.raman@contoso.example')).status).toBe(403)
    expect((await get(maya, '/v1.0/users')).status).toBe(403)
    const mine = `${roles}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`
    expect((await get(maya, mine)).status).toBe(200)
    expect((await get(maya, `${roles}/roleEligibilityScheduleInstances`)).status).toBe(403)
    const ravi = await contoso.personToken('ravi.menon')
    expect((await get(ravi, `${roles}/roleEligibilityScheduleInstances`)).status).toBe(200)
  })

  test('of an app has no current user', async () => {
    expect(
      (await get(app, `${roles}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`)).status,
    ).toBe(403)
  })
})

describe('people and groups', () => {
  test('a user is found by id and by user principal name, guests with their own', async () => {
    const guest = encodeURIComponent('tom.whitfield_halden.example#EXT#@contoso.example')
    const { body } = await get(app, `/v1.0/users/${guest}?$select=id,userType,accountEnabled`)
    expect(body).toMatchObject({ userType: 'Guest', accountEnabled: true })
    expect(Object.keys(body).sort()).toEqual(['accountEnabled', 'id', 'userType'])
    expect((await get(app, `/v1.0/users/${maysId}`)).body).not.toHaveProperty('accountEnabled')
  })

  test('a person without a manager answers 404', async () => {
    expect((await get(app, `/v1.0/users/${maysId}/manager`)).body).toMatchObject({ displayName: 'Sam Rivera' })
    expect(await get(app, '/v1.0/users/omar.haddad@contoso.example/manager')).toMatchObject({
      status: 404,
      body: { error: { code: 'Request_ResourceNotFound' } },
    })
  })

  test('a group’s name is matched whole, and nested members count as transitive ones', async () => {
    expect((await filtered('/v1.0/groups', "displayName eq 'grp-ai'")).body.value).toEqual([])
    const { body } = await filtered('/v1.0/groups', "displayName eq 'grp-ai-sandbox-users'")
    const group = String(body.value?.[0]?.['id'])
    const members = await get(app, `/v1.0/groups/${group}/members`)
    const all = await get(app, `/v1.0/groups/${group}/transitiveMembers`)
    const names = (answer: typeof all) => answer.body.value?.map((each) => each['displayName'])
    expect(names(members)).not.toContain('Tom Whitfield')
    expect(names(all)).toEqual(expect.arrayContaining(['Tom Whitfield', 'Maya Okafor', 'grp-ai-contractors']))
    const people = await get(app, `/v1.0/groups/${group}/transitiveMembers?$select=id,userPrincipalName`)
    expect(people.body.value).toContainEqual(
      expect.objectContaining({ userPrincipalName: 'maya.okafor@contoso.example' }),
    )
    const engineers = '90fd472a-10fe-4f07-b420-8213e4868785'
    const asked = { groupIds: [group, engineers, '8547aaa4-42d9-45ba-8fe1-2f478e2bdcfb'] }
    const check = await contoso.graph(app, 'POST', `/v1.0/users/${maysId}/checkMemberGroups`, asked)
    expect(check.body.value).toEqual([group, engineers])
  })

  test('a mailbox has a Windows time zone; a person without one answers 404', async () => {
    expect((await get(maya, '/v1.0/me/mailboxSettings')).body['timeZone']).toBe('GMT Standard Time')
    const tom = await contoso.personToken('tom.whitfield')
    expect((await get(tom, '/v1.0/me/mailboxSettings')).body.error?.code).toBe('MailboxNotEnabledForRESTAPI')
    expect((await get(app, `/v1.0/users/${maysId}/mailboxSettings`)).status).toBe(403)
  })
})

describe('a query', () => {
  test('filters by several properties at once', async () => {
    const filter = `principalId eq '${maysId}' and roleDefinitionId eq '${role('AI Administrator')}'`
    const { body } = await filtered(`${roles}/roleEligibilityScheduleInstances`, filter)
    expect(body.value).toHaveLength(1)
    expect(body.value?.[0]).toMatchObject({ directoryScopeId: '/', memberType: 'Direct' })
  })

  test('leaves out what begins later, which the schedules hold', async () => {
    const filter = `principalId eq '${contoso.tenant.people.get('chen.li')?.objectId}'`
    expect((await filtered(`${roles}/roleEligibilityScheduleInstances`, filter)).body.value).toEqual([])
    expect((await filtered(`${roles}/roleEligibilitySchedules`, filter)).body.value).toHaveLength(1)
  })

  test.for([
    'displayName',
    'displayName eq',
    "displayName eq 'x' or id eq 'y'",
    "displayName eq 'x' and",
    "contains(displayName,'x')",
    "displayName eq 'open",
    "(displayName eq 'x'",
    'shoeSize eq 42',
    'accountEnabled ge true',
    'displayName eq Maya',
  ])('is refused where the filter is %s', async (filter) => {
    expect(await filtered('/v1.0/users', filter)).toMatchObject({
      status: 400,
      body: { error: { code: 'BadRequest' } },
    })
  })

  test('takes quotes inside a string doubled', async () => {
    expect(await filtered('/v1.0/users', "displayName eq 'O''Brien'")).toMatchObject({
      status: 200,
      body: { value: [] },
    })
  })

  test('is refused for properties, navigations and options that do not exist', async () => {
    for (const parameters of [{ $select: 'shoeSize' }, { $expand: 'shoes' }, { $top: 'many' }, { $apply: 'x' }])
      expect((await get(app, `/v1.0/users${query(parameters)}`)).status).toBe(400)
  })

  test('comes in pages, whose next links lead through everything once', async () => {
    const seen: unknown[] = []
    let next: string | undefined = `/v1.0/users${query({ $top: '25', $select: 'id' })}`
    let pages = 0
    while (next !== undefined) {
      const { body }: Awaited<ReturnType<typeof get>> = await get(app, next)
      seen.push(...(body.value ?? []).map((each) => each['id']))
      next = (body['@odata.nextLink'] as string | undefined)?.slice(contoso.tenant.origins.graph.length)
      pages++
    }
    expect(pages).toBe(3)
    expect(new Set(seen).size).toBe(contoso.tenant.people.size)
    expect(seen).toHaveLength(contoso.tenant.people.size)
  })

  test('expands principal and role definition', async () => {
    const path = `${roles}/roleEligibilityScheduleInstances${query({ $filter: `principalId eq '${maysId}'`, $expand: 'principal($select=id),roleDefinition' })}`
    const [first] = (await get(app, path)).body.value ?? []
    expect(first?.['principal']).toEqual({ '@odata.type': '#microsoft.graph.user', id: maysId })
    expect(first?.['roleDefinition']).toMatchObject({ isBuiltIn: true })
  })
})

function approversNamed(rules: Map<unknown, Record<string, unknown>>) {
  const setting = (rules.get('Approval_EndUser_Assignment')?.['setting'] ?? { approvalStages: [] }) as {
    approvalStages: { primaryApprovers: unknown[] }[]
  }
  return setting.approvalStages[0]?.primaryApprovers
}

describe('a role’s policy', () => {
  const scope = "scopeId eq '/' and scopeType eq 'DirectoryRole'"
  const ofRole = (name: string) =>
    `${policyAssignments}${query({ $filter: `${scope} and roleDefinitionId eq '${role(name)}'`, $expand: 'policy($expand=rules)' })}`

  async function rulesOf(name: string) {
    const { body } = await get(app, ofRole(name))
    const [assignment] = body.value ?? []
    // The contract test holds the shape; here the rules are looked into.
    const { rules } = (assignment?.['policy'] ?? { rules: [] }) as { rules: Record<string, unknown>[] }
    return new Map(rules.map((rule) => [rule['id'], rule]))
  }

  test('is found by role, with its seventeen rules', async () => {
    const rules = await rulesOf('AI Administrator')
    expect(rules.size).toBe(17)
    expect(rules.get('Expiration_EndUser_Assignment')).toMatchObject({
      isExpirationRequired: true,
      maximumDuration: 'PT4H',
    })
    expect(rules.get('Enablement_EndUser_Assignment')).toMatchObject({ enabledRules: ['Justification', 'Ticketing'] })
    expect(rules.get('Approval_EndUser_Assignment')).toMatchObject({
      setting: {
        isApprovalRequired: true,
        approvalStages: [
          {
            primaryApprovers: [
              { '@odata.type': '#microsoft.graph.singleUser', userId: 'd44cf9fa-15d8-4e36-92da-7ffed5a5f1e6' },
              { '@odata.type': '#microsoft.graph.singleUser' },
            ],
          },
        ],
      },
    })
  })

  test('names a group of approvers as a group, and nobody where the administrators decide', async () => {
    expect(approversNamed(await rulesOf('Application Administrator'))).toMatchObject([
      { '@odata.type': '#microsoft.graph.groupMembers', groupId: '6beb9c99-0faf-4ec5-9458-9027755247b8' },
    ])
    expect(approversNamed(await rulesOf('Global Administrator'))).toEqual([])
  })

  test('shows the authentication context exactly when it is demanded', async () => {
    const rule = 'AuthenticationContext_EndUser_Assignment'
    expect((await rulesOf('AI Administrator')).get(rule)).toMatchObject({ isEnabled: false })
    changeSwitches(contoso.tenant, { authenticationContexts: true })
    expect((await rulesOf('AI Administrator')).get(rule)).toMatchObject({ isEnabled: true, claimValue: 'c1' })
    changeSwitches(contoso.tenant, { authenticationContexts: false })
  })

  test('cannot be listed without naming its scope', async () => {
    expect((await get(app, policyAssignments)).status).toBe(400)
    expect((await filtered('/v1.0/policies/roleManagementPolicies', "scopeId eq '/'")).status).toBe(400)
    expect((await filtered('/v1.0/policies/roleManagementPolicies', scope)).body.value).toHaveLength(10)
    const directory = "scopeId eq '/' and scopeType eq 'Directory'"
    expect((await filtered('/v1.0/policies/roleManagementPolicies', directory)).body.value).toHaveLength(10)
  })

  test('is not for everybody: a person needs a role that reads the directory', async () => {
    expect((await get(maya, ofRole('AI Administrator'))).status).toBe(403)
  })
})

describe('every answer', () => {
  test('carries an id of its own and the one the client sent', async () => {
    const answer = await fetch(`${contoso.tenant.origins.graph}/v1.0/me`, { headers: { 'client-request-id': 'ours' } })
    expect(answer.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(answer.headers.get('client-request-id')).toBe('ours')
    const body = (await answer.json()) as { error: { innerError: Record<string, string> } }
    expect(body.error.innerError).toMatchObject({ 'client-request-id': 'ours', date: expect.any(String) })
  })

  test('is in the record of calls, with who asked and by which kind of token', async () => {
    await get(maya, '/v1.0/me')
    await get(app, '/v1.0/groups')
    expect(contoso.tenant.calls.slice(-2)).toMatchObject([
      { service: 'graph', method: 'GET', path: '/v1.0/me', who: 'maya.okafor', kind: 'delegated', status: 200 },
      { service: 'graph', path: '/v1.0/groups', kind: 'app', status: 200 },
    ])
  })

  test('an unknown path or method is refused', async () => {
    expect((await get(app, '/v1.0/unheardOf')).status).toBe(400)
    expect((await contoso.graph(app, 'DELETE', `/v1.0/users/${maysId}`)).status).toBe(405)
    expect((await get(app, '/v1.0/roleManagement/directory/roleAssignmentApprovals/x')).status).toBe(400)
  })
})

describe('faults', () => {
  test('an answer with a status comes instead of the effect, as often as was asked', async () => {
    changeFaults(contoso.tenant, [{ service: 'graph', path: '/me$', times: 1, status: 429, retryAfter: 7 }])
    const refused = await get(maya, '/v1.0/me')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('7')
    expect((await get(maya, '/v1.0/me')).status).toBe(200)
  })

  test('strike the service, method and path they name and no other', async () => {
    changeFaults(contoso.tenant, [{ service: 'graph', method: 'post', path: 'ScheduleRequests', status: 503 }])
    expect((await get(maya, '/v1.0/me')).status).toBe(200)
    expect((await contoso.graph(maya, 'POST', requests, activate(contoso))).status).toBe(503)
    expect(contoso.tenant.requests).toEqual([])
  })

  test('a dropped answer leaves the effect behind', async () => {
    changeFaults(contoso.tenant, [
      { service: 'graph', method: 'POST', path: 'ScheduleRequests', times: 1, dropAnswer: true },
    ])
    await expect(contoso.graph(maya, 'POST', requests, activate(contoso))).rejects.toThrow('fetch failed')
    expect(contoso.tenant.requests).toMatchObject([{ status: 'PendingApproval' }])
  })

  test('a held answer comes after the effect', async () => {
    changeFaults(contoso.tenant, [{ service: 'graph', path: '/groups', holdMs: 30 }])
    expect((await get(app, '/v1.0/groups')).status).toBe(200)
  })

  test('of a shape that nobody could mean are refused', () => {
    expect(() => changeFaults(contoso.tenant, [{ service: 'mail' }])).toThrow()
    expect(() => changeFaults(contoso.tenant, [{ path: '(' }])).toThrow()
    expect(() => changeSwitches(contoso.tenant, { betaApprovals: 'perhaps' })).toThrow()
    expect(() => changeSwitches(contoso.tenant, { unheardOf: true })).toThrow()
  })
})
