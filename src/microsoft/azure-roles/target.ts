import type { Target, TargetOf } from '../../entitlement/kinds/kinds.ts'

export type AzureTarget = TargetOf<'azureRole'>

/** @throws {TypeError} for a target of another kind: nobody here knows what to ask about it. */
export function asAzureRole(target: Target): AzureTarget {
  if (target.kind !== 'azureRole') throw new TypeError(`a ${target.kind} is no Azure role`)
  return target
}

/**
 * A place in Azure as it is compared and asked about: Resource Manager takes ids in any case, and answers some of them
 * behind the provider of subscriptions.
 */
export const scopeIn = (id: string): string =>
  id
    .toLowerCase()
    .replace(/^\/providers\/microsoft\.subscription(?=\/subscriptions\/)/, '')
    .replace(/\/+$/, '')

/** The last part of an id. Ids of one thing differ in what comes before it. */
export const nameIn = (id: string): string => id.toLowerCase().split('/').at(-1) ?? ''

export const subscriptionOf = (scope: string): string => scope.split('/').slice(0, 3).join('/')

export const provider = '/providers/Microsoft.Authorization'

/** Of a role's definition, as bodies name it. */
export const roleDefinitionOf = ({ role, scope }: AzureTarget): string =>
  `${subscriptionOf(scope)}${provider}/roleDefinitions/${role}`

/** An eligibility holds on its scope and below. Which management groups are above a place its id does not say. */
export const reaches = (held: string, scope: string): boolean =>
  scope === held || scope.startsWith(`${held}/`) || held.startsWith('/providers/microsoft.management/managementgroups/')
