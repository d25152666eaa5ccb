import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { portal } from '../../../src/emulated-tenant/demo/portal.ts'
import { startingSwitches } from '../../../src/emulated-tenant/state/switches.ts'
import { GraphError } from '../../../src/microsoft/wire/graph-error.ts'
import { hours, minutes } from '../../../src/time.ts'
import { entryOf, nowhere } from '../entries.ts'
import { filing, openTenantEdge, startsAt } from '../tenant-edge.ts'

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
  emulated.effects.length = 0
  emulated.assignments.splice(0, Infinity, ...emulated.assignments.filter(({ type }) => type === 'Assigned'))
  for (const { activated } of emulated.groups.values()) activated.members.clear()
  emulated.moveClock({ now: startsAt })
})
afterEach(() => {
  edge.emulated.faults = []
  edge.later(minutes(5))
})

const router = 'grp-ai-model-router-admins'
const datasets = 'grp-ai-eval-dataset-readers'
const biometric = 'grp-ai-biometric-identification'

const targetOf = (group: string, access: 'member' | 'owner' = 'member') =>
  edge.groups.targetFor(entryOf({ kind: 'group', target: { group, access } }), nowhere)

/** Makes a group eligible for another one. */
function letGroup(group: string, into: string) {
  edge.emulated.eligibilities.push({
    id: crypto.randomUUID(),
    resource: `${edge.group(into).group}_member`,
    principalId: edge.group(group).group,
    startsAt: edge.emulated.startedAt,
    endsAt: null,
  })
  return () => void edge.emulated.eligibilities.pop()
}

async function filed(who = 'maya.okafor', group = router) {
  const hand = await edge.groupHand(who)
  const asked = filing(hand.person, { target: edge.group(group) })
  const came = await hand.file(asked)
  if (came.came !== 'done') throw new Error(JSON.stringify(came))
  return { hand, asked, request: came.value }
}

describe('who may join', () => {
  const mayJoin = async (who: string, group: string, access: 'member' | 'owner' = 'member') => {
    const target = await targetOf(group, access)
    return target === undefined ? undefined : edge.groups.eligibility(edge.id(who), target)
  }

  test('is whoever is eligible for it themselves, until when, and nobody else', async () => {
    expect(await mayJoin('maya.okafor', router)).toMatchObject({
      through: null,
      until: new Date('2027-08-25T09:00:00Z'),
    })
    expect(await mayJoin('sam.rivera', router)).toBeUndefined()
    // Who owns a group is not eligible for it, nor does being eligible for membership make an owner.
    expect(await mayJoin('priya.raman', router)).toBeUndefined()
    expect(await mayJoin('maya.okafor', router, 'owner')).toBeUndefined()
  })

  test('are the members of a group that is eligible, nested ones included, and it is told through which', async () => {
    const taken = letGroup('grp-ai-sandbox-users', biometric)
    const through = edge.group('grp-ai-sandbox-users').group
    for (const member of ['mei.lin', 'tom.whitfield'])
      expect(await mayJoin(member, biometric)).toMatchObject({ through })
    expect(await mayJoin('chen.li', biometric)).toBeUndefined()
    expect(await mayJoin('maya.okafor', biometric)).toMatchObject({ through: null })
    taken()
    expect(await mayJoin('mei.lin', biometric)).toBeUndefined()
  })

  test('of a group that the tenant has not got, or has twice by one name, is nobody', async () => {
    expect(await targetOf('grp-ai-model-router-admin')).toBeUndefined()
    const twin = { ...edge.emulated.groups.get(router), objectId: crypto.randomUUID() }
    edge.emulated.groups.set('twin', twin as never) // as the first is, under another id
    expect(await targetOf(router)).toBeUndefined()
    edge.emulated.groups.delete('twin')
    expect(await targetOf(router)).toEqual(edge.group(router))
  })

  test.each(['/eligibilityScheduleInstances', '/transitiveMemberOf'])(
    'is open to nobody and closed to nobody while %s cannot be read',
    async (path) => {
      const target = edge.group(router)
      edge.emulated.faults = [{ service: 'graph', path, status: 403 }]
      await expect(edge.groups.eligibility(edge.id('sam.rivera'), target)).rejects.toThrow(GraphError)
    },
  )

  test('is told for many in one call: eligible, through a group, no longer, disabled', async () => {
    const taken = letGroup('grp-ai-sandbox-users', biometric)
    const wants = (who: string, group: string) => ({ person: edge.id(who), target: edge.group(group) })
    edge.arrived.length = 0
    expect(
      await edge.groups.standingOf([
        wants('maya.okafor', router),
        wants('mei.lin', biometric),
        wants('sam.rivera', router),
      ]),
    ).toMatchObject([{ value: 'may' }, { value: 'may' }, { value: 'not-eligible' }])
    taken()
  })
})

describe('the rules', () => {
  test('are those of members or of owners, read each time', async () => {
    expect(await edge.groups.rules(edge.group(router))).toEqual({
      longest: hours(4),
      justification: true,
      ticket: true,
      multiFactor: false,
      approval: { asks: 'approvers', people: [edge.id('priya.raman'), edge.id('hannah.vogt')], groups: [] },
    })
    expect(await edge.groups.rules(edge.group(router, 'owner'))).toMatchObject({
      longest: hours(8),
      approval: { asks: 'nobody' },
    })
    const changed = portal(edge.emulated, { do: 'setPolicy', entitlement: router, maximumDuration: 'PT1H' })
    expect(changed.ok).toBe(true)
    expect(await edge.groups.rules(edge.group(router))).toMatchObject({ longest: hours(1) })
    portal(edge.emulated, { do: 'setPolicy', entitlement: router, maximumDuration: 'PT4H' })
  })

  test('of a group that PIM has not taken in are read too', async () => {
    expect(await edge.groups.rules(edge.group('grp-ai-finops'))).toMatchObject({ approval: { asks: 'nobody' } })
  })

  test('cannot be evaluated where there are none', async () => {
    const gone = { ...edge.group(router), group: edge.group('grp-ai-finops').group.replace(/.$/, '0') }
    await expect(edge.groups.rules(gone as ReturnType<typeof edge.group>)).rejects.toThrow(GraphError)
  })
})

describe.each(['camelCase', 'PascalCase'] as const)('with its words in %s', (groupWords) => {
  beforeEach(() => void (edge.emulated.switches.groupWords = groupWords))

  test('asked for, approved on its stage, in force, given back', async () => {
    const { hand: maya, asked, request } = await filed()
    expect(request).toMatchObject({
      stands: 'waiting',
      said: 'PendingApproval',
      closesAt: new Date(request.createdAt.getTime() + hours(24)),
      target: edge.group(router),
      duration: asked.duration,
      ticket: asked.ticket,
      customData: asked.request,
    })
    expect(await maya.own(asked.target)).toMatchObject({ came: 'done', value: [{ id: request.id }] })

    const priya = await edge.groupHand('priya.raman')
    expect(await priya.toDecide()).toMatchObject({ came: 'done', value: [{ id: request.id, person: maya.person }] })
    expect(await priya.approval(request.id)).toMatchObject({ value: { verdict: 'none', by: null } })
    expect(await priya.decide(request.id, 'approve', 'go ahead')).toEqual({ came: 'done', value: null })
    expect(await priya.approval(request.id)).toMatchObject({ value: { verdict: 'approve', by: priya.person } })

    const [active] = await edge.groups.active(maya.person, asked.target)
    expect(active).toMatchObject({ createdBy: request.id, activated: true })
    expect(active?.until?.getTime()).toBe((active?.from.getTime() ?? 0) + hours(2))
    expect(await edge.groups.activeOf([{ person: maya.person, target: asked.target }])).toMatchObject([
      { ok: true, value: [{ createdBy: request.id, activated: true }] },
    ])
    expect(await maya.deactivate(asked)).toMatchObject({ came: 'refused', code: 'ActiveDurationTooShort' })
    edge.emulated.moveClock({ advanceMs: minutes(5) })
    expect(await maya.deactivate(asked)).toMatchObject({ came: 'done', value: { said: 'Revoked' } })
    expect(await edge.groups.active(maya.person, asked.target)).toEqual([])
  })

  test('what somebody has and could have is told: their own, and of what is named also through groups', async () => {
    const taken = letGroup('grp-ai-sandbox-users', biometric)
    await filed('maya.okafor', datasets)
    const held = await edge.groups.holdings(edge.id('maya.okafor'), [])
    expect(held.filter(({ as }) => as === 'activated')).toMatchObject([{ target: edge.group(datasets), through: null }])
    expect(held.filter(({ as }) => as === 'eligible')).toHaveLength(8)
    expect(await edge.groups.holdings(edge.id('mei.lin'), [edge.group(biometric)])).toContainEqual(
      expect.objectContaining({ target: edge.group(biometric), as: 'eligible', through: 'grp-ai-sandbox-users' }),
    )
    taken()
  })
})

test('a stage whose id is that of the request is decided all the same', async () => {
  edge.emulated.switches.groupStageId = 'request'
  const { request } = await filed()
  const priya = await edge.groupHand('priya.raman')
  expect(await priya.decide(request.id, 'deny', 'not today')).toEqual({ came: 'done', value: null })
  const hannah = await edge.groupHand('hannah.vogt')
  expect(await hannah.decide(request.id, 'approve', 'yes')).toMatchObject({
    came: 'refused',
    code: 'latchkey-already-decided',
  })
})

test('what is no group of theirs to decide is refused before anything is cast', async () => {
  const { hand: maya, request } = await filed()
  expect(await maya.decide(request.id, 'approve', 'mine')).toMatchObject({
    came: 'refused',
    code: 'latchkey-not-assigned',
  })
  const sam = await edge.groupHand('sam.rivera')
  expect(await sam.decide(request.id, 'approve', 'x')).toMatchObject({ came: 'refused', status: 403 })
})

test.each(['RoleAssignmentRequestAcrsValidationFailed', 'UnknownError'] as const)(
  'a missing context asks for a sign-in, whether the code is %s',
  async (groupContextCode) => {
    Object.assign(edge.emulated.switches, { authenticationContexts: true, groupContextCode })
    const maya = await edge.groupHand('maya.okafor')
    const came = await maya.file(filing(maya.person, { target: edge.group(router) }))
    expect(came).toMatchObject({ came: 'sign-in-needed', claims: expect.stringContaining('"c1"') })
  },
)

test('what was filed and got no answer is found among the person’s own', async () => {
  edge.emulated.faults = [{ service: 'graph', path: '/assignmentScheduleRequests$', method: 'POST', dropAnswer: true }]
  const maya = await edge.groupHand('maya.okafor')
  const asked = filing(maya.person, { target: edge.group(router) })
  expect(await maya.file(asked)).toMatchObject({ came: 'unknown' })
  edge.emulated.faults = []
  expect(await maya.own(asked.target)).toMatchObject({ came: 'done', value: [{ customData: asked.request }] })
  expect(await maya.file(asked)).toMatchObject({ came: 'refused', code: 'PendingRoleAssignmentRequest' })
})

test('what was taken back is cancelled, and the audit log tells of groups only what became of groups', async () => {
  const { hand: maya, request } = await filed()
  expect(await maya.cancel(request.id)).toEqual({ came: 'done', value: null })
  const roles = await edge.hand('lena.brandt')
  const role = await roles.file(filing(roles.person))
  if (role.came !== 'done') throw new Error(JSON.stringify(role))
  await roles.cancel(role.value.id)
  edge.arrived.length = 0
  const [ofGroups, ofRoles] = await Promise.all([edge.groups.outcomes(startsAt), edge.roles.outcomes(startsAt)])
  expect(ofGroups).toMatchObject({
    ok: true,
    value: [{ what: 'cancelled', ids: expect.arrayContaining([request.id]), grants: edge.group(router).group }],
  })
  expect(ofRoles).toMatchObject({ ok: true, value: [{ what: 'cancelled', names: role.value.id }] })
  // The log may be read a few times only: both are answered by one read.
  expect(edge.arrived.map(({ url }) => url.pathname)).toEqual(['/v1.0/auditLogs/directoryAudits'])
})

test('everybody who is in a group or could be is told, whether or not PIM has taken it in', async () => {
  await filed('maya.okafor', datasets)
  const holders = await edge.groups.holders(edge.group(datasets))
  expect(holders).toContainEqual(expect.objectContaining({ name: 'Maya Okafor', as: 'activated' }))
  expect(holders).toContainEqual(expect.objectContaining({ name: 'Diego Fuentes', as: 'eligible' }))
  const [finops] = await edge.groups.holders(edge.group('grp-ai-finops'))
  expect(finops).toMatchObject({ as: 'assigned', person: edge.id('fatima.zahra') })
})

test('its name is that of the group, and owning it is another thing', async () => {
  expect(await edge.groups.nameOf(edge.group(router))).toBe(router)
  expect(await edge.groups.nameOf(edge.group(router, 'owner'))).toBe(`${router} (owner)`)
})
