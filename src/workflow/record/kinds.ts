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
export const enginesOf = (edges: InTenant): readonly Engine[] =>
  granted(edges).flatMap((kind) => edges.tenant.kinds[kind].engine ?? [])

const granted = ({ tenant }: InTenant): readonly Kind[] =>
  kinds().filter((kind) => tenant.kinds[kind]?.engine !== undefined)

/** What would be granted for an entry; undefined where it cannot be granted here. */
export const targetOf = async (
  edges: InTenant & Pick<Edges, 'catalogue'>,
  entry: Entitlement,
): Promise<Target | undefined> => engineFor(edges, entry)?.targetFor(entry, edges.catalogue)

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

/** All that a person holds or could activate of one kind; nothing of one that cannot be granted. */
export async function holdingsOfKind(
  edges: InTenant & Pick<Edges, 'catalogue'>,
  person: PersonId,
  kind: Kind,
): Promise<readonly Held[]> {
  const { engine } = edges.tenant.kinds[kind]
  if (engine === undefined) return []
  const entries = [...edges.catalogue.entitlements.values()].filter((entry) => entry.kind === kind)
  const named = await Promise.all(entries.map((entry) => engine.targetFor(entry, edges.catalogue)))
  return engine.holdings(
    person,
    named.flatMap((target) => target ?? []),
  )
}

/**
 * The same of every kind, and the kinds of which it could not be read.
 * @throws where nothing could be read
 */
export async function holdingsOf(
  edges: InTenant & Pick<Edges, 'catalogue'>,
  person: PersonId,
): Promise<{ readonly held: readonly Held[]; readonly unread: readonly Kind[] }> {
  const granting = granted(edges)
  const read = await Promise.allSettled(granting.map((kind) => holdingsOfKind(edges, person, kind)))
  const failed = read.filter((each) => each.status === 'rejected')
  const [first] = failed
  if (first !== undefined && failed.length === read.length) throw first.reason
  return {
    held: read.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])),
    unread: granting.filter((_, index) => read[index]?.status === 'rejected'),
  }
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
