import type { EmulatedTenant } from './tenant-state.ts'

/** Every scope that the seed has, by its name there, as Resource Manager writes its id. */
export function scopesOf({ seed }: Pick<EmulatedTenant, 'seed'>): Map<string, string> {
  const { subscriptions, resources } = seed.azure
  const ids = new Map<string, string>()
  for (const { name, id, resourceGroups } of subscriptions) {
    ids.set(name, `/subscriptions/${id}`)
    for (const group of resourceGroups) ids.set(group.name, `/subscriptions/${id}/resourceGroups/${group.name}`)
  }
  for (const { name, resourceGroup, type } of resources)
    ids.set(name, `${ids.get(resourceGroup) ?? ''}/providers/${type}/${name}`)
  return ids
}

/** Ids compare without case; a scope holds itself and everything below it. */
export function holdsScope(outer: string, inner: string): boolean {
  const [above, below] = [outer.toLowerCase(), inner.toLowerCase()]
  return below === above || below.startsWith(`${above}/`)
}
