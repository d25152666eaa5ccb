import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openTenant } from '../../src/microsoft/tenant.ts'
import { GraphError } from '../../src/microsoft/wire/graph-error.ts'
import { minutes } from '../../src/time.ts'
import { azureScope, engineOf, openTenantEdge, optionsFor, serve } from './tenant-edge.ts'
import { entryOf, nowhere } from './entries.ts'

// What the tenant itself says of packages and Azure roles: each question as the catalogue asks it.

let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => void (edge = await openTenantEdge()))
afterAll(() => edge[Symbol.asyncDispose]())
afterEach(() => {
  edge.emulated.faults = []
  edge.later(minutes(5))
})

describe('an access package', () => {
  const mayRequest = async (who: string, name: string) => {
    const entry = entryOf({ kind: 'accessPackage', target: { package: name } })
    return edge.tenant.kinds.accessPackage.lets(await edge.person(who), entry, nowhere)
  }
  const legal = 'AI Research Assistant - Legal reviewers'
  const policyOf = (name: string) => {
    const [policy] = edge.emulated.seed.accessPackages.find((each) => each.name === name)?.policies ?? []
    if (policy === undefined) throw new Error(`${name} is in the sample`)
    return policy
  }

  test('for all members of the tenant may be asked for by each of them, and by no guest', async () => {
    expect(await mayRequest('maya.okafor', 'Meeting Summarizer')).toBe(true)
    expect(await mayRequest('tom.whitfield', 'Meeting Summarizer')).toBe(false)
  })

  test('for the members of a group may be asked for by them, nested ones included, and by nobody else', async () => {
    expect(await mayRequest('aiko.tanaka', legal)).toBe(true)
    expect(await mayRequest('maya.okafor', legal)).toBe(false)
    expect(await mayRequest('tom.whitfield', 'Contractor AI Workspace')).toBe(true)
    const policy = policyOf(legal)
    const before = policy.specificAllowedTargets
    policy.specificAllowedTargets = [{ group: 'grp-ai-sandbox-users' }]
    for (const who of ['maya.okafor', 'tom.whitfield']) expect(await mayRequest(who, legal)).toBe(true)
    expect(await mayRequest('aiko.tanaka', legal)).toBe(false)
    policy.specificAllowedTargets = before
  })

  test('for one person by name may be asked for by that one', async () => {
    const policy = policyOf(legal)
    const before = policy.specificAllowedTargets
    policy.specificAllowedTargets = [{ user: 'sam.rivera' }]
    expect(await mayRequest('sam.rivera', legal)).toBe(true)
    expect(await mayRequest('aiko.tanaka', legal)).toBe(false)
    policy.specificAllowedTargets = before
  })

  test('with two policies may be asked for under either', async () => {
    for (const who of ['maya.okafor', 'tom.whitfield'])
      expect(await mayRequest(who, 'Coding Assistant - Standard')).toBe(true)
  })

  test('that the tenant has not got may be asked for by nobody, and two of one name cannot be told apart', async () => {
    expect(await mayRequest('maya.okafor', 'Meeting Summarizer 2')).toBe(false)
    const { accessPackages } = edge.emulated.seed
    const [first] = accessPackages
    if (first === undefined) throw new Error('the sample has packages')
    accessPackages.push({ ...first, id: crypto.randomUUID() })
    await expect(mayRequest('maya.okafor', first.name)).rejects.toThrow(/2 access packages are called/)
    accessPackages.pop()
  })

  test.each([
    ['its policies', '/accessPackages'],
    ["the person's groups", '/transitiveMemberOf'],
  ])('is open to nobody and closed to nobody while %s cannot be read', async (_, path) => {
    edge.emulated.faults = [{ service: 'graph', path, status: 403 }]
    await expect(mayRequest('maya.okafor', legal)).rejects.toThrow(GraphError)
  })

  test.each([
    ['hands itself out', { automaticRequestSettings: { requestAccessForAllowedTargets: true } }],
    ['takes no requests', { requestorSettings: { enableTargetsToSelfAddAccess: false } }],
    ['says nothing of requests', { requestorSettings: null }],
    ['is for people of connected organizations', { allowedTargetScope: 'allConfiguredConnectedOrganizationUsers' }],
    ['is for a kind of people that is new to us', { allowedTargetScope: 'unknownFutureValue' }],
  ])('cannot be asked for under a policy that %s', async (_, change) => {
    const policy = {
      allowedTargetScope: 'allMemberUsers',
      specificAllowedTargets: [],
      requestorSettings: { enableTargetsToSelfAddAccess: true },
    }
    const answering = async (changes: object) => {
      const value = [{ displayName: 'A package', assignmentPolicies: [{ ...policy, ...changes }] }]
      await using graph = await serving((response) => response.end(JSON.stringify({ value })))
      const { authority, tenantId } = edge.options
      const entry = entryOf({ kind: 'accessPackage', target: { package: 'A package' } })
      const { accessPackage } = openTenant(optionsFor(authority, graph.origin, tenantId)).kinds
      return await accessPackage.lets(await edge.person('maya.okafor'), entry, nowhere)
    }
    expect(await answering({})).toBe(true)
    expect(await answering(change)).toBe(false)
  })
})

describe('an Azure role', () => {
  const sandbox = azureScope('sandbox')
  const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
  const developer = '64702f94-c441-49e6-a78b-ef80e0188fee'
  const production = azureScope('production')
  const mayActivate = (who: string, roleId: string, scope: string) => edge.mayActivate(who, roleId, scope)

  test('may be activated by whoever is eligible on its scope, through nested groups too, and by nobody else', async () => {
    for (const who of ['maya.okafor', 'tom.whitfield', 'mei.lin', 'lena.brandt'])
      expect(await mayActivate(who, contributor, sandbox)).toBe(true)
    expect(await mayActivate('sam.rivera', contributor, sandbox)).toBe(false)
    expect(await mayActivate('maya.okafor', developer, sandbox)).toBe(false)
  })

  test('counts from above its scope and not from below, and ids are compared without case', async () => {
    expect(await mayActivate('maya.okafor', contributor, `${sandbox}/resourceGroups/rg-ai-sandbox-rag`)).toBe(true)
    expect(await mayActivate('maya.okafor', contributor.toUpperCase(), sandbox.toUpperCase())).toBe(true)
    const [eligible] = edge.emulated.seed.azure.roles.find(({ roleId }) => roleId === developer)?.eligible ?? []
    const who = eligible !== undefined && 'user' in eligible ? eligible.user : ''
    expect(await mayActivate(who, developer, `${production}/resourceGroups/rg-ai-prod`)).toBe(true)
    expect(await mayActivate(who, developer, production)).toBe(false)
  })

  test('on something that is gone may be activated by nobody', async () => {
    expect(await mayActivate('maya.okafor', contributor, `${sandbox}/resourceGroups/rg-gone`)).toBe(false)
  })

  test('in a subscription that the bot does not see is open to nobody and closed to nobody', async () => {
    const elsewhere = '/subscriptions/00000000-0000-4000-8000-000000000000'
    await expect(mayActivate('maya.okafor', contributor, elsewhere)).rejects.toMatchObject({
      status: 404,
      code: 'SubscriptionNotFound',
    })
  })

  test.each([
    ['refuses', { status: 403 }, { status: 403, code: 'Forbidden' }],
    ['asks for a longer wait', { status: 429, retryAfter: 60 }, { status: 429, retryAfter: 60 }],
    ['breaks off', { dropAnswer: true }, { status: 0, code: 'latchkey-no-answer' }],
  ])('is open to nobody and closed to nobody while Resource Manager %s', async (_, fault, as) => {
    edge.emulated.faults = [{ service: 'arm', ...fault }]
    await expect(mayActivate('maya.okafor', contributor, sandbox)).rejects.toMatchObject(as)
  })

  test('is asked about once more after a short wait that Resource Manager names', async () => {
    edge.emulated.faults = [{ service: 'arm', status: 429, retryAfter: 0, times: 1 }]
    expect(await mayActivate('maya.okafor', contributor, sandbox)).toBe(true)
  })

  test('is read with the bot’s own token for Resource Manager, one call for each scope', async () => {
    const before = edge.arrivedAtArm.length
    await Promise.all([contributor, developer].map((roleId) => mayActivate('maya.okafor', roleId, sandbox)))
    const calls = edge.arrivedAtArm.slice(before)
    expect(calls.map(({ method, by }) => `${method} ${by}`)).toEqual(['GET app'])
    expect(Object.fromEntries(calls[0]?.url.searchParams ?? [])).toEqual({
      'api-version': '2020-10-01',
      $filter: `assignedTo('${edge.id('maya.okafor')}')`,
    })
  })

  test('may be told on a later page, which is read only where the first one came from', async () => {
    const asked: string[] = []
    let next = ''
    const scope = sandbox
    const maya = edge.id('maya.okafor')
    const roleDefinitionId = `${scope}/providers/x/roleDefinitions/${contributor}`
    const item = { properties: { scope, roleDefinitionId, principalId: maya } }
    await using arm = await serving((response, url) => {
      asked.push(url)
      response.end(JSON.stringify(url.includes('skiptoken') ? { value: [item] } : { value: [], nextLink: next }))
    })
    const tenant = openTenant({ ...edge.options, arm: arm.origin })
    const target = { kind: 'azureRole', role: contributor, scope } as const
    const may = async () => (await engineOf(tenant, 'azureRole').eligibility(maya, target)) !== undefined
    next = `${arm.origin}${sandbox}/next?$skiptoken=2`
    expect(await may()).toBe(true)
    next = `https://localhost:1${sandbox}/next?$skiptoken=2`
    await expect(may()).rejects.toMatchObject({ code: 'latchkey-strange-page' })
    expect(asked).toHaveLength(3)
  })
})

async function serving(answer: (response: ServerResponse, url: string) => void) {
  const server = await serve((request, response) =>
    answer(response.setHeader('content-type', 'application/json'), request.url ?? ''),
  )
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}
