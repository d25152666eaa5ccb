import { personBy, principalBy } from '../state/people-and-groups.ts'
import type { Condition, Resource } from '../state/pim.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

export const provider = '/providers/Microsoft.Authorization'

/** An id as Resource Manager answers it: not always with the beginning that it was asked with. */
export function idAt(tenant: EmulatedTenant, scope: string, type: string, name: string): string {
  const beginning = tenant.switches.armIds === 'of-the-provider' ? '/providers/Microsoft.Subscription' : ''
  return `${beginning}${scope}${provider}/${type}/${name}`
}

export const roleDefinitionId = ({ scope, id }: Resource): string =>
  `${scope.split('/').slice(0, 3).join('/')}${provider}/roleDefinitions/${id}`

export const roleNameOf = ({ name }: Resource): string => name.slice(0, name.lastIndexOf(' on '))

export const principalType = (tenant: EmulatedTenant, principalId: string): 'User' | 'Group' =>
  personBy(tenant, principalId) === undefined ? 'Group' : 'User'

export function expanded(tenant: EmulatedTenant, resource: Resource, principalId: string) {
  const { scope } = resource
  const principal = principalBy(tenant, principalId)
  const name = principal?.kind === 'user' ? principal.person.displayName : principal?.group.name
  return {
    scope: { id: scope, displayName: scope.split('/').at(-1), type: 'resource' },
    roleDefinition: { id: roleDefinitionId(resource), displayName: roleNameOf(resource), type: 'BuiltInRole' },
    principal: { id: principalId, displayName: name ?? null, type: principalType(tenant, principalId) },
  }
}

export const conditionOf = (condition: Condition | null | undefined) => ({
  condition: condition?.text ?? null,
  conditionVersion: condition?.version ?? null,
})

/** Without the nulls, where the tenant is set to write none. */
export const answered = (tenant: EmulatedTenant, body: unknown): unknown =>
  tenant.switches.armNulls
    ? body
    : JSON.parse(JSON.stringify(body, (_, value: unknown) => (value === null ? undefined : value)))
