import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listeningTenant, monday } from '../listening-tenant.ts'
import type { ListeningTenant } from '../listening-tenant.ts'
import { activate, file, lasting, requests, review, role } from '../role-requests.ts'

const minute = 60_000
const hour = 60 * minute
const reader = { roleDefinitionId: role('Security Reader') }
const instances = '/v1.0/roleManagement/directory/roleAssignmentScheduleInstances'

let contoso: ListeningTenant
beforeEach(async () => {
  contoso = await listeningTenant()
})
afterEach(() => contoso[Symbol.asyncDispose]())

const policyFailed = (...rules: string[]) => ({
  status: 400,
  body: {
    error: {
      code: 'RoleAssignmentRequestPolicyValidationFailed',
      message: `The following policy rules failed: ${JSON.stringify(rules)}`,
    },
  },
})
const refusedAs = (status: number, code: string) => ({ status, body: { error: { code } } })

async function activeOf(person: string) {
  const token = await contoso.personToken(person)
  return (await contoso.graph(token, 'GET', `${instances}/filterByCurrentUser(on='principal')`)).body.value ?? []
}

const operations = () => contoso.tenant.effects.map(({ operation }) => operation)

describe('activating a role that asks for no approval', () => {
  test('provisions it at once, for as long as was asked', async () => {
    const filed = await file(contoso, { ...reader, scheduleInfo: lasting('PT2H') })
    expect(filed).toMatchObject({
      status: 201,
      body: { status: 'Provisioned', approvalId: null, createdBy: { user: {} } },
    })
    const [instance] = await activeOf('maya.okafor')
    expect(instance).toMatchObject({
      assignmentType: 'Activated',
      memberType: 'Direct',
      roleAssignmentScheduleId: filed.body['id'],
    })
    const lasts = Date.parse(String(instance?.['endDateTime'])) - Date.parse(String(instance?.['startDateTime']))
    expect(lasts).toBe(2 * hour)
    expect(operations()).toEqual(['selfActivate', 'provisioned'])
  })

  test('a time in the past becomes the moment of provisioning', async () => {
    const { body } = await file(contoso, { ...reader, scheduleInfo: lasting('PT1H', '2020-01-01T00:00:00Z') })
    const { startDateTime } = body['scheduleInfo'] as { startDateTime: string }
    expect(Date.parse(startDateTime)).toBeGreaterThanOrEqual(monday.getTime())
  })

  test('keeps custom data and ticket, and takes the expiration type in either casing', async () => {
    const scheduleInfo = { startDateTime: null, expiration: { type: 'AfterDuration', duration: 'PT1H' } }
    const { body } = await file(contoso, { ...reader, scheduleInfo, customData: 'req_1' })
    expect(body).toMatchObject({
      customData: 'req_1',
      ticketInfo: { ticketNumber: 'CHG0012345', ticketSystem: 'ServiceNow' },
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
    })
  })

  test('ends by itself: the instance goes, the request stays Provisioned', async () => {
    const { body } = await file(contoso, { ...reader, scheduleInfo: lasting('PT1H') })
    contoso.tenant.moveClock({ advanceMs: hour })
    expect(await activeOf('maya.okafor')).toEqual([])
    const token = await contoso.personToken('maya.okafor')
    expect((await contoso.graph(token, 'GET', `${requests}/${String(body['id'])}`)).body['status']).toBe('Provisioned')
    expect(contoso.tenant.effects.at(-1)).toMatchObject({ operation: 'expired', byToken: 'clock' })
  })

  test('a later start is accepted now, listed as a schedule, and in force only then', async () => {
    const start = new Date(monday.getTime() + 2 * hour).toISOString()
    const filed = await file(contoso, { ...reader, scheduleInfo: lasting('PT1H', start) })
    expect(filed.body).toMatchObject({ status: 'Granted', scheduleInfo: { startDateTime: start } })
    expect(await activeOf('maya.okafor')).toEqual([])
    contoso.tenant.moveClock({ now: new Date(start) })
    expect(await activeOf('maya.okafor')).toHaveLength(1)
    expect(contoso.tenant.requests[0]?.status).toBe('Provisioned')
  })

  test('Provisioned comes before the instance is listed, by the delay that is set', async () => {
    contoso.tenant.switches = { ...contoso.tenant.switches, provisioningDelayMs: minute }
    expect((await file(contoso, reader)).body['status']).toBe('Provisioned')
    expect(await activeOf('maya.okafor')).toEqual([])
    contoso.tenant.moveClock({ advanceMs: minute })
    expect(await activeOf('maya.okafor')).toHaveLength(1)
  })

  test('reads of a fresh activation go back and forth for as many times as is set', async () => {
    contoso.tenant.switches = { ...contoso.tenant.switches, unsettledReads: 3 }
    await file(contoso, reader)
    const seen: number[] = []
    for (let read = 0; read < 5; read++) seen.push((await activeOf('maya.okafor')).length)
    expect(seen).toEqual([0, 1, 0, 1, 1])
  })

  test('a dry run evaluates the rules and changes nothing', async () => {
    expect(await file(contoso, { ...reader, isValidationOnly: true })).toMatchObject({
      status: 201,
      body: { isValidationOnly: true },
    })
    expect(await file(contoso, { ...reader, isValidationOnly: true, justification: '' })).toMatchObject(
      policyFailed('JustificationRule'),
    )
    expect(contoso.tenant.effects).toEqual([])
    expect(contoso.tenant.requests).toEqual([])
  })
})

describe('what PIM refuses', () => {
  test('a duration beyond the maximum, or none at all', async () => {
    expect(await file(contoso, { scheduleInfo: lasting('PT5H') })).toMatchObject(policyFailed('ExpirationRule'))
    const scheduleInfo = { startDateTime: null, expiration: { type: 'noExpiration' } }
    expect(await file(contoso, { scheduleInfo })).toMatchObject(policyFailed('ExpirationRule'))
  })

  test('a missing justification, a missing ticket', async () => {
    expect(await file(contoso, { justification: ' ' })).toMatchObject(policyFailed('JustificationRule'))
    expect(await file(contoso, { ticketInfo: null })).toMatchObject(policyFailed('TicketingRule'))
  })

  test('a session without MFA', async () => {
    const token = await contoso.personToken('maya.okafor', { mfa: false })
    expect(await contoso.graph(token, 'POST', requests, activate(contoso))).toMatchObject(policyFailed('MfaRule'))
  })

  test('no eligibility, by the rule or by what was seen on Graph', async () => {
    const asked = { person: 'fatima.zahra' }
    expect(await file(contoso, asked)).toMatchObject(policyFailed('EligibilityRule'))
    contoso.tenant.switches = { ...contoso.tenant.switches, missingEligibility: 'RoleAssignmentDoesNotExist' }
    expect(await file(contoso, asked)).toMatchObject(refusedAs(400, 'RoleAssignmentDoesNotExist'))
  })

  test('an eligibility that begins only later', async () => {
    const asked = { person: 'chen.li', roleDefinitionId: role('Global Reader') }
    expect(await file(contoso, asked)).toMatchObject(policyFailed('EligibilityRule'))
    contoso.tenant.moveClock({ advanceMs: 72 * hour })
    expect((await file(contoso, asked)).status).toBe(201)
  })

  test('every rule that fails, in one answer', async () => {
    const asked = { person: 'fatima.zahra', scheduleInfo: lasting('PT9H'), justification: null, ticketInfo: null }
    expect(await file(contoso, asked)).toMatchObject(
      policyFailed('EligibilityRule', 'ExpirationRule', 'JustificationRule', 'TicketingRule'),
    )
  })

  test('less than five minutes, in its own words', async () => {
    expect(await file(contoso, { scheduleInfo: lasting('PT4M') })).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'ActiveDurationTooShort',
          message: 'The Active duration is too short. Miniumum Required is 5 minutes.',
        },
      },
    })
  })

  test('a second activation while one runs, even for later', async () => {
    await file(contoso, reader)
    const later = lasting('PT1H', new Date(monday.getTime() + 20 * hour).toISOString())
    for (const again of [reader, { ...reader, scheduleInfo: later }])
      expect(await file(contoso, again)).toMatchObject({
        status: 400,
        body: { error: { code: 'RoleAssignmentExists', message: 'The Role assignment already exists.' } },
      })
  })

  test('a second request while one is pending', async () => {
    await file(contoso)
    expect(await file(contoso)).toMatchObject(refusedAs(400, 'PendingRoleAssignmentRequest'))
  })

  test('another scope than that of the eligibility', async () => {
    expect(await file(contoso, { directoryScopeId: '/administrativeUnits/x' })).toMatchObject(
      refusedAs(400, 'InvalidScope'),
    )
  })

  test('an unknown role, an unknown principal, a malformed body', async () => {
    const unknown = '11111111-1111-4111-8111-111111111111'
    expect(await file(contoso, { roleDefinitionId: unknown })).toMatchObject(refusedAs(404, 'RoleNotFound'))
    expect(await file(contoso, { principalId: unknown })).toMatchObject(refusedAs(404, 'SubjectNotFound'))
    expect(await file(contoso, { principalId: 'maya.okafor@contoso.example' })).toMatchObject(
      refusedAs(400, 'BadRequest'),
    )
    expect(await file(contoso, { scheduleInfo: lasting('two hours') })).toMatchObject(refusedAs(400, 'BadRequest'))
  })

  test('an activation for somebody else', async () => {
    const token = await contoso.personToken('diego.fuentes')
    expect(await contoso.graph(token, 'POST', requests, activate(contoso))).toMatchObject(
      refusedAs(403, 'InsufficientPermissions'),
    )
  })

  test('an app that activates', async () => {
    const answer = await contoso.graph(await contoso.appToken(), 'POST', requests, activate(contoso))
    expect(answer.status).toBe(403)
  })

  test('a token without the authentication context, once contexts are demanded', async () => {
    contoso.tenant.switches = { ...contoso.tenant.switches, authenticationContexts: true }
    expect(await file(contoso)).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'RoleAssignmentRequestAcrsValidationFailed',
          message:
            '&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D',
        },
      },
    })
  })

  test('nothing that was refused left a trace', async () => {
    await file(contoso, { scheduleInfo: lasting('PT5H') })
    await file(contoso, { person: 'fatima.zahra' })
    expect(contoso.tenant.effects).toEqual([])
  })
})

describe('through a group', () => {
  test('a member sees the eligibility with the group as principal, and the bot sees it as direct', async () => {
    const token = await contoso.personToken('diego.fuentes')
    const path = "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')"
    const filter = `$filter=${encodeURIComponent(`roleDefinitionId eq '${role('Security Reader')}'`)}`
    const { body } = await contoso.graph(token, 'GET', `${path}?${filter}`)
    const group = contoso.tenant.groups.get('grp-ai-engineers')?.objectId
    expect(body.value).toEqual([expect.objectContaining({ principalId: group, memberType: 'Group' })])
  })

  test("a member activates for themself, unless the tenant's switch says otherwise", async () => {
    const asked = { ...reader, person: 'diego.fuentes' }
    contoso.tenant.switches = { ...contoso.tenant.switches, groupEligibilityActivatesForMember: false }
    expect(await file(contoso, asked)).toMatchObject(policyFailed('EligibilityRule'))
    contoso.tenant.switches = { ...contoso.tenant.switches, groupEligibilityActivatesForMember: true }
    expect((await file(contoso, asked)).status).toBe(201)
    expect(await activeOf('maya.okafor')).toEqual([])
  })
})

describe('ending early', () => {
  const deactivate = { ...reader, action: 'selfDeactivate', scheduleInfo: null }

  test('is refused for five minutes and then revokes at once', async () => {
    await file(contoso, reader)
    expect(await file(contoso, deactivate)).toMatchObject(refusedAs(400, 'ActiveDurationTooShort'))
    contoso.tenant.moveClock({ advanceMs: 5 * minute })
    expect(await file(contoso, deactivate)).toMatchObject({ status: 201, body: { status: 'Revoked' } })
    expect(await activeOf('maya.okafor')).toEqual([])
  })

  test('is refused where nothing is active', async () => {
    expect(await file(contoso, deactivate)).toMatchObject(refusedAs(400, 'RoleAssignmentDoesNotExist'))
  })
})

const cancel = async (person: string, id: unknown) =>
  contoso.graph(await contoso.personToken(person), 'POST', `${requests}/${String(id)}/cancel`)

describe('cancelling', () => {
  test('closes a pending request of one’s own', async () => {
    const { body } = await file(contoso)
    expect((await cancel('diego.fuentes', body['id'])).status).toBe(403)
    expect((await cancel('maya.okafor', body['id'])).status).toBe(204)
    expect(contoso.tenant.requests[0]?.status).toBe('Canceled')
    expect((await review(contoso, 'priya.raman', body['id'])).status).toBe(409)
  })

  test('is refused while pending where the tenant’s switch says so, and always once provisioned', async () => {
    contoso.tenant.switches = { ...contoso.tenant.switches, pendingCancelAllowed: false }
    expect((await cancel('maya.okafor', (await file(contoso)).body['id'])).status).toBe(400)
    expect((await cancel('maya.okafor', (await file(contoso, reader)).body['id'])).status).toBe(400)
    expect((await cancel('maya.okafor', 'nothing')).status).toBe(404)
  })
})

const assignment = (action: string) => ({ ...activate(contoso), action, scheduleInfo: lasting('PT8H') })

describe('an administrator', () => {
  test('who is Privileged Role Administrator assigns and removes with their own token', async () => {
    const ravi = await contoso.personToken('ravi.menon')
    expect((await contoso.graph(ravi, 'POST', requests, assignment('adminAssign'))).body['status']).toBe('Provisioned')
    expect(await activeOf('maya.okafor')).toEqual([expect.objectContaining({ assignmentType: 'Assigned' })])
    expect((await contoso.graph(ravi, 'POST', requests, assignment('adminRemove'))).body['status']).toBe('Revoked')
    expect(contoso.tenant.effects.map(({ operation, who }) => `${operation} ${who}`)).toEqual([
      'adminAssign ravi.menon',
      'provisioned entra',
      'adminRemove ravi.menon',
    ])
  })

  test('nobody else may, and the bot’s own identity least of all', async () => {
    for (const token of [await contoso.personToken('priya.raman'), await contoso.appToken()])
      expect((await contoso.graph(token, 'POST', requests, assignment('adminAssign'))).status).toBe(403)
    expect(contoso.tenant.effects).toEqual([])
  })
})
