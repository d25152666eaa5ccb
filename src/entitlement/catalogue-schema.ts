import { IANAZone } from 'luxon'
import { z } from 'zod'
import { days, parseDuration, type Duration } from '../time.ts'
import { EntitlementId, exceptionKinds } from './entitlement.ts'

// The shapes of the catalogue's YAML. A description says what to write, and is shown as the mend.

const text = z.string().trim().min(1).describe('some words')
const handle = z.string().regex(/^[\p{L}\p{N}]+([._'-][\p{L}\p{N}]+)*$/u)
const people = z.array(handle)
const names = z.array(text)
const uuid = z.uuid().toLowerCase()
/** Parts that are read field by field later. */
const part = z.unknown()

const longerThanNothing = (value: string, context: z.RefinementCtx): Duration => {
  const duration = parseDuration(value)
  if (duration !== undefined && duration > 0) return duration
  context.addIssue({ code: 'custom' })
  return z.NEVER
}
const duration = z
  .string()
  .transform(longerThanNothing)
  .describe('an ISO 8601 duration longer than nothing, such as PT4H or P1D, without years or months')

const dateOnly = z.iso.date().describe('a date such as 2027-03-31')

export const tierNames = ['low', 'medium', 'high', 'severe'] as const
export const families = ['activation', 'package', 'exception'] as const
export type Family = (typeof families)[number]

const activationKinds = ['directoryRole', 'group', 'azureRole'] as const
const kinds = [...activationKinds, 'accessPackage', ...exceptionKinds] as const
export type Kind = (typeof kinds)[number]

export const isException = (kind: Kind): kind is (typeof exceptionKinds)[number] =>
  (exceptionKinds as readonly Kind[]).includes(kind) // widened so that any kind may be looked for
export const familyOf = (kind: Kind): Family =>
  isException(kind) ? 'exception' : kind === 'accessPackage' ? 'package' : 'activation'

const asked = z.enum(['required', 'optional']).describe('required or optional')
const context = z
  .string()
  .regex(/^c\d{1,2}$/)
  .describe('an authentication context such as c1')

// ---- catalogue.yaml

export const sharedFields = {
  version: z.literal(1).describe('1'),
  tenant: part,
  timeZone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone))
    .describe('an IANA time zone such as Europe/London'),
  approvers: part,
  channels: part,
  tickets: part,
  signals: part,
  never: part,
  resources: part,
  tiers: part,
}
export const tenantFields = {
  name: text,
  domain: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i)
    .describe('the domain of the user principal names, such as contoso.example'),
  id: uuid.describe("the tenant's id, a UUID"),
}
export const approverFields = { group: text.describe("the exact display name of the set's group") }
export const channelFields = { conversation: text.describe("the conversation's name") }
export const ticketFields = {
  patterns: z.array(z.string().min(1)).describe('a list of regular expressions in the syntax of RE2'),
  url: z
    .url()
    .refine((url) => url.includes('{ticket}'))
    .optional()
    .describe('a URL with {ticket} in it'),
}
export const signalFields = { label: text.describe('a few words'), meaning: text.describe('one sentence') }
export const neverFields = {
  directoryRoles: z
    .array(z.strictObject({ name: text, templateId: uuid }))
    .describe('a list of {name, templateId}, templateId a UUID'),
  azureRoles: z.array(z.strictObject({ name: text, roleId: uuid })).describe('a list of {name, roleId}, roleId a UUID'),
}
export const resourceFields = {
  id: z
    .string()
    .regex(/^\/subscriptions\/[0-9a-f-]{36}(\/[^\s/]+)*$/i)
    .describe('an Azure resource id, beginning with /subscriptions/'),
  env: z.enum(['prod', 'sandbox']).describe('prod or sandbox'),
}
export const tierFields = { stages: part, duration: part, justification: asked, ticket: asked, stepUp: part }
export const stepUpFields = { request: context.optional(), approve: context.optional() }

// ---- Entries

export const stageFields = {
  from: text.describe('manager, owner, or a set named under approvers in catalogue.yaml'),
  need: z.int().min(1).describe('how many people must agree, 1 or more'),
  remindAfter: duration,
  escalateAfter: duration,
  lapseAfter: duration,
}
export const durationFields = { default: duration, max: duration }

export const entryFields = {
  id: EntitlementId.describe('lower-case words joined by hyphens'),
  kind: z.enum(kinds).describe(`one of ${kinds.join(', ')}`),
  name: text.describe('its name as people see it'),
  grants: text.describe('one plain sentence: what it lets a person do'),
  tier: z.enum(tierNames).describe(`one of ${tierNames.join(', ')}`),
  owners: people.min(1).describe('at least one person, as the part of the user principal name before the @'),
  backup: people.describe('a list of people, as the part of the user principal name before the @'),
  aliases: names.describe('a list of what people call it'),
  target: part,
  stages: part,
  duration: part,
  ticket: asked.optional().describe('required or optional'),
  guests: z.enum(['deny', 'allow', 'only']).default('deny').describe('one of deny, allow, only'),
  requesters: names.min(1).optional().describe('a list of at least one group'),
  limits: part,
  advisory: part,
  breakGlass: z.boolean().default(false).describe('true or false'),
  signals: names.default([]).describe('a list of names under signals in catalogue.yaml'),
}
export const advisoryFields = { until: dateOnly, reason: text.describe('one sentence: why this is accepted') }

const account = text.describe('a name under resources in catalogue.yaml')
const property = text.describe('the property that is changed, such as properties.publicNetworkAccess')

export const targetFields: Readonly<Record<Kind, z.ZodRawShape>> = {
  directoryRole: {
    role: text.describe("the role's name"),
    templateId: uuid.describe("the role's template id, a UUID"),
    scope: z.string().startsWith('/').describe('/ for the whole directory, or /administrativeUnits/…'),
  },
  group: {
    group: text.describe("the group's exact display name"),
    access: z.enum(['member', 'owner']).describe('member or owner'),
  },
  azureRole: {
    role: text.describe("the role's name"),
    roleId: uuid.describe("the role definition's id, a UUID"),
    resource: account,
  },
  accessPackage: { package: text.describe("the package's exact display name") },
  policyExemption: {
    policy: text.describe("the policy's name"),
    assignment: account,
    resourceGroup: account,
    category: z.enum(['Waiver', 'Mitigated']).describe('Waiver or Mitigated'),
  },
  outboundFqdn: { account, property },
  publicNetworkAccess: { account, property, value: z.literal('Enabled').describe('Enabled') },
  ipAllow: { account, property },
  localAuth: { account, property, value: z.boolean().describe('true or false') },
  modelCapacity: { account, property },
  budgetRaise: { budget: account, scope: account, property },
  expiryExtension: { resourceGroup: account, tag: text.describe("the tag's name") },
}

/** Which fields of a target name something under `resources`. */
export const resourceKeys = ['resource', 'account', 'assignment', 'resourceGroup', 'budget', 'scope'] as const

const onlyWhile = z
  .record(text, z.union([z.string(), z.boolean(), z.number()]))
  .refine((properties) => Object.keys(properties).length > 0)
  .describe('properties of the account with the value that each must have')
const cidr4 = z.cidrv4()

export const limitFields: Readonly<Record<(typeof exceptionKinds)[number], z.ZodRawShape>> = {
  policyExemption: {
    regions: names.min(1).optional().describe('a list of Azure regions'),
    resourceTypes: names.min(1).optional().describe('a list of resource types'),
    members: names.min(1).optional().describe('a list of parts of the policy set'),
  },
  outboundFqdn: {
    maxHosts: z.int().min(1).describe('how many hosts one request may name, 1 or more'),
    wildcards: z.boolean().describe('true or false'),
    deniedSuffixes: names.describe('a list of domain suffixes'),
  },
  publicNetworkAccess: { onlyWhile },
  localAuth: { onlyWhile },
  ipAllow: {
    ipVersion: z.union([z.literal(4), z.literal(6)]).describe('4 or 6'),
    minPrefixLength: z.int().min(1).max(128).describe('the shortest prefix allowed, such as 29'),
    deniedRanges: z.array(z.union([cidr4, z.cidrv6()])).describe('a list of address ranges such as 10.0.0.0/8'),
  },
  modelCapacity: {
    deployments: names.min(1).describe('a list of at least one deployment'),
    maxCapacity: z.number().positive().describe('the most, in thousand tokens per minute'),
  },
  budgetRaise: {
    maxAmount: z.number().positive().describe('the most per month'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .describe('an ISO 4217 code such as GBP'),
  },
  expiryExtension: { maxAhead: duration },
}

/** PIM takes no activation shorter or longer than this. */
export const activationBounds = { shortest: 5 * 60_000, longest: days(1) }
/** Break-glass is for the first minutes of an emergency. */
export const breakGlassLongest = 60 * 60_000
