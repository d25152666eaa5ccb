import { IANAZone } from 'luxon'
import { z } from 'zod'
import { days } from '../time.ts'
import { dateOnly, duration, names, part, people, text, uuid } from './catalogue-fields.ts'
import { EntitlementId } from './entry.ts'
import type { Family } from './kinds/definition.ts'
import { definitionOf, type Kind, kinds } from './kinds/kinds.ts'

// The shapes of the catalogue's YAML. A description says what to write, and is shown as the mend.

export const tierNames = ['low', 'medium', 'high', 'severe'] as const

export const isException = (kind: Kind): boolean => definitionOf(kind).facts.appliedBy === 'executor'
export const familyOf = (kind: Kind): Family => definitionOf(kind).catalogue.family

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
  kind: z
    .custom<Kind>((kind) => (kinds() as readonly unknown[]).includes(kind))
    .describe(`one of ${kinds().join(', ')}`),
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

/** Which fields of a target name something under `resources`. */
export const resourceKeys = ['resource', 'account', 'assignment', 'resourceGroup', 'budget', 'scope'] as const

/** PIM takes no activation shorter or longer than this. */
export const activationBounds = { shortest: 5 * 60_000, longest: days(1) }
/** Break-glass is for the first minutes of an emergency. */
export const breakGlassLongest = 60 * 60_000
