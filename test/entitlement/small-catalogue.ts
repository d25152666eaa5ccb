import { parseCatalogue, type SourceFile } from '../../src/entitlement/catalogue.ts'
import type { Catalogue } from '../../src/entitlement/entitlement.ts'
import type { Mistake } from '../../src/entitlement/mistake.ts'

export const shared = `version: 1
tenant:
  name: small
  domain: small.example
  id: fb3f9676-e88e-47ef-b72a-3d75aeae6240
timeZone: Europe/London
approvers:
  security:
    group: grp-security
channels:
  security:
    conversation: Security
tickets:
  patterns:
    - 'INC-\\d{4,6}'
    - '#\\d{3,6}'
  url: "https://tickets.small.example/{ticket}"
signals:
  realData:
    label: Real data
    meaning: "Opens real records."
never:
  directoryRoles:
    - name: Application Administrator
      templateId: 9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3
  azureRoles: []
resources:
  rg-prod:
    id: /subscriptions/99fa5619-e953-4b1a-a8d6-e3aff32ad7a2/resourceGroups/rg-prod
    env: prod
  acc-sandbox:
    id: /subscriptions/ea114ac7-57e1-4cb1-ba0f-85c591d56375/resourceGroups/rg-sandbox/providers/X/accounts/acc-sandbox
    env: sandbox
tiers:
  low: &low
    stages:
      - {from: manager, need: 1, remindAfter: P1D, escalateAfter: P2D, lapseAfter: P5D}
    duration:
      activation: {default: PT4H, max: PT8H}
      package: {default: P30D, max: P90D}
      exception: {default: P7D, max: P30D}
    justification: optional
    ticket: optional
  medium: *low
  high:
    stages:
      - from: owner
        need: 1
        remindAfter: PT30M
        escalateAfter: PT2H
        lapseAfter: P1D
    duration:
      activation: {default: PT1H, max: PT4H}
      exception: {default: P1D, max: P7D}
    justification: required
    ticket: required
    stepUp:
      request: c1
  severe:
    stages:
      - {from: security, need: 2, remindAfter: PT15M, escalateAfter: PT1H, lapseAfter: PT12H}
    duration:
      activation: {default: PT1H, max: PT2H}
    justification: required
    ticket: required
`

export const roles = `entitlements:
  - id: ai-administrator
    kind: directoryRole
    name: AI Administrator
    grants: "Manage agents."
    tier: high
    owners: [priya.raman]
    backup: [hannah.vogt]
    aliases:
      - AI admin
    target:
      role: AI Administrator
      templateId: d2562ede-74db-457e-a7b6-544e236ebb61
      scope: /
    signals: [realData]
  - id: prod-contributor
    kind: azureRole
    name: Contributor on rg-prod
    grants: "Change production."
    tier: medium
    owners: [priya.raman]
    backup: []
    aliases: []
    target:
      role: Contributor
      roleId: b24988ac-6180-42a0-ab88-20f7382dd24c
      resource: rg-prod
    duration:
      default: PT1H
      max: PT2H
`

export const sandbox = `entitlements:
  - id: local-auth
    kind: localAuth
    name: Access keys on the sandbox account
    grants: "Sign in with keys."
    tier: high
    owners: [jonas.weber]
    backup: [mei.lin]
    aliases: [key auth]
    target:
      account: acc-sandbox
      property: properties.disableLocalAuth
      value: false
    requesters: [grp-engineers]
    limits:
      onlyWhile:
        properties.publicNetworkAccess: Disabled
`

export const smallCatalogue: readonly SourceFile[] = [
  { name: 'catalogue.yaml', text: shared },
  { name: 'roles.yaml', text: roles },
  { name: 'sandbox.yaml', text: sandbox },
]

/** The catalogue of these files. @throws where they hold a mistake. */
export function catalogueOf(files: readonly SourceFile[]): Catalogue {
  const parsed = parseCatalogue(files)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal))
  return parsed.value
}

/** What is said about the small catalogue once the first `from` of one file is replaced. */
export function mistakesAfter(file: string, from: string | RegExp, to: string): readonly Mistake[] {
  const changed = smallCatalogue.map(({ name, text }) => {
    if (name !== file) return { name, text }
    const after = text.replace(from, to)
    if (after === text) throw new Error(`${String(from)} is not in ${file}`)
    return { name, text: after }
  })
  const parsed = parseCatalogue(changed)
  return parsed.ok ? [] : parsed.refusal
}
