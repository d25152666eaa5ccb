import type { Ask } from '../../ask/ask.ts'
import type { Entitlement } from '../../entitlement/entitlement.ts'
import type { PersonId } from '../../people.ts'
import { engineFor } from './kinds.ts'
import type { Edges } from '../ports/ports.ts'
import { type Relation, relationTo } from './relation.ts'

/** The entries that a message names. */
export const entriesOf = ({ catalogue }: Pick<Edges, 'catalogue'>, ask: Ask): readonly Entitlement[] =>
  ask.entitlements.flatMap(({ id }) => catalogue.entitlements.get(id) ?? [])

/**
 * What of these a person may know of: what they may ask for, hold, own or decide on. Everything else is answered as if
 * it were not in the catalogue.
 */
export async function visibleTo(
  edges: Pick<Edges, 'tenant' | 'catalogue'>,
  person: PersonId,
  entries: readonly Entitlement[],
): Promise<readonly Entitlement[]> {
  const roles = entries.filter((entry) => engineFor(edges, entry) !== undefined)
  return visibleBy(relationTo(edges, person, roles.length > 1), entries)
}

export async function visibleBy(relation: Relation, entries: readonly Entitlement[]): Promise<readonly Entitlement[]> {
  const answers = await Promise.all(entries.map((entry) => isVisible(relation, entry)))
  return entries.filter((_, index) => answers[index])
}

/** What of these they may ask for, in the order given: what they merely own or decide on is left out. */
export async function askable(relation: Relation, entries: readonly Entitlement[]): Promise<readonly Entitlement[]> {
  const may = await Promise.all(entries.map((entry) => relation.mayAsk(entry)))
  return entries.filter((_, index) => may[index])
}

// The cheapest question first: most people are asked about what they may ask for.
const isVisible = async (relation: Relation, entry: Entitlement): Promise<boolean> =>
  (await relation.owns(entry)) ||
  (await relation.mayAsk(entry)) ||
  (await relation.decides(entry)) ||
  (await relation.holds(entry))
