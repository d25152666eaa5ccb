import { expect, test } from 'vitest'
import { type Person, PersonId } from '../../src/people.ts'
import type { Refusal, Unrequestable } from '../../src/request/refusal.ts'
import { hours, milliseconds, minutes } from '../../src/time.ts'
import { said } from '../../src/words/said.ts'
import { notADecider, refusalSentence, unrequestable } from '../../src/words/en-refusals.ts'
import { inPlain, readerOf } from '../../src/words/reader.ts'
import { answersWith } from '../cards/answer-situations.ts'
import type { NoticeView, SayView } from '../../src/workflow/views.ts'
import { render, renderRefusal } from '../../src/teams/cards.ts'

const now = new Date('2026-11-23T10:42:00Z')
const london = { locale: 'en-GB', zone: 'Europe/London' }
const reader = readerOf(london, now)
const priya: Person['id'] = PersonId.parse('0a0a0a0a-0000-4000-8000-000000000002')
const names = new Map([[priya, 'Priya Raman']])

// Written as records, so that a new kind does not compile before it is looked at here.
const refusals: { readonly [Kind in Refusal['kind']]: Extract<Refusal, { kind: Kind }> } = {
  'justification-missing': { kind: 'justification-missing' },
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
  'account-disabled': { kind: 'account-disabled' },
  'already-open': { kind: 'already-open' },
  'active-already': { kind: 'active-already', until: null },
  'not-requestable': { kind: 'not-requestable', why: { kind: 'entra-names-nobody' } },
  'own-request': { kind: 'own-request' },
  'may-not-decide': { kind: 'may-not-decide', why: { kind: 'guest' } },
  'being-decided': { kind: 'being-decided', by: priya },
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
  settled: { kind: 'settled', status: 'denied' },
  'not-filed-yet': { kind: 'not-filed-yet' },
  'stages-changed': { kind: 'stages-changed' },
  'window-over': { kind: 'window-over' },
  'not-active': { kind: 'not-active' },
  'too-early-to-end': { kind: 'too-early-to-end', possibleAt: new Date('2026-11-23T10:47:00Z') },
  'in-doubt': { kind: 'in-doubt', about: 'filing' },
  'entra-refused': {
    kind: 'entra-refused',
    code: 'RoleAssignmentRequestPolicyValidationFailed',
    message: 'The following policy rules failed',
    failedRules: ['TicketingRule'],
  },
  'sign-in-needed': { kind: 'sign-in-needed', claims: null },
  'step-up-needed': { kind: 'step-up-needed', context: 'c1' },
  'portal-only': { kind: 'portal-only' },
  'tenant-silent': { kind: 'tenant-silent' },
}

const unrequestables: { readonly [Kind in Unrequestable['kind']]: Extract<Unrequestable, { kind: Kind }> } = {
  'nobody-may-decide': { kind: 'nobody-may-decide', each: [{ person: priya, why: { kind: 'requester' } }] },
  'entra-names-nobody': { kind: 'entra-names-nobody' },
  'entra-and-catalogue-disagree': { kind: 'entra-and-catalogue-disagree' },
  'entra-asks-nobody': { kind: 'entra-asks-nobody' },
  'not-built-yet': { kind: 'not-built-yet', what: 'several stages' },
}

type Say = SayView['what']
const says: { readonly [Kind in Say['kind']]: Extract<Say, { kind: Kind }> } = {
  welcome: { kind: 'welcome' },
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
}

const sentences = (text: string) => text.split(/(?<=[.?!])\s+/)

test.for(Object.values(refusals))('$kind says what happened and what to do', (refusal) => {
  const text = refusalSentence(reader, refusal, names)
  expect(sentences(text).length).toBeGreaterThanOrEqual(2)
  expect(text).toMatch(/^\p{Lu}.*[.!]$/u)
  expect(text).not.toMatch(/undefined|null|\[object/)
})

test.for(Object.values(unrequestables))('$kind says why nobody can decide, and whom to ask', (why) => {
  expect(unrequestable(reader, why, names, [])).toMatch(/Ask (its owner|an Entra administrator)/)
  expect(unrequestable(reader, why, names, ['Jonas Weber', 'Mei Lin'])).toContain('Ask Jonas Weber or Mei Lin')
})

test.for(Object.values(says))('$kind is said in words that end', (what) => {
  const text = said(reader, what)
  expect(text).toMatch(/\w/)
  expect(text).not.toMatch(/undefined|null|\[object/)
  expect(render({ view: 'say', what }, london, { now })).toMatchObject({ text, alert: false })
})

test('nobody who may not decide is left without a reason, for themselves and for others', () => {
  const kinds = [
    'not-in-stage',
    'no-longer-in-stage',
    'requester',
    'beneficiary',
    'guest',
    'disabled',
    'decided-another-stage',
    'decided-already',
  ] as const
  const reasons = kinds.flatMap((kind) => [notADecider(reader, { kind }), notADecider(reader, { kind }, 'they')])
  expect(new Set(reasons).size).toBe(kinds.length * 2)
})

test('somebody whose name is not known is called that, never by an id', () => {
  const text = refusalSentence(reader, refusals['being-decided'], new Map())
  expect(text).toMatch(/^Somebody whose name we could not look up/)
  expect(text).not.toContain(priya)
})

test('a refusal below a card is plain: what Entra wrote is not escaped there', () => {
  const refusal = { ...refusals['entra-refused'], message: 'The rules failed: ["MfaRule"]' }
  expect(renderRefusal(refusal, london, { now })).toContain('The rules failed: ["MfaRule"]')
  expect(refusalSentence(reader, refusal, names)).toContain('\\["MfaRule"\\]')
})

test('a notice makes the phone buzz, and fits the lock screen', () => {
  const until = new Date('2026-11-23T12:42:00Z')
  const about: Record<NoticeView['about'], string> = {
    active: 'AI Administrator is active until 12:42 GMT.',
    denied: 'AI Administrator was denied by Priya Raman.',
    ready: 'AI Administrator is approved. Tap Activate now by 12:42 GMT.',
    'asked-anew': 'The approvers of AI Administrator have changed: it is asked anew.',
    lapsed: 'AI Administrator has lapsed: see the card above for why.',
    failed: 'AI Administrator was not granted: see the card above for why.',
    'ended-early': 'AI Administrator has ended before its time.',
  }
  for (const [kind, text] of Object.entries(about)) {
    const view: NoticeView = {
      view: 'notice',
      // The keys of the record above are the kinds.
      about: kind as NoticeView['about'],
      entitlement: 'AI Administrator',
      until,
      by: 'Priya Raman',
    }
    expect(render(view, london, { now })).toEqual({ text, summary: text, alert: true })
    expect(text.length).toBeLessThanOrEqual(80)
  }
})

test.for([
  ['stage', 'AI Administrator has lapsed: nobody answered in time.'],
  ['requester', 'AI Administrator has lapsed: the last tap was not made in time.'],
  ['entra', 'AI Administrator is not active: closed in Entra. See the card above.'],
] as const)('what lapsed while waiting for the %s is told as far as it is known', ([waitedFor, text]) => {
  const view: NoticeView = { view: 'notice', about: 'lapsed', entitlement: 'AI Administrator', until: null, by: null }
  expect(render({ ...view, waitedFor }, london, { now })).toEqual({ text, summary: text, alert: true })
  expect(text.length).toBeLessThanOrEqual(80)
})

test('an approved request names the button that its card has', () => {
  const view: NoticeView = { view: 'notice', about: 'ready', entitlement: 'AI Administrator', until: now, by: null }
  expect(render({ ...view, thenEntra: true }, london, { now }).text).toContain('Tap Send to Entra by 10:42 GMT.')
})

test('a nudge says who waits, for what and since when, and makes the phone buzz', () => {
  const since = new Date('2026-11-23T09:42:00Z')
  const text = 'Maya Okafor still waits for your answer about AI Administrator, since 09:42 GMT.'
  const nudge = { view: 'nudge', requester: 'Maya Okafor', entitlement: 'AI Administrator', since } as const
  expect(render(nudge, london, { now })).toMatchObject({ text, alert: true })
})

test('a refusal that comes too late for its card is a message of its own', () => {
  const refusal = refusals['being-decided']
  const text = refusalSentence(reader, refusal, names)
  expect(render({ view: 'refusal', refusal, names }, london, { now })).toMatchObject({ text, alert: true })
})

test('plain and markdown differ in foreign text only', () => {
  expect(refusalSentence(inPlain(reader), { kind: 'too-long', longest: milliseconds(90 * 60_000) }, names)).toBe(
    'Nothing was sent: the longest allowed is 1 hour 30 minutes. Choose that or less, then submit again.',
  )
})
