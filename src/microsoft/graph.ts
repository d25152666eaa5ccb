import type { TakeHand, Tenant } from '../workflow/ports.ts'
import { accessPackages } from './access-packages.ts'
import { activeRoles } from './active-roles.ts'
import { openArm } from './arm.ts'
import { audit } from './audit.ts'
import { azureRoles } from './azure-roles.ts'
import { openBroker } from './broker.ts'
import { directoryRoles } from './directory-roles.ts'
import { holdsGrantingRole } from './granting-roles.ts'
import type { GraphOptions } from './options.ts'
import { people } from './people.ts'
import { pimGroups } from './pim-groups.ts'
import { openReader } from './request.ts'
import { roleApprovals } from './role-approvals.ts'
import { roleHoldings } from './role-holdings.ts'
import { roleRequests } from './role-requests.ts'
import { standing } from './standing.ts'

/** The tenant as the bot's own identity may read it. */
export function openTenant(options: GraphOptions): Tenant {
  const reader = openReader(options)
  const roles = directoryRoles(reader)
  const directory = people(reader)
  return {
    ...directory,
    ...roleHoldings(reader, directory),
    ...roles,
    ...activeRoles(reader),
    ...standing(reader, roles),
    ...audit(reader),
    ...pimGroups(reader, directory),
    ...accessPackages(reader),
    ...azureRoles(openArm(options)),
    holdsGrantingRole: (person) => holdsGrantingRole(reader, person),
  }
}

/** The tenant as a person may act on it: each hand works for one tap, through the broker alone. */
export function takeHands(options: GraphOptions, tenant: Pick<Tenant, 'holdsGrantingRole'>): TakeHand {
  const broker = openBroker(options, tenant)
  return (person, proof) => {
    const send = broker(person, proof)
    return { person, ...roleRequests(person, send), ...roleApprovals(send) }
  }
}
