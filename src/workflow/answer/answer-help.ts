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
    askedFor(edges, relation),
  ])
  return say({
    kind: 'can-help',
    // Of other kinds nobody can be told yet who holds them.
    owns: owned.filter((entry) => engineFor(edges, entry) !== undefined).map(({ name }) => name),
    decides: owned.length + decided.length > 0,
    examples,
  })
}

/** What this person could ask for, at most three: what they cannot ask for is not shown to them. */
export const examplesFor = (edges: Edges, person: PersonId): Promise<readonly string[]> =>
  askedFor(edges, relationTo(edges, person))

/** One of each kind before a second of any. */
async function askedFor(edges: Edges, relation: Relation): Promise<readonly string[]> {
  const granted = [...edges.catalogue.entitlements.values()].filter((entry) => engineFor(edges, entry) !== undefined)
  const may = await those(granted, (entry) => relation.mayAsk(entry))
  const ofKind = [...Map.groupBy(may, ({ kind }) => kind).values()]
  const firsts = ofKind.flatMap((some) => some.slice(0, 1))
  return [...firsts, ...may.filter((entry) => !firsts.includes(entry))].slice(0, mostExamples).map(({ name }) => name)
}

async function those(entries: readonly Entitlement[], holds: (entry: Entitlement) => Promise<boolean>) {
  const answers = await Promise.all(entries.map(holds))
  return entries.filter((_, index) => answers[index])
}
