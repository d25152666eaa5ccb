import { holdsScope } from '../state/azure-scopes.ts'
import { personBy } from '../state/people-and-groups.ts'
import { currentEligibilities, reaches } from '../pim/reads.ts'
import { Refusal } from '../refusal.ts'
import type { Eligibility } from '../state/pim.ts'
import { ofService, resourceBy } from '../state/pim-resources.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

type AzureEligibility = Eligibility & { role: string; roleId: string; scope: string }

function eligibilitiesOf(tenant: EmulatedTenant): AzureEligibility[] {
  return ofService(tenant, 'azureResources', currentEligibilities(tenant)).map((each) => {
    const { id: roleId, scope, name } = resourceBy(tenant, each.resource)
    return { ...each, role: name.slice(0, name.lastIndexOf(' on ')), roleId, scope }
  })
}

/**
 * GET roleEligibilityScheduleInstances: what is at, above or below the scope, of everybody or as the filter says.
 * @throws {Refusal} 400 for a filter that is none of those served.
 */
export function listEligibilities(tenant: EmulatedTenant, scope: string, filter: string | null): object[] {
  const wanted = filterOf(tenant, scope, filter)
  return eligibilitiesOf(tenant)
    .filter((each) => (holdsScope(each.scope, scope) || holdsScope(scope, each.scope)) && wanted(each))
    .map((each) => wire(tenant, scope, each))
}

const guid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
const assignedTo = new RegExp(`^assignedTo\\('(${guid})'\\)$`)
const principal = new RegExp(`^principalId eq '?(${guid})'?$`)

function filterOf(tenant: EmulatedTenant, scope: string, filter: string | null): (each: AzureEligibility) => boolean {
  if (filter === null) return () => true
  if (filter === 'atScope()') return (each) => holdsScope(each.scope, scope)
  const byPrincipal = principal.exec(filter)?.[1]?.toLowerCase()
  if (byPrincipal !== undefined) return ({ principalId }) => principalId === byPrincipal
  const user = assignedTo.exec(filter)?.[1]
  if (user === undefined) throw new Refusal(400, 'BadRequest', `Invalid filter clause: ${filter}`)
  const person = personBy(tenant, user)
  // What comes to the user through a group is theirs too, with the group as its principal.
  return ({ principalId }) => person !== undefined && reaches(tenant, principalId, person)
}

function wire(
  tenant: EmulatedTenant,
  asked: string,
  { id: name, role, roleId, scope, principalId, ...times }: AzureEligibility,
) {
  const person = personBy(tenant, principalId)
  const provider = `${scope}/providers/Microsoft.Authorization`
  const subscription = scope.split('/').slice(0, 3).join('/')
  const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`
  const inherited = scope.toLowerCase() !== asked.toLowerCase()
  return {
    id: `${provider}/roleEligibilityScheduleInstances/${name}`,
    name,
    type: 'Microsoft.Authorization/roleEligibilityScheduleInstances',
    properties: {
      scope,
      roleDefinitionId,
      principalId,
      principalType: person === undefined ? 'Group' : 'User',
      roleEligibilityScheduleId: `${provider}/roleEligibilitySchedules/${name}`,
      status: 'Provisioned',
      startDateTime: times.startsAt.toISOString(),
      endDateTime: times.endsAt?.toISOString() ?? null,
      memberType: inherited ? 'Inherited' : person === undefined ? 'Group' : 'Direct',
      createdOn: times.startsAt.toISOString(),
      condition: null,
      conditionVersion: null,
      expandedProperties: {
        scope: { id: scope, displayName: scope.split('/').at(-1), type: 'resource' },
        roleDefinition: { id: roleDefinitionId, displayName: role, type: 'BuiltInRole' },
      },
    },
  }
}
