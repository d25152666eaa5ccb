import { expect, test } from 'vitest'
import { days, type Duration, hours, minutes } from '../../src/time.ts'
import { spokenFor } from '../../src/words/language.ts'
import { allOf, anyOf, moment, momentAt, readerOf, span } from '../../src/words/reader.ts'

const now = new Date('2026-11-23T23:30:00Z')
const reader = (locale: string, zone: string) => readerOf({ locale, zone }, now)

test.for([
  ['Europe/London', '2026-11-23T12:03:00Z', '12:03 GMT'],
  ['Europe/London', '2026-11-24T00:10:00Z', 'Tue 24 Nov, 00:10 GMT'],
  ['Europe/Berlin', '2026-11-24T00:10:00Z', '01:10 CET'],
  ['Europe/London', '2027-01-04T09:00:00Z', 'Mon, 4 Jan 2027, 09:00 GMT'],
  ['Europe/London', '2027-07-05T09:00:00Z', 'Mon, 5 Jul 2027, 10:00 BST'],
] as const)('in %s, %s reads "%s"', ([zone, at, words]) => {
  expect(moment(reader('en-GB', zone), new Date(at))).toBe(words)
})

test('the clock has the reader’s own twelve or twenty-four hours', () => {
  expect(moment(reader('en-US', 'America/New_York'), new Date('2026-11-23T22:05:00Z'))).toMatch(/^05:05\sPM EST$/)
  expect(moment(reader('de-DE', 'Europe/London'), new Date('2026-11-23T22:05:00Z'))).toMatch(/^22:05 /)
})

test('a sentence is in one language, whatever the reader’s locale', () => {
  expect(moment(reader('fr-FR', 'Europe/London'), new Date('2026-12-01T12:00:00Z'))).toMatch(/Tue,? 1 Dec/)
  expect(anyOf(reader('fr-FR', 'Europe/Paris'), ['Priya', 'Omar'])).toBe('Priya or Omar')
})

test('a locale or zone that nobody knows becomes a known one, and is shown', () => {
  expect(moment(reader('no_such!', 'Mars/Olympus'), new Date('2026-11-23T12:03:00Z'))).toBe('12:03 UTC')
  expect(moment(reader('', ''), new Date('2026-11-23T12:03:00Z'))).toBe('12:03 UTC')
})

test.for([
  [minutes(1), '1 minute'],
  [minutes(90), '1 hour 30 minutes'],
  [hours(24), '1 day'],
  [hours(25), '25 hours'],
  [days(14), '14 days'],
  [minutes(0.5), '30 seconds'],
  [hours(1.5), '1 hour 30 minutes'],
] satisfies readonly [Duration, string][])('%d milliseconds read "%s"', ([duration, words]) => {
  expect(span(reader('en-GB', 'UTC'), duration)).toBe(words)
})

test('lists read as the language has them', () => {
  const english = reader('en-GB', 'UTC')
  expect(anyOf(english, ['Priya'])).toBe('Priya')
  expect(anyOf(english, ['Priya', 'Hannah', 'Omar'])).toBe('Priya, Hannah or Omar')
  expect(allOf(english, ['Priya', 'Hannah'])).toBe('Priya and Hannah')
  const many = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']
  expect(anyOf(english, many)).toBe('A, B, C, D, E or 3 others')
})

test.for([
  ['de-DE', 'de', 'de-DE'],
  ['de-AT', 'de', 'de-AT'],
  ['de', 'de', 'de'],
  ['en-GB', 'en', 'en-GB'],
  ['fr-MA', 'en', 'en-MA'],
  ['', 'en', 'en-GB'],
] as const)('a client that says %s reads %s, as %s has it', ([says, language, locale]) => {
  expect(reader(says, 'UTC')).toMatchObject({ language, locale })
})

test('a browser that has several languages is given the first that is spoken', () => {
  expect(spokenFor('fr-CH', 'de-CH', 'en')).toEqual({ language: 'de', locale: 'de-CH' })
  expect(spokenFor('*')).toEqual({ language: 'en', locale: 'en-GB' })
})

test('German has its own times, lengths and lists', () => {
  const german = reader('de-DE', 'Europe/Berlin')
  expect(momentAt(german, new Date('2026-11-23T23:40:00Z'))).toBe('um 00:40 MEZ')
  expect(momentAt(german, new Date('2026-11-25T09:00:00Z'))).toBe('am Mi., 25. Nov., 10:00 MEZ')
  expect(momentAt(german, new Date('2027-07-05T09:00:00Z'))).toBe('am Mo., 5. Juli 2027, 11:00 MESZ')
  expect([minutes(1), minutes(90), days(14)].map((length) => span(german, length))).toEqual([
    '1 Minute',
    '1 Stunde 30 Minuten',
    '14 Tage',
  ])
  expect(anyOf(german, ['Priya', 'Hannah', 'Omar'])).toBe('Priya, Hannah oder Omar')
  expect(allOf(german, ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])).toBe('A, B, C, D, E und 3 weitere')
})
