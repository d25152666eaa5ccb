import type { Entitlement } from '../../entitlement/entitlement.ts'
import type { Kind, Target } from '../../entitlement/kinds/kinds.ts'
import type { Engine, Links } from '../ports/engine.ts'
import type { Edges } from '../ports/ports.ts'

type InTenant = Pick<Edges, 'tenant'>

/** What can grant this kind; undefined while nothing can. */
export const engineFor = ({ tenant }: InTenant, { kind }: { readonly kind: Kind }): Engine | undefined =>
  tenant.kinds[kind].engine

/** What can grant the target of a request. @throws where nothing can any more */
export function engineOf(edges: InTenant, target: Target): Engine {
  const engine = engineFor(edges, target)
  if (engine === undefined) throw new Error(`nothing here can grant a ${target.kind}`)
  return engine
}

/** Every kind that can be granted. */
export const enginesOf = ({ tenant }: InTenant): readonly Engine[] =>
  Object.values(tenant.kinds).flatMap(({ engine }) => engine ?? [])

/** What would be granted for an entry; undefined where it cannot be granted here. */
export const targetOf = async (edges: InTenant, entry: Entitlement): Promise<Target | undefined> =>
  engineFor(edges, entry)?.targetFor(entry)

export interface WithTarget {
  readonly entry: Entitlement
  readonly target: Target
}

/** The entries of the catalogue that can be granted, with what for. */
export async function grantable(edges: InTenant & Pick<Edges, 'catalogue'>): Promise<readonly WithTarget[]> {
  const all = [...edges.catalogue.entitlements.values()]
  const targets = await Promise.all(all.map((entry) => targetOf(edges, entry)))
  return all.flatMap((entry, index) => {
    const target = targets[index]
    return target === undefined ? [] : [{ entry, target }]
  })
}

/** The portal's pages for what is of several kinds, or of none yet: those of the first that can be granted. */
export function commonLinks(edges: InTenant): Links {
  const [first] = enginesOf(edges)
  if (first === undefined) throw new Error('nothing here can be granted')
  return first.links
}

/** Where an entry is asked for without the bot; none for exceptions, which only their owners apply. */
export const portalOf = ({ tenant, catalogue }: InTenant & Pick<Edges, 'catalogue'>, { kind }: Entitlement) =>
  tenant.kinds[kind].portal?.(catalogue.tenant)
