import { NotAPattern, patternOf } from './pattern.ts'
import type { z } from 'zod'
import { isRecord, readFields, whole, type Fields, type Place } from './catalogue-file.ts'
import {
  approverFields,
  channelFields,
  neverFields,
  resourceFields,
  sharedFields,
  signalFields,
  tenantFields,
  ticketFields,
} from './catalogue-schema.ts'
import { readTiers, type Tiers } from './catalogue-tiers.ts'
import type { ApproverSet, Catalogue } from './entitlement.ts'
import { neverAzureRoles, neverDirectoryRoles } from './never.ts'

/** What the entries share, as far as it could be read. */
export interface Shared {
  readonly tenant: Catalogue['tenant'] | undefined
  readonly timeZone: string | undefined
  readonly approvers: ReadonlyMap<string, ApproverSet>
  readonly tickets: Catalogue['tickets']
  readonly never: Catalogue['never']
  readonly signals: Catalogue['signals']
  readonly resources: Catalogue['resources']
  readonly tiers: Tiers
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

function readTickets(place: Place, raw: unknown): Catalogue['tickets'] {
  const { patterns = [], url } = readFields(place, raw, ticketFields)
  const compiled = patterns.flatMap((pattern, index) => {
    try {
      return [patternOf(pattern)]
    } catch (error) {
      if (!(error instanceof NotAPattern)) throw error
      place.at('patterns', index).complain(`"${pattern}" is no pattern: ${error.message}`, error.advice)
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
