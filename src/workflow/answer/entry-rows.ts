import { type Entitlement, principalName } from '../../entitlement/entitlement.ts'
import type { EntryRow, Opens } from '../ports/answers.ts'
import type { Edges } from '../ports/ports.ts'
import type { Relation } from '../record/relation.ts'
import { entryRecord } from '../record/record-id.ts'
import { engineFor, portalOf } from '../record/kinds.ts'

type Reads = Pick<Edges, 'tenant' | 'catalogue'>

/** So many at most have their owners named: every name is a look-up. */
const fewRows = 6

/** @param opens what a tap on the row opens of what can be granted here; by itself a form without any words in it. */
export async function entryRows(
  edges: Reads,
  relation: Relation,
  entries: readonly Entitlement[],
  opens: (entry: Entitlement) => Promise<Opens> = async ({ id }) => ({ record: entryRecord(id), revision: 1 }),
): Promise<readonly EntryRow[]> {
  return Promise.all(
    entries.map(async (entry) => ({
      name: entry.name,
      grants: entry.grants,
      kind: entry.kind,
      tier: entry.tier,
      longest: entry.duration.longest,
      owners: entries.length > fewRows ? [] : await ownerNames(edges, entry),
      ...(await wayTo(edges, relation, entry, opens)),
    })),
  )
}

async function wayTo(
  edges: Reads,
  relation: Relation,
  entry: Entitlement,
  opens: (entry: Entitlement) => Promise<Opens>,
): Promise<Pick<EntryRow, 'opens' | 'portal'>> {
  if (!(await relation.mayAsk(entry))) return {}
  if (engineFor(edges, entry) !== undefined && !entry.breakGlass) return { opens: await opens(entry) }
  const portal = portalOf(edges, entry)
  return portal === undefined ? {} : { portal }
}

/** Owners by name; one the directory does not know is left out. */
export async function ownerNames(
  { tenant, catalogue }: Reads,
  { owners }: Pick<Entitlement, 'owners'>,
): Promise<readonly string[]> {
  const found = await Promise.all(owners.map((owner) => tenant.personNamed(principalName(catalogue, owner))))
  return found.flatMap((person) => (person === undefined ? [] : [person.name]))
}
