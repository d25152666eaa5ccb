import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InputSpec } from '../../src/entitlement/inputs.ts'
import { inputsOf, kinds } from '../../src/entitlement/kinds/kinds.ts'
import { patternOf } from '../../src/entitlement/pattern.ts'
import { checkInputs } from '../../src/request/check-inputs.ts'

const spec = (change: Partial<InputSpec>): InputSpec => ({ name: 'it', kind: 'text', required: true, ...change })
const checked = (change: Partial<InputSpec>, typed: string) => checkInputs([spec(change)], { it: typed })
const colours = [
  { value: 'r', title: 'Red' },
  { value: 'g', title: 'Green' },
]

describe('what was typed is read as', () => {
  test.each([
    ['words, as free text that can be erased', { kind: 'text' }, '  because ', { freeText: 'because' }],
    ['one of the choices', { kind: 'choice', choices: colours }, 'g', 'g'],
    ['several of the choices', { kind: 'choices', choices: colours }, 'g,r', ['g', 'r']],
    ['a day', { kind: 'date' }, '2026-12-04', '2026-12-04'],
    ['hosts', { kind: 'host' }, 'api.example.com, *.example.org', ['api.example.com', '*.example.org']],
    ['addresses and ranges', { kind: 'address' }, '203.0.113.7 2001:db8::/48', ['203.0.113.7', '2001:db8::/48']],
    ['an amount', { kind: 'amount' }, '12,5', 12.5],
    ['what fits its pattern', { kind: 'ticket', patterns: [patternOf('CHG-\\d+')] }, 'CHG-7', 'CHG-7'],
  ] as const)('%s', (_, change, typed, value) => {
    expect(checked(change, typed)).toEqual({ ok: true, value: { it: value } })
  })
})

describe('sent back is', () => {
  test.each([
    ['a choice that is none', { kind: 'choice', choices: colours }, 'b', 'b'],
    ['one of several that is none', { kind: 'choices', choices: colours }, 'r,b', 'b'],
    ['a day that there is not', { kind: 'date' }, '2026-13-04', '2026-13-04'],
    ['a host that is none', { kind: 'host' }, 'api.example.com http://x', 'http://x'],
    ['more hosts than may be', { kind: 'host', limits: { most: 1 } }, 'a.example b.example', 'a.example b.example'],
    ['a range wider than there is', { kind: 'address' }, '203.0.113.0/33', '203.0.113.0/33'],
    ['an amount above its limit', { kind: 'amount', limits: { largest: 10 } }, '11', '11'],
    ['what is no number', { kind: 'amount' }, 'a lot', 'a lot'],
    ['what does not fit its pattern', { kind: 'text', patterns: [patternOf('CHG-\\d+')] }, 'INC-7', 'INC-7'],
  ] as const)('%s', (_, change, typed, text) => {
    expect(checked(change, typed)).toMatchObject({
      ok: false,
      refusal: { kind: 'input-not-understood', input: 'it', wanted: change.kind, text },
    })
  })

  test('what is needed and empty, in the tenant’s words where it has any; what is not needed is left out', () => {
    expect(checkInputs([spec({ label: 'Which repository?' })], {})).toEqual({
      ok: false,
      refusal: { kind: 'input-missing', input: 'it', label: 'Which repository?' },
    })
    expect(checkInputs([spec({ required: false })], { it: ' ', other: 'x' })).toEqual({ ok: true, value: {} })
  })
})

test('whatever is typed, it is taken or sent back, and what nothing asks for is dropped', () => {
  const specs = kinds().flatMap((kind) =>
    inputsOf({ kind, limits: { maxHosts: 2, deployments: ['a'], maxCapacity: 5 } }),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...specs.map(({ name }) => name), 'more'), fc.string()), (typed) => {
      const came = checkInputs(specs, typed)
      const asked = new Set(specs.map(({ name }) => name))
      if (came.ok) expect(Object.keys(came.value).filter((name) => !asked.has(name))).toEqual([])
    }),
  )
})
