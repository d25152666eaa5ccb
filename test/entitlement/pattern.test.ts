import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patternOf } from '../../src/entitlement/pattern.ts'

const words = (source: string, text: string) =>
  patternOf(source)
    .wordsIn(text)
    .map(({ from, to }) => text.slice(from, to))

/** The same by looking ahead and behind, which takes for ever with some patterns. */
const backtracking = (source: string, text: string) =>
  [...text.matchAll(new RegExp(`(?<![\\w-])(?:${source})(?!\\w|-\\w)`, 'gi'))].map(([found]) => found).filter(Boolean)

test.each([
  ['INC-\\d{4,6}', 'INC-48213', ['INC-48213']],
  [
    'INC-\\d{4,6}',
    'inc-4821, INC-4822 (INC-4823) inc-4824-',
    ['inc-4821', 'INC-4822', 'INC-4823', 'inc-4824-'.slice(0, 8)],
  ],
  ['INC-\\d{4,6}', 'XINC-48213 INC-4821-b INC-48213x', []],
  ['#\\d{3,6}', '#4521 and x#4522', ['#4521']],
  ['#\\d+#', '#1##2#', ['#1#', '#2#']],
  ['ab|abc', 'abc ab', ['abc', 'ab']],
  ['a b|b c', 'a b c', ['a b']],
  ['CHG\\d+', '🔥CHG12 👩🏽‍💻 CHG13🔥', ['CHG12', 'CHG13']],
  ['x*', 'x xx y', ['x', 'xx']],
  ['(?<kind>INC|CHG)-(\\d+)', 'INC-1 CHG-2', ['INC-1', 'CHG-2']],
])('%s in %j', (source, text, found) => {
  expect(words(source, text).filter((each) => each !== '')).toEqual(found)
})

test('what stands as a word of its own is what looking ahead and behind would find', () => {
  const sources = ['INC-\\d{2,4}', '#\\d{1,3}', 'a|ab|a-b', '\\w+', '[ab-]+', 'a b?', 'b#?']
  const text = fc.string({ unit: fc.constantFrom(...'ab-#1 2IiNnCc,é') })
  fc.assert(
    fc.property(fc.constantFrom(...sources), text, (source, written) => {
      expect(words(source, written).filter((each) => each !== '')).toEqual(backtracking(source, written))
    }),
    { numRuns: 3_000 },
  )
})

test.each(['(a+)+$', '(?:a+)+b', '(a|aa)+$', '(a|a)*b', '(.*)*=', '\\d+\\d+\\d+x', '(INC-\\d+\\s*)+!'])(
  '%s over 28,000 characters is done at once',
  (source) => {
    const pattern = patternOf(source)
    for (const unit of ['a', '1', 'INC-1 ', 'a-', '# ']) {
      const text = `${unit.repeat(28_000 / unit.length)}?`
      pattern.fits(text)
      expect(pattern.wordsIn(text).length).toBeLessThanOrEqual(text.length)
    }
  },
)

test.each(['(INC-', '(?<=x)INC', 'INC(?!-)', '(INC)\\1', '*', 'INC-\\d{1,2000}'])('%s is refused', (source) => {
  expect(() => patternOf(source)).toThrow(/./)
})

test('it is kept as it is written', () => {
  expect(patternOf('INC-\\d{5}').source).toBe('INC-\\d{5}')
})
