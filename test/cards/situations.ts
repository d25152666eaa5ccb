import { EntitlementId } from '../../src/entitlement/entitlement.ts'
import type { Terms } from '../../src/entitlement/terms.ts'
import { type Person, PersonId } from '../../src/people.ts'
import { RequestId } from '../../src/request/events.ts'
import type { AccessRequest, Decision, Phase } from '../../src/request/request.ts'
import { addTime, hours, milliseconds, minutes } from '../../src/time.ts'
import type { ApprovalView, ConfirmView, StatusView, View, Viewer } from '../../src/workflow/views.ts'

// Monday morning in London, an hour earlier than in Berlin.
export const now = new Date('2026-11-23T10:42:00Z')
export const london: Viewer = { locale: 'en-GB', zone: 'Europe/London' }
export const berlin: Viewer = { locale: 'de-DE', zone: 'Europe/Berlin' }

const person = (last: string) => PersonId.parse(`0a0a0a0a-0000-4000-8000-00000000000${last}`)
const maya = person('1')
const priya = person('2')
const hannah = person('3')
const names = new Map<string, string>([
  [maya, 'Maya Okafor'],
  [priya, 'Priya Raman'],
  [hannah, 'Hannah Vogt'],
])

const portal = 'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadmigratedroles'

export const terms: Terms = {
  usual: hours(2),
  longest: hours(4),
  shortest: minutes(5),
  justification: 'required',
  ticket: 'required',
  stepUp: {},
  multiFactor: true,
}

export const entitlement = {
  name: 'AI Administrator',
  grants:
    'Manage Microsoft 365 Copilot, agents, their plugins and connectors: publish, enable, switch off and remove them.',
  tier: 'high',
} as const

export const requester: Person = {
  id: maya,
  name: 'Maya Okafor',
  title: 'Machine learning engineer',
  userPrincipalName: 'maya.okafor@contoso.example',
  guest: false,
  enabled: true,
}

export const confirmView = (change: Partial<ConfirmView> = {}): ConfirmView => ({
  view: 'confirm',
  draft: 'draft_4f4f0b52-5d0c-4a43-9d0e-3f1c1d3c2b1a',
  revision: 3,
  entitlement,
  terms,
  duration: hours(2),
  justification: 'rotate the connector keys',
  ticket: 'INC-48213',
  deciders: [
    { name: 'Priya Raman', reachable: true },
    { name: 'Hannah Vogt', reachable: true },
  ],
  backup: [],
  decidedIn: 'entra',
  ...change,
})

const rule = {
  from: 'owner',
  need: 1,
  remindAfter: hours(1),
  escalateAfter: hours(4),
  lapseAfter: hours(24),
} as const

const filed = {
  entraRequest: 'c1c1c1c1-0000-4000-8000-000000000001',
  filedAt: new Date('2026-11-23T10:00:30Z'),
  lapsesAt: new Date('2026-11-24T10:00:30Z'),
}

export const request = (
  change: Partial<AccessRequest> = {},
  submission: Partial<AccessRequest['submission']> = {},
): AccessRequest => ({
  submission: {
    id: RequestId.parse('req_7f7f0b52-5d0c-4a43-9d0e-3f1c1d3c2b1a'),
    requester: maya,
    beneficiary: maya,
    entitlement: EntitlementId.parse('ai-administrator'),
    name: entitlement.name,
    target: { kind: 'directoryRole', roleDefinitionId: 'd2562ede-74db-457e-a7b6-544e236ebb61', scope: '/' },
    duration: hours(2),
    justification: { freeText: 'rotate the connector keys' },
    ticket: 'INC-48213',
    revision: 3,
    terms,
    termsHash: 'a1b2',
    tenantRules: {
      longest: hours(4),
      justification: true,
      ticket: true,
      multiFactor: true,
      approval: { asks: 'approvers', people: [priya, hannah], groups: [] },
    },
    stages: [{ by: 'native', rule, people: [priya, hannah], backup: [] }],
    catalogueDigest: 'c3d4',
    submittedAt: new Date('2026-11-23T10:00:00Z'),
    ...submission,
  },
  phase: { status: 'filed', filed },
  asOf: now,
  decisions: [],
  ...change,
})

export const statusView = (about: AccessRequest = request(), change: Partial<StatusView> = {}): StatusView => ({
  view: 'status',
  request: about,
  entitlement,
  deciders: [
    { name: 'Priya Raman', reachable: true },
    { name: 'Hannah Vogt', reachable: true },
  ],
  names,
  buttons: ['withdraw'],
  observedAt: now,
  portal,
  ...change,
})

export const approvalView = (about: AccessRequest = request(), change: Partial<ApprovalView> = {}): ApprovalView => ({
  view: 'approval',
  request: about,
  requester,
  entitlement,
  names,
  open: true,
  portal,
  ...change,
})

export const decided = (change: Partial<Decision> = {}): Decision => ({
  by: priya,
  stage: 0,
  verdict: 'approve',
  confirmed: true,
  inStage: true,
  at: new Date('2026-11-23T10:20:00Z'),
  source: 'answer',
  ...change,
})

const at = new Date('2026-11-23T10:20:00Z')
export const phases: Readonly<Record<Phase['status'], Phase>> = {
  'ready-to-file': { status: 'ready-to-file' },
  filed: { status: 'filed', filed },
  activating: { status: 'activating', filed },
  active: { status: 'active', filed, instance: 'i-1', from: at, until: addTime(at, hours(2)), seenAt: at },
  ended: { status: 'ended', at: addTime(at, minutes(10)), from: at, how: 'by-holder' },
  denied: { status: 'denied', at },
  withdrawn: { status: 'withdrawn', at },
  lapsed: { status: 'lapsed', at },
  refused: {
    status: 'refused',
    at,
    code: 'RoleAssignmentRequestPolicyValidationFailed',
    message: 'The following policy rules failed: ["TicketingRule"]',
  },
  failed: { status: 'failed', at, detail: 'ProvisioningFailed' },
}

const reservation = {
  by: priya,
  stage: 0,
  verdict: 'approve',
  leaseUntil: addTime(at, milliseconds(60_000)),
  attemptedAt: new Date('2026-11-23T11:02:00Z'),
} as const

/** One of everything that can stand in a chat, by a name that says which. */
export const situations: ReadonlyMap<string, View> = new Map<string, View>([
  ['confirm: complete', confirmView()],
  [
    'confirm: cut, sent back, nothing filled in',
    confirmView({
      duration: hours(4),
      cutFrom: hours(8),
      justification: '',
      ticket: '',
      sentBack: { refusal: { kind: 'justification-missing' }, missing: ['justification', 'ticket'] },
      deciders: [{ name: 'Priya Raman', reachable: true }],
      backup: [{ name: 'Hannah Vogt', reachable: false }],
    }),
  ],
  [
    'confirm: unknown ticket',
    confirmView({ sentBack: { refusal: { kind: 'ticket-not-recognised', ticket: 'lunch_1' }, missing: [] } }),
  ],
  ['confirm: decided in the chat', confirmView({ decidedIn: 'chat', terms: { ...terms, ticket: 'optional' } })],
  ...Object.values(phases).map((phase): [string, View] => [
    `status: ${phase.status}`,
    statusView(
      request({
        phase,
        decisions: ['activating', 'active', 'ended'].includes(phase.status)
          ? [decided()]
          : phase.status === 'denied'
            ? [decided({ verdict: 'deny', comment: { freeText: 'Use the read-only role for this, please.' } })]
            : [],
      }),
      { buttons: phase.status === 'active' ? ['end'] : phase.status === 'filed' ? ['withdraw', 'check'] : [] },
    ),
  ]),
  [
    'status: active, too early to end',
    statusView(request({ phase: phases.active, decisions: [decided({ inStage: false })] }), {
      buttons: [],
      endPossibleAt: new Date('2026-11-23T10:25:00Z'),
    }),
  ],
  [
    'status: active, answer not seen',
    statusView(request({ phase: phases.active, reservation, decisions: [decided({ confirmed: false })] })),
  ],
  ['status: being decided', statusView(request({ reservation }))],
  ...(['filing', 'decision', 'withdrawal', 'end'] as const).map((about): [string, View] => [
    `status: ${about} in doubt`,
    statusView(
      request({
        phase: about === 'filing' ? phases['ready-to-file'] : about === 'end' ? phases.active : phases.filed,
        doubt: { about, since: at, by: about === 'decision' ? priya : maya, leaseUntil: at, answerLost: true },
        ...(about === 'decision' ? { reservation } : {}),
      }),
      { buttons: ['check'] },
    ),
  ]),
  [
    'status: being sent',
    statusView(
      request({
        phase: phases['ready-to-file'],
        doubt: { about: 'filing', since: now, by: maya, leaseUntil: now, answerLost: false },
      }),
      { buttons: [] },
    ),
  ],
  [
    'status: over, never seen active',
    statusView(request({ phase: { status: 'ended', at, from: at, how: 'unseen' }, decisions: [decided()] }), {
      buttons: [],
    }),
  ],
  ['status: ending', statusView(request({ phase: phases.active, endedByHolder: true }), { buttons: ['check'] })],
  ...(['withdrawal', 'end', 'decision'] as const).map((about): [string, View] => [
    `status: ${about} refused by Entra`,
    statusView(
      request({
        phase: about === 'end' ? phases.active : phases.filed,
        setback: { about, code: 'RoleAssignmentRequestCannotBeCancelled', message: 'The request cannot be cancelled' },
      }),
    ),
  ]),
  [
    'status: not sent',
    statusView(request({ phase: phases['ready-to-file'] }), { buttons: ['submit', 'withdraw', 'check'] }),
  ],
  ['approval: open', approvalView()],
  ['approval: refused', approvalView(request(), { refused: { kind: 'comment-missing' } })],
  [
    'approval: differs',
    approvalView(request(), {
      refused: {
        kind: 'differs-in-entra',
        differences: [{ field: 'duration', journal: '2 hours', entra: '4 hours' }],
      },
    }),
  ],
  ['approval: being decided', approvalView(request({ reservation }))],
  [
    'approval: somebody’s answer in doubt',
    approvalView(
      request({ reservation, doubt: { about: 'decision', since: at, by: priya, leaseUntil: at, answerLost: false } }),
    ),
  ],
  ...Object.values(phases).map((phase): [string, View] => [
    `approval: closed, ${phase.status}`,
    approvalView(
      request({
        phase,
        decisions: phase.status === 'denied' ? [decided({ verdict: 'deny' })] : [decided()],
      }),
      { open: false },
    ),
  ]),
  ['closed draft: discarded', { view: 'closed-draft', entitlement: 'AI Administrator', why: 'discarded' }],
  ['closed draft: replaced', { view: 'closed-draft', entitlement: 'AI Administrator', why: 'replaced' }],
])
