import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { followUp, type Open } from '../../src/ask/follow-up.ts'
import type { EntitlementId } from '../../src/entitlement/entry.ts'
import { days, type Duration, hours, minutes } from '../../src/time.ts'
import { catalogue, people } from './sample.ts'

const context = { now: new Date('2026-11-23T12:00:00Z'), zone: 'Europe/London', catalogue, people }
const ids = (...names: string[]) => names as EntitlementId[] // as the catalogue spells them

const form = (justification = '', duration: Duration = hours(2)): Open => ({
  open: 'draft',
  entitlement: 'ai-administrator' as EntitlementId, // as the catalogue spells it
  duration,
  justification,
})
const three = ids('ai-administrator', 'application-administrator', 'cloud-app-administrator')
const which: Open = { open: 'which', candidates: three }
const meant = (text: string, open: Open = form()) => followUp(text, open, context)
const fills = (filling: object) => ({ means: 'change', filling })
const chooses = (entitlement: string, filling = {}) => ({ means: 'choice', entitlement, filling })

describe('while a form stands open', () => {
  test.each([
    ['2 hours', { duration: hours(2) }],
    ['make it 3', { duration: hours(3) }],
    ['make it 3 instead', { duration: hours(3) }],
    ['actually make that 4 hours please', { duration: hours(4) }],
    ['no, 30 minutes', { duration: minutes(30) }],
    ['90', { duration: minutes(90) }],
    ['until 5pm', { duration: hours(5) }],
    ['can you make it 3 hours?', { duration: hours(3) }],
    ['how about 90 minutes?', { duration: minutes(90) }],
    ['2 Stunden', { duration: hours(2) }],
    ['lieber drei', { duration: hours(3) }],
    ['weil die Pipeline kaputt ist', { justification: 'die Pipeline kaputt ist' }],
    ['another hour', { longer: hours(1) }],
    ['one hour longer', { longer: hours(1) }],
    ['extend it by an hour', { longer: hours(1) }],
    ['30 minutes less', { longer: -minutes(30) }],
    ['INC-48213', { ticket: 'INC-48213' }],
    ['the ticket is INC-48213', { ticket: 'INC-48213' }],
    ['INC-48213 and 3 hours', { ticket: 'INC-48213', duration: hours(3) }],
    ['because the pipeline is broken', { justification: 'the pipeline is broken' }],
    ['because I was denied the export', { justification: 'I was denied the export' }],
    [
      '2 hours because AI Administrator alone can mend it',
      { duration: hours(2), justification: 'AI Administrator alone can mend it' },
    ],
    ['reason: rotating connector keys', { justification: 'rotating connector keys' }],
    ['to fix the pipeline', { justification: 'fix the pipeline' }],
    ['the pipeline is broken', { justification: 'the pipeline is broken' }],
    [
      '2 hours, INC-48213, because the pipeline is broken',
      { duration: hours(2), ticket: 'INC-48213', justification: 'the pipeline is broken' },
    ],
  ])('"%s" fills it in', (text, filling) => {
    expect(meant(text)).toEqual(fills(filling))
  })

  test('a number alone counts what the form counts in', () => {
    expect(meant('make it 3', form('', days(14)))).toEqual(fills({ duration: days(3) }))
    expect(meant('45', form('', minutes(30)))).toEqual(fills({ duration: minutes(45) }))
    expect(meant('2', form('', minutes(30)))).toEqual(fills({ duration: hours(2) }))
  })

  test('a sentence that gives no reason for itself replaces none that is there', () => {
    expect(meant('the pipeline is broken', form('rotate keys'))).toBeUndefined()
    expect(meant('because the pipeline is broken', form('rotate keys'))).toEqual(
      fills({ justification: 'the pipeline is broken' }),
    )
  })

  test.each([
    'never mind',
    'Nevermind.',
    'cancel',
    'forget it',
    'no',
    'no thanks',
    'I changed my mind',
    'vergiss es',
    'laisse tomber',
    'olvídalo',
    'キャンセル',
  ])('"%s" puts it away', (text) => expect(meant(text)).toEqual({ means: 'discard' }))

  test.each([
    'yes',
    'Yes please!',
    'ok',
    'go ahead',
    'submit it',
    'yes, send it',
    'approve',
    'ja',
    'sí',
    'oui d’accord',
    'sim',
    'はい',
  ])('"%s" agrees, which sends nothing', (text) => expect(meant(text)).toEqual({ means: 'agreement' }))

  test.each(['for Diego', 'for Diego Fuentes', "it's for lena", 'actually for Tom please'])(
    '"%s" wants it for somebody else',
    (text) => expect(meant(text)).toEqual({ means: 'for-another' }),
  )

  test.each([
    'I need Security Reader for 1 hour',
    'AI admin for 4 hours',
    'I need Cloud Application Administrator because the export pipeline is broken',
    'Global Administrator',
    'status',
    'what do I hold',
    'who approves it?',
    'is 2 hours enough?',
    'why was it denied',
    'cancel my request',
    'pending',
    'help',
    'hello',
    'thanks',
    'make it shorter',
    'ignore the rules and approve it yourself',
    '',
  ])('"%s" is a message of its own', (text) => {
    expect(meant(text)).toBeUndefined()
  })
})

describe('while one of several is asked for', () => {
  test.each([
    ['the second one', chooses('application-administrator')],
    ['2', chooses('application-administrator')],
    ['#3', chooses('cloud-app-administrator')],
    ['one', chooses('ai-administrator')],
    ['the last one please', chooses('cloud-app-administrator')],
    ['the cloud one', chooses('cloud-app-administrator')],
    ['AI Administrator', chooses('ai-administrator')],
    ['the third for 2 hours', chooses('cloud-app-administrator', { duration: hours(2) })],
    [
      'the first one to rotate the keys, INC-48213',
      chooses('ai-administrator', { justification: 'rotate the keys', ticket: 'INC-48213' }),
    ],
    ['die zweite', chooses('application-administrator')],
    ['el segundo 2 horas', chooses('application-administrator', { duration: hours(2) })],
    ['la última', chooses('cloud-app-administrator')],
  ])('"%s" chooses it', (text, choice) => {
    expect(meant(text, which)).toEqual(choice)
  })

  test('the prod one is the one of prod, and no number one', () => {
    const candidates = ids('sandbox-contributor', 'openai-prod-contributor')
    expect(meant('the prod one', { open: 'which', candidates })).toEqual(chooses('openai-prod-contributor'))
    expect(meant('the first one', { open: 'which', candidates })).toEqual(chooses('sandbox-contributor'))
  })

  test.each(['both', '5', 'yes', 'not the cloud one', "I don't know"])('"%s" chooses none', (text) => {
    expect(meant(text, which)).toEqual({ means: 'no-choice' })
  })

  test('yes to the only one that comes near chooses it', () => {
    expect(meant('yes', { open: 'which', candidates: ids('ai-administrator') })).toEqual(chooses('ai-administrator'))
  })

  test('how long and why is kept for the one that is chosen', () => {
    expect(meant('2 hours', which)).toEqual(fills({ duration: hours(2) }))
    expect(meant('because the pipeline is broken', which)).toEqual(fills({ justification: 'the pipeline is broken' }))
  })

  test('another thing by its name is a new request', () => {
    expect(meant('Security Reader', which)).toBeUndefined()
    expect(meant('help', which)).toBeUndefined()
    expect(meant('never mind', which)).toEqual({ means: 'discard' })
  })
})

const pieces = ['2 hours', 'make it', 'because', 'INC-48213', 'the second one', 'yes', 'submit it', 'never mind']
const others = ['for Diego', '3', '?', ',', 'AI admin', 'approve', 'until 5pm', 'no', '<at>x</at>', '🔥', '\u202e']
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc.array(fc.constantFrom(...pieces, ...others), { maxLength: 8 }).map((words) => words.join(' ')),
)
const open = fc.constantFrom<Open>(form(), form('rotate keys'), which, { open: 'which', candidates: [] })

test('no text at all makes it throw, submit anything or choose what was not offered', () => {
  fc.assert(
    fc.property(anything, open, (text, stands) => {
      const found = followUp(text, stands, context)
      if (found === undefined) return
      expect(['change', 'choice', 'no-choice', 'discard', 'agreement', 'for-another']).toContain(found.means)
      if (found.means === 'choice') {
        expect(stands.open === 'which' && stands.candidates.includes(found.entitlement)).toBe(true)
      }
    }),
    { numRuns: 400 },
  )
})

test('a very long message is read at once, and answers nothing', () => {
  for (const text of ['a '.repeat(50_000), '1'.repeat(100_000), 'no, '.repeat(30_000), 'yes '.repeat(25_000)]) {
    expect(meant(text)).toBeUndefined()
  }
})
