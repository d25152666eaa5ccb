import type { Ask } from '../../ask/ask.ts'
import { nearestTo } from '../../ask/wanted/nearest.ts'
import type { Entitlement } from '../../entitlement/entitlement.ts'
import type { EntriesView } from '../ports/answers.ts'
import { entryRows } from './entry-rows.ts'
import { entriesOf } from '../record/visible.ts'
import type { Heard } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import { relationTo } from '../record/relation.ts'
import { findRecord } from '../record/record-id.ts'
import { say } from '../send/reply.ts'
import type { SayView } from '../ports/views.ts'
import { askable } from '../record/visible.ts'
import { engineFor } from '../record/kinds.ts'
import { factsOf } from '../../entitlement/kinds/kinds.ts'

/** More rows than this make a card that nobody reads; what has no form here is shown by a few of each kind. */
const mostForms = 12
const mostElsewhere = 2

/**
 * What this person may ask for; where a task was described, what fits it, in the order in which it was understood.
 * What they merely own or decide on is no answer to "what can I ask for".
 */
export async function catalogue(edges: Edges, message: Heard, ask: Ask): Promise<EntriesView | SayView> {
  const relation = relationTo(edges, message.speaker.id)
  const fitting = await askable(relation, described(edges, message, ask))
  if (fitting.length > 0) {
    const rows = await entryRows(edges, relation, fitting)
    return { view: 'entries', about: { kind: 'task' }, rows, more: 0 }
  }
  const all = await askable(relation, [...edges.catalogue.entitlements.values()])
  if (all.length === 0) return say({ kind: 'nothing-listed' })
  const shown = kindsInOrder(edges, all).flatMap((entries) => entries.slice(0, mostOf(edges, entries)))
  const rows = await entryRows(edges, relation, shown)
  const more = all.length - rows.length
  const search = more === 0 ? {} : { search: { record: findRecord, revision: 1 } }
  return { view: 'entries', about: { kind: 'catalogue' }, rows, more, ...search }
}

/** What the words name, else what they come near to: a task is told in words of its own. */
function described(edges: Edges, message: Heard, ask: Ask): readonly Entitlement[] {
  const named = entriesOf(edges, ask)
  if (named.length > 0) return named
  return nearestTo(message.text, edges.catalogue).flatMap((id) => edges.catalogue.entitlements.get(id) ?? [])
}

/** Kinds in the order in which the tenant has them; what the executor applies is one kind to people, and comes last. */
function kindsInOrder({ tenant }: Edges, entries: readonly Entitlement[]): readonly (readonly Entitlement[])[] {
  const applied = (entry: Entitlement) => factsOf(entry).appliedBy === 'executor'
  const others = Object.keys(tenant.kinds).map((wanted) =>
    entries.filter((entry) => entry.kind === wanted && !applied(entry)),
  )
  return [...others, entries.filter(applied)]
}

const mostOf = (edges: Edges, [first]: readonly Entitlement[]): number =>
  first !== undefined && engineFor(edges, first) !== undefined ? mostForms : mostElsewhere
