import type { EntitlementId } from '../../entitlement/entry.ts'
import type { Refusal } from '../../request/refusal.ts'
import { ok, refuse, type Result } from '../../result.ts'
import { entryRows } from '../answer/entry-rows.ts'
import type { Tapped } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import { post } from '../send/post.ts'
import { relationTo } from '../record/relation.ts'
import { entryNamed } from '../record/record-id.ts'
import { say } from '../send/reply.ts'
import { openEntry } from './tap-open.ts'
import type { View } from '../ports/views.ts'
import { engineFor } from '../record/kinds.ts'

/** The card that searches the catalogue, sent back with a choice; or the button that brings it to the end of the chat. */
export async function openFind(edges: Edges, tapped: Tapped): Promise<Result<View, Refusal>> {
  const { entitlement = '' } = tapped.inputs
  if (entitlement !== '') {
    // Words that are no choice of the list come back where a client lets them through.
    const chosen = entryNamed(entitlement)
    return chosen === undefined ? refuse({ kind: 'not-in-the-list' }) : openFound(edges, tapped, chosen)
  }
  await post(edges, tapped.actor, { view: 'find' })
  return ok(say({ kind: 'brought-down', what: 'card' }))
}

/** An entry that was found: its form, or for what has none where it is asked for instead. */
export async function openFound(edges: Edges, tapped: Tapped, id: EntitlementId): Promise<Result<View, Refusal>> {
  const entry = edges.catalogue.entitlements.get(id)
  if (entry === undefined || engineFor(edges, entry) !== undefined) return openEntry(edges, tapped, id)
  const relation = relationTo(edges, tapped.actor, false)
  if (!(await relation.mayAsk(entry))) return refuse({ kind: 'not-eligible' })
  const rows = await entryRows(edges, relation, [entry])
  await post(edges, tapped.actor, { view: 'entries', about: { kind: 'portal' }, rows, more: 0 })
  return ok(say({ kind: 'brought-down', what: 'card' }))
}
