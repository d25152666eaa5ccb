import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stricterTerms, type Terms } from '../../src/entitlement/terms.ts'
import { hours, minutes } from '../../src/time.ts'

const terms: Terms = {
  usual: hours(1),
  longest: hours(4),
  shortest: minutes(5),
  justification: 'optional',
  ticket: 'optional',
  stepUp: {},
  multiFactor: false,
}

test.each([
  ['shortest', { shortest: minutes(30) }],
  ['longest', { longest: hours(2) }],
  ['multiFactor', { multiFactor: true }],
  ['justification', { justification: 'required' }],
  ['ticket', { ticket: 'required' }],
] as const)('the stricter %s holds, whichever of the two has it', (field, stricter) => {
  const other = { ...terms, ...stricter }
  expect(stricterTerms(terms, other)[field]).toEqual(other[field])
  expect(stricterTerms(other, terms)[field]).toEqual(other[field])
})

test('what is usual is never longer than what is allowed', () => {
  const some = fc.record({ usual: fc.nat(100), longest: fc.nat(100) })
  fc.assert(
    fc.property(some, some, (one, other) => {
      const termsOf = (each: typeof one): Terms => ({
        ...terms,
        usual: hours(each.usual),
        longest: hours(each.longest),
      })
      const met = stricterTerms(termsOf(one), termsOf(other))
      expect(met.usual).toBeLessThanOrEqual(met.longest)
    }),
  )
})
