import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutAt, saysSomething, wellFormed } from '../src/text.ts'

test('a text is cut between what people see as characters, and never longer than it may be', () => {
  expect(cutAt('family 👨‍👩‍👧 here', 10)).toBe('family ')
  expect(cutAt('family 👨‍👩‍👧 here', 15)).toBe('family 👨‍👩‍👧')
  expect(cutAt('cafe\u0301s', 4)).toBe('caf')
  expect(cutAt('क्षि', 2)).toBe('')
  expect(cutAt('short', 500)).toBe('short')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.nat(60), (text, most) => {
      const cut = cutAt(text, most)
      expect(cut.length).toBeLessThanOrEqual(most)
      expect(text.startsWith(cut)).toBe(true)
      expect(cut.isWellFormed()).toBe(true)
    }),
  )
})

test.for([
  ['a zero width space', '\u200b\u200b'],
  ['a Hangul filler', '\u3164\u115f'],
  ['a Braille blank', '\u2800\u2800'],
  ['marks of direction', '\u200f\u202e\u2066'],
  ['soft hyphens', '\u00ad'],
  ['variation selectors', '\ufe0f\ufe0f'],
  ['tags', '\u{e0041}\u{e007f}'],
  ['dots and dashes', '. - …'],
  ['nothing', ''],
] as const)('%s says nothing to a reader', ([, text]) => {
  expect(saysSomething(text)).toBe(false)
  expect(saysSomething(`${text}x`)).toBe(true)
})

test('what neither PostgreSQL nor UTF-8 can carry is replaced', () => {
  expect(wellFormed('a\0b\ud83dc')).toBe('a\ufffdb\ufffdc')
})
