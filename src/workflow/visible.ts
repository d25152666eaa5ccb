import { type Entitlement, principalName } from '../entitlement/entitlement.ts'
import type { PersonId } from '../people.ts'
import { type Edges, targetOf } from './ports.ts'

/**
 * What of these a person may know of: what they are eligible for, own or stand in for. Everything else is answered as
 * if it were not in the catalogue. Of kinds that cannot be granted yet nobody's eligibility is read, so those show.
 */
export async function visibleTo(
  edges: Pick<Edges, 'tenant' | 'catalogue'>,
  person: PersonId,
  entries: readonly Entitlement[],
): Promise<readonly Entitlement[]> {
  const self = await edges.tenant.person(person)
  const answers = await Promise.all(
    entries.map(async (entry) => {
      const target = targetOf(entry)
      if (target === undefined) return true
      const theirs = [...entry.owners, ...entry.backup].some(
        (handle) => principalName(edges.catalogue, handle) === self?.userPrincipalName,
      )
      return theirs || (await edges.tenant.eligibility(person, target)) !== undefined
    }),
  )
  return entries.filter((_, index) => answers[index])
}
