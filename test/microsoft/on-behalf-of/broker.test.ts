import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { glob, readFile } from 'node:fs/promises'
import { issueSsoToken } from '../../../src/emulated-tenant/entra/entra-app.ts'
import { portal } from '../../../src/emulated-tenant/demo/portal.ts'
import { paths, roleCalls } from '../../../src/microsoft/directory-roles/allowed-calls.ts'
import { CallNotAllowed, type PersonRequest } from '../../../src/microsoft/on-behalf-of/allowed-calls.ts'
import { type Send, openBroker } from '../../../src/microsoft/on-behalf-of/broker.ts'
import { aiAdministrator, filing, newRequestId, openTenantEdge, sso } from '../tenant-edge.ts'
import { scopeAt } from '../../../src/microsoft/sign-in/options.ts'

const someId = '3f2b8c1e-4a5d-4e6f-8a9b-0c1d2e3f4a5b'

const post = (body: unknown): PersonRequest => ({ service: 'graph', method: 'POST', path: paths.requests, body })
const get = (path: string, query = {}): PersonRequest => ({ service: 'graph', method: 'GET', path, query })
const patch = (path: string, body: unknown): PersonRequest => ({ service: 'graph', method: 'PATCH', path, body })

let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => {
  edge = await openTenantEdge()
})
afterAll(() => edge[Symbol.asyncDispose]())
beforeEach(() => {
  edge.emulated.faults = []
  edge.emulated.effects.length = 0
  edge.emulated.calls.length = 0
  edge.arrived.length = 0
})

async function brokerFor(name: string): Promise<Send> {
  const { options, tenant, emulated, id } = edge
  return openBroker(options, tenant, [roleCalls])(id(name), sso(await issueSsoToken(emulated, name)))
}

describe('a call that is not on the list', () => {
  const activation = {
    action: 'selfActivate',
    principalId: 'cef9161d-f7b3-40c3-bcef-7d1594d1e99a',
    roleDefinitionId: aiAdministrator.role,
    directoryScopeId: '/',
    scheduleInfo: {
      startDateTime: '2026-11-23T09:00:00.000Z',
      expiration: { type: 'afterDuration', duration: 'PT1H' },
    },
    justification: 'x',
    customData: newRequestId(),
  }
  const decision = { reviewResult: 'Approve', justification: 'x' }

  const notAllowed: Record<string, PersonRequest> = {
    'adminAssign to oneself': post({ ...activation, action: 'adminAssign' }),
    adminRemove: post({ ...activation, action: 'adminRemove' }),
    adminUpdate: post({ ...activation, action: 'adminUpdate' }),
    selfExtend: post({ ...activation, action: 'selfExtend' }),
    'selfActivate for somebody else': post({ ...activation, principalId: '7f2c5567-c66e-4f85-ade6-01134a8e696f' }),
    'selfActivate without an end': post({
      ...activation,
      scheduleInfo: { ...activation.scheduleInfo, expiration: { type: 'noExpiration' } },
    }),
    'selfActivate without our request id': post({ ...activation, customData: 'hello' }),
    'selfActivate with a field that nobody checked': post({ ...activation, targetScheduleId: someId }),
    'selfActivate as a text': post(JSON.stringify(activation)),
    'a body twice over': post([activation]),
    'a request with no body': post(undefined),
    'the beta way to file': { ...post(activation), path: paths.requests.replace('v1.0', 'beta') },
    'a query on a change': { ...post(activation), query: { $select: 'id' } },
    'filing an eligibility': {
      ...post(activation),
      path: '/v1.0/roleManagement/directory/roleEligibilityScheduleRequests',
    },
    'a plain role assignment': { ...post(activation), path: '/v1.0/roleManagement/directory/roleAssignments' },
    'a way out of the path': { ...post(activation), path: `${paths.requests}/../roleAssignments` },
    'an encoded way out': get(`${paths.requests}/%2e%2e/roleAssignments`),
    'a cancel with a body': { service: 'graph', method: 'POST', path: paths.cancel(someId), body: {} },
    'a cancel of something that is no id': { service: 'graph', method: 'POST', path: paths.cancel('x/../y') },
    'somebody else’s requests': get(paths.requests),
    'requests one created': get(`${paths.requests}/filterByCurrentUser(on='createdBy')`),
    'a query of another kind': get(paths.mine('principal'), { $search: 'x' }),
    'the same at another service': { ...post(activation), service: 'arm' },
    'one’s mail': get('/v1.0/me/messages'),
    'a decision of another word': patch(paths.step(someId, someId), { ...decision, reviewResult: 'NotReviewed' }),
    'a decision with more in it': patch(paths.step(someId, someId), { ...decision, assignedToMe: true }),
    'a decision on a whole approval': patch(paths.approval(someId), decision),
    'a decision at another host': patch(`//elsewhere.example${paths.step(someId, someId)}`, decision),
    'a change of a policy': patch('/v1.0/policies/roleManagementPolicies/x/rules/y', {}),
  }

  test.each(Object.entries(notAllowed))('%s is stopped before a token is asked for', async (_name, call) => {
    const send = await brokerFor('maya.okafor')
    await expect(send(call)).rejects.toThrow(CallNotAllowed)
    expect(edge.arrived).toEqual([])
    expect(edge.emulated.calls).toEqual([])
    expect(edge.emulated.effects).toEqual([])
  })

  test('the same filing as it should be is let through, so the list stops what it is meant to', async () => {
    const send = await brokerFor('maya.okafor')
    const ticketInfo = { ticketNumber: 'CHG-1', ticketSystem: 'Latchkey' }
    expect(await send(post({ ...activation, ticketInfo }))).toMatchObject({ came: 'done' })
  })
})

describe('a person who could grant anything', () => {
  test('is sent to the portal for every call, and no token is exchanged for them', async () => {
    const ravi = await edge.hand('ravi.menon')
    const answers = await Promise.all([
      ravi.file(filing(ravi.person)),
      ravi.own(aiAdministrator),
      ravi.cancel(someId),
      ravi.deactivate(filing(ravi.person)),
      ravi.toDecide(),
      ravi.approval(someId),
      ravi.decide(someId, 'approve', 'x'),
    ])
    expect(answers.map(({ came }) => came)).toEqual(Array(7).fill('portal-only'))
    expect(edge.arrived.filter(({ by }) => by !== 'app')).toEqual([])
    const exchanges = edge.emulated.calls.filter(({ service, path }) => service === 'entra' && path.endsWith('/token'))
    // The bot's own sign-in may be among them; the sign-in app's never is.
    expect(exchanges.filter(({ who }) => who === edge.options.signIn.clientId)).toEqual([])
    expect(edge.emulated.effects).toEqual([])
  })

  test.each(['roleAssignmentScheduleInstances', 'roleAssignmentSchedules'])(
    'is not told from others where %s cannot be read: then no token is used for anybody',
    async (path) => {
      edge.emulated.faults = [{ service: 'graph', path, status: 403 }]
      const maya = await edge.hand('maya.okafor')
      const answer = await maya.file(filing(maya.person))
      expect(answer).toMatchObject({ came: 'refused', status: 0, code: 'latchkey-could-not-check' })
      expect(edge.arrived.filter(({ by }) => by !== 'app')).toEqual([])
    },
  )

  test.each([
    ['a minute before its instance is listed', { provisioningDelayMs: 60_000 }],
    ['while reads of its instance go back and forth', { unsettledReads: 1000 }],
    ['at once', {}],
  ])('by activation in the same minute is sent to the portal too: %s', async (_, lag) => {
    const { emulated, id } = edge
    const [noah, mostPowerful] = [id('noah.kim'), 'e8611ab8-c189-46e8-94e1-60213ab1f814']
    const before = await edge.hand('noah.kim')
    expect(await before.own(aiAdministrator)).toMatchObject({ came: 'done' })
    const inPortal = (deed: object) => {
      const done = portal(emulated, deed)
      if (!done.ok) throw new Error(done.message)
      // What the portal answers with for a request that was filed.
      return done.value as { readonly id: string }
    }
    const eligibility = { id: crypto.randomUUID(), resource: mostPowerful, principalId: noah }
    emulated.eligibilities.push({ ...eligibility, startsAt: emulated.now(), endsAt: null })
    const { switches } = emulated
    emulated.switches = { ...switches, ...lag }
    const asked = { duration: 'PT1H', justification: 'x', ticket: 'CHG-1' }
    const filed = inPortal({ do: 'activate', as: 'noah.kim', entitlement: 'Privileged Role Administrator', ...asked })
    inPortal({ do: 'approve', as: 'ravi.menon', request: filed.id })
    edge.arrived.length = 0

    const hand = await edge.hand('noah.kim')
    expect(await hand.file(filing(hand.person))).toEqual({ came: 'portal-only' })
    expect(await hand.toDecide()).toEqual({ came: 'portal-only' })
    expect(edge.arrived.filter(({ by }) => by !== 'app')).toEqual([])
    emulated.switches = switches
    emulated.eligibilities.pop()
    emulated.assignments.pop()
  })

  test('would have been able to assign with that token: the tenant lets them', async () => {
    // What the broker holds back is real: the same token in other hands grants a role outright.
    const { emulated, options, id } = edge
    const { exchange } = await import('../../../src/microsoft/sign-in/token.ts')
    const scope = scopeAt(options, 'graph', roleCalls.scope)
    const exchanged = await exchange(options, await issueSsoToken(emulated, 'ravi.menon'), scope)
    if (exchanged.came !== 'token') throw new Error(exchanged.message)
    const answer = await fetch(`${options.graph}${paths.requests}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${exchanged.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        action: 'adminAssign',
        principalId: id('aiko.tanaka'),
        roleDefinitionId: aiAdministrator.role,
        directoryScopeId: '/',
        scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
        justification: 'because I can',
      }),
    })
    expect(answer.status).toBe(201)
    emulated.assignments.pop()
  })
})

test('an SSO token is no token for Graph', async () => {
  const token = await issueSsoToken(edge.emulated, 'maya.okafor')
  const answer = await fetch(`${edge.options.graph}${paths.mine('principal')}`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  expect(answer.status).toBe(401)
})

describe('in the source', () => {
  const source = new URL('../../../src/', import.meta.url).pathname

  async function filesWith(pattern: RegExp): Promise<string[]> {
    const found: string[] = []
    for await (const file of glob('**/*.ts', { cwd: source })) {
      if (file.startsWith('emulated-tenant/')) continue
      if (pattern.test(await readFile(`${source}${file}`, 'utf8'))) found.push(file)
    }
    return found.toSorted()
  }

  test('only the broker asks for a token of a person', async () => {
    expect(await filesWith(/\bexchange\(/)).toEqual(['microsoft/on-behalf-of/broker.ts', 'microsoft/sign-in/token.ts'])
  })

  test('only one file exchanges tokens at all', async () => {
    expect(await filesWith(/acquireTokenOnBehalfOf|OnBehalfOfCredential|on_behalf_of/)).toEqual([
      'microsoft/sign-in/token.ts',
    ])
  })

  test('only the sign-in page redeems codes', async () => {
    expect(await filesWith(/acquireTokenByCode|authorization_code/)).toEqual(['microsoft/sign-in/sign-in-page.ts'])
  })

  test('only the broker writes an Authorization header by itself, and the reader of Azure, which only reads', async () => {
    const found = await filesWith(/\bBearer \$\{/)
    expect(found.filter((file) => file.startsWith('microsoft/'))).toEqual([
      'microsoft/on-behalf-of/broker.ts',
      'microsoft/wire/arm-reader.ts',
    ])
    // Without a method fetch gets, and nothing else.
    expect(await filesWith(/\bmethod\b/)).not.toContain('microsoft/wire/arm-reader.ts')
  })

  test('only the composition of the edge opens a broker', async () => {
    expect(await filesWith(/openBroker/)).toEqual(['microsoft/on-behalf-of/broker.ts', 'microsoft/tenant.ts'])
  })
})
