import { z } from 'zod'
import { milliseconds, minutes } from '../../time.ts'
import { account, duration, names, property, text } from '../catalogue-fields.ts'
import type { Entry } from '../entry.ts'
import type { KindDefinition, KindFacts } from './definition.ts'

export const exceptionKinds = [
  'policyExemption',
  'outboundFqdn',
  'publicNetworkAccess',
  'ipAllow',
  'localAuth',
  'modelCapacity',
  'budgetRaise',
  'expiryExtension',
] as const
export type ExceptionKind = (typeof exceptionKinds)[number]

export interface SandboxException extends Entry {
  readonly kind: ExceptionKind
  readonly target: Readonly<Record<string, unknown>>
  readonly limits: Readonly<Record<string, unknown>>
}

/** What the executor applies and undoes; decided in chat alone. */
const facts: KindFacts = {
  nativeStages: 0,
  nativeStageLapses: null,
  shortest: minutes(5),
  endableAfter: milliseconds(0),
  moreTime: 'later-end',
  appliedBy: 'executor',
  onBehalf: 'never',
}

/** `resource` is the id of the Azure resource or group that it changes. What it is changed to are the request's inputs. */
export const SandboxExceptionTarget = z.object({ kind: z.enum(exceptionKinds), resource: z.string() })

const targets: Readonly<Record<ExceptionKind, z.ZodRawShape>> = {
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

const onlyWhile = z
  .record(text, z.union([z.string(), z.boolean(), z.number()]))
  .refine((properties) => Object.keys(properties).length > 0)
  .describe('properties of the account with the value that each must have')
const cidr4 = z.cidrv4()

const limits: Readonly<Record<ExceptionKind, z.ZodRawShape>> = {
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

const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const limited = (largest: number | undefined) => (largest === undefined ? {} : { limits: { largest } })

/** What each is asked for, within what its owner allows. */
const inputs: Readonly<Partial<Record<ExceptionKind, NonNullable<KindDefinition['inputs']>>>> = {
  outboundFqdn: ({ maxHosts }) => {
    const most = numberIn(maxHosts)
    return [{ name: 'hosts', kind: 'host', required: true, ...(most === undefined ? {} : { limits: { most } }) }]
  },
  ipAllow: () => [{ name: 'addresses', kind: 'address', required: true }],
  modelCapacity: ({ deployments, maxCapacity }) => [
    {
      name: 'deployment',
      kind: 'choice',
      required: true,
      choices: (Array.isArray(deployments) ? deployments.map(String) : []).map((value) => ({ value, title: value })),
    },
    { name: 'capacity', kind: 'amount', required: true, ...limited(numberIn(maxCapacity)) },
  ],
  budgetRaise: ({ maxAmount }) => [{ name: 'amount', kind: 'amount', required: true, ...limited(numberIn(maxAmount)) }],
}

const exception = (kind: ExceptionKind): KindDefinition => ({
  facts,
  ...(inputs[kind] === undefined ? {} : { inputs: inputs[kind] }),
  target: SandboxExceptionTarget,
  identifiedBy: 'resource',
  catalogue: { family: 'exception', target: targets[kind], limits: limits[kind] },
})

/** Each exception is written in its own way; all of them are decided, applied and undone alike. */
export const sandboxExceptions: Readonly<Record<ExceptionKind, KindDefinition>> = {
  policyExemption: exception('policyExemption'),
  outboundFqdn: exception('outboundFqdn'),
  publicNetworkAccess: exception('publicNetworkAccess'),
  ipAllow: exception('ipAllow'),
  localAuth: exception('localAuth'),
  modelCapacity: exception('modelCapacity'),
  budgetRaise: exception('budgetRaise'),
  expiryExtension: exception('expiryExtension'),
}
