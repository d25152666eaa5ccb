import { expect, test } from 'vitest'
import { anyOf, heard, once } from '../../src/ask/language/heard.ts'

const whole = (piece: string) => new RegExp(`^(?:${piece})$`, 'iu')

test('what is listened for is heard in every language', () => {
  const yes = whole(heard('yes'))
  for (const word of ['yes', 'ja', 'sí', 'oui', 'sim', 'はい']) expect(word).toMatch(yes)
  expect('nein').not.toMatch(yes)
})

test('an apostrophe is heard however it is written', () => {
  expect("d'accord").toMatch(whole(heard('yes')))
  expect('d’accord').toMatch(whole(heard('yes')))
})

test('languages written without spaces are heard apart from those with them', () => {
  expect('両方').toMatch(whole(heard('both', 'unspaced')))
  expect('両方').not.toMatch(whole(heard('both', 'spaced')))
  expect('beide').not.toMatch(whole(heard('both', 'unspaced')))
})

test('what no language says is never heard, not even in silence', () => {
  expect('').not.toMatch(new RegExp(anyOf([]), 'u'))
})

test('a sign in a phrase is that sign, and the longest phrase is heard first', () => {
  expect('w/').toMatch(whole(anyOf(['w/'])))
  expect('ab').not.toMatch(whole(anyOf(['a.'])))
  expect(new RegExp(anyOf(['make', 'make it']), 'u').exec('make it')?.[0]).toBe('make it')
})

test('what is made once is made when it is first asked for, and never again', () => {
  let made = 0
  const value = once(() => ++made)
  expect(made).toBe(0)
  expect([value(), value(), made]).toEqual([1, 1, 1])
})
