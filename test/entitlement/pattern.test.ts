import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NotAPattern, patternOf } from '../../src/entitlement/pattern.ts'

const words = (source: string, text: string) =>
  patternOf(source)
    .wordsIn(text)
    .map(({ from, to }) => text.slice(from, to))

/** The same by looking ahead and behind, which takes for ever with some patterns. */
const backtracking = (source: string, text: string) =>
  [...text.matchAll(new RegExp(`(?<![\\w-])(?:${source})(?!\\w|-\\w)`, 'gi'))]
    .map(([found]) => found)
    .filter(Boolean)
    .slice(0, 20)

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
  ['INC-\\d+', '\u017fINC-1 INC-2\u212a', ['INC-1', 'INC-2']],
  ['(?<kind>INC|CHG)-(\\d+)', 'INC-1 CHG-2', ['INC-1', 'CHG-2']],
])('%s in %j', (source, text, found) => {
  expect(words(source, text)).toEqual(found)
})

test('what stands as a word of its own is what looking ahead and behind would find', () => {
  const sources = ['INC-\\d{2,4}', '#\\d{1,3}', 'a|ab|a-b', '\\w+', '[ab-]+', 'a b?', 'b#?']
  const text = fc.string({ unit: fc.constantFrom(...'ab-#1 2IiNnCc,é\u017f\u212a') })
  fc.assert(
    fc.property(fc.constantFrom(...sources), text, (source, written) => {
      // Written by its author, \w takes in what k and s are in another case; at its edges it does not.
      fc.pre(source !== '\\w+' || !/[\u017f\u212a]/.test(written))
      expect(words(source, written)).toEqual(backtracking(source, written))
    }),
    { numRuns: 3_000 },
  )
})

test.each([
  '(a+)+$',
  '(?:a+)+b',
  '(a|aa)+$',
  '(a|a)*b',
  '.(.*)*=',
  '\\d+\\d+\\d+x',
  '(INC-\\d+\\s*)+!',
  // These are found again and again, and each time only the end of the text says that there is no longer one.
  'a.*b|a',
  'INC-\\d+( .*closed)?',
  '(INC-\\d+[^?]*!|INC-1)',
  '#.*x|#',
  '\\b|a.*b',
])('%s over 28,000 characters is done at once', (source) => {
  const pattern = patternOf(source)
  for (const unit of ['a', '1', 'INC-1 ', 'a ', 'a-', '# ']) {
    const text = `${unit.repeat(28_000 / unit.length)}?`
    const before = performance.now()
    pattern.fits(text)
    expect(pattern.wordsIn(text).length).toBeLessThanOrEqual(20)
    // Some 70 ms. Where each place costs a search to the end, it is 5 to 20 seconds.
    expect(performance.now() - before).toBeLessThan(2_000)
  }
})

test('the first twenty places in a text are told', () => {
  const many = Array.from({ length: 30 }, (_, index) => `INC-${1000 + index}`)
  expect(words('INC-\\d{4}', many.join(', '))).toEqual(many.slice(0, 20))
})

test.each([
  ['(INC-', /missing closing \)/, /such as INC/],
  ['(?<=x)INC', /invalid/, /without looking ahead or behind/],
  ['INC(?!-)', /invalid/, /without looking ahead or behind/],
  ['(INC)\\1', /invalid escape/, /instead of referring back/],
  ['*', /missing argument/, /such as INC/],
  ['INC-\\d{1,2000}', /invalid repeat count/, /at most 1,000/],
  ['\\u2014', /invalid escape/, /the character itself/],
  ['a**', /nested repetition/, /around a group/],
  ['[^]', /missing closing \]/, /syntax of RE2/],
  ['x*', /fits an empty text/, /at least one character/],
])('%s is refused, with what to do about it', (source, why, advice) => {
  const refused = () => patternOf(source)
  expect(refused).toThrow(NotAPattern)
  expect(refused).toThrow(why)
  expect(refused).toThrow(expect.objectContaining({ advice: expect.stringMatching(advice) }))
})

test('it is kept as it is written', () => {
  expect(patternOf('INC-\\d{5}').source).toBe('INC-\\d{5}')
})
