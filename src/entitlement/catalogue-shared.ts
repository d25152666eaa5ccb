import type { z } from 'zod'
import type { Duration } from '../time.ts'
import { isRecord, readFields, type Fields, type Place } from './catalogue-file.ts'
import {
  activationBounds,
  approverFields,
  channelFields,
  durationFields,
  families,
  neverFields,
  resourceFields,
  sharedFields,
  signalFields,
  stageFields,
  stepUpFields,
  tenantFields,
  ticketFields,
  tierFields,
  tierNames,
  type Family,
} from './catalogue-schema.ts'
import type { ApproverSet, Catalogue, StageRule, StageSource, Tier } from './entitlement.ts'
import { neverAzureRoles, neverDirectoryRoles } from './never.ts'

export interface Span {
  readonly usual: Duration
  readonly longest: Duration
}

interface TierTerms {
  /** Undefined where one of them could not be read. */
  readonly stages: readonly StageRule[] | undefined
  readonly durations: Readonly<Partial<Record<Family, Span>>>
  readonly justification: 'required' | 'optional'
  readonly ticket: 'required' | 'optional'
  readonly stepUp: { readonly request?: string; readonly approve?: string }
}

/** What the entries share, as far as it could be read. */
export interface Shared {
  readonly tenant: Catalogue['tenant'] | undefined
  readonly timeZone: string | undefined
  readonly approvers: ReadonlyMap<string, ApproverSet>
  readonly tickets: Catalogue['tickets']
  readonly never: Catalogue['never']
  readonly signals: Catalogue['signals']
  readonly resources: ReadonlyMap<string, { readonly id: string; readonly env: 'prod' | 'sandbox' }>
  readonly tiers: ReadonlyMap<Tier, TierTerms>
  /** Names that an entry may use; a named part with a mistake in it counts, so as not to report it twice. */
  readonly declared: {
    readonly sets: ReadonlySet<string>
    readonly signals: ReadonlySet<string>
    readonly resources: ReadonlySet<string>
  }
}

/** Reads catalogue.yaml, complaining of all that is wrong in it. */
export function readShared(place: Place, raw: unknown): Shared {
  const top = readFields(place, raw, sharedFields)
  const part = (key: keyof typeof sharedFields): Place => place.at(key)
  const approvers = readNamed(part('approvers'), top.approvers, approverFields)
  for (const name of ['manager', 'owner'])
    if (approvers.names.has(name))
      part('approvers')
        .at(name)
        .complain(`"${name}" is no name for a set: stages mean something else by it`, 'rename it')
  readNamed(part('channels'), top.channels ?? {}, channelFields)
  const signals = readNamed(part('signals'), top.signals ?? {}, signalFields)
  const resources = readNamed(part('resources'), top.resources ?? {}, resourceFields)
  const tenant = readFields(part('tenant'), top.tenant, tenantFields)
  return {
    tenant: whole(tenant),
    timeZone: top.timeZone,
    approvers: approvers.read,
    tickets: readTickets(part('tickets'), top.tickets),
    never: readNever(part('never'), top.never),
    signals: signals.read,
    resources: resources.read,
    tiers: readTiers(part('tiers'), top.tiers, approvers.names),
    declared: { sets: approvers.names, signals: signals.names, resources: resources.names },
  }
}

/** All fields, or undefined where one could not be read. Optional ones that are absent are left out. */
export function whole<Read extends object>(
  fields: Read,
): { [Key in keyof Read]-?: Exclude<Read[Key], undefined> } | undefined {
  if (Object.values(fields).some((value) => value === undefined) || Object.keys(fields).length === 0) return undefined
  // No value is undefined, as just seen.
  return fields as { [Key in keyof Read]-?: Exclude<Read[Key], undefined> }
}

function readNamed<Shape extends z.ZodRawShape>(place: Place, raw: unknown, shape: Shape) {
  type Value = { [Key in keyof Fields<Shape>]-?: Exclude<Fields<Shape>[Key], undefined> }
  const read = new Map<string, Value>()
  const names = new Set<string>()
  if (isRecord(raw))
    for (const [name, value] of Object.entries(raw)) {
      names.add(name)
      const fields = whole(readFields(place.at(name), value, shape))
      if (fields !== undefined) read.set(name, fields)
    }
  else
    place.complain(
      raw === undefined ? `"${place.name}" is missing` : `"${place.name}" is not a set of names`,
      'write each name with what it stands for below it',
    )
  return { read, names }
}

/** Ticket references stand as words of their own: `INC-4821` is none in `XINC-48213` or in `INC-4821-b`. */
const asWholeWord = (pattern: string): RegExp => new RegExp(`(?<![\\w-])(?:${pattern})(?!\\w|-\\w)`, 'i')

/** On its own first: a stray parenthesis must not pair up with those put around it. */
const compile = (pattern: string): RegExp => new RegExp(pattern, 'i')

function readTickets(place: Place, raw: unknown): Catalogue['tickets'] {
  const { patterns = [], url } = readFields(place, raw, ticketFields)
  const compiled = patterns.flatMap((pattern, index) => {
    try {
      compile(pattern)
      return [asWholeWord(pattern)]
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      place
        .at('patterns', index)
        .complain(`"${pattern}" does not compile: ${why}`, 'write a regular expression of JavaScript')
      return []
    }
  })
  return url === undefined ? { patterns: compiled } : { patterns: compiled, url }
}

/** The built-in list, and what the tenant adds to it: nothing here can shorten it. */
function readNever(place: Place, raw: unknown): Catalogue['never'] {
  const read = raw === undefined ? {} : readFields(place, raw, neverFields)
  return {
    directoryRoles: new Set([
      ...neverDirectoryRoles.map(({ id }) => id),
      ...(read.directoryRoles ?? []).map((r) => r.templateId),
    ]),
    azureRoles: new Set([...neverAzureRoles.map(({ id }) => id), ...(read.azureRoles ?? []).map((r) => r.roleId)]),
  }
}

function readTiers(place: Place, raw: unknown, sets: ReadonlySet<string>): Shared['tiers'] {
  const tiers = new Map<Tier, TierTerms>()
  if (!isRecord(raw)) {
    place.complain('the tiers are missing', `write ${tierNames.join(', ')} below "tiers"`)
    return tiers
  }
  const known: readonly string[] = tierNames
  for (const name of Object.keys(raw))
    if (!known.includes(name)) place.at(name).complain(`unknown tier "${name}"`, `use one of ${tierNames.join(', ')}`)
  for (const name of tierNames) {
    if (raw[name] === undefined) place.complain(`the tier "${name}" is missing`, `add "${name}" below "tiers"`)
    else tiers.set(name, readTier(place.at(name), raw[name], sets))
  }
  return tiers
}

function readTier(place: Place, raw: unknown, sets: ReadonlySet<string>): TierTerms {
  const tier = readFields(place, raw, tierFields)
  const stages = readStages(place.at('stages'), tier.stages, sets)
  if (Array.isArray(tier.stages) && tier.stages.length === 0)
    place.at('stages').complain('nobody decides in this tier', 'name at least one stage')
  const durations: Partial<Record<Family, Span>> = {}
  const spans = readFields(place.at('duration'), tier.duration, {
    activation: tierFields.duration,
    package: tierFields.duration,
    exception: tierFields.duration,
  })
  for (const family of families) {
    if (spans[family] === undefined) continue
    const span = readSpan(place.at('duration', family), spans[family], family)
    if (span !== undefined) durations[family] = span
  }
  return {
    stages,
    durations,
    // A tier with a mistake is never used; the stricter stands in so that its entries are still looked at.
    justification: tier.justification ?? 'required',
    ticket: tier.ticket ?? 'required',
    stepUp: readStepUp(place.at('stepUp'), tier.stepUp),
  }
}

function readStepUp(place: Place, raw: unknown): TierTerms['stepUp'] {
  if (raw === undefined) return {}
  const { request, approve } = readFields(place, raw, stepUpFields)
  return { ...(request === undefined ? {} : { request }), ...(approve === undefined ? {} : { approve }) }
}

/** @returns undefined where a stage could not be read: what the others amount to would be a guess. */
export function readStages(place: Place, raw: unknown, sets: ReadonlySet<string>): readonly StageRule[] | undefined {
  if (!Array.isArray(raw)) {
    const problem = raw === undefined ? '"stages" is missing' : '"stages" is not a list'
    place.complain(problem, 'write a list of stages, each with from, need and its three waits')
    return undefined
  }
  const read = raw.map((item: unknown, index) => whole(readStage(place.at(index), item, sets)))
  const stages = read.filter((stage) => stage !== undefined)
  return stages.length < read.length ? undefined : stages.map((stage) => ({ ...stage, from: sourceOf(stage.from) }))
}

const sourceOf = (from: string): StageSource => (from === 'manager' || from === 'owner' ? from : { set: from })

function readStage(place: Place, raw: unknown, sets: ReadonlySet<string>) {
  const stage = readFields(place, raw, stageFields)
  const { from, remindAfter, escalateAfter, lapseAfter } = stage
  if (from !== undefined && from !== 'manager' && from !== 'owner' && !sets.has(from))
    place
      .at('from')
      .complain(`unknown approver set "${from}"`, `write one of ${['manager', 'owner', ...sets].join(', ')}`)
  if (remindAfter !== undefined && escalateAfter !== undefined && remindAfter > escalateAfter)
    place
      .at('remindAfter')
      .complain('"remindAfter" is longer than "escalateAfter"', 'remind no later than you escalate')
  const wait = escalateAfter ?? remindAfter
  if (wait !== undefined && lapseAfter !== undefined && wait > lapseAfter)
    place.at('lapseAfter').complain('"lapseAfter" is shorter than the waits before it', 'let it lapse last')
  return stage
}

export function readSpan(place: Place, raw: unknown, family: Family): Span | undefined {
  const { default: usual, max: longest } = readFields(place, raw, durationFields)
  if (usual !== undefined && longest !== undefined && usual > longest)
    place.at('default').complain('"default" is longer than "max"', 'write a default no longer than the max')
  const bounds = [
    ['default', usual],
    ['max', longest],
  ] as const
  for (const [key, length] of bounds)
    if (
      family === 'activation' &&
      length !== undefined &&
      (length < activationBounds.shortest || length > activationBounds.longest)
    )
      place.at(key).complain(`"${key}" is no length that PIM takes`, 'write a duration from PT5M to P1D')
  return usual === undefined || longest === undefined ? undefined : { usual, longest }
}
