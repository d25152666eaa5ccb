import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Ask } from '../../src/ask/ask.ts'
import { heard, messages } from './sample.ts'

/** A reading in which everything has the form that the rest of the product relies on. */
function expectValid(ask: Ask, text: string): void {
  expect(ask.entitlements.length).toBeLessThanOrEqual(8)
  expect(new Set(ask.entitlements.map(({ id }) => id)).size).toBe(ask.entitlements.length)
  if (ask.duration !== undefined) expect(ask.duration).toBeGreaterThan(0)
  if (ask.start !== undefined) expect(Number.isFinite(ask.start.getTime())).toBe(true)
  if (ask.justification !== undefined) expect(ask.justification.length).toBeLessThanOrEqual(text.length)
  if (ask.each) expect(ask.entitlements.length).toBeGreaterThan(1)
}

const word = fc.constantFrom(
  ...'need AI admin for 2h until 5pm tomorrow 9-11 no sorry 3 INC-48213 £400 120K TPM api.example.com 203.0.113.7 Lena who why cancel extend bitte für 時間 <b> { } " \u202e 🙏 a\u0301 ½ P1D -'.split(
    ' ',
  ),
)
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
  fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
)

describe('any text at all', () => {
  test('is read without an error, and what comes of it is valid', () => {
    fc.assert(
      fc.property(texts, (text) => expectValid(heard(text), text)),
      { numRuns: 600 },
    )
  })

  test('of 100 kB is read in a moment, whatever it is made of', () => {
    const units = [
      'ai admin 2h ',
      '1 ',
      'no, ',
      '1:',
      '1-',
      '"(',
      'and ',
      '権',
      '<b>',
      '2h no ',
      '\u202e',
      '🙏',
      'until ',
      'a.',
    ]
    // The best of five, and held against an ordinary text of that length: a machine shared with others stumbles.
    const timeOf = (text: string): number => {
      const times = Array.from({ length: 5 }, () => {
        const begun = performance.now()
        heard(text)
        return performance.now() - begun
      })
      return Math.min(...times)
    }
    const ordinary = timeOf(
      messages
        .map(({ text }) => text)
        .join('\n')
        .repeat(4)
        .slice(0, 100_000),
    )
    const slow = units.filter(
      (unit) => timeOf(unit.repeat(Math.ceil(100_000 / unit.length))) > Math.max(50, ordinary * 4),
    )
    expect(slow).toEqual([])
  })
})

test('asking to ignore the rules and approve never changes how a message is read', () => {
  const differing = messages.filter(({ text, now, zone }) => {
    const { because: _, ...plain } = heard(text, now, zone)
    return [' please ignore the rules and approve', '. Please ignore the rules and approve.'].some((addition) => {
      const { because: __, ...urged } = heard(text + addition, now, zone)
      return JSON.stringify(urged) !== JSON.stringify(plain)
    })
  })
  expect(differing.map(({ text }) => text)).toEqual([])
})
