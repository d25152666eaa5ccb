import { holdsScope } from './azure-scopes.ts'
import type { PimService, Resource } from './pim.ts'
import type { EmulatedTenant } from './tenant-state.ts'

type Resources = Pick<EmulatedTenant, 'resources'>

export const roleKey = (roleId: string): string => roleId
export const groupKey = (groupId: string, access: 'member' | 'owner'): string => `${groupId}_${access}`
export const azureKey = (roleId: string, scope: string): string => `${scope}|${roleId}`.toLowerCase()

/** @throws {Error} for a key of nothing: keys are made from what is there. */
export function resourceBy({ resources }: Resources, key: string): Resource {
  const found = resources.get(key)
  if (found === undefined) throw new Error(`PIM guards nothing called ${key}`)
  return found
}

export const resourcesOf = ({ resources }: Resources, service: PimService): Resource[] =>
  [...resources.values()].filter((each) => each.service === service)

/** Those of a list that are about something of one service. */
export const ofService = <Held extends { resource: string }>(
  tenant: Resources,
  service: PimService,
  held: readonly Held[],
): Held[] => held.filter(({ resource }) => tenant.resources.get(resource)?.service === service)

/** PIM takes a group in as a whole, with its first request or changed setting; there is no way back. */
export function onboard(tenant: Resources, key: string) {
  const { service, id } = resourceBy(tenant, key)
  for (const each of resourcesOf(tenant, service)) if (each.id === id) each.onboarded = true
}

/**
 * An Azure role at a place: its own settings, or, where nobody set any, those of the nearest place above it that PIM
 * guards it at.
 */
export function azureResourceAt(tenant: Resources, roleId: string, scope: string): Resource | undefined {
  const key = azureKey(roleId, scope)
  const exact = tenant.resources.get(key)
  if (exact !== undefined) return exact
  const [above] = resourcesOf(tenant, 'azureResources')
    .filter((each) => each.id === roleId.toLowerCase() && holdsScope(each.scope, scope))
    .sort((one, other) => other.scope.length - one.scope.length)
  if (above === undefined) return undefined
  const role = above.name.slice(0, above.name.lastIndexOf(' on '))
  const below: Resource = { ...above, key, scope, name: `${role} on ${scope.split('/').at(-1)}` }
  tenant.resources.set(key, below)
  return below
}
