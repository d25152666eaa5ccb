import { EntitlementId } from '../../entitlement/entry.ts'
import { assess } from '../../request/assess.ts'
import type { Refusal } from '../../request/refusal.ts'
import { ok, refuse } from '../../result.ts'
import { gather } from '../record/gather.ts'
import type { Edges } from '../ports/ports.ts'
import type { Draft } from '../ports/memory.ts'
import { requestOf } from '../record/record-id.ts'

/** Whether a form may be submitted on what the tenant says now, and on which terms; its own request does not count. */
export async function assessDraft(edges: Edges, draft: Draft) {
  const entitlement = edges.catalogue.entitlements.get(EntitlementId.parse(draft.entitlement))
  const situation =
    entitlement === undefined ? undefined : await gather(edges, draft.speaker, entitlement, requestOf(draft.id))
  if (situation === undefined) return refuse<Refusal>({ kind: 'not-eligible' })
  const assessed = assess(situation)
  return assessed.ok ? ok({ situation, assessment: assessed.value }) : assessed
}
