import type { RequestSummary } from '../ports/memory.ts'
import type { Edges } from '../ports/ports.ts'
import type { HeldRow, RequestRow } from '../ports/answers.ts'
import type { Held } from '../ports/engine.ts'
import type { PersonId } from '../../people.ts'
import { idIn, type Kind, sameTarget } from '../../entitlement/kinds/kinds.ts'
import { EntitlementId } from '../../entitlement/entry.ts'
import { entryRecord } from '../record/record-id.ts'
import { loadRequest } from '../record/record.ts'
import { engineOf, grantable, holdingsOf } from '../record/kinds.ts'

type Reads = Pick<Edges, 'tenant' | 'catalogue' | 'requests' | 'journal' | 'wake'>

/** What the tenant lists for a person; kinds of which that could not be read just now are named. */
export interface HeldRows {
  readonly rows: readonly HeldRow[]
  readonly unread: readonly Kind[]
}

/** By the names they know it by; what we granted opens its card, the rest of it a form. */
export async function heldRows(edges: Reads, person: PersonId): Promise<HeldRows> {
  const [{ held, unread }, open, known] = await Promise.all([
    holdingsOf(edges, person),
    openRequests(edges, person),
    grantable(edges),
  ])
  const lasting = longestOfEach(held)
  const active = lasting.filter(({ as }) => as !== 'eligible')
  const rows = await Promise.all(
    lasting.map(async (one) => {
      const entry = known.find(({ target }) => sameTarget(target, one.target))?.entry
      const own = entry === undefined ? undefined : open.find(({ entitlement }) => entitlement === entry.id)
      const alreadyActive = active.some(({ target }) => sameTarget(target, one.target))
      const opens =
        entry === undefined || entry.breakGlass || (one.as === 'eligible' && (alreadyActive || own !== undefined))
          ? undefined
          : await opensFor(edges, one, entry.id, own)
      return {
        name: entry?.name ?? (await engineOf(edges, one.target).nameOf(one.target)) ?? idIn(one.target),
        as: one.as,
        through: one.through,
        from: one.from,
        until: one.until,
        elsewhere: entry === undefined,
        ...(opens === undefined ? {} : { opens }),
      }
    }),
  )
  return { rows, unread }
}

/** Held in two ways, it lasts as long as the longer of them. */
function longestOfEach(held: readonly Held[]): readonly Held[] {
  const longest = new Map<string, Held>()
  for (const one of held) {
    const key = JSON.stringify([one.target, one.as === 'eligible'])
    const other = longest.get(key)
    if (other === undefined || endOf(one) > endOf(other)) longest.set(key, one)
  }
  return [...longest.values()]
}

export const endOf = ({ until }: Pick<Held, 'until'>): number => until?.getTime() ?? Number.MAX_SAFE_INTEGER

async function opensFor(edges: Reads, held: Held, entry: EntitlementId, own: RequestSummary | undefined) {
  if (held.as === 'eligible') return { record: entryRecord(entry), revision: 1 }
  return own?.status === 'active' ? opensRequest(edges, own) : undefined
}

/** The open requests of a person, newest first. */
export const openRequests = async (edges: Pick<Edges, 'requests'>, person: PersonId) =>
  (await edges.requests.ofPerson(person)).filter(({ open }) => open)

export async function requestRow(edges: Reads, summary: RequestSummary): Promise<RequestRow> {
  const { entitlement, status, inDoubt, submittedAt } = summary
  const name = edges.catalogue.entitlements.get(EntitlementId.parse(entitlement))?.name ?? entitlement
  return { name, status, inDoubt, submittedAt, opens: await opensRequest(edges, summary) }
}

async function opensRequest(edges: Reads, { id }: RequestSummary) {
  return { record: id, revision: (await loadRequest(edges, id))?.revision ?? 1 }
}
