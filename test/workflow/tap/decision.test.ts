import { describe, expect, test } from 'vitest'
import { startingSwitches } from '../../../src/emulated-tenant/state/switches.ts'
import { ok } from '../../../src/result.ts'
import { hours, minutes } from '../../../src/time.ts'
import { look } from '../../../src/workflow/engine/look.ts'
import { record } from '../../../src/workflow/record/record.ts'
import { requestOf } from '../../../src/workflow/record/record-id.ts'
import { query } from '../../fixtures/postgres.ts'
import { startsAt } from '../../microsoft/tenant-edge.ts'
import {
  aiAdministrator,
  globalReader,
  openShell,
  refusedAs,
  roles,
  securityReader,
  shared,
  stage,
  stagesOf,
} from '../shell.ts'

const shell = openShell()
const { asked, drafted, edges, effects, eligibleFor, inEntra, inPortal, press, stands, statusOf } = shell

describe('while nothing can be written down', () => {
  const blocked = async (act: () => Promise<void>) => {
    await query(shell.adminUrl, 'alter table journal add constraint closed check (false) not valid')
    try {
      await act()
    } finally {
      await query(shell.adminUrl, 'alter table journal drop constraint closed')
    }
  }

  test('no approval is cast in Entra: what grants comes after the decision is durable', async () => {
    const id = await asked()
    await blocked(async () => {
      expect(await press('priya.raman', 'approve', id)).toMatchObject(refusedAs('own-fault'))
    })
    expect(effects('approve')).toEqual([])
    expect(await stands(id)).toMatchObject({ phase: { status: 'filed' }, decisions: [] })
    await press('priya.raman', 'approve', id)
    expect(effects('approve')).toHaveLength(1)
  })

  test('nobody is answered that their yes in chat counts', async () => {
    const id = await asked('security-reader')
    await blocked(async () => {
      expect(await press('jonas.weber', 'approve', id)).toMatchObject(refusedAs('own-fault'))
    })
    expect(await stands(id)).toMatchObject({ phase: { status: 'in-chat' }, decisions: [] })
  })

  test('nothing is filed', async () => {
    const draft = await drafted()
    await blocked(async () => {
      expect(await press('maya.okafor', 'submit', draft)).toMatchObject(refusedAs('own-fault'))
    })
    expect(shell.tenant.emulated.requests).toEqual([])
  })
})

describe('two replicas over one database', () => {
  test('a form submitted on both at once becomes one request, filed once', async () => {
    const draft = await drafted()
    await Promise.all([press('maya.okafor', 'submit', draft, {}, 0), press('maya.okafor', 'submit', draft, {}, 1)])
    expect(effects('selfActivate')).toHaveLength(1)
    expect(await statusOf(requestOf(draft))).toBe('filed')
  })

  test('one approver’s tap that reaches both at once is one decision, in Entra and here', async () => {
    const id = await asked()
    const answers = await Promise.all([
      press('priya.raman', 'approve', id, {}, 0),
      press('priya.raman', 'approve', id, {}, 1),
    ])
    expect(answers.map(({ answer }) => answer)).toContain('card')
    expect(effects('approve')).toHaveLength(1)
    expect((await stands(id)).decisions).toHaveLength(1)
  })

  test('two deciders who disagree at the same moment: one is recorded, in Entra and here alike, and the other is told', async () => {
    const id = await asked()
    const deny = { inputs: { comment: 'not this week' } }
    const answers = await Promise.all([
      press('priya.raman', 'approve', id, {}, 0),
      press('hannah.vogt', 'deny', id, deny, 1),
    ])
    expect(answers.map(({ answer }) => answer).toSorted()).toEqual(['card', 'refused'])
    expect([...effects('approve'), ...effects('deny')]).toHaveLength(1)
    const { decisions } = await stands(id)
    expect(decisions).toHaveLength(1)
    expect(decisions[0]?.verdict).toBe(effects('approve').length === 1 ? 'approve' : 'deny')
  })

  test('two who say yes at the same moment both count: whoever lost the race is written down anew', async () => {
    await shell.edit(stagesOf(globalReader, stage('owner', 2)))
    inPortal({ do: 'setPolicy', entitlement: 'Global Reader', approval: 'none' })
    const id = await asked('global-reader', await eligibleFor(globalReader))
    await Promise.all([press('jonas.weber', 'approve', id, {}, 0), press('mei.lin', 'approve', id, {}, 1)])
    const request = await stands(id)
    expect(request.decisions.map(({ by }) => by).toSorted()).toEqual(
      [shell.tenant.id('jonas.weber'), shell.tenant.id('mei.lin')].toSorted(),
    )
    expect(request.phase.status).toBe('ready-to-file')
  })
})

test('what is written while others write comes after theirs, and none of it is lost', async () => {
  const id = await asked()
  const { version } = await shell.stores[0].journal.load(id)
  const writing = Array.from({ length: 8 }, (_, index) => {
    const happened = {
      type: 'DecisionRefused',
      by: shell.tenant.id('priya.raman'),
      code: `${index}`,
      message: '',
    } as const
    const because = { actor: 'latchkey', cause: 'test' } as const
    return record(edges(index % 2 === 0 ? 0 : 1), id, because, () =>
      ok([{ ...happened, at: shell.tenant.emulated.now() }]),
    )
  })
  for (const written of await Promise.all(writing)) expect(written.ok).toBe(true)
  const after = await shell.stores[0].journal.load(id)
  expect(after.version).toBe(version + 8)
  const codes = after.events.flatMap((event) => (event.type === 'DecisionRefused' ? [event.code] : []))
  expect(codes.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
})

describe('two of three', () => {
  test('the first yes stands in chat, one person cannot be both, and the second is cast in Entra', async () => {
    await shell.edit(stagesOf(aiAdministrator, stage('owner', 2)))
    const id = await asked()
    expect(await statusOf(id)).toBe('in-chat')
    await press('priya.raman', 'approve', id)
    expect(await press('priya.raman', 'approve', id)).toMatchObject({ answer: 'refused' })
    expect(await statusOf(id)).toBe('ready-to-file')
    expect(effects()).toEqual([])
    await press('maya.okafor', 'submit', id)
    expect(await press('priya.raman', 'approve', id)).toMatchObject({
      refusal: { kind: 'may-not-decide', why: { kind: 'decided-another-stage' } },
    })
    await press('hannah.vogt', 'approve', id)
    expect(effects('approve').map(({ who }) => who)).toEqual(['hannah.vogt'])
    expect((await look(edges(), id))?.phase).toMatchObject({ status: 'active' })
  })
})

describe('three of four', () => {
  const cloudAppAdministrator = '158c047a-c907-4556-b7ef-446551a6b5f7'
  const able = ['jonas.weber', 'mei.lin', 'elif.kaya', 'paulo.reis'] as const
  const three = async () => {
    // Whether a sign-in is fresh is another story.
    await shell.edit(stagesOf(cloudAppAdministrator, stage('security', 3)), [shared, '      approve: c1\n', ''])
    return asked('cloud-app-administrator', 'noah.kim')
  }

  test('two say yes in chat and the third in Entra: three different people, in any order, and never fewer', async () => {
    const id = await three()
    await press('paulo.reis', 'approve', id)
    expect(await statusOf(id)).toBe('in-chat')
    expect(await press('paulo.reis', 'approve', id)).toMatchObject({ refusal: { why: { kind: 'decided-already' } } })
    await press('noah.kim', 'submit', id)
    expect(await statusOf(id)).toBe('in-chat')
    await press('mei.lin', 'approve', id)
    expect(await statusOf(id)).toBe('ready-to-file')
    expect(effects()).toEqual([])
    await press('noah.kim', 'submit', id)
    for (const again of ['paulo.reis', 'mei.lin']) {
      expect(await press(again, 'approve', id)).toMatchObject({ refusal: { why: { kind: 'decided-another-stage' } } })
    }
    expect(await statusOf(id)).toBe('filed')
    await press('jonas.weber', 'approve', id)
    expect(effects('approve').map(({ who }) => who)).toEqual(['jonas.weber'])
    const { decisions } = await stands(id)
    expect(new Set(decisions.map(({ by }) => by)).size).toBe(3)
    expect((await look(edges(), id))?.phase).toMatchObject({ status: 'active' })
  })

  test('one no among the yeses ends it, and nothing reaches Entra', async () => {
    const id = await three()
    await press('jonas.weber', 'approve', id)
    await press('elif.kaya', 'deny', id, { inputs: { comment: 'not on a Friday' } })
    expect(await statusOf(id)).toBe('denied')
    expect(await press('mei.lin', 'approve', id)).toMatchObject({ answer: 'refused' })
    expect(effects()).toEqual([])
  })

  test('all four at the same moment on two replicas: two count in chat, and no third does', async () => {
    const id = await three()
    await Promise.all(able.map((by, index) => press(by, 'approve', id, {}, index % 2 === 0 ? 0 : 1)))
    expect(await stands(id)).toMatchObject({ phase: { status: 'ready-to-file' } })
    const { decisions } = await stands(id)
    expect(decisions).toHaveLength(2)
    expect(new Set(decisions.map(({ by }) => by)).size).toBe(2)
  })
})

describe('the catalogue is edited between submission and tap', () => {
  test('an owner who takes the second stage away has not approved alone: everybody is asked anew', async () => {
    const two = stage('owner', 1) + stage('security', 1)
    await shell.edit(stagesOf(securityReader, two))
    const id = await asked('security-reader')
    await shell.edit()
    expect(await press('jonas.weber', 'approve', id)).toMatchObject(refusedAs('stages-changed'))
    expect(await stands(id)).toMatchObject({ phase: { status: 'in-chat' }, decisions: [] })
  })

  test('a longest time that was cut binds the request under way: it can be denied and not approved', async () => {
    const id = await asked()
    await shell.edit([shared, 'activation: {default: PT1H, max: PT4H}', 'activation: {default: PT1H, max: PT1H}'])
    expect(await press('priya.raman', 'approve', id)).toMatchObject(refusedAs('terms-stricter'))
    expect(effects('approve')).toEqual([])
    await press('priya.raman', 'deny', id, { inputs: { comment: 'ask for an hour' } })
    expect(effects('deny')).toHaveLength(1)
  })

  test('a longest time that was raised changes nothing about the request under way', async () => {
    const id = await asked()
    await shell.edit([shared, 'activation: {default: PT1H, max: PT4H}', 'activation: {default: PT4H, max: PT12H}'])
    await press('priya.raman', 'approve', id)
    expect((await stands(id)).submission.duration).toBe(hours(2))
    expect(await look(edges(), id)).toMatchObject({ phase: { status: 'active' } })
  })

  test('somebody the owner adds as owner decides nothing of what was asked before', async () => {
    const id = await asked()
    await shell.edit([roles, 'owners: [priya.raman]', 'owners: [priya.raman, mei.lin]'])
    inPortal({
      do: 'setPolicy',
      entitlement: 'AI Administrator',
      approval: { approvers: [{ user: 'priya.raman' }, { user: 'hannah.vogt' }, { user: 'mei.lin' }] },
    })
    expect(await press('mei.lin', 'approve', id)).toMatchObject({
      refusal: { kind: 'may-not-decide', why: { kind: 'not-in-stage' } },
    })
    expect(effects('approve')).toEqual([])
  })

  test('an approver whom the catalogue drops between the card and the tap decides nothing, and the backup does', async () => {
    const id = await asked()
    await shell.edit([roles, 'owners: [priya.raman]', 'owners: [lena.brandt]'])
    const barred = await press('priya.raman', 'approve', id)
    expect(barred).toMatchObject({ refusal: { kind: 'may-not-decide', why: { kind: 'no-longer-in-stage' } } })
    // The sentence alone: where the request stands is no longer theirs to know.
    expect(barred).not.toHaveProperty('view')
    await press('hannah.vogt', 'approve', id)
    expect(effects('approve').map(({ who }) => who)).toEqual(['hannah.vogt'])
  })
})

describe('who decides could not be read', () => {
  test.each(['/transitiveMembers', '/users/', 'roleManagementPolicyAssignments'])(
    'while %s fails nobody decides, whoever was asked, and nothing is taken for empty',
    async (path) => {
      await shell.edit(stagesOf(securityReader, stage('security', 1)))
      const id = await asked('security-reader')
      shell.tenant.emulated.faults = [{ service: 'graph', path, status: 403 }]
      expect(await press('jonas.weber', 'approve', id)).toMatchObject(refusedAs('tenant-silent'))
      shell.tenant.emulated.faults = []
      expect(await stands(id)).toMatchObject({ phase: { status: 'in-chat' }, decisions: [] })
      // Not empty either: once it can be read again the same people decide.
      expect(await press('jonas.weber', 'approve', id)).toMatchObject({ answer: 'card' })
    },
  )
})

describe('who may not decide their own', () => {
  test('a member of security who asks is refused in the stage of security, and another member decides', async () => {
    await shell.edit(stagesOf(securityReader, stage('security', 1)))
    const id = await asked('security-reader', 'mei.lin')
    expect(await press('mei.lin', 'approve', id)).toMatchObject(refusedAs('own-request'))
    await press('jonas.weber', 'approve', id)
    expect(await statusOf(id)).toBe('ready-to-file')
  })

  test('a manager who asks is decided by their own manager, and whom they manage decides nothing', async () => {
    await shell.edit(stagesOf(securityReader, stage('manager', 1)))
    inPortal({ do: 'changeManager', person: 'maya.okafor', manager: 'noah.kim' })
    inPortal({ do: 'changeManager', person: 'noah.kim', manager: 'omar.haddad' })
    const id = await asked('security-reader', 'noah.kim')
    expect(await press('noah.kim', 'approve', id)).toMatchObject(refusedAs('own-request'))
    expect(await press('maya.okafor', 'approve', id)).toMatchObject({ refusal: { why: { kind: 'not-in-stage' } } })
    await press('omar.haddad', 'approve', id)
    expect(await statusOf(id)).toBe('ready-to-file')
  })

  test('a mail address is not identity: another account with the owner’s address decides nothing', async () => {
    const id = await asked()
    const [owner, other] = [
      shell.tenant.emulated.people.get('priya.raman'),
      shell.tenant.emulated.people.get('elif.kaya'),
    ]
    if (owner === undefined || other === undefined) throw new Error('the sample has both')
    Object.assign(other, { mail: owner.mail, displayName: owner.displayName })
    expect(await press('elif.kaya', 'approve', id)).toMatchObject({ refusal: { why: { kind: 'not-in-stage' } } })
    expect(effects('approve')).toEqual([])
  })
})

test.each(['gone', 'not-found'] as const)(
  'while Entra’s beta approvals are %s the decider is sent to the portal, and what they do there is seen',
  async (betaApprovals) => {
    const id = await asked()
    shell.tenant.emulated.switches = { ...startingSwitches, authenticationContexts: false, betaApprovals }
    expect(await press('priya.raman', 'approve', id)).toMatchObject({
      refusal: { kind: 'decide-in-portal', portal: expect.stringContaining('https://entra.microsoft.com/') },
      view: { view: 'approval', open: true, portal: expect.stringContaining('https://entra.microsoft.com/') },
    })
    // Given back at once: nobody waits for somebody who could not decide.
    expect(await stands(id)).toMatchObject({ phase: { status: 'filed' }, decisions: [] })
    expect((await stands(id)).reservation).toBeUndefined()
    inPortal({ do: 'approve', as: 'priya.raman', request: inEntra().id })
    expect(await look(edges(), id)).toMatchObject({ phase: { status: 'active' } })
  },
)

test('a withdrawal that Entra refuses is said; if it is approved all the same, End now is offered', async () => {
  const id = await asked()
  shell.tenant.emulated.switches = { ...startingSwitches, authenticationContexts: false, pendingCancelAllowed: false }
  expect(await press('maya.okafor', 'withdraw', id)).toMatchObject({ refusal: { kind: 'entra-refused' } })
  expect(await stands(id)).toMatchObject({ phase: { status: 'filed' }, setback: { about: 'withdrawal' } })
  inPortal({ do: 'approve', as: 'hannah.vogt', request: inEntra().id })
  shell.tenant.emulated.moveClock({ advanceMs: minutes(6) })
  await look(edges(), id)
  const checked = await press('maya.okafor', 'check', id)
  expect(checked).toMatchObject({ view: { view: 'status', request: { phase: { status: 'active' } } } })
  expect(JSON.stringify(checked.view)).toContain('"end"')
})

test('an activation that is not ours makes nothing of ours active, nor ended when it ends', async () => {
  const id = await asked()
  const now = shell.tenant.emulated.now()
  shell.tenant.emulated.assignments.push({
    id: crypto.randomUUID(),
    resource: aiAdministrator,
    principalId: shell.tenant.id('maya.okafor'),
    type: 'Activated',
    startsAt: now,
    endsAt: new Date(now.getTime() + hours(1)),
    visibleFrom: now,
    listings: 0,
    activatedUsing: null,
    createdAt: now,
  })
  expect(
    await shell.tenant.roles.active(shell.tenant.id('maya.okafor'), (await stands(id)).submission.target),
  ).toHaveLength(1)
  expect(await look(edges(), id)).toMatchObject({ phase: { status: 'filed' } })
  shell.tenant.emulated.moveClock({ advanceMs: hours(2) })
  expect(await look(edges(), id)).toMatchObject({ phase: { status: 'filed' }, decisions: [] })
  await press('priya.raman', 'approve', id)
  expect(await look(edges(), id)).toMatchObject({ phase: { status: 'active' } })
})

test('an answer after hours of waiting grants the whole time that was asked for, from then on', async () => {
  const id = await asked()
  shell.tenant.emulated.moveClock({ advanceMs: hours(20) })
  await press('priya.raman', 'approve', id)
  const { phase } = (await look(edges(), id)) ?? {}
  if (phase?.status !== 'active') throw new Error('not active')
  expect((phase.until?.getTime() ?? 0) - phase.from.getTime()).toBe(hours(2))
  expect(phase.from.getTime() - startsAt.getTime()).toBeGreaterThanOrEqual(hours(20))
})

test('accepted by Entra is not active: until Entra shows it the card does not say so', async () => {
  const id = await asked()
  shell.tenant.emulated.switches = { ...shell.tenant.emulated.switches, provisioningDelayMs: minutes(3) }
  const answer = await press('priya.raman', 'approve', id)
  expect(answer).toMatchObject({ view: { request: { phase: { status: 'activating' } } } })
  expect(await look(edges(), id)).toMatchObject({ phase: { status: 'activating' } })
  shell.tenant.emulated.moveClock({ advanceMs: minutes(4) })
  expect(await look(edges(), id)).toMatchObject({ phase: { status: 'active' } })
})

describe('card data names', () => {
  test('another request: whoever decides this one decides nothing of that', async () => {
    const [theirs, other] = [await asked(), await asked('security-reader')]
    expect(await press('priya.raman', 'approve', other)).toMatchObject({ refusal: { why: { kind: 'not-in-stage' } } })
    expect(await stands(other)).toMatchObject({ phase: { status: 'in-chat' }, decisions: [] })
    expect(await statusOf(theirs)).toBe('filed')
  })

  test('an old revision: the card of the stage before is worth nothing', async () => {
    await shell.edit(stagesOf(aiAdministrator, stage('owner', 2)))
    const id = await asked()
    await press('priya.raman', 'approve', id)
    await press('maya.okafor', 'submit', id)
    expect(await press('hannah.vogt', 'approve', id, { revision: 1 })).toMatchObject(refusedAs('old-card'))
    expect(effects('approve')).toEqual([])
  })

  test('a request of which nothing stands in the journal: nothing is done and it is kept for the security reader', async () => {
    const made = `req_${crypto.randomUUID()}`
    expect(await press('priya.raman', 'approve', made)).toMatchObject(refusedAs('unknown-record'))
    expect(effects()).toEqual([])
  })
})

test('only its speaker discards a form, whoever taps', async () => {
  const draft = await drafted()
  for (const stranger of ['priya.raman', 'elif.kaya', 'tom.whitfield']) {
    expect(await press(stranger, 'discard', draft)).toMatchObject(refusedAs('not-yours'))
  }
  expect((await shell.stores[0].drafts.load(draft))?.closed).toBeNull()
  expect(await press('maya.okafor', 'discard', draft)).toMatchObject({ view: { view: 'closed-draft' } })
  expect(await press('maya.okafor', 'submit', draft)).toMatchObject(refusedAs('draft-closed'))
})
