import type { Ask } from '../../ask/ask.ts'
import type { PersonId } from '../../people.ts'
import type { Edges } from '../ports/ports.ts'
import type { RequestSummary } from '../ports/memory.ts'
import { loadRequest } from './record.ts'

type Reads = Pick<Edges, 'requests' | 'journal' | 'wake'>

/** Further back nobody means when they say "my request". */
const mostRead = 30

/** The person's own requests that a message names, newest first; all of them where it names none. */
export async function ownRequests(edges: Reads, person: PersonId, ask: Ask): Promise<readonly RequestSummary[]> {
  const all = (await edges.requests.ofPerson(person)).slice(0, mostRead)
  const named = new Set<string>(ask.entitlements.map(({ id }) => id))
  const about = named.size === 0 ? all : all.filter(({ entitlement }) => named.has(entitlement))
  if (ask.ticket === undefined) return about
  const wanted = ask.ticket.toLowerCase()
  const tickets = await Promise.all(
    about.map(async ({ id }) => (await loadRequest(edges, id))?.submission.ticket?.toLowerCase()),
  )
  return about.filter((_, index) => tickets[index] === wanted)
}
