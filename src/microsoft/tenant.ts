import type { KindInTenant } from '../workflow/ports/engine.ts'
import type { Tenant } from '../workflow/ports/tenant.ts'
import { accessPackages } from './access-packages/policies.ts'
import { azureRoles } from './azure-roles/eligibility.ts'
import { people } from './directory/people.ts'
import { roleCalls } from './directory-roles/allowed-calls.ts'
import { directoryRoleEngine } from './directory-roles/engine.ts'
import { links } from './directory-roles/links.ts'
import { pimGroups } from './groups/eligibility.ts'
import { type Grants, openBroker } from './on-behalf-of/broker.ts'
import { grantingRoles } from './on-behalf-of/granting-roles.ts'
import type { GraphOptions } from './sign-in/options.ts'
import { openArm } from './wire/arm-reader.ts'
import { openReader } from './wire/graph-reader.ts'
import { type Throttles, throttles } from './wire/throttle.ts'

/** The tenant has no rule for exceptions: only those whom the catalogue names may ask. */
const exception: KindInTenant = { lets: async (_, entry) => entry.requesters !== undefined }

/**
 * The tenant as the bot's own identity may read it, and as a person may act on it: through the broker alone.
 * @param grants who could grant anything, where that is not to be read of this tenant
 * @param services kept once per process: whoever else reads this tenant is given the same
 */
export function openTenant(options: GraphOptions, grants?: Grants, services: Throttles = throttles()): Tenant {
  const reader = openReader(options, services.graph)
  const directory = people(reader)
  const granting = grants ?? grantingRoles(reader)
  const broker = openBroker(options, granting, [roleCalls])
  const roles = directoryRoleEngine(reader, directory, broker)
  return {
    ...directory,
    ...granting,
    kinds: {
      directoryRole: { engine: roles, portal: () => links.ask, lets: async () => false },
      group: pimGroups(reader, directory),
      azureRole: azureRoles(openArm(options, services.arm)),
      accessPackage: accessPackages(reader),
      policyExemption: exception,
      outboundFqdn: exception,
      publicNetworkAccess: exception,
      ipAllow: exception,
      localAuth: exception,
      modelCapacity: exception,
      budgetRaise: exception,
      expiryExtension: exception,
    },
  }
}
