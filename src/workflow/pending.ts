import type { PersonId } from '../people.ts'
import { openStage } from '../request/request.ts'
import type { Proof } from './incoming.ts'
import type { Edges, EntraRequest } from './ports.ts'
import { loadRequest } from './record.ts'
import { approvalPortal } from './show.ts'
import { today } from './stages-today.ts'
import type { SayView } from './views.ts'

type Pending = Extract<SayView['what'], { kind: 'pending' }>

/** More open requests than this a person does not decide by reading a list. */
const most = 200

/** What waits for a person's decision: in the bot by our own books, in Entra as their own token shows it. */
export async function pending(edges: Edges, person: PersonId, proof: Proof): Promise<Pending> {
  const asked: { requester: string; entitlement: string; since: Date }[] = []
  const ours = new Set<string>()
  for (const { id } of await edges.requests.open(most)) {
    const request = await loadRequest(edges, id).catch(() => undefined)
    if (request === undefined) continue
    if ('filed' in request.phase) ours.add(request.phase.filed.entraRequest)
    if (openStage(request) === undefined || !('waiting' in request.phase)) continue
    const { deciders } = await today(edges, request)
    if (!deciders.asked.includes(person) && !deciders.standIn.includes(person)) continue
    const requester = await nameOf(edges, request.submission.requester)
    asked.push({ requester, entitlement: request.submission.name, since: request.phase.waiting.since })
  }
  const inEntra = await edges.takeHand(person, proof).toDecide()
  const outside = inEntra.came === 'done' ? inEntra.value.filter((each) => !ours.has(each.id)) : []
  return {
    kind: 'pending',
    asked,
    outside: await Promise.all(outside.map((each) => shown(edges, each))),
    portal: approvalPortal,
    complete: inEntra.came === 'done',
  }
}

async function shown(edges: Edges, { person, target, createdAt }: EntraRequest) {
  const role = [...edges.catalogue.entitlements.values()].find(
    (entry) => entry.kind === 'directoryRole' && entry.target.templateId === target.roleDefinitionId,
  )
  return { requester: await nameOf(edges, person), role: role?.name ?? target.roleDefinitionId, since: createdAt }
}

const nameOf = async (edges: Edges, person: PersonId): Promise<string> =>
  (await edges.tenant.person(person))?.name ?? person
