import type { Ask } from '../../ask/ask.ts'
import type { PersonId } from '../../people.ts'
import type { RecapView } from '../ports/answers.ts'
import { ownRequests } from '../record/own-requests.ts'
import type { Edges } from '../ports/ports.ts'
import { loadRequest } from '../record/record.ts'
import { say } from '../send/reply.ts'
import { namesOf } from '../send/show.ts'
import type { SayView } from '../ports/views.ts'
import { engineOf } from '../record/kinds.ts'

/** What the journal knows of an elevation of one's own: the last that was granted, else the last that was asked for. */
export async function recap(edges: Edges, person: PersonId, ask: Ask): Promise<RecapView | SayView> {
  if (ask.person !== undefined) return say({ kind: 'only-your-own' })
  const found = await ownRequests(edges, person, ask)
  const last = found.find(({ status }) => status === 'active' || status === 'ended') ?? found[0]
  const request = last === undefined ? undefined : await loadRequest(edges, last.id)
  if (request === undefined) return say({ kind: 'nothing-to-recap' })
  const deciders = request.decisions.flatMap(({ by }) => by ?? [])
  return {
    view: 'recap',
    request,
    entitlement: request.submission.name,
    names: await namesOf(edges, [request.submission.requester, ...deciders]),
    portal: engineOf(edges, request.submission.target).links.audit,
  }
}
