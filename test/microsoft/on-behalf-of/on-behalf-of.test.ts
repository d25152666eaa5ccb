import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hours, milliseconds, minutes } from '../../../src/time.ts'
import type { NativeRequest } from '../../../src/request/native.ts'
import type { PersonCall } from '../../../src/request/person-call.ts'
import { issueSsoToken } from '../../../src/emulated-tenant/entra/entra-app.ts'
import { aiAdministrator, filing, openTenantEdge, role, serve, sso, openOnBehalfOf } from '../tenant-edge.ts'

const requestsPath = 'roleAssignmentScheduleRequests$'

let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => {
  edge = await openTenantEdge()
})
afterAll(() => edge[Symbol.asyncDispose]())
beforeEach(() => {
  const { emulated, arrived } = edge
  emulated.faults = []
  emulated.requests.length = 0
  emulated.effects.length = 0
  emulated.assignments.splice(0, Infinity, ...emulated.assignments.filter(({ type }) => type === 'Assigned'))
  arrived.length = 0
})

const effects = () => edge.emulated.effects.map(({ operation, who }) => `${who} ${operation}`)

const nothingWithAToken = () => edge.arrived.filter(({ by }) => by !== 'app')

function value<Value>(call: PersonCall<Value>): Value {
  if (call.came === 'done') return call.value
  throw new Error(JSON.stringify(call))
}

async function filed(name = 'maya.okafor'): Promise<NativeRequest> {
  const hand = await edge.hand(name)
  return value(await hand.file(filing(hand.person)))
}

describe('asking', () => {
  test('a request that is not on the first page is found all the same', async () => {
    const first = await filed()
    const [one] = edge.emulated.requests
    if (one === undefined) throw new Error('a filed request stands in the tenant')
    const copies = Array.from({ length: 150 }, () => ({ ...one, id: crypto.randomUUID() }))
    edge.emulated.requests.unshift(...copies)
    const maya = await edge.hand('maya.okafor')
    const own = value(await maya.own(aiAdministrator))
    expect(own).toHaveLength(151)
    expect(own.map(({ id }) => id)).toContain(first.id)
  })

  test('what is filed comes back as Entra took it, with our request id, and waits for approval', async () => {
    const maya = await edge.hand('maya.okafor')
    const wanted = filing(maya.person)
    const request = value(await maya.file(wanted))
    expect(request).toMatchObject({
      stands: 'waiting',
      said: 'PendingApproval',
      person: maya.person,
      target: aiAdministrator,
      duration: hours(2),
      justification: 'rotate connector keys',
      ticket: 'CHG-1042',
      customData: wanted.request,
    })
    expect(effects()).toEqual(['maya.okafor selfActivate'])
  })

  test("one's own requests are listed newest first, and those for another role are left out", async () => {
    const first = await filed()
    const maya = await edge.hand('maya.okafor')
    expect(value(await maya.cancel(first.id))).toBeNull()
    edge.emulated.moveClock({ advanceMs: minutes(1) })
    const second = await filed()
    expect(value(await maya.own(aiAdministrator)).map(({ id, said, stands }) => [id, said, stands])).toEqual([
      [second.id, 'PendingApproval', 'waiting'],
      [first.id, 'Canceled', 'cancelled'],
    ])
    expect(value(await maya.own(role('5d6b6bb7-de71-4623-b4af-96380a352509')))).toEqual([])
  })

  test('rules that an activation breaks are named, all of them', async () => {
    const maya = await edge.hand('maya.okafor')
    const refused = await maya.file(filing(maya.person, { duration: hours(9), justification: '', ticket: null }))
    expect(refused).toMatchObject({ came: 'refused', status: 400, code: 'RoleAssignmentRequestPolicyValidationFailed' })
    if (refused.came !== 'refused') return
    expect(refused.failedRules.toSorted()).toEqual(['ExpirationRule', 'JustificationRule', 'TicketingRule'])
    expect(effects()).toEqual([])
  })

  test('a second request while one waits is refused in the words of Entra', async () => {
    await filed()
    const maya = await edge.hand('maya.okafor')
    const refused = await maya.file(filing(maya.person))
    expect(refused).toMatchObject({ came: 'refused', code: 'PendingRoleAssignmentRequest', failedRules: [] })
  })

  test('who is not eligible is refused', async () => {
    const aiko = await edge.hand('aiko.tanaka')
    expect(await aiko.file(filing(aiko.person))).toMatchObject({ came: 'refused', failedRules: ['EligibilityRule'] })
  })

  test('an authentication context that the token lacks asks for a sign-in with just those claims', async () => {
    edge.emulated.switches.authenticationContexts = true
    const maya = await edge.hand('maya.okafor')
    const answer = await maya.file(filing(maya.person))
    edge.emulated.switches.authenticationContexts = false
    expect(answer).toMatchObject({ came: 'sign-in-needed', code: 'RoleAssignmentRequestAcrsValidationFailed' })
    if (answer.came !== 'sign-in-needed') return
    expect(JSON.parse(answer.claims ?? '')).toEqual({ access_token: { acrs: { essential: true, value: 'c1' } } })
    expect(effects()).toEqual([])
  })

  test('a session without MFA breaks a rule that carries no claims, so they are ours', async () => {
    const maya = await edge.hand('maya.okafor', { mfa: false })
    const answer = await maya.file(filing(maya.person))
    expect(answer).toMatchObject({ came: 'sign-in-needed', code: 'RoleAssignmentRequestPolicyValidationFailed' })
    if (answer.came !== 'sign-in-needed') return
    expect(JSON.parse(answer.claims ?? '')).toEqual({ access_token: { amr: { essential: true, values: ['mfa'] } } })
  })

  test('a session without MFA that breaks another rule too is told of both: a sign-in would not help', async () => {
    const maya = await edge.hand('maya.okafor', { mfa: false })
    const refused = await maya.file(filing(maya.person, { justification: '' }))
    expect(refused).toMatchObject({ came: 'refused', failedRules: ['JustificationRule', 'MfaRule'] })
  })
})

describe('deciding and ending', () => {
  test('an approver sees what waits for them, approves it once, and reads who decided', async () => {
    const request = await filed()
    const [priya, hannah] = [await edge.hand('priya.raman'), await edge.hand('hannah.vogt')]
    expect(value(await priya.toDecide())).toEqual([request])
    expect(value(await priya.approval(request.id))).toEqual({ verdict: 'none', by: null })
    expect(value(await priya.decide(request.id, 'approve', 'Approved in Teams'))).toBeNull()
    expect(value(await hannah.approval(request.id))).toEqual({
      verdict: 'approve',
      by: priya.person,
      at: expect.any(Date),
    })
    expect(await hannah.decide(request.id, 'deny', 'too late')).toMatchObject({ came: 'refused', status: 409 })
    expect(value(await priya.toDecide())).toEqual([])
    expect(effects()).toEqual(expect.arrayContaining(['maya.okafor selfActivate', 'priya.raman approve']))
    expect(effects()).not.toContain('hannah.vogt deny')
  })

  test('two approvers at once: one decides, the other is told 409 by Entra', async () => {
    const request = await filed()
    const [priya, hannah] = [await edge.hand('priya.raman'), await edge.hand('hannah.vogt')]
    const answers = await Promise.all([
      priya.decide(request.id, 'approve', 'yes'),
      hannah.decide(request.id, 'deny', 'no'),
    ])
    expect(answers.map(({ came }) => came).toSorted()).toEqual(['done', 'refused'])
    expect(answers.find(({ came }) => came === 'refused')).toMatchObject({ status: 409 })
  })

  test('a denial is read back as one', async () => {
    const request = await filed()
    const priya = await edge.hand('priya.raman')
    value(await priya.decide(request.id, 'deny', 'not today'))
    expect(value(await priya.approval(request.id))).toEqual({ verdict: 'deny', by: priya.person, at: expect.any(Date) })
    expect(effects()).toContain('priya.raman deny')
  })

  test('who is no approver decides nothing', async () => {
    const request = await filed()
    for (const name of ['maya.okafor', 'aiko.tanaka']) {
      const hand = await edge.hand(name)
      const answer = await hand.decide(request.id, 'approve', 'please')
      expect(answer).toMatchObject({ came: 'refused', status: 403 })
    }
    expect(effects()).toEqual(['maya.okafor selfActivate'])
  })

  test('approvals that Microsoft has taken away are a refusal, and the portal remains', async () => {
    const request = await filed()
    edge.emulated.switches.betaApprovals = 'gone'
    const priya = await edge.hand('priya.raman')
    const answer = await priya.decide(request.id, 'approve', 'yes')
    edge.emulated.switches.betaApprovals = 'present'
    expect(answer).toMatchObject({ came: 'refused', status: 410 })
  })

  test('an activation can be ended after five minutes, and not before', async () => {
    const request = await filed()
    const [maya, priya] = [await edge.hand('maya.okafor'), await edge.hand('priya.raman')]
    value(await priya.decide(request.id, 'approve', 'yes'))
    const held = filing(maya.person)
    expect(await maya.deactivate(held)).toMatchObject({ came: 'refused', code: 'ActiveDurationTooShort' })
    edge.emulated.moveClock({ advanceMs: minutes(6) })
    expect(value(await maya.deactivate(held)).customData).toBe(held.request)
    expect(await edge.roles.active(maya.person, aiAdministrator)).toEqual([])
    expect(value(await maya.own(aiAdministrator)).map(({ id }) => id)).toEqual([request.id])
  })
})

const filings = () =>
  edge.arrived.filter(({ method, url }) => method === 'POST' && url.pathname.endsWith('roleAssignmentScheduleRequests'))

describe('when nobody can tell what happened', () => {
  test('a filing whose answer was lost is unknown, was made once, and is found by its request id', async () => {
    edge.emulated.faults = [{ service: 'graph', method: 'POST', path: requestsPath, dropAnswer: true, times: 1 }]
    const maya = await edge.hand('maya.okafor')
    const wanted = filing(maya.person)
    expect(await maya.file(wanted)).toMatchObject({ came: 'unknown' })
    expect(effects()).toEqual(['maya.okafor selfActivate'])
    const [found] = value(await maya.own(aiAdministrator))
    expect(found?.customData).toBe(wanted.request)
  })

  test('a decision whose answer was lost is unknown, and was cast once', async () => {
    const request = await filed()
    edge.emulated.faults = [{ service: 'graph', method: 'PATCH', dropAnswer: true, times: 1 }]
    const priya = await edge.hand('priya.raman')
    expect(await priya.decide(request.id, 'approve', 'yes')).toMatchObject({ came: 'unknown' })
    expect(effects().filter((each) => each === 'priya.raman approve')).toHaveLength(1)
  })

  test('an approval that could not be read leaves nothing in doubt', async () => {
    const request = await filed()
    edge.emulated.faults = [{ service: 'graph', method: 'GET', path: 'roleAssignmentApprovals', status: 503 }]
    const priya = await edge.hand('priya.raman')
    const answer = await priya.decide(request.id, 'approve', 'yes')
    expect(answer).toMatchObject({ came: 'refused', code: 'latchkey-could-not-read' })
  })

  test.each([500, 502, 503, 504, 408])(
    'an answer of %i to a filing settles nothing, and nothing is repeated',
    async (status) => {
      edge.emulated.faults = [{ service: 'graph', method: 'POST', path: requestsPath, status }]
      const maya = await edge.hand('maya.okafor')
      expect(await maya.file(filing(maya.person))).toMatchObject({ came: 'unknown' })
      expect(filings()).toHaveLength(1)
    },
  )

  test('an answer slower than our patience is unknown', async () => {
    edge.emulated.faults = [{ service: 'graph', method: 'POST', path: requestsPath, holdMs: 2000, times: 1 }]
    const { options, tenant, id, emulated } = edge
    const hurried = { ...options, patience: { ...options.patience, act: milliseconds(150) } }
    const maya = openOnBehalfOf(hurried, tenant)(id('maya.okafor'), sso(await issueSsoToken(emulated, 'maya.okafor')))
    expect(await maya.file(filing(maya.person))).toMatchObject({ came: 'unknown' })
  })

  test('an answer that nobody can read is unknown, with or without an error in it', async () => {
    for (const [status, body] of [
      [201, '<html>'],
      [201, '{"id": 7}'],
      [403, '<html>a proxy says no</html>'],
    ] as const) {
      const strange = await serve((_request, response) => response.writeHead(status).end(body))
      const { options, id, emulated } = edge
      const take = openOnBehalfOf({ ...options, graph: strange.origin }, { holdsGrantingRole: async () => false })
      const maya = take(id('maya.okafor'), sso(await issueSsoToken(emulated, 'maya.okafor')))
      expect(await maya.file(filing(maya.person))).toMatchObject({ came: 'unknown' })
      await strange.close()
    }
  })

  test('a Graph that cannot be reached is unknown', async () => {
    const gone = await serve(() => {})
    await gone.close()
    const { options, id, emulated } = edge
    const take = openOnBehalfOf({ ...options, graph: gone.origin }, { holdsGrantingRole: async () => false })
    const maya = take(id('maya.okafor'), sso(await issueSsoToken(emulated, 'maya.okafor')))
    expect(await maya.file(filing(maya.person))).toMatchObject({ came: 'unknown' })
  })

  test('a throttled filing did not happen, and is not repeated', async () => {
    edge.emulated.faults = [{ service: 'graph', method: 'POST', path: requestsPath, status: 429, retryAfter: 1 }]
    const maya = await edge.hand('maya.okafor')
    const answer = await maya.file(filing(maya.person))
    expect(answer).toMatchObject({ came: 'refused', status: 429, code: 'TooManyRequests' })
    expect(filings()).toHaveLength(1)
  })

  test('a refusal with 403 is a refusal', async () => {
    edge.emulated.faults = [{ service: 'graph', method: 'POST', path: requestsPath, status: 403 }]
    const maya = await edge.hand('maya.okafor')
    expect(await maya.file(filing(maya.person))).toMatchObject({ came: 'refused', status: 403, code: 'Forbidden' })
  })
})

describe('when Entra gives no token', () => {
  test('a token for another audience is not exchanged', async () => {
    const maya = await edge.hand('maya.okafor', { audience: 'https://graph.microsoft.com' })
    const answer = await maya.file(filing(maya.person))
    expect(answer).toMatchObject({ came: 'sign-in-needed', code: 'invalid_grant', claims: null })
    expect(nothingWithAToken()).toEqual([])
  })

  test('a token that ran out is not exchanged', async () => {
    const maya = await edge.hand('maya.okafor', { expired: true })
    expect(await maya.own(aiAdministrator)).toMatchObject({ came: 'sign-in-needed' })
  })

  test('for want of consent, the answer says that it is consent', async () => {
    const app = edge.emulated.seed.applications.find(({ scope }) => scope === 'access_as_user')
    const given = app?.delegated.splice(0)
    const maya = await edge.hand('maya.okafor')
    const answer = await maya.file(filing(maya.person))
    app?.delegated.push(...(given ?? []))
    expect(answer).toMatchObject({ code: 'consent_required', message: expect.stringContaining('AADSTS65001') })
    expect(nothingWithAToken()).toEqual([])
  })

  test('a disabled account gets no token, and the answer says so', async () => {
    const ines = await edge.hand('ines.costa')
    const answer = await ines.toDecide()
    expect(answer).toMatchObject({ came: 'sign-in-needed', message: expect.stringContaining('50057') })
    expect(nothingWithAToken()).toEqual([])
  })

  // No judgement of Entra's about the person: signing in again would not help.
  const noToken = { came: 'sign-in-needed', code: 'latchkey-no-token', claims: null }

  test('an Entra that does not answer gives no token, and nothing has left', async () => {
    edge.emulated.faults = [{ service: 'entra', path: 'oauth2', status: 503 }]
    const maya = await edge.hand('maya.okafor')
    expect(await maya.file(filing(maya.person))).toMatchObject(noToken)
    expect(nothingWithAToken()).toEqual([])
  })

  test('an Entra that is silent, or cannot be reached, gives no token', async () => {
    const silent = await serve(() => {})
    const gone = await serve(() => {})
    await gone.close()
    const { options, id, emulated } = edge
    const patience = { ...options.patience, read: milliseconds(150) }
    for (const { origin } of [silent, gone]) {
      const take = openOnBehalfOf({ ...options, authority: origin, patience }, { holdsGrantingRole: async () => false })
      const maya = take(id('maya.okafor'), sso(await issueSsoToken(emulated, 'maya.okafor')))
      expect(await maya.file(filing(maya.person))).toMatchObject(noToken)
    }
    expect(nothingWithAToken()).toEqual([])
    await silent.close()
  })

  test("somebody else's token is not used for the person who pressed", async () => {
    const take = openOnBehalfOf(edge.options, edge.tenant)
    const mixed = take(edge.id('maya.okafor'), sso(await issueSsoToken(edge.emulated, 'lena.brandt')))
    const answer = await mixed.file(filing(mixed.person))
    expect(answer).toMatchObject({ came: 'refused', code: 'latchkey-other-person' })
    expect(nothingWithAToken()).toEqual([])
  })
})
