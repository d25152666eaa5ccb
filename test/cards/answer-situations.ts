import { RequestId } from '../../src/request/events.ts'
import { addTime, days, hours } from '../../src/time.ts'
import type {
  AnswerSaid,
  EntriesView,
  EntryRow,
  ExpiringView,
  HeldRow,
  HoldersView,
  MineView,
  RecapView,
  RequestRow,
  RequestsView,
} from '../../src/workflow/ports/answers.ts'
import type { View } from '../../src/workflow/ports/views.ts'
import { decided, names, now, phases, request } from './situations.ts'

// Answers to questions, as the cards of lists draw them.

const portal = 'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadmigratedroles'
const req = RequestId.parse('req_7f7f0b52-5d0c-4a43-9d0e-3f1c1d3c2b1a')

export const heldRow = (change: Partial<HeldRow> = {}): HeldRow => ({
  name: 'AI Administrator',
  as: 'activated',
  through: null,
  from: addTime(now, hours(-1)),
  until: addTime(now, hours(1)),
  elsewhere: false,
  opens: { record: req, revision: 3 },
  ...change,
})
export const eligibleRow = (change: Partial<HeldRow> = {}): HeldRow =>
  heldRow({
    name: 'Application Administrator',
    as: 'eligible',
    through: 'grp-ai-engineers',
    until: addTime(now, days(150)),
    opens: { record: 'entry_application-administrator', revision: 3 },
    ...change,
  })
const { opens: _, ...withoutCard } = eligibleRow({ name: 'Security Administrator', elsewhere: true, through: null })

export const requestRow = (change: Partial<RequestRow> = {}): RequestRow => ({
  name: 'Security Reader',
  status: 'filed',
  inDoubt: false,
  submittedAt: addTime(now, hours(-2)),
  opens: { record: req, revision: 3 },
  ...change,
})

export const mineView = (change: Partial<MineView> = {}): MineView => ({
  view: 'mine',
  active: [heldRow()],
  eligible: [eligibleRow(), withoutCard],
  requests: [requestRow()],
  unread: [],
  observedAt: now,
  portal,
  ...change,
})

export const expiringView = (change: Partial<ExpiringView> = {}): ExpiringView => ({
  view: 'expiring',
  rows: [heldRow(), eligibleRow()],
  endless: 2,
  unread: [],
  observedAt: now,
  portal,
  ...change,
})

export const entryRow = (change: Partial<EntryRow> = {}): EntryRow => ({
  name: 'AI Administrator',
  grants: 'Manage Microsoft 365 Copilot, agents, their plugins and connectors.',
  kind: 'directoryRole',
  tier: 'high',
  longest: hours(4),
  owners: ['Priya Raman'],
  opens: { record: 'draft_4f4f0b52-5d0c-4a43-9d0e-3f1c1d3c2b1a', revision: 3 },
  ...change,
})
const { opens: __, ...withoutForm } = entryRow({ name: 'Model router admins', kind: 'group' })
const { opens: ___, ...exception } = entryRow({ name: 'Exemption from the allowed regions', kind: 'policyExemption' })

export const entriesView = (change: Partial<EntriesView> = {}): EntriesView => ({
  view: 'entries',
  about: { kind: 'which' },
  rows: [entryRow(), { ...withoutForm, portal }, exception],
  more: 0,
  ...change,
})

export const holdersView = (change: Partial<HoldersView> = {}): HoldersView => ({
  view: 'holders',
  entitlement: 'AI Administrator',
  active: [{ name: 'Maya Okafor', as: 'activated', through: null, until: addTime(now, hours(1)) }],
  eligible: [
    { name: 'Diego Fuentes', as: 'eligible', through: null, until: addTime(now, days(150)) },
    { name: 'Noah Kim', as: 'eligible', through: 'grp-ai-engineers', until: null },
  ],
  observedAt: now,
  portal,
  ...change,
})

export const recapView = (change: Partial<RecapView> = {}): RecapView => ({
  view: 'recap',
  request: request({ phase: phases.ended, decisions: [decided()] }),
  entitlement: 'AI Administrator',
  names,
  portal,
  ...change,
})

export const requestsView = (change: Partial<RequestsView> = {}): RequestsView => ({
  view: 'requests',
  rows: [requestRow(), requestRow({ status: 'active', inDoubt: true })],
  more: 1,
  ...change,
})

const many = <Item>(item: Item, count: number): readonly Item[] => Array.from({ length: count }, () => item)

export const answers: ReadonlyMap<string, View> = new Map<string, View>([
  ['mine', mineView()],
  ['mine: nothing active', mineView({ active: [], requests: [] })],
  ['mine: very much', mineView({ active: many(heldRow(), 40), eligible: many(eligibleRow(), 40) })],
  ['mine: not all read', mineView({ unread: ['azureRole'] })],
  ['expiring', expiringView()],
  ['requests', requestsView()],
  ['requests: one', requestsView({ rows: [requestRow()], more: 0 })],
  ['entries: which', entriesView()],
  ['entries: each', entriesView({ about: { kind: 'each' } })],
  ['entries: task', entriesView({ about: { kind: 'task' } })],
  ['entries: nearest', entriesView({ about: { kind: 'nearest' } })],
  ['entries: portal', entriesView({ about: { kind: 'portal' }, rows: [{ ...withoutForm, portal }] })],
  ['entries: later', entriesView({ about: { kind: 'later', at: addTime(now, hours(20)) }, rows: [entryRow()] })],
  [
    'entries: catalogue',
    entriesView({
      about: { kind: 'catalogue' },
      rows: [...many(entryRow(), 6), ...many({ ...withoutForm, portal }, 14)],
      more: 12,
      search: { record: 'find', revision: 3 },
    }),
  ],
  ['holders', holdersView()],
  ['recap', recapView()],
  ...Object.values(phases).map((phase): [string, View] => [
    `recap: ${phase.status}`,
    recapView({ request: request({ phase }) }),
  ]),
])

const decider = (name: string) => ({ name, reachable: true })

/** Answers in words with this in every place where people or the directory write; by kind, so that none is forgotten. */
export const answersWith = (
  text: string,
): { readonly [Kind in AnswerSaid['kind']]: Extract<AnswerSaid, { kind: Kind }> } => ({
  'can-help': { kind: 'can-help', owns: [text], decides: true, examples: [text] },
  'no-way-round': { kind: 'no-way-round' },
  'nothing-held': { kind: 'nothing-held', portal },
  'nothing-expires': { kind: 'nothing-expires', endless: 2 },
  'no-requests': { kind: 'no-requests' },
  'nothing-to-cancel': { kind: 'nothing-to-cancel' },
  'nothing-to-end': { kind: 'nothing-to-end', outside: [{ name: text, until: now }], portal },
  'brought-down': { kind: 'brought-down', what: 'form' },
  'only-your-own': { kind: 'only-your-own' },
  'nothing-listed': { kind: 'nothing-listed' },
  'name-it': { kind: 'name-it', examples: [text] },
  approvers: {
    kind: 'approvers',
    entitlement: text,
    stages: [
      { by: 'chat', need: 2, people: [decider(text), decider(text)], standIn: [decider(text)] },
      { by: 'portal', need: 1, from: { set: text }, people: [], standIn: [] },
      { by: 'entra', need: 1, from: 'manager', people: [], standIn: [] },
    ],
    owners: [text],
  },
  'holders-not-told': { kind: 'holders-not-told', entitlement: text, owners: [text] },
  'holders-unread': { kind: 'holders-unread', entitlement: text },
  'holds-it': { kind: 'holds-it', person: text, entitlement: text, rows: [], observedAt: now },
  'nothing-to-recap': { kind: 'nothing-to-recap' },
  'cannot-extend': { kind: 'cannot-extend', active: [{ name: text, until: now }] },
  'cannot-revoke': { kind: 'cannot-revoke', entitlement: text, owners: [text], portal },
  'cannot-delegate': { kind: 'cannot-delegate', to: text },
  'cannot-for-others': { kind: 'cannot-for-others', person: text, entitlement: text, duration: hours(2) },
})
