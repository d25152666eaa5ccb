import { beforeEach, expect, test } from 'vitest'
import { portal } from '../../../src/emulated-tenant/demo/portal.ts'
import { openTenant } from '../../../src/emulated-tenant/tenant.ts'
import type { EmulatedTenant } from '../../../src/emulated-tenant/state/tenant-state.ts'
import { membersOf } from '../../../src/emulated-tenant/state/people-and-groups.ts'
import type { Group } from '../../../src/emulated-tenant/state/people-and-groups.ts'
import { view } from '../../../src/emulated-tenant/demo/view.ts'
import { monday, seedFile } from '../listening-tenant.ts'

const minute = 60_000
const reader = {
  as: 'maya.okafor',
  entitlement: 'Security Reader',
  duration: 'PT1H',
  justification: 'look at an alert',
}
const administrator = { ...reader, entitlement: 'AI Administrator', duration: 'PT2H', ticket: 'CHG1' }

let tenant: EmulatedTenant
beforeEach(async () => {
  tenant = await openTenant({ seedFile, startsAt: monday })
})

function done(body: Record<string, unknown>) {
  const answer = portal(tenant, body)
  if (!answer.ok) throw new Error(answer.message)
  return answer.value as { id: string; status: string }
}

test('a person activates in the portal, and the view shows it in the tenant’s own names', () => {
  expect(done({ do: 'activate', ...reader }).status).toBe('Provisioned')
  expect(view(tenant).activations).toMatchObject([{ person: 'maya.okafor', entitlement: 'Security Reader' }])
  expect(tenant.effects).toMatchObject([{ byToken: 'portal', who: 'maya.okafor' }, { operation: 'provisioned' }])
})

test('approving and denying in the portal follow the rules of PIM', () => {
  const { id, status } = done({ do: 'file', ...administrator })
  expect(status).toBe('PendingApproval')
  expect(portal(tenant, { do: 'approve', as: 'maya.okafor', request: id })).toMatchObject({ ok: false, status: 403 })
  expect(done({ do: 'deny', as: 'priya.raman', request: id, reason: 'not today' }).status).toBe('Denied')
  expect(portal(tenant, { do: 'approve', as: 'hannah.vogt', request: id })).toMatchObject({ ok: false, status: 409 })
  expect(view(tenant).requests).toEqual([
    {
      id,
      person: 'maya.okafor',
      entitlement: 'AI Administrator',
      status: 'Denied',
      duration: 'PT2H',
      justification: 'look at an alert',
    },
  ])
  expect(view(tenant).audit.map((record) => record['resultReason'])).toContain('not today')
})

test('a request is cancelled and an activation ended by its holder, or removed by an administrator', () => {
  expect(done({ do: 'cancel', as: 'maya.okafor', request: done({ do: 'file', ...administrator }).id }).status).toBe(
    'Canceled',
  )
  done({ do: 'activate', ...reader })
  tenant.moveClock({ advanceMs: 5 * minute })
  expect(done({ do: 'deactivate', as: 'maya.okafor', entitlement: 'Security Reader' }).status).toBe('Revoked')
  done({ do: 'activate', ...reader })
  const remove = { do: 'remove', person: 'maya.okafor', entitlement: 'Security Reader' }
  expect(portal(tenant, { ...remove, as: 'sam.rivera' })).toMatchObject({ ok: false, status: 403 })
  done({ ...remove, as: 'ravi.menon' })
  expect(view(tenant).activations).toEqual([])
})

test('a changed policy, group or eligibility holds for the next request', () => {
  done({ do: 'setPolicy', entitlement: 'Security Reader', maximumDuration: 'PT30M' })
  expect(portal(tenant, { do: 'activate', ...reader })).toMatchObject({
    ok: false,
    message: expect.stringContaining('ExpirationRule'),
  })
  done({
    do: 'setPolicy',
    entitlement: 'Security Reader',
    maximumDuration: 'PT1H',
    approval: { approvers: [{ group: 'grp-ai-finops' }] },
  })
  const { id } = done({ do: 'file', ...reader })
  done({ do: 'setMembers', group: 'grp-ai-finops', members: ['chen.li'] })
  expect(portal(tenant, { do: 'approve', as: 'fatima.zahra', request: id })).toMatchObject({ ok: false, status: 403 })
  expect(done({ do: 'approve', as: 'chen.li', request: id }).status).toBe('Provisioned')
  done({ do: 'removeEligibility', person: 'maya.okafor', entitlement: 'AI Administrator' })
  expect(portal(tenant, { do: 'file', ...administrator })).toMatchObject({ ok: false, status: 400 })
})

test('an administrator makes somebody eligible, once, and they can ask', () => {
  const late = { ...administrator, as: 'board-01' }
  expect(portal(tenant, { do: 'file', ...late })).toMatchObject({ ok: false, status: 400 })
  const eligible = { do: 'addEligibility', person: 'board-01', entitlement: 'AI Administrator' }
  done(eligible)
  expect(portal(tenant, eligible)).toMatchObject({ ok: false, status: 409 })
  expect(done({ do: 'file', ...late }).status).toBe('PendingApproval')
})

test('an approval that comes after the eligibility is gone activates nothing', () => {
  const { id } = done({ do: 'file', ...administrator })
  done({ do: 'removeEligibility', person: 'maya.okafor', entitlement: 'AI Administrator' })
  expect(done({ do: 'approve', as: 'priya.raman', request: id }).status).toBe('Failed')
  expect(view(tenant).activations).toEqual([])
})

test('a disabled person can do nothing, a deleted one is gone from everywhere', () => {
  done({ do: 'disableUser', person: 'priya.raman' })
  const { id } = done({ do: 'file', ...administrator })
  expect(portal(tenant, { do: 'approve', as: 'priya.raman', request: id })).toMatchObject({ ok: false, status: 401 })
  done({ do: 'deleteUser', person: 'sam.rivera' })
  expect(view(tenant).eligibilities.filter(({ person }) => person === 'sam.rivera')).toEqual([])
  expect(tenant.people.get('maya.okafor')?.managerId).toBeNull()
  done({ do: 'changeManager', person: 'maya.okafor', manager: 'omar.haddad' })
  expect(tenant.people.get('maya.okafor')?.managerId).toBe('omar.haddad')
})

test('what it does not know it says', () => {
  expect(portal(tenant, { do: 'dance' })).toMatchObject({ ok: false, status: 400 })
  expect(portal(tenant, { do: 'disableUser', person: 'nobody' })).toMatchObject({ ok: false, status: 404 })
  expect(portal(tenant, { do: 'activate', ...reader, entitlement: 'King' })).toMatchObject({ ok: false, status: 404 })
  expect(portal(tenant, { do: 'editAccount', resource: 'aoai-sandbox', set: {} })).toMatchObject({
    ok: false,
    status: 501,
  })
})

test('eligibilities of every kind are in the view, those of a group under each of its members', () => {
  const { eligibilities } = view(tenant)
  const of = (person: string) =>
    eligibilities.filter((each) => each.person === person).map(({ entitlement }) => entitlement)
  expect(of('diego.fuentes')).toEqual(
    expect.arrayContaining(['AI Administrator', 'grp-ai-retrieval-connectors', 'Contributor on sub-ai-sandbox-01']),
  )
  expect(eligibilities).toContainEqual(
    expect.objectContaining({ person: 'diego.fuentes', entitlement: 'Security Reader', through: 'grp-ai-engineers' }),
  )
})

test('as a drill, a request becomes another one under its own id, and the tenant says what is now in it', () => {
  const { id } = done({ do: 'file', ...administrator })
  done({ do: 'alterRequest', request: id, person: 'lena.brandt', entitlement: 'Global Reader', duration: 'PT9H' })
  expect(view(tenant).requests).toMatchObject([
    { id, person: 'lena.brandt', entitlement: 'Global Reader', duration: 'PT9H', justification: 'look at an alert' },
  ])
  expect(tenant.effects.at(-1)).toMatchObject({ operation: 'alterRequest', byToken: 'portal' })
  expect(portal(tenant, { do: 'alterRequest', request: 'none' })).toMatchObject({ ok: false, status: 404 })
})

test('a group is joined, left and administered in the portal like a role, and its members change with it', () => {
  const group = { entitlement: 'grp-ai-eval-dataset-readers', justification: 'compare two runs', duration: 'PT1H' }
  const members = () => membersOf(tenant.groups.get('grp-ai-eval-dataset-readers') as Group)
  expect(done({ do: 'activate', as: 'maya.okafor', ...group }).status).toBe('Provisioned')
  expect(members()).toContain('maya.okafor')
  expect(view(tenant).activations).toMatchObject([{ person: 'maya.okafor', entitlement: group.entitlement }])
  tenant.moveClock({ advanceMs: 60 * minute })
  expect(members()).not.toContain('maya.okafor')

  done({ do: 'addEligibility', person: 'board-01', entitlement: 'grp-ai-finops' })
  done({ do: 'setPolicy', entitlement: 'grp-ai-finops', approval: { approvers: [{ user: 'chen.li' }] } })
  const { id } = done({ do: 'file', as: 'board-01', ...group, entitlement: 'grp-ai-finops' })
  expect(done({ do: 'approve', as: 'chen.li', request: id }).status).toBe('Provisioned')
  tenant.moveClock({ advanceMs: 5 * minute })
  done({ do: 'remove', as: 'fatima.zahra', person: 'board-01', entitlement: 'grp-ai-finops' })
  expect(view(tenant).activations).toEqual([])
})

test('who is in a group for good cannot join it for a while', () => {
  const [member] = tenant.groups.get('grp-ai-engineers')?.members ?? []
  done({ do: 'addEligibility', person: member ?? '', entitlement: 'grp-ai-engineers' })
  const again = { do: 'activate', as: member, entitlement: 'grp-ai-engineers', duration: 'PT1H', justification: 'x' }
  expect(portal(tenant, again)).toMatchObject({ ok: false, message: expect.stringContaining('RoleAssignmentExists') })
})
