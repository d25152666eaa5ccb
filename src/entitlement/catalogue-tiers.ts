import type { Duration } from '../time.ts'
import { isRecord, readFields, whole, type Place } from './catalogue-file.ts'
import {
  activationBounds,
  durationFields,
  stageFields,
  stepUpFields,
  tierFields,
  tierNames,
} from './catalogue-schema.ts'
import { families, type Family } from './kinds/definition.ts'
import type { StageRule, StageSource, Tier } from './entry.ts'

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

export type Tiers = ReadonlyMap<Tier, TierTerms>

/** Reads what each tier means, complaining of all that is wrong; `sets` are the approver sets that there are. */
export function readTiers(place: Place, raw: unknown, sets: ReadonlySet<string>): Tiers {
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
