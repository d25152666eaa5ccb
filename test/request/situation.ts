import type { DirectoryRole } from '../../src/entitlement/kinds/directory-role.ts'
import { EntitlementId } from '../../src/entitlement/entry.ts'
import type { TenantRules } from '../../src/entitlement/terms.ts'
import { type Person, PersonId } from '../../src/people.ts'
import type { Situation } from '../../src/request/assess.ts'
import { hours, minutes } from '../../src/time.ts'

// People and one role as the core sees them; nothing here is read from anywhere.

const person = (digit: string, name: string): Person => ({
  id: PersonId.parse(`${digit.repeat(8)}-0000-4000-8000-000000000000`),
  name,
  title: null,
  userPrincipalName: `${name.toLowerCase()}@contoso.example`,
  guest: false,
  enabled: true,
})

export const maya = person('a', 'Maya')
export const priya = person('b', 'Priya')
export const hannah = person('c', 'Hannah')
export const jonas = person('d', 'Jonas')
export const mei = person('e', 'Mei')
export const omar = person('f', 'Omar')
export const noon = new Date('2026-11-23T12:00:00Z')

export const aiAdministrator: DirectoryRole = {
  kind: 'directoryRole',
  id: EntitlementId.parse('ai-administrator'),
  name: 'AI Administrator',
  grants: 'Manage agents.',
  tier: 'high',
  owners: ['priya'],
  backup: ['hannah'],
  aliases: [],
  stages: [{ from: 'owner', need: 1, remindAfter: minutes(30), escalateAfter: hours(2), lapseAfter: hours(24) }],
  duration: { usual: hours(1), longest: hours(4) },
  justification: 'required',
  ticket: 'required',
  stepUp: { request: 'c1' },
  guests: 'deny',
  breakGlass: false,
  signals: [],
  source: { file: 'roles.yaml', line: 1 },
  target: { role: 'AI Administrator', templateId: 'd2562ede-74db-457e-a7b6-544e236ebb61', scope: '/' },
}

export const rules: TenantRules = {
  longest: hours(4),
  justification: true,
  ticket: true,
  multiFactor: false,
  authenticationContext: 'c1',
  approval: { asks: 'approvers', people: [priya.id, hannah.id], groups: [] },
}

export const situation = (changes: Partial<Situation> = {}): Situation => ({
  at: noon,
  requester: maya,
  beneficiary: maya,
  target: { kind: 'directoryRole', role: aiAdministrator.target.templateId, scope: '/' },
  entitlement: aiAdministrator,
  catalogueDigest: 'digest',
  eligible: true,
  rules,
  stages: aiAdministrator.stages.map((rule) => ({ rule, people: [priya], lastResort: [omar] })),
  backup: [hannah],
  entra: { asks: 'approvers', people: [priya, hannah] },
  alreadyOpen: false,
  ...changes,
})
