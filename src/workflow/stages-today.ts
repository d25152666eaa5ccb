import { type Deciders, decidersOf } from '../approval/deciders.ts'
import { planStages } from '../approval/plan.ts'
import { EntitlementId } from '../entitlement/entitlement.ts'
import { everybodyIn, type Situation } from '../request/assess.ts'
import type { StagesToday } from '../request/right-to-decide.ts'
import { type AccessRequest, approversOf, decidedElsewhere, openStage } from '../request/request.ts'
import { gather } from './gather.ts'
import type { Edges } from './ports.ts'

type Reads = Pick<Edges, 'tenant' | 'catalogue' | 'requests' | 'now'>

/** A request held against what catalogue, directory and Entra say now. */
export interface Today {
  readonly situation: Situation | undefined
  readonly stages: StagesToday
  /** Who may decide the open stage now; nobody where none is open. */
  readonly deciders: Deciders
}

const nobody: Deciders = { asked: [], standIn: [], ruledOut: [], enough: false }

/** Looks everything up anew. Throws when the tenant does not answer: that is not "nobody". */
export async function today(edges: Reads, request: AccessRequest): Promise<Today> {
  const { submission } = request
  const entitlement = edges.catalogue.entitlements.get(EntitlementId.parse(submission.entitlement))
  const situation =
    entitlement === undefined ? undefined : await gather(edges, submission.requester, entitlement, submission.id)
  const stages = situation === undefined ? undefined : stagesOf(situation)
  return { situation, stages, deciders: situation === undefined ? nobody : decidersNow(request, situation, stages) }
}

function stagesOf({ entitlement, stages, backup, entra, at }: Situation): StagesToday {
  const planned = planStages(entitlement, stages, backup, entra, at.toISOString().slice(0, 10))
  return planned.ok ? planned.value.stages : undefined
}

function decidersNow(request: AccessRequest, situation: Situation, stages: StagesToday): Deciders {
  const open = openStage(request)
  const now = open === undefined ? undefined : stages?.[open.index]
  if (open === undefined || now === undefined) return nobody
  const { submission, phase } = request
  const parties = {
    requester: submission.requester,
    beneficiary: submission.beneficiary,
    decidedElsewhere: decidedElsewhere(request, open.index),
    decidedHere: approversOf(request, open.index),
    guestsMayDecide: false,
  }
  const escalated = 'waiting' in phase && phase.waiting.escalated
  return decidersOf(open.stage, now, parties, everybodyIn(situation), escalated)
}
