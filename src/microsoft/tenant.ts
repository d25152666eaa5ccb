import type { TakeHand, Tenant } from '../workflow/ports/ports.ts'
import { accessPackages } from './access-packages/policies.ts'
import { activeRoles } from './directory-roles/assignments.ts'
import { openArm } from './wire/arm-reader.ts'
import { audit } from './directory-roles/audit.ts'
import { azureRoles } from './azure-roles/eligibility.ts'
import { openBroker } from './on-behalf-of/broker.ts'
import { directoryRoles } from './directory-roles/eligibility.ts'
import { holdsGrantingRole } from './on-behalf-of/granting-roles.ts'
import type { GraphOptions } from './sign-in/options.ts'
import { people } from './directory/people.ts'
import { pimGroups } from './groups/eligibility.ts'
import { openReader } from './wire/graph-reader.ts'
import { roleApprovals } from './directory-roles/approvals.ts'
import { roleHoldings } from './directory-roles/holdings.ts'
import { roleRequests } from './directory-roles/requests.ts'
import { standing } from './directory-roles/may-still-ask.ts'

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
export function openOnBehalfOf(options: GraphOptions, tenant: Pick<Tenant, 'holdsGrantingRole'>): TakeHand {
  const broker = openBroker(options, tenant)
  return (person, proof) => {
    const send = broker(person, proof)
    return { person, ...roleRequests(person, send), ...roleApprovals(send) }
  }
}
