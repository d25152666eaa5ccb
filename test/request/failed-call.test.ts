import { expect, test } from 'vitest'
import { failedCall } from '../../src/request/failed-call.ts'
import { missingConsent } from '../../src/request/consent.ts'

test.each([
  ['invalid_grant', 'AADSTS65001: The user or administrator has not consented to use the application', 'AADSTS65001'],
  ['access_denied', 'AADSTS65004: User declined to consent to access the app.', 'AADSTS65004'],
  ['access_denied', 'AADSTS90094: The grant requires admin permission.', 'AADSTS90094'],
  ['consent_required', '', 'consent_required'],
  ['access_denied', 'AADSTS650014: another error, whose number only begins alike', undefined],
  ['access_denied', 'the user cancelled', undefined],
])('%s with "%s" is a matter of consent: %s', (error, description, code) => {
  expect(missingConsent(error, description)).toBe(code)
})

test('a token that Entra refuses for want of consent is told as that, and no sign-in is asked for', () => {
  const message = 'AADSTS65001: The user or administrator has not consented to use the application'
  expect(failedCall({ came: 'sign-in-needed', code: 'invalid_grant', message, claims: null })).toEqual({
    refusal: { kind: 'consent-missing', code: 'AADSTS65001' },
    said: false,
  })
})
