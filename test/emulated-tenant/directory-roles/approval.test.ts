import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listeningTenant } from '../listening-tenant.ts'
import type { ListeningTenant } from '../listening-tenant.ts'
import { activate, file, lasting, requests, review, role } from '../role-requests.ts'

const hour = 3_600_000
const approvals = '/beta/roleManagement/directory/roleAssignmentApprovals'

let contoso: ListeningTenant
beforeEach(async () => {
  contoso = await listeningTenant({ switches: { auditDelayMs: 0, auditReadsPerTenSeconds: 0 } })
})
afterEach(() => contoso[Symbol.asyncDispose]())

const asApprover = async (person: string) => {
  const token = await contoso.personToken(person)
  const filter = encodeURIComponent("status eq 'PendingApproval'")
  return contoso.graph(token, 'GET', `${requests}/filterByCurrentUser(on='approver')?$filter=${filter}`)
}

describe('a request that waits', () => {
  test('has its own id as approval id, no start yet, and nothing active', async () => {
    const { status, body } = await file(contoso)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      status: 'PendingApproval',
      approvalId: body['id'],
      scheduleInfo: { startDateTime: null },
      completedDateTime: null,
    })
    expect(contoso.tenant.assignments.filter(({ type }) => type === 'Activated')).toEqual([])
  })

  test('is listed to those who may decide it and to nobody else', async () => {
    const { body } = await file(contoso)
    expect((await asApprover('priya.raman')).body.value).toEqual([expect.objectContaining({ id: body['id'] })])
    expect((await asApprover('jonas.weber')).body.value).toEqual([])
    expect((await asApprover('maya.okafor')).body.value).toEqual([])
  })

  test('shows its step to an approver as theirs, to the requester as somebody else’s, to others not at all', async () => {
    const { body } = await file(contoso)
    const read = async (person: string) =>
      contoso.graph(await contoso.personToken(person), 'GET', `${approvals}/${String(body['id'])}`)
    const step = { reviewResult: 'NotReviewed', status: 'InProgress', reviewedBy: null }
    expect((await read('priya.raman')).body['steps']).toEqual([
      expect.objectContaining({ ...step, assignedToMe: true }),
    ])
    expect((await read('maya.okafor')).body['steps']).toEqual([
      expect.objectContaining({ ...step, assignedToMe: false }),
    ])
    expect((await read('jonas.weber')).status).toBe(403)
  })

  test('lapses after 24 hours, and a decision then comes too late', async () => {
    const { body } = await file(contoso)
    contoso.tenant.moveClock({ advanceMs: 24 * hour })
    expect(contoso.tenant.requests[0]?.status).toBe('Failed')
    expect((await review(contoso, 'priya.raman', body['id'])).status).toBe(409)
    expect(contoso.tenant.effects.at(-1)).toMatchObject({ operation: 'lapsed', byToken: 'clock' })
    expect((await file(contoso)).status).toBe(201)
  })
})

describe('deciding', () => {
  test('an approval starts the clock of the activation', async () => {
    const { body } = await file(contoso, { scheduleInfo: lasting('PT2H') })
    contoso.tenant.moveClock({ advanceMs: hour })
    const decidedAt = contoso.tenant.now()
    expect((await review(contoso, 'priya.raman', body['id'])).status).toBe(204)
    const [assignment] = contoso.tenant.assignments.filter(({ type }) => type === 'Activated')
    expect(assignment?.startsAt.getTime()).toBeGreaterThanOrEqual(decidedAt.getTime())
    expect(assignment?.endsAt?.getTime()).toBe((assignment?.startsAt.getTime() ?? 0) + 2 * hour)
    expect(contoso.tenant.effects.map(({ operation, who }) => `${operation} ${who}`)).toEqual([
      'selfActivate maya.okafor',
      'approve priya.raman',
      'provisioned entra',
    ])
  })

  test('a denial activates nothing and keeps its reason', async () => {
    const { body } = await file(contoso)
    expect((await review(contoso, 'hannah.vogt', body['id'], 'Deny')).status).toBe(204)
    expect(contoso.tenant.requests[0]).toMatchObject({
      status: 'Denied',
      step: { result: 'Deny', status: 'Completed', justification: 'as agreed' },
    })
    expect(contoso.tenant.effects.map(({ operation }) => operation)).toEqual(['selfActivate', 'deny'])
  })

  test('the first decision wins; the next answers 409', async () => {
    const { body } = await file(contoso)
    const answers = await Promise.all([
      review(contoso, 'priya.raman', body['id']),
      review(contoso, 'hannah.vogt', body['id'], 'Deny'),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
  })

  test('a requester who is an approver too cannot decide their own request', async () => {
    const { body } = await file(contoso, { person: 'priya.raman' })
    expect((await review(contoso, 'priya.raman', body['id'])).status).toBe(403)
    expect((await asApprover('priya.raman')).body.value).toEqual([])
    expect((await review(contoso, 'hannah.vogt', body['id'])).status).toBe(204)
  })

  test('somebody who is no approver is refused, and an unknown approval is not found', async () => {
    const { body } = await file(contoso)
    expect((await review(contoso, 'ravi.menon', body['id'])).status).toBe(403)
    expect((await review(contoso, 'priya.raman', 'unknown')).status).toBe(404)
  })

  test('an app can neither read nor decide', async () => {
    const { body } = await file(contoso)
    const app = await contoso.appToken()
    const approval = `${approvals}/${String(body['id'])}`
    expect((await contoso.graph(app, 'GET', approval)).status).toBe(403)
    const step = contoso.tenant.requests[0]?.step?.id
    const decision = { reviewResult: 'Approve', justification: 'the bot says so' }
    expect((await contoso.graph(app, 'PATCH', `${approval}/steps/${step}`, decision)).status).toBe(403)
    expect(contoso.tenant.requests[0]?.status).toBe('PendingApproval')
  })

  test('a decision needs its justification', async () => {
    const { body } = await file(contoso)
    const token = await contoso.personToken('priya.raman')
    const path = `${approvals}/${String(body['id'])}/steps/${contoso.tenant.requests[0]?.step?.id}`
    expect((await contoso.graph(token, 'PATCH', path, { reviewResult: 'Approve' })).status).toBe(400)
  })

  test('members of a named group decide, unless their account is disabled', async () => {
    const asked = { roleDefinitionId: role('Application Administrator'), scheduleInfo: lasting('PT1H') }
    const { body } = await file(contoso, asked)
    const jonas = await contoso.personToken('jonas.weber')
    const elif = contoso.tenant.people.get('elif.kaya')
    expect((await asApprover('elif.kaya')).body.value).toHaveLength(1)
    if (elif !== undefined) elif.accountEnabled = false
    await expect(contoso.personToken('elif.kaya')).rejects.toThrow('AADSTS50057')
    const read = await contoso.graph(jonas, 'GET', `${approvals}/${String(body['id'])}`)
    expect(read.status).toBe(200)
    expect((await review(contoso, 'jonas.weber', body['id'])).status).toBe(204)
  })

  test('a token issued before its person was disabled is worth nothing afterwards', async () => {
    const token = await contoso.personToken('maya.okafor')
    const maya = contoso.tenant.people.get('maya.okafor')
    if (maya !== undefined) maya.accountEnabled = false
    expect((await contoso.graph(token, 'POST', requests, activate(contoso))).status).toBe(401)
  })

  test('where nobody is named, Privileged Role and Global Administrators decide, but not for themselves', async () => {
    const asked = {
      person: 'ravi.menon',
      roleDefinitionId: role('Global Administrator'),
      scheduleInfo: lasting('PT1H'),
    }
    const { body } = await file(contoso, asked)
    expect((await review(contoso, 'ravi.menon', body['id'])).status).toBe(403)
    expect((await review(contoso, 'jonas.weber', body['id'])).status).toBe(403)
  })
})

describe('when the beta approvals are withdrawn', () => {
  test.for([
    ['gone', 410],
    ['not-found', 404],
  ] as const)('they answer as %s, reading and deciding alike', async ([betaApprovals, status]) => {
    const { body } = await file(contoso)
    contoso.tenant.switches = { ...contoso.tenant.switches, betaApprovals }
    const token = await contoso.personToken('priya.raman')
    expect((await contoso.graph(token, 'GET', `${approvals}/${String(body['id'])}`)).status).toBe(status)
    expect((await review(contoso, 'priya.raman', body['id'])).status).toBe(status)
    expect(contoso.tenant.requests[0]?.status).toBe('PendingApproval')
  })
})

describe('the audit log', () => {
  const audits = '/v1.0/auditLogs/directoryAudits'

  test('tells who asked, who approved and what came of it, newest first', async () => {
    const { body } = await file(contoso)
    await review(contoso, 'priya.raman', body['id'])
    const filter = encodeURIComponent(`loggedByService eq 'PIM' and correlationId eq '${String(body['id'])}'`)
    const answer = await contoso.graph(await contoso.appToken(), 'GET', `${audits}?$filter=${filter}`)
    expect(answer.body.value?.map((record) => record['activityDisplayName'])).toEqual([
      'Add member to role completed (PIM activation)',
      'Add member to role request approved (PIM activation)',
      'Add member to role requested (PIM activation)',
    ])
    expect(answer.body.value?.[1]).toMatchObject({ initiatedBy: { user: { displayName: 'Priya Raman' } } })
  })

  test('comes late by the delay that is set', async () => {
    contoso.tenant.switches = { ...contoso.tenant.switches, auditDelayMs: 120_000 }
    await file(contoso)
    const app = await contoso.appToken()
    expect((await contoso.graph(app, 'GET', audits)).body.value).toEqual([])
    contoso.tenant.moveClock({ advanceMs: 120_000 })
    expect((await contoso.graph(app, 'GET', audits)).body.value).toHaveLength(1)
  })

  test('is read five times in ten seconds, and then answers 429 with Retry-After', async () => {
    contoso.tenant.switches = { ...contoso.tenant.switches, auditReadsPerTenSeconds: 5 }
    const app = await contoso.appToken()
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => contoso.graph(app, 'GET', audits)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429])
    const refused = answers.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
