import { decidersOf, type Deciders } from '../approval/deciders.ts'
import { planStages } from '../approval/plan.ts'
import type { Stage } from '../approval/stage.ts'
import { EntitlementId, type Entitlement } from '../entitlement/entitlement.ts'
import type { Person, PersonId } from '../people.ts'
import type { Assessment, Situation } from '../request/assess.ts'
import { leastActive } from '../request/decide.ts'
import type { Refusal } from '../request/refusal.ts'
import type { AccessRequest } from '../request/request.ts'
import { addTime } from '../time.ts'
import { gather } from './gather.ts'
import type { Draft, Edges } from './ports.ts'
import type {
  ApprovalView,
  ConfirmView,
  EntitlementView,
  Missing,
  NamedDecider,
  StatusButton,
  StatusView,
} from './views.ts'

type Showing = Pick<Edges, 'tenant' | 'chats' | 'catalogue' | 'now' | 'requests'>

/** Where a person sees and mends all of this without the bot. */
export const portal =
  'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadmigratedroles'
const approvalPortal =
  'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ApproveRequestMenuBlade/~/aadmigratedroles'

export async function confirmView(
  edges: Showing,
  draft: Draft,
  { entitlement, terms, deciders, plan }: Assessment,
  sentBack?: Refusal,
): Promise<ConfirmView> {
  const [asked, standIn] = await Promise.all([nameAll(edges, deciders.asked), nameAll(edges, deciders.standIn)])
  return {
    view: 'confirm',
    draft: draft.id,
    revision: draft.revision,
    entitlement: entitlementView(entitlement),
    terms,
    duration: draft.duration,
    ...(draft.cutFrom === null ? {} : { cutFrom: draft.cutFrom }),
    justification: draft.justification,
    ticket: draft.ticket,
    ...(sentBack === undefined ? {} : { sentBack: { refusal: sentBack, missing: missingInput(sentBack) } }),
    deciders: asked,
    backup: standIn,
    decidedIn: plan.stages[0].by === 'native' ? 'entra' : 'chat',
  }
}

function missingInput(refusal: Refusal): readonly Missing[] {
  if (refusal.kind === 'justification-missing') return ['justification']
  return refusal.kind === 'ticket-missing' || refusal.kind === 'ticket-not-recognised' ? ['ticket'] : []
}

/** @param observedAt when the tenant was last seen, where that is later than the last thing that happened. */
export async function statusView(edges: Showing, request: AccessRequest, observedAt?: Date): Promise<StatusView> {
  const { phase, submission } = request
  const endPossibleAt = phase.status === 'active' ? addTime(phase.from, leastActive) : undefined
  const [stage] = submission.stages
  const asked = stage.people.filter((id) => id !== submission.requester)
  return {
    view: 'status',
    request,
    entitlement: entitlementOf(edges, request),
    deciders: await nameAll(edges, asked.length > 0 ? asked : stage.backup),
    names: await namesIn(edges, request),
    buttons: buttonsFor(request, edges.now()),
    ...(endPossibleAt !== undefined && endPossibleAt > edges.now() ? { endPossibleAt } : {}),
    observedAt: observedAt ?? request.asOf,
    portal,
  }
}

function buttonsFor(request: AccessRequest, at: Date): readonly StatusButton[] {
  const { phase, doubt } = request
  if (doubt !== undefined && doubt.about !== 'decision') return ['check']
  switch (phase.status) {
    case 'ready-to-file':
      return ['submit', 'withdraw']
    case 'filed':
      return ['withdraw', 'check']
    case 'activating':
      return ['check']
    case 'active':
      return request.endedByHolder === true || at < addTime(phase.from, leastActive) ? ['check'] : ['end', 'check']
    default:
      return []
  }
}

export async function approvalView(
  edges: Showing,
  request: AccessRequest,
  requester: Person,
  reader: PersonId,
  refused?: Refusal,
): Promise<ApprovalView> {
  const [stage] = request.submission.stages
  const theirs = stage.people.includes(reader) || stage.backup.includes(reader)
  return {
    view: 'approval',
    request,
    requester,
    entitlement: entitlementOf(edges, request),
    names: await namesIn(edges, request),
    open: theirs && request.phase.status === 'filed',
    ...(refused === undefined ? {} : { refused }),
    portal: approvalPortal,
  }
}

const entitlementView = ({ name, grants, tier }: Entitlement): EntitlementView => ({ name, grants, tier })

/** What was asked for keeps its name after it has left the catalogue. */
function entitlementOf({ catalogue }: Showing, { submission }: AccessRequest): EntitlementView {
  const entry = catalogue.entitlements.get(EntitlementId.parse(submission.entitlement))
  return entry === undefined ? { name: submission.name, grants: '', tier: 'high' } : entitlementView(entry)
}

async function nameAll(edges: Showing, ids: readonly PersonId[]): Promise<readonly NamedDecider[]> {
  return Promise.all(
    ids.map(async (id) => ({
      name: (await edges.tenant.person(id))?.name ?? id,
      reachable: (await edges.chats.reference(id)) !== undefined,
    })),
  )
}

/** The names of everybody the request's events speak of. */
async function namesIn(edges: Showing, { submission, decisions, reservation, doubt }: AccessRequest) {
  const ids = new Set<PersonId>([submission.requester, submission.beneficiary, ...submission.stages[0].people])
  for (const { by } of decisions) if (by !== null) ids.add(by)
  if (reservation !== undefined) ids.add(reservation.by)
  if (doubt !== undefined) ids.add(doubt.by)
  const people = await Promise.all([...ids].map((id) => edges.tenant.person(id)))
  return new Map(people.flatMap((person) => (person === undefined ? [] : [[person.id as string, person.name]])))
}

/** The open stage as catalogue, directory and Entra make it today; undefined when today nobody could decide it. */
export function stageToday(situation: Situation): Stage | undefined {
  const { entitlement, stages, backup, entra, at } = situation
  const planned = planStages(entitlement, stages, backup, entra, at.toISOString().slice(0, 10))
  return planned.ok ? planned.value.stages.at(-1) : undefined
}

/** Who may decide a filed request now, on what catalogue, directory and Entra say today. */
export async function decidersToday(edges: Showing, request: AccessRequest): Promise<Deciders> {
  const nobody: Deciders = { asked: [], standIn: [], ruledOut: [] }
  const { submission } = request
  const entitlement = edges.catalogue.entitlements.get(EntitlementId.parse(submission.entitlement))
  if (entitlement === undefined) return nobody
  const situation = await gather(edges, submission.requester, entitlement, submission.id)
  const today = situation === undefined ? undefined : stageToday(situation)
  if (situation === undefined || today === undefined) return nobody
  const entra = situation.entra.asks === 'approvers' ? situation.entra.people : []
  const everybody = [...situation.stages.flatMap((stage) => stage.people), ...situation.backup, ...entra]
  const parties = {
    requester: submission.requester,
    beneficiary: submission.beneficiary,
    decidedElsewhere: [],
    guestsMayDecide: false,
  }
  return decidersOf(submission.stages[0], today, parties, new Map(everybody.map((person) => [person.id, person])))
}
