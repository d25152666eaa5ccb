import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { find } from '../../src/ask/find.ts'
import type { EntitlementId } from '../../src/entitlement/entry.ts'
import { catalogue } from './sample.ts'

const context = { now: new Date('2026-11-23T12:00:00Z'), zone: 'Europe/London', catalogue }
const found = (typed: string) => find(typed, context)

describe('what is found for words that may be half typed', () => {
  test.for([
    ['AI ad', 'ai-administrator'],
    ['sec', 'security-reader'],
    ['adm app', 'application-administrator'],
    ['cond-acc', 'conditional-access-administrator'],
    ['secrity reader', 'security-reader'],
    ['I need to change conditional access policies', 'conditional-access-administrator'],
  ] as const)('%s: %s comes first', ([typed, first]) => {
    expect(found(typed).fitting[0]).toBe(first)
  })

  test('no words find everything, as the catalogue has it', () => {
    for (const nothing of ['', '   ', '-']) expect(found(nothing).fitting).toEqual([...catalogue.entitlements.keys()])
  })

  test('any text at all finds entries of the catalogue, each once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (typed) => {
        for (const ids of Object.values(found(typed))) {
          expect(new Set(ids).size).toBe(ids.length)
          expect(ids.filter((id: EntitlementId) => !catalogue.entitlements.has(id))).toEqual([])
        }
      }),
      { numRuns: 200 },
    )
  })
})
