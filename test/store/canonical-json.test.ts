import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../src/store/canonical-json.ts'

test('members come in one order, dates as text, what is undefined not at all', () => {
  expect(canonicalJson({ b: [1, { d: null, c: true }], a: new Date('2026-03-02T12:00:00Z'), e: undefined })).toBe(
    '{"a":"2026-03-02T12:00:00.000Z","b":[1,{"c":true,"d":null}]}',
  )
})

test('the text means the same as the value, and says it the same way after being read', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }),
  )
})

test('what JSON cannot carry is refused rather than left out', () => {
  for (const value of [Number.NaN, Infinity, 1n, () => 1, [undefined]]) {
    expect(() => canonicalJson(value)).toThrow('JSON cannot carry')
  }
})
