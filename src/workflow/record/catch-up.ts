import type { PersonId } from '../../people.ts'
import type { Edges } from '../ports/ports.ts'
import { loadRequest } from './record.ts'

/** What a person who was out of reach has missed: every open request that asks them, or is theirs, is shown again. */
export async function catchUp(edges: Edges, person: PersonId): Promise<void> {
  const at = edges.now()
  for (const { id, requester } of await edges.requests.open(1_000)) {
    const request = await loadRequest(edges, id).catch(() => undefined)
    const asked = request?.stages.some((stage) =>
      [...stage.people, ...stage.backup, ...stage.lastResort].includes(person),
    )
    const occasion = `catch-up:${id}:${person}:${at.toISOString()}`
    if (asked === true)
      await edges.outbox.owe(`${occasion}:approval`, { effect: 'approval-card', request: id, to: person }, at)
    if (requester !== person) continue
    await edges.outbox.owe(`${occasion}:status`, { effect: 'status-card', request: id, to: person }, at)
    await edges.outbox.owe(`${occasion}:questions`, { effect: 'question-cards', request: id, to: person }, at)
  }
  edges.wake()
}
