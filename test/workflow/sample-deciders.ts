import { type Deciders, decidersOf } from '../../src/approval/deciders.ts'
import { enoughForAll } from '../../src/approval/enough.ts'
import { type Drift, type EntraAsks, planStages, type PlanProblem, type StagePeople } from '../../src/approval/plan.ts'
import { everybodyOf, type Stage } from '../../src/approval/stage.ts'
import { type Catalogue, type Entitlement } from '../../src/entitlement/entitlement.ts'
import { exceptionKinds } from '../../src/entitlement/kinds/sandbox-exception.ts'
import type { Person, PersonId } from '../../src/people.ts'
import { ok, type Result } from '../../src/result.ts'
import type { SampleTenant } from './sample-tenant.ts'

/** Who decides what one person asks for, and why nobody does where that is so. */
export interface Row {
  readonly entry: Entitlement
  /** Who asks, as the catalogue writes people. */
  readonly handle: string
  readonly mayAsk: boolean
  readonly stages: readonly { readonly stage: Stage; readonly deciders: Deciders }[]
  /** Whom Entra lets decide too, though the catalogue does not name them. */
  readonly wider: readonly PersonId[]
  /** Why nobody decides; undefined where enough may. */
  readonly nobody: PlanProblem['kind'] | 'nobody-may-decide' | undefined
}

export function rowOf(catalogue: Catalogue, tenant: SampleTenant, entry: Entitlement, handle: string): Row {
  const says = tenant.saysOf(entry, handle)
  const asking = { entry, handle, mayAsk: says.mayAsk && entry.guests !== 'only' && tenant.person(handle).enabled }
  // An emergency asks nobody before; the table says who reviews it after.
  if (entry.breakGlass) return { ...asking, stages: [], wider: [], nobody: undefined }
  const backup = entry.backup.map(tenant.person)
  const named = entry.stages.map((rule) => tenant.stagePeople(catalogue, entry, rule, handle))
  const planned = plan(entry, named, backup, says.asks)
  if (!planned.ok) return { ...asking, stages: [], wider: [], nobody: planned.refusal.kind }

  const requester = tenant.person(handle).id
  const parties = {
    requester,
    beneficiary: requester,
    decidedElsewhere: [],
    decidedHere: [],
  }
  const directory = new Map<PersonId, Person>(tenant.people.map(({ id }) => [tenant.person(id).id, tenant.person(id)]))
  const stages = planned.value.stages.map((stage) => ({
    stage,
    deciders: decidersOf(stage, stage, parties, directory),
  }))
  const seats = stages.map(({ stage, deciders }) => {
    const out = new Set(deciders.ruledOut.map(({ person }) => person))
    return { need: stage.need, candidates: everybodyOf(stage).filter((id) => !out.has(id)) }
  })
  const enough = stages.every(({ deciders }) => deciders.enough) && enoughForAll(seats)
  const wider = planned.value.drift.flatMap((drift) => (drift.kind === 'wider' ? drift.people : []))
  return {
    ...asking,
    stages,
    wider: wider.filter((id) => id !== requester),
    nobody: enough ? undefined : 'nobody-may-decide',
  }
}

const today = '2026-11-23'
const executed: readonly string[] = exceptionKinds

function plan(
  entry: Entitlement,
  stages: readonly StagePeople[],
  backup: readonly Person[],
  asks: readonly EntraAsks[],
): Result<Laid, PlanProblem> {
  const last = asks.at(-1)
  if (last === undefined) {
    // Of an exception the tenant asks nobody and nobody can go round it: the executor is the one who enforces it.
    const enforced = executed.includes(entry.kind)
      ? { ...entry, advisory: { until: today, reason: 'executor' } }
      : entry
    return planStages(enforced, stages, backup, { asks: 'nobody' }, today)
  }
  const laid = planStages(entry, stages, backup, last, today)
  if (!laid.ok || asks.length === 1) return laid
  // A package's stages match those of the catalogue in order, so the last is laid first and the others before it.
  const index = stages.findIndex(({ rule }) => rule === laid.value.stages.at(-1)?.rule)
  const before = plan(entry, stages.slice(0, index), backup, asks.slice(0, -1))
  const since = planStages(entry, stages.slice(index), backup, last, today)
  if (!before.ok) return before
  if (!since.ok) return since
  return ok({
    stages: [...before.value.stages, ...since.value.stages],
    drift: [...before.value.drift, ...since.value.drift],
  })
}

interface Laid {
  readonly stages: readonly Stage[]
  readonly drift: readonly Drift[]
}
