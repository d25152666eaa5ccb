import type { PersonId } from '../../people.ts'
import type { Edges } from '../ports/ports.ts'
import type { RequestId } from '../../request/events.ts'

/** More than this nobody reads who comes back. */
const most = 200

/** What a person who was out of reach has missed: whatever waits for them, and their own open requests, is shown again. */
export async function catchUp(edges: Edges, person: PersonId): Promise<void> {
  const at = edges.now()
  const [asked, all] = await Promise.all([edges.requests.askedOf(person, most), edges.requests.ofPerson(person)])
  const owe = (request: RequestId, effect: 'approval-card' | 'status-card' | 'question-cards') =>
    edges.outbox.owe(`catch-up:${request}:${person}:${at.toISOString()}:${effect}`, { effect, request, to: person }, at)
  for (const { request } of asked) await owe(request, 'approval-card')
  for (const { id, open, requester } of all) {
    if (!open || requester !== person) continue
    await owe(id, 'status-card')
    await owe(id, 'question-cards')
  }
  edges.wake()
}
