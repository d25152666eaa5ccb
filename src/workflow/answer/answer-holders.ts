import type { Ask } from '../../ask/ask.ts'
import { type Entitlement, principalName } from '../../entitlement/entitlement.ts'
import type { PersonId } from '../../people.ts'
import type { HoldersView } from '../ports/answers.ts'
import { ownerNames } from './entry-rows.ts'
import { entriesOf } from '../record/visible.ts'
import type { Holder } from '../ports/engine.ts'
import type { Edges } from '../ports/ports.ts'
import { type Relation, relationTo } from '../record/relation.ts'
import { say } from '../send/reply.ts'
import type { SayView } from '../ports/views.ts'
import { visibleBy } from '../record/visible.ts'
import { engineFor, engineOf, portalOf, targetOf } from '../record/kinds.ts'

/** Who holds something or could switch it on: told to its owners, its backups and security, to nobody else. */
export async function holders(edges: Edges, person: PersonId, ask: Ask): Promise<HoldersView | SayView> {
  const relation = relationTo(edges, person)
  const named = entriesOf(edges, ask)
  const security = await relation.isSecurity()
  const about = security ? named[0] : (await visibleBy(relation, named))[0]
  if (about === undefined) return say({ kind: 'name-it', examples: await ownNames(edges, relation) })
  if (!security && !(await relation.owns(about))) {
    return say({ kind: 'holders-not-told', entitlement: about.name, owners: await ownerNames(edges, about) })
  }
  const target = await targetOf(edges, about)
  if (target === undefined) {
    const portal = portalOf(edges, about)
    return say({ kind: 'holders-unread', entitlement: about.name, ...(portal === undefined ? {} : { portal }) })
  }
  const engine = engineOf(edges, target)
  const found = await engine.holders(target)
  return ask.person === undefined
    ? asList(edges, about, found, engine.links.assignments)
    : aboutOne(edges, about, found, ask.person)
}

const asList = (edges: Edges, { name }: Entitlement, found: readonly Holder[], portal: string): HoldersView => ({
  view: 'holders',
  entitlement: name,
  active: found.filter(({ as }) => as !== 'eligible').toSorted(byName),
  eligible: found.filter(({ as }) => as === 'eligible').toSorted(byName),
  observedAt: edges.now(),
  portal,
})

const byName = (one: Holder, other: Holder): number => one.name.localeCompare(other.name)

async function aboutOne(
  edges: Edges,
  { name }: Entitlement,
  found: readonly Holder[],
  handle: string,
): Promise<SayView> {
  const asked = await edges.tenant.personNamed(principalName(edges.catalogue, handle))
  const rows = found.filter(({ person }) => person !== null && person === asked?.id)
  return say({
    kind: 'holds-it',
    person: asked?.name ?? handle,
    entitlement: name,
    rows,
    observedAt: edges.now(),
  })
}

/** What they might ask this of. */
async function ownNames(edges: Edges, relation: Relation): Promise<readonly string[]> {
  const roles = [...edges.catalogue.entitlements.values()].filter((entry) => engineFor(edges, entry) !== undefined)
  const owned = await Promise.all(roles.map((entry) => relation.owns(entry)))
  return roles.filter((_, index) => owned[index]).map(({ name }) => name)
}
