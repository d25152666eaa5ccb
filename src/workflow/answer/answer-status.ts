import type { Ask } from '../../ask/ask.ts'
import type { PersonId } from '../../people.ts'
import type { RequestsView } from '../ports/answers.ts'
import { requestRow } from './held-rows.ts'
import { ownRequests } from '../record/own-requests.ts'
import type { Edges } from '../ports/ports.ts'
import { say } from '../send/reply.ts'
import type { SayView } from '../ports/views.ts'

const mostRows = 8

/** Where the person's requests stand: the named one, else those that are open, else the last. */
export async function status(edges: Edges, person: PersonId, ask: Ask): Promise<RequestsView | SayView> {
  if (ask.person !== undefined) return say({ kind: 'only-your-own' })
  const found = await ownRequests(edges, person, ask)
  const open = found.filter((each) => each.open)
  const told = open.length > 0 ? open : found.slice(0, 1)
  if (told.length === 0) return say({ kind: 'no-requests' })
  const rows = await Promise.all(told.slice(0, mostRows).map((each) => requestRow(edges, each)))
  return { view: 'requests', rows, more: found.length - rows.length }
}
