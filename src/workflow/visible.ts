import type { Entitlement } from '../entitlement/entitlement.ts'
import type { PersonId } from '../people.ts'
import { type Edges, targetOf } from './ports.ts'
import { type Reach, reachOf } from './reach.ts'

/**
 * What of these a person may know of: what they may ask for, hold, own or decide on. Everything else is answered as if
 * it were not in the catalogue.
 */
export async function visibleTo(
  edges: Pick<Edges, 'tenant' | 'catalogue'>,
  person: PersonId,
  entries: readonly Entitlement[],
): Promise<readonly Entitlement[]> {
  const roles = entries.filter((entry) => targetOf(entry) !== undefined)
  return visibleBy(reachOf(edges, person, roles.length > 1), entries)
}

export async function visibleBy(reach: Reach, entries: readonly Entitlement[]): Promise<readonly Entitlement[]> {
  const answers = await Promise.all(entries.map((entry) => isVisible(reach, entry)))
  return entries.filter((_, index) => answers[index])
}

/** What of these they may ask for, in the order given: what they merely own or decide on is left out. */
export async function askable(reach: Reach, entries: readonly Entitlement[]): Promise<readonly Entitlement[]> {
  const may = await Promise.all(entries.map((entry) => reach.mayAsk(entry)))
  return entries.filter((_, index) => may[index])
}

// The cheapest question first: most people are asked about what they may ask for.
const isVisible = async (reach: Reach, entry: Entitlement): Promise<boolean> =>
  (await reach.owns(entry)) || (await reach.mayAsk(entry)) || (await reach.decides(entry)) || (await reach.holds(entry))
