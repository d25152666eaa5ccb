import { type Deciders, decidersOf } from '../../approval/deciders.ts'
import { planStages } from '../../approval/plan.ts'
import { everybodyOf } from '../../approval/stage.ts'
import type { PersonId } from '../../people.ts'
import { EntitlementId } from '../../entitlement/entry.ts'
import { everybodyIn, type Situation } from '../../request/assess.ts'
import type { StagesToday } from '../../request/right-to-decide.ts'
import { type AccessRequest, openStage, partiesOf } from '../../request/request.ts'
import { gather } from './gather.ts'
import type { Edges } from '../ports/ports.ts'

type Reads = Pick<Edges, 'tenant' | 'catalogue' | 'requests' | 'chats' | 'now'>

/** A request held against what catalogue, directory and Entra say now. */
export interface StagesNow {
  readonly situation: Situation | undefined
  readonly stages: StagesToday
  /** Who may decide the open stage now; nobody where none is open. */
  readonly deciders: Deciders
  /** Those of the open stage whom no message reaches. */
  readonly away: ReadonlySet<PersonId>
}

const nobody: Deciders = { asked: [], standIn: [], ruledOut: [], enough: false }

/** Looks everything up anew. Throws when the tenant does not answer: that is not "nobody". */
export async function stagesNow(edges: Reads, request: AccessRequest): Promise<StagesNow> {
  const { submission } = request
  const entitlement = edges.catalogue.entitlements.get(EntitlementId.parse(submission.entitlement))
  const situation =
    entitlement === undefined ? undefined : await gather(edges, submission.requester, entitlement, submission.id)
  const stages = situation === undefined ? undefined : stagesOf(situation)
  const { away, backupAsked } = await inTeams(edges, request)
  const deciders = situation === undefined ? nobody : decidersNow(request, situation, stages, away, backupAsked)
  return { situation, stages, deciders, away }
}

/** Who of the open stage has no chat with the bot, or has blocked it; and whether its backup has been shown it. */
async function inTeams({ chats }: Reads, request: AccessRequest) {
  const open = openStage(request)
  if (open === undefined) return { away: new Set<PersonId>(), backupAsked: false }
  const everybody = everybodyOf(open.stage)
  const [here, cards] = await Promise.all([chats.reachable(everybody), chats.sent(request.submission.id, 'approval')])
  return {
    away: new Set(everybody.filter((person) => !here.has(person))),
    // Whoever has been asked stays asked, also when the others come back.
    backupAsked: cards.some(
      ({ revision, person }) => revision === request.revision && open.stage.backup.includes(person),
    ),
  }
}

function stagesOf({ entitlement, stages, backup, entra, at }: Situation): StagesToday {
  const planned = planStages(entitlement, stages, backup, entra, at.toISOString().slice(0, 10))
  return planned.ok ? planned.value.stages : undefined
}

function decidersNow(
  request: AccessRequest,
  situation: Situation,
  stages: StagesToday,
  away: ReadonlySet<PersonId>,
  backupAsked: boolean,
): Deciders {
  const open = openStage(request)
  const now = open === undefined ? undefined : stages?.[open.index]
  if (open === undefined || now === undefined) return nobody
  const { phase } = request
  const escalated = backupAsked || ('waiting' in phase && phase.waiting.escalated)
  return decidersOf(open.stage, now, partiesOf(request, open.index), everybodyIn(situation), escalated, away)
}
