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
  const shown = kindsInOrder(all).flatMap((entries) => entries.slice(0, mostOf(entries)))
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

const kinds: readonly Entitlement['kind'][] = ['directoryRole', 'group', 'azureRole', 'accessPackage']

/** What has a form here comes first; all exceptions together last. */
function kindsInOrder(entries: readonly Entitlement[]): readonly (readonly Entitlement[])[] {
  const exceptions = entries.filter(({ kind }) => !kinds.includes(kind))
  return [...kinds.map((wanted) => entries.filter(({ kind }) => kind === wanted)), exceptions]
}

const mostOf = ([first]: readonly Entitlement[]): number =>
  first?.kind === 'directoryRole' ? mostForms : mostElsewhere
