import { expect, test } from 'vitest'
import { entraSaid } from '../../src/words/entra-said.ts'
import { refusalSentence } from '../../src/words/refusals.ts'
import { readerOf } from '../../src/words/reader.ts'
import { names, now } from './everything.ts'

const readers = ['en-GB', 'de-DE'].map((locale) => readerOf({ locale, zone: 'Europe/London' }, now))
const policy = 'RoleAssignmentRequestPolicyValidationFailed'
const failing = (...rules: readonly string[]) => `The following policy rules failed: ${JSON.stringify(rules)}`

const known: readonly (readonly [code: string, message: string])[] = [
  ...['ExpirationRule', 'JustificationRule', 'TicketingRule', 'MfaRule', 'EligibilityRule', 'RuleOfTomorrow'].map(
    (rule) => [policy, failing(rule)] as const,
  ),
  [policy, failing('EligibilityRule', 'ExpirationRule')],
  ['RoleAssignmentExists', 'The Role assignment already exists.'],
  ['BadRequest', 'The role assignment already exists.'],
  ['RoleAssignmentDoesNotExist', 'The Role assignment does not exist.'],
  ['RoleAssignmentRequestAcrsValidationFailed', '&claims=%7B%7D'],
  ['PendingRoleAssignmentRequest', 'There is already an existing pending Role assignment request.'],
  ['RoleAssignmentRequestExists', 'A role assignment request with Id: 1 already exists'],
  ['ActiveDurationTooShort', 'The Active duration is too short. Miniumum Required is 5 minutes.'],
  ['SubjectNotFound', ''],
  ['RoleNotFound', ''],
  ['ResourceIsLocked', ''],
  ['InvalidScope', ''],
  ['InsufficientPermissions', ''],
  ['PermissionScopeNotGranted', ''],
  ['InvalidPolicy', ''],
  ['AuthorizationFailed', "The client 'x' with object id 'y' does not have authorization to perform action 'z'."],
]

test.each(known)('%s %s is said in words, with what to do, in both languages', (code, message) => {
  const said = readers.map((reader) => entraSaid(reader, code, message) ?? '')
  expect(new Set(said).size).toBe(2)
  for (const text of said) {
    expect(text.split(/(?<=[.?!])\s+/).length).toBeGreaterThanOrEqual(2)
    expect(text).not.toMatch(/[[\]"\\]|Rule\b|RoleAssignment|Validation|claims/)
  }
})

test('several rules that fail are each said', () => {
  const [reader] = readers
  const text = reader && entraSaid(reader, policy, failing('EligibilityRule', 'ExpirationRule'))
  expect(text).toMatch(/eligibility of your own.*less time/)
})

test.each(['constructor', 'toString', 'NewInEntra', ''])(
  'what is not known (%j) is left to Entra’s own words',
  (code) => {
    for (const reader of readers) {
      expect(entraSaid(reader, code, 'No idea.')).toBeUndefined()
      const refusal = { kind: 'entra-refused', code, message: 'No idea.', failedRules: [] } as const
      expect(refusalSentence(reader, refusal, names)).toContain('No idea.')
    }
  },
)
