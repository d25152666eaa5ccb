import type { NativeRequest } from '../../request/native.ts'
import { idIn } from '../../entitlement/kinds/kinds.ts'
import type { PersonId } from '../../people.ts'
import { EntitlementId } from '../../entitlement/entry.ts'
import { type AccessRequest, openStage } from '../../request/request.ts'
import { addTime } from '../../time.ts'
import { bringIn } from '../engine/filed-outside.ts'
import type { Proof } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import { loadRequest } from '../record/record.ts'
import { stagesNow } from '../record/stages-now.ts'
import type { PendingRow, PendingView } from '../ports/views.ts'
import { commonLinks, engineOf, enginesOf } from '../record/kinds.ts'

/** More requests than this nobody decides by reading a list. */
const most = 200

/**
 * What waits for a person's decision, the most urgent first: by our own books, and as their own token shows it in
 * Entra. What was filed in the portal is brought into the books here, because only an approver's token shows it.
 */
export async function pending(edges: Edges, person: PersonId, proof: Proof): Promise<PendingView> {
  const inEntra = await Promise.all(enginesOf(edges).map((engine) => engine.onBehalfOf(person, proof).toDecide()))
  const waiting = inEntra.flatMap((each) => (each.came === 'done' ? each.value : []))
  for (const each of waiting) await bringIn(edges, each, person)
  const rows: PendingRow[] = []
  const listed = new Set<string>()
  const asked = await edges.requests.askedOf(person, most)
  let unread = asked.length === most
  for (const { request: id } of asked) {
    const request = await loadRequest(edges, id).catch(() => {
      unread = true
      return undefined
    })
    const row = request === undefined ? undefined : await rowFor(edges, request, person)
    if (request === undefined || row === undefined) continue
    rows.push(row)
    if ('filed' in request.phase) listed.add(request.phase.filed.nativeRequest)
  }
  const elsewhere = waiting.filter((each) => !listed.has(each.id))
  return {
    view: 'pending',
    rows: rows.toSorted((one, other) => timeOf(one.closesAt) - timeOf(other.closesAt)),
    elsewhere: await Promise.all(elsewhere.map((each) => shown(edges, each))),
    portal: commonLinks(edges).decide,
    complete: !unread && inEntra.every(({ came }) => came === 'done'),
  }
}

const timeOf = (at: Date | null): number => at?.getTime() ?? Number.MAX_SAFE_INTEGER

async function rowFor(edges: Edges, request: AccessRequest, person: PersonId): Promise<PendingRow | undefined> {
  const open = openStage(request)
  if (open === undefined || !('waiting' in request.phase)) return undefined
  const { deciders } = await stagesNow(edges, request)
  if (!deciders.asked.includes(person) && !deciders.standIn.includes(person)) return undefined
  const { submission, phase, revision } = request
  return {
    request: submission.id,
    revision,
    requester: await nameOf(edges, submission.requester),
    entitlement: edges.catalogue.entitlements.get(EntitlementId.parse(submission.entitlement))?.name ?? submission.name,
    duration: submission.duration,
    filedOutside: submission.filedOutside === true,
    closesAt:
      phase.status === 'filed'
        ? phase.filed.closesAt
        : addTime(request.phase.waiting.since, open.stage.rule.lapseAfter),
  }
}

async function shown(
  edges: Edges,
  { person, target, createdAt }: NativeRequest,
): Promise<PendingView['elsewhere'][number]> {
  const role = (await engineOf(edges, target).nameOf(target)) ?? idIn(target)
  return { requester: await nameOf(edges, person), role, since: createdAt }
}

const nameOf = async (edges: Edges, person: PersonId): Promise<string> =>
  (await edges.tenant.person(person))?.name ?? person
