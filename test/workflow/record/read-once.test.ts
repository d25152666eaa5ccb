import { expect, test } from 'vitest'
import { requestOf } from '../../../src/workflow/record/record-id.ts'
import { openShell, refusedAs, roles, securityReader, stage, stagesOf } from '../shell.ts'
import { nth } from '../../fixtures/nth.ts'

// What could not be looked up is neither nothing nor everything: nobody asks, and nobody decides, on a guess.

const shell = openShell()
const { asked, drafted, inPortal, press, stands, statusOf } = shell

const security = () => shell.edit(stagesOf(securityReader, stage('security', 1)))

test.each([
  ['whether the person is eligible', 'roleEligibilityScheduleInstances'],
  ['the rules of the role', 'roleManagementPolicyAssignments'],
  ['who the person is', '/users/'],
  ['the group of deciders', '/groups'],
  ['the members of that group', '/transitiveMembers'],
])('while %s cannot be read nothing is submitted, and it is not taken for a no either', async (_, path) => {
  await security()
  const draft = await drafted('security-reader')
  shell.tenant.emulated.faults = [{ service: 'graph', path, status: 403 }]
  expect(await press('maya.okafor', 'submit', draft)).toMatchObject(refusedAs('tenant-silent'))
  shell.tenant.emulated.faults = []
  expect(shell.tenant.emulated.requests).toEqual([])
  expect(await press('maya.okafor', 'submit', draft)).toMatchObject({ answer: 'card' })
  expect(await statusOf(requestOf(draft))).toBe('in-chat')
})

test('whoever is eligible and not among the requesters of the entry cannot submit, nor while that cannot be read', async () => {
  const target = `      templateId: ${securityReader}\n      scope: /\n`
  const only = (group: string) => shell.edit([roles, target, `${target}    requesters: [${group}]\n`])
  const draft = await drafted('security-reader')
  for (const group of ['grp-legal-reviewers', 'grp-that-is-not-there']) {
    await only(group)
    expect(await press('maya.okafor', 'submit', draft)).toMatchObject(refusedAs('not-eligible'))
  }
  await only('grp-ai-sandbox-users')
  shell.tenant.emulated.faults = [{ service: 'graph', path: '/transitiveMemberOf', status: 403 }]
  expect(await press('maya.okafor', 'submit', draft)).toMatchObject(refusedAs('tenant-silent'))
  shell.tenant.emulated.faults = []
  expect(await press('maya.okafor', 'submit', draft)).toMatchObject({ answer: 'card' })
})

test('a group whose name begins like that of the deciders decides nothing', async () => {
  await security()
  const { groups } = shell.tenant.emulated
  const real = groups.get('grp-ai-security-approvers')
  if (real === undefined) throw new Error('the sample has this group')
  for (const name of ['grp-ai-security-approvers-emea', 'grp-ai-security']) {
    groups.set(name, { ...real, name, objectId: crypto.randomUUID(), members: ['noah.kim'], memberGroups: [] })
  }
  const id = await asked('security-reader')
  expect(nth((await stands(id)).stages, 0).people).not.toContain(shell.tenant.id('noah.kim'))
  expect(await press('noah.kim', 'approve', id)).toMatchObject({ refusal: { why: { kind: 'not-in-stage' } } })
  await press('jonas.weber', 'approve', id)
  expect(await statusOf(id)).toBe('ready-to-file')
})

test('a group of deciders that is gone is nobody: neither one named almost like it decides, nor the backup', async () => {
  await security()
  const draft = await drafted('security-reader')
  const { groups } = shell.tenant.emulated
  const real = groups.get('grp-ai-security-approvers')
  if (real === undefined) throw new Error('the sample has this group')
  groups.delete(real.name)
  groups.set('grp-ai-security-approvers-emea', { ...real, name: 'grp-ai-security-approvers-emea' })
  expect(await press('maya.okafor', 'submit', draft)).toMatchObject({
    refusal: { kind: 'not-requestable', why: { kind: 'nobody-may-decide' } },
  })
})

test('a group of deciders with nobody in it is a mistake to mend: the backup does not decide in its place', async () => {
  await security()
  const draft = await drafted('security-reader')
  inPortal({ do: 'setMembers', group: 'grp-ai-security-approvers', members: [] })
  expect(await press('maya.okafor', 'submit', draft)).toMatchObject({
    refusal: { kind: 'not-requestable', why: { kind: 'nobody-may-decide' } },
  })
})

test('a group emptied while a request waits for it: nobody decides it, the backup included', async () => {
  await security()
  const id = await asked('security-reader')
  inPortal({ do: 'setMembers', group: 'grp-ai-security-approvers', members: [] })
  for (const by of ['jonas.weber', 'mei.lin']) {
    expect(await press(by, 'approve', id)).toMatchObject({ refusal: { why: { kind: 'no-longer-in-stage' } } })
  }
  expect(await stands(id)).toMatchObject({ phase: { status: 'in-chat' }, decisions: [] })
})

test('an approver taken out of the group between the card and the tap decides nothing', async () => {
  await security()
  const id = await asked('security-reader')
  inPortal({ do: 'setMembers', group: 'grp-ai-security-approvers', members: ['mei.lin', 'elif.kaya'] })
  for (const verb of ['approve', 'deny'] as const) {
    expect(await press('jonas.weber', verb, id, { inputs: { comment: 'no' } })).toMatchObject({
      refusal: { kind: 'may-not-decide', why: { kind: 'no-longer-in-stage' } },
    })
  }
  await press('mei.lin', 'approve', id)
  expect(await statusOf(id)).toBe('ready-to-file')
})
