import { isRecord, readFields, whole, type Fields, type Place } from './catalogue-file.ts'
import {
  advisoryFields,
  breakGlassLongest,
  entryFields,
  familyOf,
  isException,
  resourceKeys,
} from './catalogue-schema.ts'
import { definitionOf, type Kind } from './kinds/kinds.ts'
import type { Shared } from './catalogue-shared.ts'
import { readSpan, readStages, type Span } from './catalogue-tiers.ts'
import type { Entitlement } from './entitlement.ts'
import type { StageRule } from './entry.ts'

type Read = Fields<typeof entryFields>

/** Reads one entry and fills in its tier's terms. @returns undefined where it cannot be read; what is wrong is complained about. */
export function readEntry(place: Place, raw: unknown, file: string, shared: Shared): Entitlement | undefined {
  const entry = readFields(place, raw, entryFields)
  const { kind } = entry
  const stages = readOwnStages(place, entry, shared)
  const duration = kind === undefined ? undefined : readDuration(place, entry, kind, shared)
  const target = kind === undefined ? undefined : readTarget(place.at('target'), entry, kind, shared)
  const limits = kind === undefined ? undefined : readLimits(place, entry, kind)
  const advisory = entry.advisory === undefined ? {} : readFields(place.at('advisory'), entry.advisory, advisoryFields)
  checkPeople(place, entry, stages)
  checkSignals(place, entry, shared)
  if (kind !== undefined && isException(kind)) checkException(place, entry, stages)
  if (entry.breakGlass === true) checkBreakGlass(place, entry, stages, duration)
  const tier = entry.tier && shared.tiers.get(entry.tier)
  if (!tier || duration === undefined || target === undefined || stages === undefined) return undefined
  const built = {
    ...entry,
    target,
    limits: limits ?? {},
    stages,
    duration,
    justification: tier.justification,
    ticket: entry.ticket ?? tier.ticket,
    stepUp: tier.stepUp,
    advisory: whole(advisory),
    source: { file, line: place.line },
  }
  // Only used when nothing at all was complained about: then every field has come out of the schema of its kind.
  return withoutAbsent(built) as unknown as Entitlement
}

const withoutAbsent = (fields: object): object =>
  Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => value !== undefined && !(key === 'limits' && isEmpty(value))),
  )
const isEmpty = (value: unknown): boolean => isRecord(value) && Object.keys(value).length === 0

function readOwnStages(place: Place, entry: Read, shared: Shared): readonly StageRule[] | undefined {
  if (entry.stages === undefined) return entry.tier && shared.tiers.get(entry.tier)?.stages
  const stages = readStages(place.at('stages'), entry.stages, shared.declared.sets)
  if (Array.isArray(entry.stages) && entry.stages.length === 0 && entry.breakGlass !== true)
    place
      .at('stages')
      .complain('nobody decides about this', 'name at least one stage, or leave "stages" out for the tier\'s')
  return stages
}

function readDuration(place: Place, entry: Read, kind: Kind, shared: Shared): Span | undefined {
  const family = familyOf(kind)
  if (entry.duration !== undefined) return readSpan(place.at('duration'), entry.duration, family)
  const tier = entry.tier && shared.tiers.get(entry.tier)
  const span = tier?.durations[family]
  if (tier && span === undefined)
    place
      .at('tier')
      .complain(
        `the tier "${entry.tier}" has no duration for ${family}s`,
        'add "duration: {default, max}" to this entry',
      )
  return span
}

function readTarget(place: Place, entry: Read, kind: Kind, shared: Shared): Record<string, unknown> | undefined {
  const target: Record<string, unknown> = readFields(place, entry.target, definitionOf(kind).catalogue.target)
  const never =
    (kind === 'directoryRole' && shared.never.directoryRoles.has(String(target['templateId']))) ||
    (kind === 'azureRole' && shared.never.azureRoles.has(String(target['roleId'])))
  if (never)
    place
      .at(kind === 'azureRole' ? 'roleId' : 'templateId')
      .complain(
        'this role is on the never list: whoever holds it can grant themselves everything else',
        'remove the entry',
      )
  for (const key of resourceKeys) checkResource(place.at(key), target[key], key, kind, shared)
  return target
}

function checkResource(place: Place, name: unknown, key: string, kind: Kind, shared: Shared): void {
  // A directory role's `scope` is a path of the directory, not the name of a resource.
  if (typeof name !== 'string' || kind === 'directoryRole') return
  if (!shared.declared.resources.has(name)) {
    place.complain(`unknown resource "${name}"`, 'add it under "resources" in catalogue.yaml, or correct the name')
    return
  }
  const resource = shared.resources.get(name)
  if (resource === undefined || !isException(kind)) return
  if (resource.env !== 'sandbox')
    place.complain(
      `"${name}" is env ${resource.env}: an exception may only ever touch a sandbox`,
      'name a resource of env sandbox',
    )
  if (key === 'resourceGroup' && !/\/resourceGroups\/[^/]+$/i.test(resource.id))
    place.complain(
      `"${name}" is not a resource group`,
      'name a resource group: exceptions never hold for a subscription',
    )
}

function readLimits(place: Place, entry: Read, kind: Kind): Record<string, unknown> | undefined {
  const limitFields = definitionOf(kind).catalogue.limits
  if (limitFields === undefined) {
    if (entry.limits !== undefined) place.at('limits').complain(`"limits" has no meaning for a ${kind}`, 'remove it')
    return undefined
  }
  if (entry.limits === undefined) {
    place.complain('"limits" is missing', `add "limits": ${Object.keys(limitFields).join(', ')}`)
    return undefined
  }
  const limits = readFields(place.at('limits'), entry.limits, limitFields)
  if (isRecord(entry.limits) && Object.keys(entry.limits).length === 0)
    place.at('limits').complain('"limits" is empty', `write ${Object.keys(limitFields).join(', ')}`)
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined))
}

function checkPeople(place: Place, entry: Read, stages: readonly StageRule[] | undefined): void {
  const { owners, backup = [] } = entry
  for (const [key, list] of [
    ['owners', owners],
    ['backup', backup],
  ] as const)
    for (const [index, person] of (list ?? []).entries())
      if (list?.indexOf(person) !== index || (key === 'backup' && owners?.includes(person)))
        place.at(key, index).complain(`"${person}" is named twice`, 'name each person once, as owner or as backup')
  if (owners === undefined) return
  for (const [index, { from, need }] of (stages ?? []).entries()) {
    const most = from === 'owner' ? owners.length + backup.length : from === 'manager' ? 1 + backup.length : need
    if (need > most)
      (entry.stages === undefined ? place.at('tier') : place.at('stages', index, 'need')).complain(
        `${need} people must agree, and at most ${most} can`,
        `write ${most} or less, or name more people`,
      )
  }
}

function checkSignals(place: Place, { signals = [] }: Read, shared: Shared): void {
  for (const [index, signal] of signals.entries())
    if (!shared.declared.signals.has(signal))
      place
        .at('signals', index)
        .complain(`unknown signal "${signal}"`, `write one of ${[...shared.declared.signals].join(', ')}`)
}

/** The tenant does not say who may ask for an exception or how far it goes, so the catalogue must. */
function checkException(place: Place, entry: Read, stages: readonly StageRule[] | undefined): void {
  if (entry.requesters === undefined)
    place.complain('a sandbox exception without "requesters"', 'add "requesters": the groups whose members may ask')
  if (stages !== undefined && !stages.some(({ from }) => from === 'owner'))
    place
      .at(entry.stages === undefined ? 'tier' : 'stages')
      .complain('no stage asks the owner of the sandbox', 'add "stages" with a stage "from: owner"')
}

function checkBreakGlass(
  place: Place,
  entry: Read,
  stages: readonly StageRule[] | undefined,
  duration: Span | undefined,
): void {
  if (stages !== undefined && stages.length > 0)
    place.at('breakGlass').complain('break-glass is granted at once, and this entry has stages', 'write "stages: []"')
  if (duration !== undefined && duration.longest > breakGlassLongest)
    place.at('duration').complain('break-glass lasts an hour at most', 'add "duration: {default: PT1H, max: PT1H}"')
}
