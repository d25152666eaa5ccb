import { describe, expect, test } from 'vitest'
import { heard } from './sample.ts'

const reasonOf = (text: string): string | undefined => heard(text).justification

describe('what tells the trouble is the reason, and not what is left of the asking sentence', () => {
  test.each([
    [
      'The agent store has been empty since Monday. AI admin for an hour would be plenty.',
      'The agent store has been empty since Monday',
    ],
    [
      'Our dashboards are wrong for half of the regions. An hour of log analytics ought to do, INC-48213',
      'Our dashboards are wrong for half of the regions',
    ],
    [
      'Could I please have AI admin for an hour? The publish button is greyed out for finance.',
      'The publish button is greyed out for finance',
    ],
    [
      'the fallback model keeps timing out. let me into the model router for 2 hours',
      'the fallback model keeps timing out',
    ],
    ['two hours of AI admin would be lovely, consent loop in the travel agent', 'consent loop in the travel agent'],
    ['keep me on AI admin for two more hours beyond its end, the rollout is slow', 'the rollout is slow'],
  ])('%s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason)
  })
})

describe('what the asking follows from is the reason, up to where it turns', () => {
  test.each([
    [
      'the connector keys leaked last night, so could I get AI admin for an hour?',
      'the connector keys leaked last night',
    ],
    [
      'our agents answer in the wrong language, hence AI admin till 19:00 if possible',
      'our agents answer in the wrong language',
    ],
    [
      "Lena is off sick and the rollout waits, that's why I'm asking for AI admin for an hour",
      'Lena is off sick and the rollout waits',
    ],
    ["For the audit of the old agents I'd like AI admin, two hours", 'the audit of the old agents'],
    ['to replace the expiring secret I need AI admin for an hour', 'replace the expiring secret'],
    [
      'Since the vendor changed its login page, please turn on AI admin for me, 1h',
      'the vendor changed its login page',
    ],
  ])('%s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason)
  })
})

test.each([
  'AI admin, 2 hours, thanks a bunch',
  'Could I have AI admin for an hour? Thanks in advance!',
  'AI admin for 2h please. Kind regards, Aiko',
  'To whoever reads this first: AI admin for an hour please',
  'AI admin for an hour. Sorry for the noise.',
  'one of the coding assistants for 20 days, I never remember which one',
  "coding assistant, standard or elevated, I don't mind which, 20 days",
])('neither manners nor doubt are a reason: "%s"', (text) => {
  expect(reasonOf(text)).toBeUndefined()
})

test('what is asked for is no reason where no other is told', () => {
  expect(reasonOf("I'd love to be able to use AI admin, 2 hours")).toBeUndefined()
  expect(reasonOf('my AI admin needs another 2 hours')).toBeUndefined()
})

test('a doubt in front of the reason leaves the reason', () => {
  expect(reasonOf("coding assistant, I don't mind which, 20 days, porting the old batch jobs")).toBe(
    'porting the old batch jobs',
  )
})

test('what a program printed comes behind what a person says', () => {
  expect(
    reasonOf(
      '[WARN] router: no healthy upstream for gpt-4.1\nmodel router admin 1h, INC-48213, customers get timeouts',
    ),
  ).toBe('customers get timeouts')
})

test('a sentence that only tells keeps the names and dates in it', () => {
  expect(reasonOf('Nobody has approved the retrieval connector since 3 May. Could I have AI admin for 2 hours?')).toBe(
    'Nobody has approved the retrieval connector since 3 May',
  )
})

test('whom or where it is for is no reason beside one', () => {
  expect(reasonOf('AI admin for the night shift, 2h, the rollout has stalled')).toBe('the rollout has stalled')
  expect(reasonOf('AI admin for the customer workshop, 2h')).toBe('the customer workshop')
})

test('words behind the length and the ticket are a reason without a comma too', () => {
  expect(reasonOf('exchange admin 2h INC-48213 shared mailbox for the agent')).toBe('shared mailbox for the agent')
})

test('the words in front of the task fall away', () => {
  expect(reasonOf("AI admin 1h. I've been asked by Omar to rename the travel agent")).toBe('rename the travel agent')
  expect(reasonOf('AI admin 1h? The reason is simple: the travel agent is down')).toBe('the travel agent is down')
})
