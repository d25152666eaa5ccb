import { expect, test } from 'vitest'
import { milliseconds } from '../../src/time.ts'
import { said } from '../../src/words/said/said.ts'
import { notADecider, refusalSentence, unrequestable } from '../../src/words/refusals.ts'
import { inPlain, readerOf } from '../../src/words/reader.ts'
import type { NoticeView } from '../../src/workflow/ports/views.ts'
import { render, renderRefusal } from '../../src/teams/cards.ts'
import { names, now, priya, refusals, says, unrequestables } from './everything.ts'

const london = { locale: 'en-GB', zone: 'Europe/London' }
const reader = readerOf(london, now)

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
  const refusal = { ...refusals['entra-refused'], code: 'NewInEntra', message: 'The rules failed: ["MfaRule"]' }
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

test('nothing is called approved before its last stage: the message names the step, and the button that its card has', () => {
  const view: NoticeView = { view: 'notice', about: 'ready', entitlement: 'AI Administrator', until: now, by: null }
  expect(render({ ...view, steps: { approved: 1, of: 2 } }, london, { now }).text).toBe(
    'AI Administrator: step 1 of 2 approved. Tap Send to Entra by 10:42 GMT.',
  )
  const german = { locale: 'de-DE', zone: 'Europe/Berlin' }
  expect(render({ ...view, steps: { approved: 1, of: 2 } }, german, { now }).text).toContain('Stufe 1 von 2 genehmigt')
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
