import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseCatalogue } from '../../src/entitlement/catalogue.ts'
import type { EntitlementId } from '../../src/entitlement/entry.ts'
import { mistakeLine } from '../../src/entitlement/mistake.ts'
import { neverAzureRoles, neverDirectoryRoles } from '../../src/entitlement/never.ts'
import { readCatalogue } from '../../src/entitlement/read-catalogue.ts'
import { ticketsIn } from '../../src/entitlement/ticket.ts'
import { days, hours, minutes } from '../../src/time.ts'
import { catalogueOf, mistakesAfter, roles, sandbox, shared, smallCatalogue } from './small-catalogue.ts'

// An id is branded only by its schema; a test may name one directly.
const id = (words: string) => words as EntitlementId
const sample = join(import.meta.dirname, '../../sample/contoso/catalogue')

describe('the sample catalogue', () => {
  test('loads whole', async () => {
    const read = await readCatalogue(sample)
    expect(read.ok ? read.value.entitlements.size : read.refusal.map(mistakeLine)).toBe(40)
  })

  test('gives an entry the terms of its tier', async () => {
    const read = await readCatalogue(sample)
    const role = read.ok && read.value.entitlements.get(id('ai-administrator'))
    expect(role).toMatchObject({
      kind: 'directoryRole',
      target: { role: 'AI Administrator', templateId: 'd2562ede-74db-457e-a7b6-544e236ebb61', scope: '/' },
      stages: [{ from: 'owner', need: 1, remindAfter: minutes(30), escalateAfter: hours(2), lapseAfter: days(1) }],
      duration: { usual: hours(1), longest: hours(4) },
      justification: 'required',
      ticket: 'required',
      stepUp: { request: 'c1' },
      guests: 'deny',
      breakGlass: false,
      source: { file: 'directory-roles.yaml', line: 6 },
    })
  })

  test("prefers an entry's own terms to those of its tier", async () => {
    const read = await readCatalogue(sample)
    const entitlements = read.ok ? read.value.entitlements : new Map()
    expect(entitlements.get(id('biometric-identification'))?.stages).toMatchObject([
      { from: 'owner', need: 1 },
      { from: { set: 'review-board' }, need: 2 },
    ])
    expect(entitlements.get(id('ai-break-glass'))).toMatchObject({
      breakGlass: true,
      stages: [],
      ticket: 'optional',
      duration: { usual: hours(1), longest: hours(1) },
    })
    expect(entitlements.get(id('sandbox-extension'))).toMatchObject({ limits: { maxAhead: days(60) } })
  })
})

/** What is wrong, in which file, after which replacement, at which line, and a part of what is said. */
type Case = readonly [sentence: string, file: string, from: string | RegExp, to: string, line: number, said: string]

const cases: readonly Case[] = [
  ['an unknown key of an entry', 'roles.yaml', 'owners:', 'oners:', 7, 'unknown key "oners" → write "owners"'],
  ['an unknown key of a target', 'roles.yaml', 'scope: /', 'scope: /\n      area: x', 15, 'unknown key "area"'],
  ['an unknown key of a stage', 'catalogue.yaml', 'need: 1\n', 'need: 1\n        ned: 2\n', 49, 'unknown key "ned"'],
  ['an unknown key at the top', 'catalogue.yaml', 'signals:', 'signal: {}\nsignals:', 18, 'unknown key "signal"'],
  [
    'an unknown key beside the entries',
    'roles.yaml',
    'entitlements:',
    'also: 1\nentitlements:',
    1,
    'unknown key "also"',
  ],
  ['a missing owner list', 'roles.yaml', /^ {4}owners: .*\n/m, '', 2, '"owners" is missing → add "owners"'],
  ['an empty owner list', 'roles.yaml', '[priya.raman]', '[]', 7, '"owners" is []'],
  ['a person written as an address', 'roles.yaml', 'priya.raman', 'priya@small.example', 7, '"priya@small.example"'],
  ['an unknown kind', 'roles.yaml', 'directoryRole', 'role', 3, '"kind" is "role" → write one of directoryRole'],
  ['an unknown tier', 'roles.yaml', 'high', 'hihg', 6, '"tier" is "hihg" → write one of low, medium'],
  ['a missing tier', 'catalogue.yaml', '  medium: *low\n', '', 34, 'the tier "medium" is missing'],
  ['a malformed id', 'roles.yaml', 'id: ai-administrator', 'id: AI_Administrator', 2, '"id" is "AI_Administrator"'],
  ['an id used twice', 'sandbox.yaml', 'local-auth', 'ai-administrator', 2, 'the id "ai-administrator" is used twice'],
  ['an alias used twice', 'sandbox.yaml', 'key auth', 'AI admin', 9, 'the alias "AI admin" collides'],
  [
    'an alias that differs by case and hyphen only',
    'sandbox.yaml',
    'key auth',
    'ai-ADMIN',
    9,
    'collides with the alias',
  ],
  ['an alias that is the name of another', 'sandbox.yaml', 'key auth', 'aiadministrator', 9, 'collides with the id'],
  [
    'an alias for a role on the never list',
    'sandbox.yaml',
    'key auth',
    'Global-Admin',
    9,
    'means Global Administrator',
  ],
  [
    'an unknown approver set',
    'catalogue.yaml',
    'from: security',
    'from: securty',
    61,
    'unknown approver set "securty"',
  ],
  ['an approver set without a group', 'catalogue.yaml', 'group: grp-security', 'members: []', 8, '"group" is missing'],
  [
    'an approver set named as a stage is',
    'catalogue.yaml',
    '  security:\n',
    '  owner:\n',
    8,
    '"owner" is no name for a set',
  ],
  ['an unknown resource', 'roles.yaml', 'resource: rg-prod', 'resource: rg-prd', 27, 'unknown resource "rg-prd"'],
  ['an unknown signal', 'roles.yaml', '[realData]', '[unrealData]', 15, 'unknown signal "unrealData"'],
  [
    'a default longer than the max',
    'roles.yaml',
    'default: PT1H',
    'default: PT3H',
    29,
    '"default" is longer than "max"',
  ],
  [
    'a default longer than the max in a tier',
    'catalogue.yaml',
    'default: P7D',
    'default: P31D',
    41,
    '"default" is longer',
  ],
  ['an activation shorter than PIM takes', 'roles.yaml', 'default: PT1H', 'default: PT4M', 29, 'PT5M to P1D'],
  ['an activation longer than PIM takes', 'roles.yaml', 'max: PT2H', 'max: P2D', 30, 'PT5M to P1D'],
  ['a duration of nothing', 'roles.yaml', 'max: PT2H', 'max: P0D', 30, '"max" is "P0D"'],
  ['a duration that is none', 'roles.yaml', 'max: PT2H', 'max: 2 hours', 30, '"max" is "2 hours" → write an ISO 8601'],
  ['a stage that needs nobody', 'catalogue.yaml', 'need: 1\n', 'need: 0\n', 48, '"need" is 0'],
  [
    'a stage that needs more people than there are',
    'roles.yaml',
    'signals:',
    'stages: [{from: owner, need: 3, remindAfter: PT1H, escalateAfter: PT1H, lapseAfter: PT1H}]\n    signals:',
    15,
    '3 people must agree, and at most 2 can',
  ],
  [
    'a reminder after the escalation',
    'catalogue.yaml',
    'remindAfter: PT30M',
    'remindAfter: PT3H',
    49,
    '"remindAfter" is longer',
  ],
  [
    'a lapse before the escalation',
    'catalogue.yaml',
    'lapseAfter: P1D',
    'lapseAfter: PT1H',
    51,
    '"lapseAfter" is shorter',
  ],
  [
    'a tier without stages',
    'catalogue.yaml',
    /\n {6}- from: owner(\n {8}.*){4}/,
    ' []',
    46,
    'nobody decides in this tier',
  ],
  ['an entry without stages', 'roles.yaml', 'signals:', 'stages: []\n    signals:', 15, 'nobody decides about this'],
  ['a pattern that does not compile', 'catalogue.yaml', "'INC-", "'(INC-", 15, 'missing closing )'],
  ['a pattern that looks ahead', 'catalogue.yaml', "'INC-", "'(?!x)INC-", 15, 'without looking ahead or behind'],
  ['a time zone that there is not', 'catalogue.yaml', 'Europe/London', 'Europe/Londn', 6, 'IANA time zone'],
  ['another version', 'catalogue.yaml', 'version: 1', 'version: 2', 1, '"version" is 2'],
  [
    'a role on the built-in never list',
    'roles.yaml',
    'd2562ede-74db-457e-a7b6-544e236ebb61',
    '62E90394-69F5-4237-9190-012177145E10',
    13,
    'never list',
  ],
  [
    "a role on the tenant's never list",
    'roles.yaml',
    'd2562ede-74db-457e-a7b6-544e236ebb61',
    '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    13,
    'never list',
  ],
  [
    'an Azure role on the never list',
    'roles.yaml',
    'b24988ac-6180-42a0-ab88-20f7382dd24c',
    '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    26,
    'never list',
  ],
  ['an exception without requesters', 'sandbox.yaml', /^ {4}requesters: .*\n/m, '', 2, 'without "requesters"'],
  ['an exception that nobody may ask for', 'sandbox.yaml', '[grp-engineers]', '[]', 14, '"requesters" is []'],
  ['an exception without limits', 'sandbox.yaml', /^ {4}limits:[^]*/m, '', 2, '"limits" is missing'],
  [
    'an exception with limits of another kind',
    'sandbox.yaml',
    /onlyWhile:\n.*/,
    'maxAmount: 3',
    16,
    'unknown key "maxAmount"',
  ],
  ['an exception that no owner decides', 'sandbox.yaml', 'tier: high', 'tier: low', 6, 'no stage asks the owner'],
  [
    'an exception that touches production',
    'sandbox.yaml',
    'account: acc-sandbox',
    'account: rg-prod',
    11,
    'only ever touch a sandbox',
  ],
  [
    'limits where they have no meaning',
    'roles.yaml',
    'signals:',
    'limits: {}\n    signals:',
    15,
    '"limits" has no meaning',
  ],
  [
    'a tier without a duration for exceptions',
    'sandbox.yaml',
    'tier: high',
    'tier: severe',
    6,
    'has no duration for exceptions',
  ],
  [
    'an advisory without a real date',
    'roles.yaml',
    'signals:',
    'advisory: {until: 2029-02-30, reason: x}\n    signals:',
    15,
    '"until" is "2029-02-30"',
  ],
  [
    'an advisory without a reason',
    'roles.yaml',
    'signals:',
    'advisory: {until: 2029-02-28}\n    signals:',
    15,
    '"reason" is missing',
  ],
  [
    'break-glass that waits for somebody',
    'roles.yaml',
    'signals:',
    'breakGlass: true\n    signals:',
    15,
    'this entry has stages',
  ],
  [
    'break-glass longer than an hour',
    'roles.yaml',
    'duration:',
    'breakGlass: true\n    stages: []\n    duration:',
    30,
    'an hour at most',
  ],
  ['a key written twice', 'roles.yaml', 'tier: high', 'tier: high\n    tier: low', 7, 'not readable as YAML'],
  ['YAML that is none', 'roles.yaml', 'owners: [priya.raman]', 'owners: [priya.raman', 8, 'not readable as YAML'],
  ['an empty file', 'roles.yaml', roles, '', 1, 'there is no list of entitlements'],
]

describe('a catalogue is refused, naming file and line, for', () => {
  test.each(cases)('%s', (_sentence, file, from, to, line, said) => {
    const mistakes = mistakesAfter(file, from, to)
    const told = mistakes.map(mistakeLine)
    expect(
      told.some((words) => words.startsWith(`${file}:${line}: `) && words.includes(said)),
      told.join('\n'),
    ).toBe(true)
  })

  test('a missing catalogue.yaml', () => {
    const parsed = parseCatalogue([{ name: 'roles.yaml', text: roles }])
    expect(parsed).toMatchObject({ ok: false, refusal: [{ file: 'catalogue.yaml', line: 1 }] })
  })

  test('a folder that is not there', async () => {
    const read = await readCatalogue(join(sample, 'nowhere'))
    expect(read).toMatchObject({ ok: false, refusal: [{ line: 1 }] })
  })

  test('every mistake, not only the first, in the order of files and lines', () => {
    const broken = [
      { name: 'sandbox.yaml', text: sandbox.replace('grants', 'grant').replace('value: false', 'value: maybe') },
      { name: 'catalogue.yaml', text: shared.replace('PT15M', 'P0D').replace('need: 1\n', 'need: 0\n') },
    ]
    const parsed = parseCatalogue(broken)
    const places = parsed.ok ? [] : parsed.refusal.map(({ file, line }) => `${file}:${line}`)
    expect(places).toEqual([
      'catalogue.yaml:48',
      'catalogue.yaml:61',
      'sandbox.yaml:2',
      'sandbox.yaml:5',
      'sandbox.yaml:13',
    ])
  })
})

describe('the never list', () => {
  test('holds the six roles whose holder can grant themselves everything, whatever the catalogue says', () => {
    const { never } = catalogueOf([{ name: 'catalogue.yaml', text: shared.replace(/^never:[^]*?(?=^resources)/m, '') }])
    expect([...never.directoryRoles]).toEqual(neverDirectoryRoles.map((role) => role.id))
    expect([...never.azureRoles]).toEqual(neverAzureRoles.map((role) => role.id))
  })

  test('is lengthened by the catalogue', () => {
    expect(catalogueOf(smallCatalogue).never.directoryRoles.size).toBe(neverDirectoryRoles.length + 1)
  })
})

describe('the digest of a catalogue', () => {
  test('does not depend on the order of the files', () => {
    expect(catalogueOf(smallCatalogue.toReversed()).digest).toBe(catalogueOf(smallCatalogue).digest)
  })

  test('changes with any byte of any file', () => {
    const other = smallCatalogue.map(({ name, text }) => ({ name, text: name === 'roles.yaml' ? `${text}\n` : text }))
    expect(catalogueOf(other).digest).not.toBe(catalogueOf(smallCatalogue).digest)
  })
})

describe('a ticket reference', () => {
  const catalogue = catalogueOf(smallCatalogue)

  test('is found as a whole word, whatever its case, without its leading #', () => {
    const found = ticketsIn('(inc-48213), #4521; XINC-48213 INC-48213-b ab#4521', catalogue)
    expect(found.map(({ ticket }) => ticket)).toEqual(['inc-48213', '4521'])
  })
})

test('two entries for one target are refused, however each names and spells it', () => {
  const twin = roles
    .replace('id: ai-administrator', 'id: ai-boss')
    .replace('name: AI Administrator', 'name: AI boss')
    .replace('- AI admin', '- boss of AI')
    .replace('role: AI Administrator', 'role: The AI role')
    .replace('d2562ede-', 'D2562EDE-')
    .replace('id: prod-contributor', 'id: prod-reader')
    .replace('name: Contributor on rg-prod', 'name: Reader on rg-prod')
    .replace('b24988ac-', 'acdd72a7-')
  const parsed = parseCatalogue([...smallCatalogue, { name: 'twins.yaml', text: twin }])
  expect(parsed.ok ? [] : parsed.refusal.map(mistakeLine)).toEqual([
    'twins.yaml:11: this entry is for the same target as "ai-administrator" → keep one of them; another name for the same thing is an alias of it',
  ])
})
