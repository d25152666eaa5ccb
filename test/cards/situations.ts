import { EntitlementId } from '../../src/entitlement/entry.ts'
import type { Terms } from '../../src/entitlement/terms.ts'
import { type Person, PersonId } from '../../src/people.ts'
import { RequestId } from '../../src/request/events.ts'
import type { Stage } from '../../src/approval/stage.ts'
import type { AccessRequest, Decision, Phase, Question, Waiting } from '../../src/request/request.ts'
import { addTime, hours, milliseconds, minutes } from '../../src/time.ts'
import type {
  ApprovalView,
  ConfirmView,
  EndingView,
  PendingView,
  QuestionView,
} from '../../src/workflow/ports/views.ts'
import type { NamedDecider, StageView } from '../../src/workflow/ports/stage-view.ts'
import type { StatusView, View, Viewer } from '../../src/workflow/ports/views.ts'

// Monday morning in London, an hour earlier than in Berlin.
export const now = new Date('2026-11-23T10:42:00Z')
export const london: Viewer = { locale: 'en-GB', zone: 'Europe/London' }
export const berlin: Viewer = { locale: 'de-DE', zone: 'Europe/Berlin' }

const person = (last: string) => PersonId.parse(`0a0a0a0a-0000-4000-8000-00000000000${last}`)
const maya = person('1')
const priya = person('2')
const hannah = person('3')
const jonas = person('4')
const mei = person('5')
const elif = person('6')
export const names = new Map<string, string>([
  [maya, 'Maya Okafor'],
  [priya, 'Priya Raman'],
  [hannah, 'Hannah Vogt'],
  [jonas, 'Jonas Weber'],
  [mei, 'Mei Lin'],
  [elif, 'Elif Kaya'],
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

export const named = (name: string, reachable = true): NamedDecider => ({ name, reachable })

export const stageView = (change: Partial<StageView> = {}): StageView => ({
  by: 'entra',
  need: 1,
  asked: [named('Priya Raman'), named('Hannah Vogt')],
  standIn: [],
  ...change,
})

/** A manager in chat, then two of three in chat, then one of them in Entra. */
export const threeStages: readonly StageView[] = [
  stageView({ by: 'chat', asked: [named('Priya Raman')], standIn: [named('Hannah Vogt')] }),
  stageView({ by: 'chat', need: 2, asked: [named('Jonas Weber'), named('Mei Lin'), named('Elif Kaya', false)] }),
  stageView({ asked: [named('Jonas Weber'), named('Mei Lin'), named('Elif Kaya', false)] }),
]

export const confirmView = (change: Partial<ConfirmView> = {}): ConfirmView => ({
  view: 'confirm',
  draft: 'draft_4f4f0b52-5d0c-4a43-9d0e-3f1c1d3c2b1a',
  revision: 3,
  entitlement,
  terms,
  duration: hours(2),
  justification: 'rotate the connector keys',
  ticket: 'INC-48213',
  more: [],
  stages: [stageView()],
  names,
  ...change,
})

const rule = {
  from: 'owner',
  need: 1,
  remindAfter: hours(1),
  escalateAfter: hours(4),
  lapseAfter: hours(24),
} as const

const stage = (change: Partial<Stage> = {}): Stage => ({
  by: 'native',
  rule,
  need: 1,
  people: [priya, hannah],
  backup: [],
  lastResort: [],
  ...change,
})
/** One in chat, two of three in chat, one in Entra: as `threeStages` tells it before. */
const stagesInOrder = [
  stage({ by: 'chat', people: [priya], backup: [hannah] }),
  stage({ by: 'chat', need: 2, people: [jonas, mei, elif] }),
  stage({ people: [jonas, mei, elif] }),
] as const
const chatOnly = [stage({ by: 'chat' })] as const

const waitingAt = (index: number): Waiting => ({
  stage: index,
  since: new Date('2026-11-23T10:00:30Z'),
  reminded: false,
  escalated: false,
})

const filed = {
  nativeRequest: 'c1c1c1c1-0000-4000-8000-000000000001',
  filedAt: new Date('2026-11-23T10:00:30Z'),
  closesAt: new Date('2026-11-24T10:00:30Z'),
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
    target: { kind: 'directoryRole', role: 'd2562ede-74db-457e-a7b6-544e236ebb61', scope: '/' },
    duration: hours(2),
    justification: { freeText: 'rotate the connector keys' },
    ticket: 'INC-48213',
    terms,
    tenantRules: {
      longest: hours(4),
      justification: true,
      ticket: true,
      multiFactor: true,
      approval: { asks: 'approvers', people: [priya, hannah], groups: [] },
    },
    catalogueDigest: 'c3d4',
    submittedAt: new Date('2026-11-23T10:00:00Z'),
    ...submission,
  },
  stages: [stage()],
  termsHash: 'a1b2',
  revision: 3,
  phase: { status: 'filed', filed, waiting: waitingAt(0) },
  asOf: now,
  decisions: [],
  deviations: [],
  questions: [],
  ...change,
})

export const statusView = (about: AccessRequest = request(), change: Partial<StatusView> = {}): StatusView => ({
  view: 'status',
  request: about,
  entitlement,
  deciders: [named('Priya Raman'), named('Hannah Vogt')],
  next: { closesAt: filed.closesAt, backup: [] },
  thenEntra: true,
  advisory: false,
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
  stage: { number: 1, of: 1, yes: 0, need: 1 },
  by: 'entra',
  lastUse: null,
  signals: [],
  others: ['Hannah Vogt'],
  mayClaim: true,
  ask: 'open',
  portal,
  ...change,
})

export const questionView = (about: AccessRequest, change: Partial<QuestionView> = {}): QuestionView => ({
  view: 'question',
  record: 'question_7f7f0b52-5d0c-4a43-9d0e-3f1c1d3c2b1a_0',
  request: about,
  entitlement,
  number: 0,
  names,
  open: true,
  ...change,
})

export const endingView = (about: AccessRequest = request(), change: Partial<EndingView> = {}): EndingView => ({
  view: 'ending',
  request: about,
  entitlement,
  until: new Date('2026-11-23T12:03:00Z'),
  open: true,
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

export const asked = (text: string | null, answer?: string | null): Question => ({
  by: priya,
  at: new Date('2026-11-23T10:31:00Z'),
  revision: 3,
  text: { freeText: text },
  ...(answer === undefined ? {} : { answer: { at: new Date('2026-11-23T10:35:00Z'), text: { freeText: answer } } }),
})

const at = new Date('2026-11-23T10:20:00Z')
const activePhase: Extract<Phase, { status: 'active' }> = {
  status: 'active',
  filed,
  instance: 'i-1',
  from: at,
  until: addTime(at, hours(2)),
  seenAt: at,
  letEnd: false,
}
export const phases: Readonly<Record<Phase['status'], Phase>> = {
  'in-chat': { status: 'in-chat', waiting: waitingAt(0) },
  'ready-to-file': { status: 'ready-to-file', until: addTime(at, hours(24)) },
  filed: { status: 'filed', filed, waiting: waitingAt(0) },
  scheduled: { status: 'scheduled', filed, from: addTime(at, hours(20)) },
  activating: { status: 'activating', filed, since: at },
  active: activePhase,
  ended: { status: 'ended', at: addTime(at, minutes(10)), from: at, how: 'by-holder' },
  denied: { status: 'denied', at },
  withdrawn: { status: 'withdrawn', at },
  lapsed: { status: 'lapsed', at, seenAt: at, waitedFor: 'stage' },
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

const inChat = (
  index: number,
  change: Partial<AccessRequest> = {},
  submission: Partial<AccessRequest['submission']> = {},
) =>
  request(
    { stages: [...stagesInOrder], phase: { status: 'in-chat', waiting: waitingAt(index) }, ...change },
    submission,
  )
const saidYes = [
  decided({ source: 'person' }),
  decided({ by: jonas, stage: 1, source: 'person', comment: { freeText: 'Only for the connectors, please.' } }),
]
const signals = [
  {
    label: 'Real customer data',
    meaning: 'Opens records of real customers, so the approver should find a purpose in the justification.',
  },
]
const askedOfMany = { stage: { number: 2, of: 3, yes: 1, need: 2 }, by: 'chat', signals } as const

/** A request on its way through several stages, for each of the people it concerns. */
const inStages: readonly (readonly [string, View])[] = [
  [
    'status: first of three stages',
    statusView(inChat(0), {
      deciders: [named('Priya Raman')],
      next: {
        backupAt: new Date('2026-11-23T12:30:00Z'),
        closesAt: filed.closesAt,
        backup: [named('Hannah Vogt')],
      },
    }),
  ],
  [
    'status: two of three, one has said yes',
    statusView(inChat(1, { decisions: saidYes }), { deciders: [named('Mei Lin'), named('Elif Kaya')] }),
  ],
  ['status: nobody left to ask in chat', statusView(inChat(1), { deciders: [] })],
  [
    'status: last of three stages',
    statusView(
      inChat(2, { phase: { status: 'filed', filed, waiting: waitingAt(2) }, decisions: saidYes, reservation }),
      {
        deciders: [named('Mei Lin'), named('Elif Kaya')],
        next: {
          backupAt: new Date('2026-11-23T14:00:00Z'),
          closesAt: filed.closesAt,
          backup: [named('Hannah Vogt')],
        },
      },
    ),
  ],
  [
    'status: procedure only',
    statusView(request({ stages: chatOnly, phase: phases['in-chat'] }), { thenEntra: false, advisory: true }),
  ],
  [
    'status: approved, activate now',
    statusView(
      request({ stages: chatOnly, phase: phases['ready-to-file'], decisions: [decided({ source: 'person' })] }),
      {
        thenEntra: false,
        advisory: true,
        buttons: ['activate', 'withdraw'],
      },
    ),
  ],
  [
    'status: approved, send to Entra',
    statusView(inChat(2, { phase: phases['ready-to-file'], decisions: saidYes }), {
      buttons: ['activate', 'withdraw'],
    }),
  ],
  ...(['requester', 'entra'] as const).map((waitedFor): [string, View] => [
    `status: lapsed for ${waitedFor}`,
    statusView(request({ phase: { status: 'lapsed', at, seenAt: at, waitedFor } }), { buttons: [] }),
  ]),
  [
    'status: lapsed, one of two said yes',
    statusView(inChat(1, { phase: phases.lapsed, decisions: saidYes }), { buttons: [] }),
  ],
  [
    'status: refused tap',
    statusView(inChat(2, { phase: phases['ready-to-file'], decisions: saidYes }), {
      refused: { kind: 'step-up-needed', context: 'c1' },
      buttons: ['activate', 'withdraw'],
    }),
  ],
  ...(['withdrawal', 'end'] as const).map((about): [string, View] => [
    `status: ${about} never reached Entra`,
    statusView(
      request({
        phase: about === 'end' ? phases.active : phases.filed,
        setback: { about, code: 'not-received', message: '' },
      }),
      { buttons: about === 'end' ? ['end', 'check'] : ['withdraw', 'check'] },
    ),
  ]),
  [
    'approval: two of three, with a signal',
    approvalView(inChat(1, { decisions: saidYes }), {
      ...askedOfMany,
      others: ['Elif Kaya'],
      lastUse: new Date('2026-11-09T09:00:00Z'),
    }),
  ],
  [
    'approval: long justification',
    approvalView(request({}, { justification: { freeText: 'The connector keys have to be rotated. '.repeat(12) } })),
  ],
  [
    'approval: procedure only',
    approvalView(request({ stages: chatOnly, phase: phases['in-chat'] }), { by: 'advisory' }),
  ],
  [
    'approval: answered, and still waiting for others',
    approvalView(inChat(1, { decisions: saidYes }), { ...askedOfMany, open: false }),
  ],
  ...(['requester', 'entra'] as const).map((waitedFor): [string, View] => [
    `approval: closed, lapsed for ${waitedFor}`,
    approvalView(request({ phase: { status: 'lapsed', at, seenAt: at, waitedFor } }), { open: false }),
  ]),
  ['ending: open', endingView(request({ phase: phases.active }))],
  ['ending: too early to end', endingView(request({ phase: phases.active }), { endPossibleAt: at })],
  [
    'ending: in doubt',
    endingView(
      request({ phase: phases.active, doubt: { about: 'end', since: at, by: maya, leaseUntil: at, answerLost: true } }),
    ),
  ],
  [
    'ending: never reached Entra',
    endingView(request({ phase: phases.active, setback: { about: 'end', code: 'not-received', message: '' } })),
  ],
  ['ending: let it end', endingView(request({ phase: { ...activePhase, letEnd: true } }), { open: false })],
  [
    'ending: ended by the holder',
    endingView(request({ phase: phases.active, endedByHolder: new Date('2026-11-23T10:30:00Z') }), { open: false }),
  ],
  ['ending: over', endingView(request({ phase: phases.ended }), { open: false, until: null })],
]

/** Filed in the portal, past the owner's approval in chat. */
export const filedOutside = (): AccessRequest =>
  request(
    {
      stages: [stage({ by: 'chat', people: [priya] }), stage({ people: [jonas, mei] })],
      phase: { status: 'filed', filed, waiting: waitingAt(1) },
    },
    { filedOutside: true },
  )

export const pendingView = (change: Partial<PendingView> = {}): PendingView => ({
  view: 'pending',
  rows: [
    {
      request: request().submission.id,
      revision: 3,
      requester: 'Maya Okafor',
      entitlement: 'AI Administrator',
      duration: hours(2),
      filedOutside: false,
      closesAt: addTime(now, hours(3)),
    },
    {
      request: request().submission.id,
      revision: 3,
      requester: 'Maya Okafor',
      entitlement: 'Application Administrator',
      duration: hours(1),
      filedOutside: true,
      closesAt: addTime(now, hours(23)),
    },
  ],
  elsewhere: [{ requester: 'Elif Kaya', role: 'Security Administrator', since: now }],
  portal,
  complete: true,
  ...change,
})
const questions = [
  asked('Is this the key that leaked?', 'Yes, into a build log.'),
  asked('Which connectors?', 'The three of the sales copilot.'),
  asked('Why not tomorrow?', 'The log is public.'),
  asked('Who else knows?'),
]
const cutShort = {
  decisions: [decided({ source: 'person', duration: hours(1) })],
  shortened: { asked: hours(2), by: priya, at },
}
const claim = { by: hannah, since: new Date('2026-11-23T10:30:00Z') }

/** What is said about a request while it waits: questions, claims, less time. */
const discussed: readonly (readonly [string, View])[] = [
  [
    'approval: questions',
    approvalView(request({ questions }), { shorter: { shortest: minutes(5), longest: hours(8) } }),
  ],
  [
    'approval: no more questions',
    approvalView(request({ questions }), { ask: 'enough', shorter: { shortest: minutes(5), longest: hours(8) } }),
  ],
  ['approval: the requester is out of reach', approvalView(request(), { ask: 'unreachable' })],
  ['approval: claimed by another', approvalView(request(), { claim: { ...claim, mine: false } })],
  ['approval: claimed by the reader', approvalView(request(), { claim: { ...claim, mine: true }, mayClaim: false })],
  ['approval: the only one asked', approvalView(request(), { others: [], mayClaim: false })],
  ...(['needed-later', 'stages-changed', 'terms-stricter'] as const).map(
    (notApprovable) =>
      [`approval: to deny only, ${notApprovable}`, approvalView(request(), { notApprovable })] as const,
  ),
  [
    'approval: may be cut short',
    approvalView(inChat(0), { by: 'chat', shorter: { shortest: minutes(5), longest: hours(8) } }),
  ],
  [
    'approval: cut short before',
    approvalView(inChat(1, cutShort, { duration: hours(1) }), {
      ...askedOfMany,
      shorter: { shortest: minutes(5), longest: hours(8) },
    }),
  ],
  ['status: asked something', statusView(request({ questions }))],
  ['status: somebody is looking at it', statusView(request(), { claim })],
  [
    'status: cut short',
    statusView(inChat(2, { ...cutShort, phase: phases['ready-to-file'] }, { duration: hours(1) }), {
      buttons: ['activate', 'withdraw'],
    }),
  ],
  ['question: open', questionView(request({ questions: [asked('Which connectors?')] }))],
  [
    'question: answered',
    questionView(request({ questions: [asked('Which connectors?', 'Those of sales.')] }), { open: false }),
  ],
  [
    'question: not needed any more',
    questionView(request({ questions: [asked('Which connectors?')], phase: phases.denied }), {
      open: false,
      refused: { kind: 'answer-not-needed', status: 'denied' },
    }),
  ],
  ['question: erased', questionView(request({ questions: [asked(null, null)] }), { open: false })],
]

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
      stages: [stageView({ asked: [named('Priya Raman')], standIn: [named('Hannah Vogt', false)] })],
    }),
  ],
  [
    'confirm: unknown ticket',
    confirmView({ sentBack: { refusal: { kind: 'ticket-not-recognised', ticket: 'lunch_1' }, missing: [] } }),
  ],
  [
    'confirm: procedure only',
    confirmView({ stages: [stageView({ by: 'advisory' })], terms: { ...terms, ticket: 'optional' } }),
  ],
  ['confirm: three stages', confirmView({ stages: threeStages, terms: { ...terms, stepUp: { request: 'c1' } } })],
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
  [
    'status: ending',
    statusView(request({ phase: phases.active, endedByHolder: new Date('2026-11-23T10:30:00Z') }), {
      buttons: ['check'],
    }),
  ],
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
    statusView(request({ phase: phases['ready-to-file'] }), { buttons: ['activate', 'withdraw', 'check'] }),
  ],
  ...inStages,
  ['pending', pendingView()],
  ['status: filed in the portal', statusView(filedOutside())],
  ['approval: filed in the portal', approvalView(filedOutside())],
  ...discussed,
  ['approval: open', approvalView()],
  ['approval: refused', approvalView(request(), { refused: { kind: 'comment-missing' } })],
  [
    'approval: differs',
    approvalView(request(), {
      refused: {
        kind: 'differs-in-entra',
        differences: [{ field: 'duration', journal: hours(2), entra: hours(4) }],
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
