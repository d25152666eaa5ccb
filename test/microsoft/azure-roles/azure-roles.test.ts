import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { issueSsoToken } from '../../../src/emulated-tenant/entra/entra-app.ts'
import { portal } from '../../../src/emulated-tenant/demo/portal.ts'
import { startingSwitches } from '../../../src/emulated-tenant/state/switches.ts'
import { azureCalls } from '../../../src/microsoft/azure-roles/allowed-calls.ts'
import { allowedCall, CallNotAllowed, type PersonRequest } from '../../../src/microsoft/on-behalf-of/allowed-calls.ts'
import type { TargetOf } from '../../../src/entitlement/kinds/kinds.ts'
import { hours, minutes } from '../../../src/time.ts'
import { entryOf, resourcesOf } from '../entries.ts'
import { azureScope, contract, filing, newRequestId, openTenantEdge, sso, startsAt } from '../tenant-edge.ts'

let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => void (edge = await openTenantEdge()))
afterAll(() => edge[Symbol.asyncDispose]())
beforeEach(() => {
  const { emulated } = edge
  emulated.switches = {
    ...startingSwitches,
    authenticationContexts: false,
    auditDelayMs: 0,
    auditReadsPerTenSeconds: 0,
  }
  emulated.requests.length = 0
  emulated.audits.length = 0
  emulated.assignments.splice(0, Infinity, ...emulated.assignments.filter(({ type }) => type === 'Assigned'))
  emulated.moveClock({ now: startsAt })
  edge.arrivedAtArm.length = 0
})
afterEach(() => {
  edge.emulated.faults = []
  edge.later(minutes(5))
})

const prod = `${azureScope('production')}/resourceGroups/rg-ai-prod`
const role = (id: string, scope: string): TargetOf<'azureRole'> => ({
  kind: 'azureRole',
  role: id,
  scope: scope.toLowerCase(),
})
const developer = role('64702f94-c441-49e6-a78b-ef80e0188fee', prod)
const sandbox = role('b24988ac-6180-42a0-ab88-20f7382dd24c', azureScope('sandbox'))

async function filed(target = developer, who = 'maya.okafor') {
  const hand = await edge.azureHand(who)
  const asked = filing(hand.person, { target })
  const came = await hand.file(asked)
  if (came.came !== 'done') throw new Error(JSON.stringify(came))
  return { hand, asked, request: came.value }
}

test('what an entry grants is a role at a place, whose id is compared without case', async () => {
  const entry = entryOf({
    kind: 'azureRole',
    target: { role: 'x', roleId: developer.role.toUpperCase(), resource: 'it' },
  })
  expect(await edge.azure.targetFor(entry, resourcesOf(prod))).toEqual(developer)
  expect(await edge.azure.targetFor(entry, { resources: new Map() })).toBeUndefined()
  expect(await edge.azure.nameOf(developer)).toBe('Azure AI Developer on rg-ai-prod')
})

test('the rules are those of the role at the place, in Resource Manager’s own words', async () => {
  expect(await edge.azure.rules(developer)).toEqual({
    longest: hours(4),
    justification: true,
    ticket: true,
    multiFactor: false,
    approval: { asks: 'approvers', people: [edge.id('priya.raman'), edge.id('hannah.vogt')], groups: [] },
  })
  edge.emulated.switches.authenticationContexts = true
  expect(await edge.azure.rules(developer)).toMatchObject({ authenticationContext: 'c1' })
  const group = role(
    'a001fd3d-188f-4b5d-821b-7da978bf7442',
    `${prod}/providers/Microsoft.CognitiveServices/accounts/aoai-prod`,
  )
  expect((await edge.azure.rules(group)).approval).toMatchObject({ people: [], groups: [expect.any(String)] })
  await expect(edge.azure.rules(role(crypto.randomUUID(), prod))).rejects.toMatchObject({
    code: 'latchkey-unreadable-answer',
  })
})

describe.each([
  ['as it was recorded', {}],
  ['with ids as asked and without nulls', { armIds: 'as-asked', armNulls: false }],
] as const)('Resource Manager %s', (_, switches) => {
  beforeEach(() => void Object.assign(edge.emulated.switches, switches))

  test('asked for, approved on its stage, in force, given back', async () => {
    const { hand: maya, asked, request } = await filed()
    expect(request).toMatchObject({
      // The name is ours: a second filing of the same request meets the first.
      id: asked.request.slice('req_'.length),
      stands: 'waiting',
      target: developer,
      duration: asked.duration,
      ticket: asked.ticket,
      justification: asked.justification,
      customData: asked.request,
    })
    expect(await maya.own(developer)).toMatchObject({ value: [{ id: request.id }] })
    expect(await maya.own(sandbox)).toMatchObject({ value: [] })
    const priya = await edge.azureHand('priya.raman')
    expect(await priya.toDecide()).toMatchObject({ value: [{ id: request.id, person: maya.person }] })
    expect(await priya.approval(request.id)).toMatchObject({ value: { verdict: 'none', by: null } })
    expect(await priya.decide(request.id, 'approve', 'go ahead')).toEqual({ came: 'done', value: null })
    expect(await priya.approval(request.id)).toMatchObject({ value: { verdict: 'approve', by: priya.person } })
    expect(await priya.toDecide()).toMatchObject({ value: [] })

    const wanted = ['maya.okafor', 'lena.brandt'].map((who) => ({ person: edge.id(who), target: developer }))
    expect(await edge.azure.active(maya.person, developer)).toMatchObject([{ createdBy: request.id, activated: true }])
    expect(await edge.azure.activeOf(wanted)).toMatchObject([
      { ok: true, value: [{ createdBy: request.id }] },
      { ok: true, value: [] },
    ])
    expect(await maya.deactivate(asked)).toMatchObject({ came: 'refused', code: 'ActiveDurationTooShort' })
    edge.emulated.moveClock({ advanceMs: minutes(5) })
    expect(await maya.deactivate(asked)).toMatchObject({ came: 'done', value: { said: 'Revoked' } })
    expect(await edge.azure.active(maya.person, developer)).toEqual([])
  })

  test('denied, taken back, and told from the audit log as of Azure', async () => {
    const { request } = await filed()
    const hannah = await edge.azureHand('hannah.vogt')
    expect(await hannah.decide(request.id, 'deny', 'not today')).toEqual({ came: 'done', value: null })
    const { hand: maya, request: second } = await filed()
    expect(await maya.cancel(second.id)).toEqual({ came: 'done', value: null })
    expect(await maya.cancel(crypto.randomUUID())).toMatchObject({ came: 'refused', code: 'latchkey-not-found' })
    expect(await edge.azure.outcomes(startsAt)).toMatchObject({
      value: [
        { what: 'denied', by: hannah.person, grants: developer.role },
        { what: 'cancelled', ids: expect.arrayContaining([second.id]) },
      ],
    })
    expect(await edge.groups.outcomes(startsAt)).toMatchObject({ value: [] })
  })
})

test.each([
  'RoleAssignmentRequestExists',
  'RoleAssignmentScheduleRequestExists',
  'RoleAssignmentScheduleExists',
] as const)(
  'where the answer was lost, the same filing again is told as one that is there, and found (%s)',
  async (armSameName) => {
    edge.emulated.switches.armSameName = armSameName
    const maya = await edge.azureHand('maya.okafor')
    const asked = filing(maya.person, { target: developer })
    edge.emulated.faults = [{ service: 'arm', method: 'PUT', dropAnswer: true, times: 1 }]
    expect(await maya.file(asked)).toMatchObject({ came: 'unknown' })
    expect(await maya.file(asked)).toMatchObject({ came: 'refused', code: 'RoleAssignmentRequestExists' })
    expect(await maya.own(developer)).toMatchObject({
      value: [{ customData: asked.request, duration: asked.duration }],
    })
    expect(edge.emulated.requests).toHaveLength(1)
  },
)

test('an ending whose answer was lost is looked up under its own name, and counts once', async () => {
  const { hand: maya, asked, request } = await filed(sandbox)
  expect(request).toMatchObject({ said: 'Provisioned' })
  edge.emulated.moveClock({ advanceMs: minutes(5) })
  edge.emulated.faults = [{ service: 'arm', method: 'PUT', dropAnswer: true, times: 1 }]
  expect(await maya.deactivate(asked)).toMatchObject({ came: 'unknown' })
  expect(await maya.deactivate(asked)).toMatchObject({ came: 'done', value: { said: 'Revoked' } })
  expect(edge.emulated.requests).toHaveLength(2)
})

test('what narrows the eligibility narrows the activation', async () => {
  const eligibility = edge.emulated.eligibilities.find(
    ({ principalId, resource }) => principalId === edge.id('maya.okafor') && resource.endsWith(developer.role),
  )
  if (eligibility === undefined) throw new Error('she is eligible')
  eligibility.condition = { text: "@Resource[x:Name] StringEquals 'one'", version: '2.0' }
  const { request } = await filed()
  const body = z
    .looseObject({ properties: z.record(z.string(), z.unknown()) })
    .parse(edge.arrivedAtArm.find(({ method }) => method === 'PUT')?.body)
  expect(body.properties).toMatchObject({
    condition: eligibility.condition.text,
    conditionVersion: '2.0',
    linkedRoleEligibilityScheduleId: expect.stringMatching(new RegExp(`^/subscriptions/.*/${eligibility.id}$`, 'i')),
  })
  const hannah = await edge.azureHand('hannah.vogt')
  await hannah.decide(request.id, 'approve', 'yes')
  expect(edge.emulated.assignments.at(-1)?.condition).toEqual(eligibility.condition)
  eligibility.condition = null
})

test('what somebody may activate on a place they may activate below it', async () => {
  const below = role(sandbox.role, `${azureScope('sandbox')}/resourceGroups/rg-ai-sandbox-rag`)
  expect(await edge.azure.eligibility(edge.id('maya.okafor'), below)).toMatchObject({ person: edge.id('maya.okafor') })
  const { request } = await filed(below)
  expect(request).toMatchObject({ said: 'Provisioned', target: below })
  edge.emulated.switches.armChildScopeNeedsRead = true
  edge.emulated.assignments.pop()
  const maya = await edge.azureHand('maya.okafor')
  expect(await maya.file(filing(maya.person, { target: below }))).toMatchObject({
    came: 'refused',
    code: 'AuthorizationFailed',
  })
})

test('a status that nobody listed waits, and is kept as it was said', async () => {
  edge.emulated.switches.armPendingWord = 'PendingSomethingNew'
  const { request } = await filed()
  expect(request).toMatchObject({ stands: 'waiting', said: 'PendingSomethingNew' })
  const priya = await edge.azureHand('priya.raman')
  expect(await priya.toDecide()).toMatchObject({ value: [{ id: request.id }] })
})

test('what waits for somebody is no one else’s to decide, and nobody’s own', async () => {
  const { hand: maya, request } = await filed()
  expect(await maya.toDecide()).toMatchObject({ value: [] })
  expect(await maya.decide(request.id, 'approve', 'mine')).toMatchObject({ code: 'latchkey-not-assigned' })
  const sam = await edge.azureHand('sam.rivera')
  expect(await sam.decide(request.id, 'approve', 'x')).toMatchObject({ came: 'refused', status: 403 })
})

test('a missing context asks for a sign-in', async () => {
  edge.emulated.switches.authenticationContexts = true
  const maya = await edge.azureHand('maya.okafor')
  expect(await maya.file(filing(maya.person, { target: developer }))).toMatchObject({
    came: 'sign-in-needed',
    claims: expect.stringContaining('"c1"'),
  })
})

test('no token is exchanged for somebody who could grant anything', async () => {
  const ravi = edge.azure.onBehalfOf(edge.id('ravi.menon'), sso(await issueSsoToken(edge.emulated, 'ravi.menon')))
  expect(await ravi.toDecide()).toEqual({ came: 'portal-only' })
  edge.emulated.faults = [{ service: 'arm', path: 'roleAssignments', status: 403 }]
  const maya = await edge.azureHand('maya.okafor')
  expect(await maya.toDecide()).toMatchObject({ came: 'refused', code: 'latchkey-could-not-check' })
})

test('what somebody has and could have is told by the subscriptions that are named, once each', async () => {
  await filed(sandbox)
  const held = await edge.azure.holdings(edge.id('maya.okafor'), [developer, sandbox])
  expect(held).toContainEqual(expect.objectContaining({ target: sandbox, as: 'activated', through: null }))
  expect(held).toContainEqual(expect.objectContaining({ target: developer, as: 'eligible' }))
  expect(new Set(held.map((row) => JSON.stringify(row))).size).toBe(held.length)
  expect(await edge.azure.holdings(edge.id('maya.okafor'), [])).toEqual([])
  const through = await edge.azure.holdings(edge.id('mei.lin'), [sandbox])
  expect(through).toMatchObject([{ target: sandbox, as: 'eligible', through: 'grp-ai-sandbox-users' }])
})

test('who has it or could is told, the members of groups one by one', async () => {
  await filed(sandbox)
  const holders = await edge.azure.holders(sandbox)
  expect(holders).toContainEqual(expect.objectContaining({ name: 'Maya Okafor', as: 'activated', through: null }))
  expect(holders).toContainEqual(
    expect.objectContaining({ name: 'Mei Lin', as: 'eligible', through: 'grp-ai-sandbox-users' }),
  )
})

test('whether people may still ask is told one by one: eligible, not, disabled', async () => {
  const wanted = ['maya.okafor', 'sam.rivera', 'lena.brandt'].map((who) => ({
    person: edge.id(who),
    target: developer,
  }))
  const lena = edge.emulated.people.get('lena.brandt')
  if (lena === undefined) throw new Error('the sample has her')
  lena.accountEnabled = false
  expect(await edge.azure.standingOf(wanted)).toMatchObject([
    { value: 'may' },
    { value: 'not-eligible' },
    { value: 'disabled' },
  ])
  lena.accountEnabled = true
  edge.emulated.faults = [{ service: 'arm', status: 429, retryAfter: 60 }]
  expect(await edge.azure.standingOf(wanted)).toMatchObject([{ ok: false, refusal: { retryAfter: 60 } }, {}, {}])
})

test('an activation in the portal is no request of ours', async () => {
  const done = portal(edge.emulated, {
    do: 'activate',
    as: 'maya.okafor',
    entitlement: 'Contributor on sub-ai-sandbox-01',
    duration: 'PT1H',
    justification: 'by hand',
  })
  expect(done.ok).toBe(true)
  const [active] = await edge.azure.active(edge.id('maya.okafor'), sandbox)
  expect(active).toMatchObject({ activated: true, createdBy: edge.emulated.requests[0]?.id })
})

describe('a call that is not on the list', () => {
  const person = '7f2c5567-c66e-4f85-ade6-01134a8e696f'
  const id = crypto.randomUUID()
  const requests = `${prod}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests`
  const activation = {
    principalId: person,
    roleDefinitionId: `${azureScope('production')}/providers/Microsoft.Authorization/roleDefinitions/${developer.role}`,
    requestType: 'SelfActivate',
    scheduleInfo: {
      startDateTime: '2026-11-23T09:00:00.000Z',
      expiration: { type: 'AfterDuration', duration: 'PT1H' },
    },
    justification: 'x',
  }
  const put = (properties: unknown, path = `${requests}/${id}`): PersonRequest => ({
    service: 'arm',
    method: 'PUT',
    path,
    body: { properties },
    query: { 'api-version': '2020-10-01' },
  })
  const check = (call: PersonRequest) => () => allowedCall([azureCalls], person as never, call)

  test('is an assignment to anybody, whatever it is called, or an activation of somebody else', () => {
    expect(check(put(activation))).not.toThrow()
    for (const requestType of ['AdminAssign', 'AdminRemove', 'SelfExtend'])
      expect(check(put({ ...activation, requestType }))).toThrow(CallNotAllowed)
    expect(check(put({ ...activation, principalId: id }))).toThrow(CallNotAllowed)
    expect(check(put({ ...activation, scheduleInfo: undefined }))).toThrow(CallNotAllowed)
    expect(check({ ...put(activation), query: { $filter: 'x' } })).toThrow(CallNotAllowed)
  })

  test.each([
    `${prod}/providers/Microsoft.Authorization/roleAssignments/${id}`,
    `/providers/Microsoft.Authorization/elevateAccess`,
    `${requests}/../roleAssignments/${id}`,
    `${azureScope('production')}/resourceGroups/../providers/Microsoft.Authorization/roleAssignmentScheduleRequests/${id}`,
    `/providers/Microsoft.Management/managementGroups/root/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/${id}`,
    `${requests}/${id}?x=/providers/y`,
    `${requests}%2f${id}`,
  ])('is one to %s', (path) => {
    expect(check(put(activation, path))).toThrow(CallNotAllowed)
  })

  test('is a decision that is not wrapped', () => {
    const decision = { reviewResult: 'Approve', justification: 'x' }
    const patch = (body: unknown): PersonRequest => ({
      service: 'arm',
      method: 'PATCH',
      path: `/providers/Microsoft.Authorization/roleAssignmentApprovals/${id}/stages/${id}`,
      body,
    })
    expect(check(patch({ properties: decision }))).not.toThrow()
    expect(check(patch(decision))).toThrow(CallNotAllowed)
  })
})

const published = await contract('arm-authorization.json')

describe.skipIf(published === undefined)('fits the published contract (LATCHKEY_CONTRACTS)', () => {
  const name = 'arm-authorization.json'
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  beforeAll(() => void ajv.addSchema(z.looseObject({}).parse(published), name))
  const violations = (schema: string, body: unknown) => {
    const validate = ajv.getSchema(`${name}#/components/schemas/${schema}`)
    return validate?.(body) === true ? [] : (validate?.errors ?? ['no such schema'])
  }

  test('in every body that is sent', async () => {
    const { hand: maya, asked, request } = await filed()
    const hannah = await edge.azureHand('hannah.vogt')
    await hannah.decide(request.id, 'approve', 'yes')
    edge.emulated.moveClock({ advanceMs: minutes(6) })
    await maya.deactivate({ ...asked, request: newRequestId() })
    const bodies = edge.arrivedAtArm.filter(({ body }) => body !== undefined)
    expect(bodies.map(({ method }) => method)).toEqual(['PUT', 'PATCH', 'PUT'])
    for (const { method, body } of bodies)
      expect(
        violations(method === 'PUT' ? 'RoleAssignmentScheduleRequest' : 'RoleAssignmentApprovalStep', body),
      ).toEqual([])
  })

  test('in every path that is asked', async () => {
    const { paths } = z.looseObject({ paths: z.record(z.string(), z.looseObject({})) }).parse(published)
    await filed()
    await edge.azure.rules(developer)
    await edge.azure.holders(developer)
    const templates = Object.keys(paths).map((path) =>
      path
        .replaceAll(/[.()]/g, String.raw`\$&`)
        .replace('/{scope}', '(?:/.+)?')
        .replaceAll(/\{[^}]+\}/g, '[^/]+'),
    )
    const strange = edge.arrivedAtArm.filter(
      ({ url }) => !templates.some((path) => new RegExp(`^${path}$`, 'i').test(url.pathname)),
    )
    // Subscriptions are described with resources.
    expect(strange.filter(({ url }) => url.pathname !== '/subscriptions')).toEqual([])
  })
})
