import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listeningTenant, monday } from '../listening-tenant.ts'
import type { GraphReply, ListeningTenant } from '../listening-tenant.ts'
import { lasting } from '../role-requests.ts'
import { startingSwitches } from '../../../src/emulated-tenant/state/switches.ts'

const groups = '/v1.0/identityGovernance/privilegedAccess/group'
const requests = `${groups}/assignmentScheduleRequests`
const minute = 60_000

let contoso: ListeningTenant
let app: string
beforeAll(async () => {
  contoso = await listeningTenant()
  app = await contoso.appToken()
})
afterAll(() => contoso[Symbol.asyncDispose]())
beforeEach(() => {
  const { tenant } = contoso
  tenant.requests.length = 0
  tenant.audits.length = 0
  for (const { activated } of tenant.groups.values()) activated.members.clear()
  tenant.assignments.splice(0, Infinity, ...tenant.assignments.filter(({ type }) => type === 'Assigned'))
  tenant.switches = { ...startingSwitches, authenticationContexts: false, auditDelayMs: 0 }
  tenant.moveClock({ now: monday })
})

const idOf = (name: string) => contoso.tenant.groups.get(name)?.objectId
const oid = (person: string) => contoso.tenant.people.get(person)?.objectId
const router = 'grp-ai-model-router-admins'
const datasets = 'grp-ai-eval-dataset-readers'

async function file(person: string, group: string, more: Record<string, unknown> = {}): Promise<GraphReply> {
  return contoso.graph(await contoso.personToken(person), 'POST', requests, {
    action: 'selfActivate',
    accessId: 'member',
    groupId: idOf(group),
    principalId: oid(person),
    justification: 'reroute a model',
    ticketInfo: { ticketNumber: 'CHG0012345', ticketSystem: 'Latchkey' },
    scheduleInfo: lasting('PT2H'),
    ...more,
  })
}

async function review(person: string, request: unknown, reviewResult: 'Approve' | 'Deny') {
  const token = await contoso.personToken(person)
  const stages = `${groups}/assignmentApprovals/${String(request)}/stages`
  const { body } = await contoso.graph(token, 'GET', stages)
  const stage = String(body.value?.[0]?.['id'])
  return contoso.graph(token, 'PATCH', `${stages}/${stage}`, { reviewResult, justification: 'as agreed' })
}

const members = async (group: string) => {
  const { body } = await contoso.graph(app, 'GET', `/v1.0/groups/${idOf(group)}/members?$select=id`)
  return body.value?.map(({ id }) => id) ?? []
}
const instances = (filter: string) =>
  contoso.graph(app, 'GET', `${groups}/assignmentScheduleInstances?$filter=${encodeURIComponent(filter)}`)

describe('an activation of a group', () => {
  test('without approval makes a member at once, lists it as activated, and ends by itself', async () => {
    const { status, body } = await file('maya.okafor', datasets)
    expect(status).toBe(201)
    expect(body).toMatchObject({ status: 'Provisioned', accessId: 'member', groupId: idOf(datasets), approvalId: null })
    expect(body['targetScheduleId']).toBe(`${idOf(datasets)}_member_${String(body['id'])}`)
    expect(await members(datasets)).toContain(oid('maya.okafor'))
    const mine = await instances(`groupId eq '${idOf(datasets)}' and principalId eq '${oid('maya.okafor')}'`)
    expect(mine.body.value).toMatchObject([{ assignmentType: 'activated', memberType: 'direct' }])
    const schedule = String(mine.body.value?.[0]?.['assignmentScheduleId'])
    expect((await contoso.graph(app, 'GET', `${groups}/assignmentSchedules/${schedule}`)).body).toMatchObject({
      createdUsing: body['id'],
    })
    contoso.tenant.moveClock({ advanceMs: 120 * minute })
    expect(await members(datasets)).not.toContain(oid('maya.okafor'))
    expect(contoso.tenant.effects.at(-1)).toMatchObject({
      operation: 'expired',
      detail: { groupId: idOf(datasets), access: 'member' },
    })
  })

  test('waits for an approver, whose decision on its one stage is the only one', async () => {
    const { body } = await file('maya.okafor', router)
    expect(body).toMatchObject({ status: 'PendingApproval', approvalId: body['id'] })
    const priya = await contoso.personToken('priya.raman')
    const waiting = await contoso.graph(
      priya,
      'GET',
      `${requests}/filterByCurrentUser(on='approver')?$filter=${encodeURIComponent(`status eq 'PendingApproval' and groupId eq '${idOf(router)}'`)}`,
    )
    expect(waiting.body.value).toMatchObject([{ id: body['id'], action: 'selfActivate' }])
    expect(await review('maya.okafor', body['id'], 'Approve')).toMatchObject({ status: 403 })
    expect(await review('priya.raman', body['id'], 'Approve')).toMatchObject({ status: 204 })
    expect(await review('hannah.vogt', body['id'], 'Deny')).toMatchObject({ status: 409 })
    expect(await members(router)).toContain(oid('maya.okafor'))
    const read = `${groups}/assignmentApprovals/${String(body['id'])}?$expand=stages`
    expect((await contoso.graph(priya, 'GET', read)).body).toMatchObject({
      stages: [{ reviewResult: 'Approve', status: 'Completed', reviewedBy: { id: oid('priya.raman') } }],
    })
  })

  test('is withdrawn by whoever asked, denied by an approver, or closes after a day', async () => {
    const withdrawn = await file('maya.okafor', router)
    const maya = await contoso.personToken('maya.okafor')
    const cancel = `${requests}/${String(withdrawn.body['id'])}/cancel`
    expect(await contoso.graph(maya, 'POST', cancel)).toMatchObject({ status: 204 })
    expect(await contoso.graph(maya, 'POST', cancel)).toMatchObject({ status: 400 })
    const denied = await file('maya.okafor', router)
    expect(await review('hannah.vogt', denied.body['id'], 'Deny')).toMatchObject({ status: 204 })
    const lapsed = await file('maya.okafor', router)
    contoso.tenant.moveClock({ advanceMs: 24 * 60 * minute })
    expect(contoso.tenant.requests.map(({ status }) => status)).toEqual(['Canceled', 'Denied', 'Failed'])
    expect(contoso.tenant.audits.map(({ activity }) => activity).filter((each) => !each.includes('requested'))).toEqual(
      [
        'Add member to role canceled (PIM activation)',
        'Add member to role request denied (PIM activation)',
        'PIM activation request expired',
      ],
    )
    expect(lapsed.status).toBe(201)
  })

  test('is in the audit log as one of a group', async () => {
    const { body } = await file('maya.okafor', router)
    await review('hannah.vogt', body['id'], 'Deny')
    const log = await contoso.graph(app, 'GET', '/v1.0/auditLogs/directoryAudits')
    expect(log.body.value?.[0]).toMatchObject({
      category: 'GroupManagement',
      correlationId: body['id'],
      targetResources: expect.arrayContaining([expect.objectContaining({ type: 'Group', id: idOf(router) })]),
    })
  })

  test.for([
    ['too long', { scheduleInfo: lasting('PT9H') }, 'RoleAssignmentRequestPolicyValidationFailed'],
    ['without a reason', { justification: ' ' }, 'RoleAssignmentRequestPolicyValidationFailed'],
    ['without a ticket', { ticketInfo: null }, 'RoleAssignmentRequestPolicyValidationFailed'],
    ['too short', { scheduleInfo: lasting('PT4M') }, 'ActiveDurationTooShort'],
    [
      'of ownership, without being eligible for it',
      { accessId: 'owner' },
      'RoleAssignmentRequestPolicyValidationFailed',
    ],
    ['in words that are none', { accessId: 'guest' }, 'BadRequest'],
  ] as const)('%s is refused', async ([, more, code]) => {
    const { status, body } = await file('maya.okafor', router, more)
    expect([status, body.error?.code]).toEqual([400, code])
  })

  test('of a group that is not there is refused, and a second one while one waits or is in force', async () => {
    expect(await file('maya.okafor', 'nothing', { groupId: crypto.randomUUID() })).toMatchObject({ status: 404 })
    await file('maya.okafor', router)
    expect((await file('maya.okafor', router)).body.error?.code).toBe('PendingRoleAssignmentRequest')
    await file('maya.okafor', datasets)
    expect((await file('maya.okafor', datasets)).body.error?.code).toBe('RoleAssignmentExists')
  })

  test('can be given back after five minutes, in either casing of the word', async () => {
    await file('maya.okafor', datasets)
    const back = { action: 'SelfDeactivate', scheduleInfo: null }
    expect((await file('maya.okafor', datasets, back)).body.error?.code).toBe('ActiveDurationTooShort')
    contoso.tenant.moveClock({ advanceMs: 5 * minute })
    expect((await file('maya.okafor', datasets, back)).body).toMatchObject({ status: 'Revoked' })
    expect(await members(datasets)).not.toContain(oid('maya.okafor'))
  })

  test('wants the context that the settings name, and one code or another says so', async () => {
    contoso.tenant.switches.authenticationContexts = true
    expect((await file('maya.okafor', router)).body.error).toMatchObject({
      code: 'RoleAssignmentRequestAcrsValidationFailed',
      message: expect.stringContaining('claims=%7B'),
    })
    contoso.tenant.switches.groupContextCode = 'UnknownError'
    expect((await file('maya.okafor', router)).body.error?.code).toBe('UnknownError')
  })
})

test('every list but one of the caller’s own wants a group or a principal', async () => {
  const lists = [
    'eligibilitySchedules',
    'assignmentSchedules',
    'assignmentScheduleInstances',
    'assignmentScheduleRequests',
  ]
  for (const list of lists) {
    expect(await contoso.graph(app, 'GET', `${groups}/${list}`)).toMatchObject({ status: 400 })
    const filter = encodeURIComponent(`groupId eq '${idOf(router)}'`)
    expect(await contoso.graph(app, 'GET', `${groups}/${list}?$filter=${filter}`)).toMatchObject({ status: 200 })
    const maya = await contoso.personToken('maya.okafor')
    const own = await contoso.graph(maya, 'GET', `${groups}/${list}/filterByCurrentUser(on='principal')`)
    expect(own.status).toBe(200)
  }
})

test('the bot’s own token reads requests and changes none, and never an approval', async () => {
  const { body } = await file('maya.okafor', router)
  const filter = encodeURIComponent(`groupId eq '${idOf(router)}'`)
  expect((await contoso.graph(app, 'GET', `${requests}?$filter=${filter}`)).body.value).toHaveLength(1)
  expect(await contoso.graph(app, 'POST', `${requests}/${String(body['id'])}/cancel`)).toMatchObject({ status: 403 })
  const approval = `${groups}/assignmentApprovals/${String(body['id'])}`
  expect(await contoso.graph(app, 'GET', approval)).toMatchObject({ status: 403 })
})

describe('the settings of a group', () => {
  const policies = (group: string | undefined, access = '', token = app) => {
    const role = access === '' ? '' : ` and roleDefinitionId eq '${access}'`
    const filter = `scopeId eq '${group}' and scopeType eq 'Group'${role}`
    return contoso.graph(
      token,
      'GET',
      `/v1.0/policies/roleManagementPolicyAssignments?$filter=${encodeURIComponent(filter)}&$expand=policy($expand=rules)`,
    )
  }

  test('are one policy for members and one for owners', async () => {
    const { body } = await policies(idOf(router))
    expect(body.value?.map(({ roleDefinitionId }) => roleDefinitionId)).toEqual(['member', 'owner'])
    expect((await policies(idOf(router), 'member')).body.value).toHaveLength(1)
    expect(await policies(crypto.randomUUID())).toMatchObject({ status: 404 })
  })

  test('have another id once PIM has taken the group in, which a first request does', async () => {
    const finops = idOf('grp-ai-finops')
    const before = (await policies(finops, 'member')).body.value?.[0]?.['policyId']
    contoso.tenant.eligibilities.push({
      id: crypto.randomUUID(),
      resource: `${finops}_member`,
      principalId: oid('maya.okafor') ?? '',
      startsAt: monday,
      endsAt: null,
    })
    expect(await file('maya.okafor', 'grp-ai-finops')).toMatchObject({ status: 201 })
    expect((await policies(finops, 'member')).body.value?.[0]?.['policyId']).not.toBe(before)
    // Who was in it before is assigned for good now.
    const { body } = await instances(`groupId eq '${finops}'`)
    expect(body.value).toContainEqual(expect.objectContaining({ assignmentType: 'assigned', startDateTime: null }))
  })

  test('take a permission of their own', async () => {
    const bot = contoso.tenant.seed.applications.find(({ name }) => name === 'Latchkey bot')
    const at = bot?.application.indexOf('RoleManagementPolicy.Read.AzureADGroup') ?? -1
    const [taken = ''] = bot?.application.splice(at, 1) ?? []
    const without = await contoso.appToken()
    bot?.application.splice(at, 0, taken)
    expect(await policies(idOf(router), '', without)).toMatchObject({ status: 403 })
  })
})

test('as published, its words may begin with capitals', async () => {
  contoso.tenant.switches.groupWords = 'PascalCase'
  await file('maya.okafor', datasets)
  const { body } = await instances(`principalId eq '${oid('maya.okafor')}'`)
  expect(body.value).toMatchObject([{ assignmentType: 'Activated', memberType: 'Direct' }])
})
