import type { Ask } from '../../ask/ask.ts'
import { principalName } from '../../entitlement/entitlement.ts'
import type { PersonId } from '../../people.ts'
import { ownerNames } from './entry-rows.ts'
import { entriesOf } from '../record/visible.ts'
import { heldRows } from './held-rows.ts'
import type { Edges } from '../ports/ports.ts'
import { say } from '../send/reply.ts'
import type { SayView } from '../ports/views.ts'
import { visibleTo } from '../record/visible.ts'
import { commonLinks, engineFor } from '../record/kinds.ts'

// What people ask for and nothing here does yet: answered with what is possible today, and where.

/**
 * More time: PIM lengthens no activation that runs.
 * @returns undefined where nothing of it runs: then it is a request like any other.
 */
export async function moreTime(edges: Edges, person: PersonId, ask: Ask): Promise<SayView | undefined> {
  const named = entriesOf(edges, ask).map(({ name }) => name)
  const active = (await heldRows(edges, person)).rows
    .filter(({ as, name }) => as === 'activated' && (named.length === 0 || named.includes(name)))
    .map(({ name, until }) => ({ name, until }))
  if (active.length === 0 && named.length > 0) return undefined
  return say({ kind: 'cannot-extend', active })
}

export async function takeAway(edges: Edges, person: PersonId, ask: Ask): Promise<SayView> {
  const [about] = await visibleTo(edges, person, entriesOf(edges, ask))
  return say({
    kind: 'cannot-revoke',
    ...(about === undefined ? {} : { entitlement: about.name }),
    owners: about === undefined ? [] : await ownerNames(edges, about),
    portal: ((about && engineFor(edges, about)?.links) ?? commonLinks(edges)).assignments,
  })
}

export async function delegate(edges: Edges, ask: Ask): Promise<SayView> {
  const to =
    ask.person === undefined ? undefined : await edges.tenant.personNamed(principalName(edges.catalogue, ask.person))
  return say({ kind: 'cannot-delegate', ...(to === undefined ? {} : { to: to.name }) })
}
