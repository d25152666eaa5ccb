import { type Person, PersonId } from '../../src/people.ts'
import type { Refusal, Unrequestable } from '../../src/request/refusal.ts'
import { hours, minutes } from '../../src/time.ts'
import type { SayView } from '../../src/workflow/ports/views.ts'
import { answersWith } from '../cards/answer-situations.ts'

// One of every refusal and of everything that is said in words.

export const now = new Date('2026-11-23T10:42:00Z')
export const priya: Person['id'] = PersonId.parse('0a0a0a0a-0000-4000-8000-000000000002')
export const names = new Map([[priya, 'Priya Raman']])

// Written as records, so that a new kind does not compile before it is looked at here.
export const refusals: { readonly [Kind in Refusal['kind']]: Extract<Refusal, { kind: Kind }> } = {
  'justification-missing': { kind: 'justification-missing' },
  'input-missing': { kind: 'input-missing', input: 'hosts', label: null },
  'input-not-understood': {
    kind: 'input-not-understood',
    input: 'q1',
    label: 'Which repository?',
    wanted: 'host',
    text: 'lunch',
  },
  'ticket-missing': { kind: 'ticket-missing' },
  'ticket-not-recognised': { kind: 'ticket-not-recognised', ticket: 'lunch' },
  'duration-unreadable': { kind: 'duration-unreadable', text: 'a while' },
  'too-long': { kind: 'too-long', longest: hours(4) },
  'too-short': { kind: 'too-short', shortest: minutes(5) },
  'unknown-record': { kind: 'unknown-record' },
  'not-in-the-list': { kind: 'not-in-the-list' },
  'not-yours': { kind: 'not-yours' },
  'old-card': { kind: 'old-card' },
  'draft-closed': { kind: 'draft-closed' },
  'not-eligible': { kind: 'not-eligible' },
  'guests-may-not-ask': { kind: 'guests-may-not-ask' },
  'only-guests-may-ask': { kind: 'only-guests-may-ask' },
  'account-disabled': { kind: 'account-disabled' },
  'already-open': { kind: 'already-open' },
  'cooling-down': { kind: 'cooling-down', until: now, withdrawn: 2 },
  'active-already': { kind: 'active-already', until: null },
  'not-requestable': { kind: 'not-requestable', why: { kind: 'entra-names-nobody' } },
  'own-request': { kind: 'own-request' },
  'may-not-decide': { kind: 'may-not-decide', why: { kind: 'guest' } },
  'being-decided': { kind: 'being-decided', by: priya },
  'own-tap-under-way': { kind: 'own-tap-under-way' },
  'comment-missing': { kind: 'comment-missing' },
  'differs-in-entra': {
    kind: 'differs-in-entra',
    differences: [{ field: 'duration', journal: hours(2), entra: hours(4) }],
  },
  'not-waiting-in-entra': { kind: 'not-waiting-in-entra' },
  'terms-stricter': { kind: 'terms-stricter' },
  'decide-in-portal': { kind: 'decide-in-portal', portal: 'https://entra.example/approve' },
  'cannot-shorten': { kind: 'cannot-shorten' },
  'not-shorter': { kind: 'not-shorter', asked: hours(2), shortest: minutes(5) },
  'requester-unreachable': { kind: 'requester-unreachable' },
  'question-missing': { kind: 'question-missing' },
  'questions-waiting': { kind: 'questions-waiting', most: 3 },
  'stage-over': { kind: 'stage-over' },
  'answer-missing': { kind: 'answer-missing' },
  'answered-already': { kind: 'answered-already' },
  'answer-not-needed': { kind: 'answer-not-needed', status: 'denied' },
  settled: { kind: 'settled', status: 'denied', at: now, by: priya },
  'stage-decided': { kind: 'stage-decided', at: now, by: priya },
  'granted-already': { kind: 'granted-already', until: now },
  'not-filed-yet': { kind: 'not-filed-yet' },
  'stages-changed': { kind: 'stages-changed' },
  'window-over': { kind: 'window-over' },
  'not-active': { kind: 'not-active' },
  'too-early-to-end': { kind: 'too-early-to-end', possibleAt: new Date('2026-11-23T10:47:00Z') },
  'in-doubt': { kind: 'in-doubt', about: 'filing' },
  'entra-refused': {
    kind: 'entra-refused',
    code: 'RoleAssignmentRequestPolicyValidationFailed',
    message: 'The following policy rules failed: ["TicketingRule"]',
    failedRules: ['TicketingRule'],
  },
  'sign-in-needed': { kind: 'sign-in-needed', claims: null },
  'consent-missing': { kind: 'consent-missing', code: 'AADSTS65001' },
  'step-up-needed': { kind: 'step-up-needed', context: 'c1' },
  'portal-only': { kind: 'portal-only' },
  'tenant-silent': { kind: 'tenant-silent' },
  'record-refused': { kind: 'record-refused' },
  'memory-silent': { kind: 'memory-silent' },
  'own-fault': { kind: 'own-fault', reference: '4f4f0b52' },
}

export const unrequestables: { readonly [Kind in Unrequestable['kind']]: Extract<Unrequestable, { kind: Kind }> } = {
  'nobody-may-decide': { kind: 'nobody-may-decide', each: [{ person: priya, why: { kind: 'requester' } }] },
  'entra-names-nobody': { kind: 'entra-names-nobody' },
  'entra-and-catalogue-disagree': { kind: 'entra-and-catalogue-disagree' },
  'entra-asks-nobody': { kind: 'entra-asks-nobody' },
  'not-built-yet': { kind: 'not-built-yet', what: 'several stages' },
}

type Say = SayView['what']
export const says: { readonly [Kind in Say['kind']]: Extract<Say, { kind: Kind }> } = {
  welcome: { kind: 'welcome', examples: ['AI Administrator', 'Model router admins'] },
  ...answersWith('AI Administrator'),
  'not-understood': { kind: 'not-understood', examples: ['I need AI Administrator for 2 hours to rotate keys'] },
  smalltalk: { kind: 'smalltalk' },
  never: { kind: 'never' },
  'not-eligible': { kind: 'not-eligible', entitlement: 'AI Administrator' },
  'nothing-asked': { kind: 'nothing-asked' },
  'press-submit': { kind: 'press-submit', entitlement: 'AI Administrator' },
  'only-for-yourself': { kind: 'only-for-yourself', entitlement: 'AI Administrator' },
  'begins-at-once': { kind: 'begins-at-once' },
  'nothing-fits': { kind: 'nothing-fits' },
  'not-yet': { kind: 'not-yet', entitlement: 'Sandbox owner' },
  'not-requestable': {
    kind: 'not-requestable',
    entitlement: 'AI Administrator',
    why: unrequestables['nobody-may-decide'],
    names,
    mend: ['Jonas Weber'],
  },
  'already-open': { kind: 'already-open', entitlement: 'AI Administrator' },
  'active-already': { kind: 'active-already', until: new Date('2026-11-23T12:00:00Z') },
  why: {
    kind: 'why',
    why: {
      entitlement: { id: 'ai-administrator', name: 'AI Administrator' },
      requester: 'Maya Okafor',
      at: now,
      trace: [],
      stages: [],
      drift: [],
      mend: ['Jonas Weber'],
      names,
    },
  },
  'written-personally': { kind: 'written-personally', to: 'Maya Okafor', link: 'https://teams.microsoft.com/l/chat' },
  'no-app': { kind: 'no-app', to: 'Maya Okafor', link: 'https://teams.microsoft.com/l/chat' },
  'in-private': { kind: 'in-private', link: 'https://teams.microsoft.com/l/chat' },
  'too-late': { kind: 'too-late', how: 'edited', entitlement: 'AI Administrator' },
  'tenant-silent': { kind: 'tenant-silent', reference: '4f4f0b52' },
  'record-refused': { kind: 'record-refused' },
  'memory-silent': { kind: 'memory-silent' },
  'own-fault': { kind: 'own-fault', reference: '4f4f0b52' },
}
