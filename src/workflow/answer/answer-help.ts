import type { PersonId } from '../../people.ts'
import type { Edges } from '../ports/ports.ts'
import { type Relation, relationTo } from '../record/relation.ts'
import { say } from '../send/reply.ts'
import type { SayView } from '../ports/views.ts'
import type { Entitlement } from '../../entitlement/entitlement.ts'
import { engineFor } from '../record/kinds.ts'

const mostExamples = 3

/** What this very person can do here: ask, decide, own. */
export async function help(edges: Edges, person: PersonId): Promise<SayView> {
  const relation = relationTo(edges, person)
  const all = [...edges.catalogue.entitlements.values()]
  const [owned, decided, examples] = await Promise.all([
    those(all, (entry) => relation.owns(entry)),
    those(all, (entry) => relation.decides(entry)),
    toAskFor(edges, relation),
  ])
  return say({
    kind: 'can-help',
    // Of other kinds nobody can be told yet who holds them.
    owns: kindsMixed(
      edges,
      owned.filter((entry) => engineFor(edges, entry) !== undefined),
    ).map(({ name }) => name),
    decides: owned.length + decided.length > 0,
    examples,
  })
}

/** What this person could ask for, at most three: what they cannot ask for is not shown to them. */
export const examplesFor = (edges: Edges, person: PersonId): Promise<readonly string[]> =>
  toAskFor(edges, relationTo(edges, person))

async function toAskFor(edges: Edges, relation: Relation): Promise<readonly string[]> {
  const entries = [...edges.catalogue.entitlements.values()].filter((entry) => engineFor(edges, entry) !== undefined)
  const may = (await those(entries, (entry) => relation.mayAsk(entry))).filter(({ breakGlass }) => !breakGlass)
  return kindsMixed(edges, may)
    .slice(0, mostExamples)
    .map(({ name }) => name)
}

/** One of each kind before a second of any: of a long list only the beginning is read. */
function kindsMixed({ tenant }: Edges, entries: readonly Entitlement[]): readonly Entitlement[] {
  const kinds = Object.keys(tenant.kinds).map((kind) => entries.filter((entry) => entry.kind === kind))
  return [...kinds.flatMap(([first]) => first ?? []), ...kinds.flatMap(([, ...rest]) => rest)]
}

async function those(entries: readonly Entitlement[], holds: (entry: Entitlement) => Promise<boolean>) {
  const answers = await Promise.all(entries.map(holds))
  return entries.filter((_, index) => answers[index])
}
