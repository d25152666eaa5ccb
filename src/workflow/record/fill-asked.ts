import { whoIsAsked } from '../../request/who-is-asked.ts'
import type { Edges } from '../ports/ports.ts'
import { loadRequest } from './record.ts'

const together = 500

/**
 * Fills in who is asked about requests that an earlier release has written, which kept no such rows. Harmless to repeat:
 * whatever is appended meanwhile has rows of its own, and they are newer.
 * @returns how many were filled in
 */
export async function fillAsked(edges: Pick<Edges, 'requests' | 'journal' | 'wake' | 'log'>): Promise<number> {
  let filled = 0
  for (const id of await edges.requests.withoutAsked(together)) {
    try {
      const { version } = await edges.journal.load(id)
      const request = await loadRequest(edges, id)
      if (request !== undefined && (await edges.requests.fillAsked(id, version, whoIsAsked(request)))) filled += 1
    } catch (error) {
      edges.log.warn({ request: id, error: String(error) }, 'who is asked about it could not be filled in')
    }
  }
  return filled
}
