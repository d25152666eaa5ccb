import type { Entitlement } from '../../entitlement/entitlement.ts'
import { type Kind, kinds, type Target } from '../../entitlement/kinds/kinds.ts'
import type { PersonId } from '../../people.ts'
import type { Engine, Held, Links } from '../ports/engine.ts'
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
export const enginesOf = (edges: InTenant): readonly Engine[] => byKind(edges).map(([, engine]) => engine)

const byKind = ({ tenant }: InTenant): readonly (readonly [Kind, Engine])[] =>
  kinds().flatMap((kind) => {
    const { engine } = tenant.kinds[kind]
    return engine === undefined ? [] : [[kind, engine] as const]
  })

/**
 * Everything that a person holds or could activate, of every kind, and the kinds of which that could not be read.
 * @throws where nothing could be read
 */
export async function holdingsOf(
  edges: InTenant,
  person: PersonId,
): Promise<{ readonly held: readonly Held[]; readonly unread: readonly Kind[] }> {
  const engines = byKind(edges)
  const read = await Promise.allSettled(engines.map(([, engine]) => engine.holdings(person)))
  const failed = read.filter((each) => each.status === 'rejected')
  const [first] = failed
  if (first !== undefined && failed.length === read.length) throw first.reason
  return {
    held: read.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])),
    unread: engines.flatMap(([kind], index) => (read[index]?.status === 'rejected' ? [kind] : [])),
  }
}

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
