import { z } from 'zod'
import type { KindInTenant } from '../../workflow/ports/engine.ts'
import type { ArmReader } from '../wire/arm-reader.ts'
import { id } from '../wire/values.ts'
import { GraphError } from '../wire/graph-error.ts'

const doing = 'reading who may activate an Azure role'

/** One item of GET {scope}/…/roleEligibilityScheduleInstances, api-version 2020-10-01; both are full ids. */
const Instance = z.object({ properties: z.object({ scope: id, roleDefinitionId: id }) })

/** The scope itself is gone: then nobody is eligible on it. A subscription out of reach is worded like a missing one. */
const gone = new Set(['ResourceNotFound', 'ResourceGroupNotFound'])

/** PIM for Azure resources; the bot's identity needs Reader on the scopes of the catalogue. */
export const azureRoles = (arm: ArmReader): KindInTenant => ({
  portal: () => 'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/azurerbac',

  async lets({ id: person }, entry, { resources }) {
    if (entry.kind !== 'azureRole') throw new TypeError(`a ${entry.kind} is no Azure role`)
    const { roleId, resource } = entry.target
    const scope = resources.get(resource)?.id
    if (scope === undefined) return false
    // What comes to the person through a group is listed too.
    const found = await eligibilities(arm, scope, `assignedTo('${person}')`).catch((error: unknown) => {
      if (error instanceof GraphError && error.status === 404 && gone.has(error.code)) return []
      throw error
    })
    return found.some(
      ({ properties }) =>
        properties.roleDefinitionId.split('/').at(-1) === roleId.toLowerCase() &&
        reaches(properties.scope, scope.toLowerCase()),
    )
  },
})

export const eligibilities = (arm: ArmReader, scope: string, filter: string) =>
  arm.all(
    doing,
    `${scope}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances`,
    { 'api-version': '2020-10-01', $filter: filter },
    Instance,
  )

/** An eligibility holds on its scope and below; the list has also what is below the scope that was asked about. */
const reaches = (held: string, scope: string): boolean =>
  scope === held || scope.startsWith(`${held}/`) || held.startsWith('/providers/microsoft.management/managementgroups/')
