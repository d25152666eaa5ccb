import { patternOf } from '../../src/entitlement/pattern.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meetTerms } from '../../src/entitlement/terms.ts'
import { checkForm, termsHashOf } from '../../src/request/submit.ts'
import { ok, refuse } from '../../src/result.ts'
import { hours, minutes, parseDuration } from '../../src/time.ts'
import { submitted } from './life.ts'
import { aiAdministrator, rules } from './situation.ts'
import { nth } from '../fixtures/nth.ts'

const terms = meetTerms(aiAdministrator, rules)
const patterns = ['INC-\\d{4,6}', '#\\d{3,6}'].map(patternOf)
const form = { duration: 'PT2H', justification: 'rotate the connector keys', ticket: 'INC-48213' }

test('a form that says everything is taken', () => {
  expect(checkForm(form, terms, patterns)).toEqual(
    ok({ duration: hours(2), justification: 'rotate the connector keys', ticket: 'INC-48213', inputs: {} }),
  )
})

test.each([
  ['no justification', { justification: ' \n ' }, { kind: 'justification-missing' }],
  ['a justification of dots', { justification: '. . .' }, { kind: 'justification-missing' }],
  ['no ticket', { ticket: '' }, { kind: 'ticket-missing' }],
  ['a ticket of no known form', { ticket: 'later' }, { kind: 'ticket-not-recognised', ticket: 'later' }],
  [
    'a ticket with more around it',
    { ticket: 'INC-48213; drop' },
    { kind: 'ticket-not-recognised', ticket: 'INC-48213; drop' },
  ],
  ['more time than allowed', { duration: 'PT4H1M' }, { kind: 'too-long', longest: hours(4) }],
  ['less time than PIM takes', { duration: 'PT4M' }, { kind: 'too-short', shortest: minutes(5) }],
  ['no duration at all', { duration: 'for ever' }, { kind: 'duration-unreadable', text: 'for ever' }],
])('%s is sent back', (_, changes, refusal) => {
  expect(checkForm({ ...form, ...changes }, terms, patterns)).toEqual(refuse(refusal))
})

test('a ticket number may come without its #', () => {
  expect(checkForm({ ...form, ticket: '4521' }, terms, patterns)).toMatchObject({ value: { ticket: '4521' } })
  expect(checkForm({ ...form, ticket: '#4521' }, terms, patterns)).toMatchObject({ value: { ticket: '4521' } })
})

test('no duration that is taken is longer than the terms allow, whatever is typed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^P(\d{1,3}D)?(T(\d{1,4}H)?(\d{1,4}M)?)?$/)), (duration) => {
      const checked = checkForm({ ...form, duration }, terms, patterns)
      return !checked.ok || (checked.value.duration <= terms.longest && checked.value.duration >= terms.shortest)
    }),
  )
})

test('the hash a decision is bound to changes with everything a decider says yes to, and with nothing else', () => {
  const { request: id, stages, revision, ...rest } = submitted
  const frozen = { ...rest, id }
  const reordered = Object.fromEntries(Object.entries(frozen).toReversed()) as typeof frozen
  expect(termsHashOf(reordered, stages, revision)).toBe(submitted.termsHash)
  expect(termsHashOf({ ...frozen, duration: hours(3) }, stages, revision)).not.toBe(submitted.termsHash)
  const other = nth(stages, 0).people[0] ?? frozen.requester
  expect(termsHashOf({ ...frozen, requester: other }, stages, revision)).not.toBe(submitted.termsHash)
  expect(termsHashOf(frozen, [{ ...nth(stages, 0), people: [] }], revision)).not.toBe(submitted.termsHash)
})

test('a day is a day and a month is not a duration', () => {
  expect(parseDuration('P1D')).toBe(hours(24))
  expect(parseDuration('P1M')).toBeUndefined()
})
