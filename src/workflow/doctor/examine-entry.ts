import { planStages } from '../../approval/plan.ts'
import type { Entitlement } from '../../entitlement/entitlement.ts'
import { everybodyIn, judge, type Situation } from '../../request/assess.ts'
import { addTime, days } from '../../time.ts'
import type { Finding, PolicyFinding, Undecidable } from '../ports/finding.ts'
import { gather } from '../record/gather.ts'
import { engineOf, type WithTarget } from '../record/kinds.ts'
import type { Edges } from '../ports/ports.ts'

type Reads = Pick<Edges, 'tenant' | 'requests' | 'catalogue' | 'now'>

/** How long before an advisory runs out its owner should hear of it. */
const notice = days(30)

/** One entry as the tenant's settings have it, and as those who may ask would meet it. Throws as reads do. */
export async function examineEntry(edges: Reads, { entry, target }: WithTarget): Promise<readonly Finding[]> {
  const engine = engineOf(edges, target)
  const eligible = await engine.askers(target)
  const situations = []
  // One after the other: an examination has time, and a tenant's limits are shared with the bot.
  for (const person of eligible) situations.push(await gather(edges, person, entry))
  const known = situations.filter((each) => each !== undefined)
  const [any] = known
  const where = { of: entry.kind, page: engine.links.assignments }
  const found = any === undefined ? [] : [...policyFindings(entry, any), ...undecidable(entry, known)]
  return found.map((finding) => ({ ...finding, ...where }))
}

/** How an entry and the settings of what it grants differ. What the stages' people are is taken from one who may ask. */
export function policyFindings(entry: Entitlement, situation: Situation): readonly PolicyFinding[] {
  return [
    ...approvalFindings(entry, situation),
    ...advisoryFindings(entry, situation),
    ...termFindings(entry, situation),
  ]
}

function approvalFindings(entry: Entitlement, situation: Situation): readonly PolicyFinding[] {
  const { stages, backup, entra, at } = situation
  const planned = planStages(entry, stages, backup, entra, isoDay(at))
  if (!planned.ok) return [{ kind: 'plan', entry: entry.id, problem: planned.refusal.kind }]
  const names = everybodyIn(situation)
  return planned.value.drift.flatMap((drift): PolicyFinding[] => {
    if (drift.kind === 'wider') {
      const people = drift.people.map((id) => names.get(id)?.name ?? id)
      return [{ kind: 'wider', entry: entry.id, people }]
    }
    return drift.accepted || entry.advisory !== undefined ? [] : [{ kind: 'not-enforced', entry: entry.id }]
  })
}

function advisoryFindings({ id: entry, advisory }: Entitlement, { entra, at }: Situation): readonly PolicyFinding[] {
  if (advisory === undefined) return []
  if (entra.asks === 'approvers') return [{ kind: 'advisory-unneeded', entry }]
  const { until } = advisory
  if (until < isoDay(at)) return [{ kind: 'advisory-over', entry, until }]
  return until < isoDay(addTime(at, notice)) ? [{ kind: 'advisory-ends', entry, until }] : []
}

function termFindings(entry: Entitlement, { rules }: Situation): readonly PolicyFinding[] {
  const [catalogue, entra] = [entry.duration.longest, rules.longest]
  const looser = (demand: 'justification' | 'ticket' | 'step-up', is: boolean): PolicyFinding[] =>
    is ? [{ kind: 'looser', entry: entry.id, demand }] : []
  return [
    ...(entra > catalogue ? [{ kind: 'longer' as const, entry: entry.id, catalogue, entra }] : []),
    ...(entra < catalogue ? [{ kind: 'shorter' as const, entry: entry.id, catalogue, entra }] : []),
    ...(rules.unknown === undefined ? [] : [{ kind: 'unknown-rules' as const, entry: entry.id, rules: rules.unknown }]),
    ...looser('justification', entry.justification === 'required' && !rules.justification),
    ...looser('ticket', entry.ticket === 'required' && !rules.ticket),
    ...looser('step-up', entry.stepUp.request !== undefined && rules.authenticationContext === undefined),
  ]
}

/** Whoever is eligible, enabled and allowed to ask, and would find too few who may decide. */
function undecidable(entry: Entitlement, situations: readonly Situation[]): readonly Undecidable[] {
  const judged = situations.map((situation) => ({
    name: situation.requester.name,
    // An open request of theirs says nothing about who decides.
    result: judge({ ...situation, alreadyOpen: false }).result,
  }))
  const asking = judged.filter(({ result }) => result.ok || result.refusal.kind === 'not-requestable')
  const without = asking.filter(({ result }) => !result.ok && refusedFor(result.refusal) === 'nobody-may-decide')
  if (without.length === 0) return []
  const people = without.map(({ name }) => name)
  return [{ kind: 'undecidable', entry: entry.id, people, all: without.length === asking.length }]
}

const refusedFor = (refusal: { readonly kind: string; readonly why?: { readonly kind: string } }): string | undefined =>
  refusal.kind === 'not-requestable' ? refusal.why?.kind : undefined

const isoDay = (at: Date): string => at.toISOString().slice(0, 10)
