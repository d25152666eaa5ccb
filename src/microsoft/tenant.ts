import type { Kind } from '../entitlement/kinds/kinds.ts'
import type { KindInTenant } from '../workflow/ports/engine.ts'
import type { Tenant } from '../workflow/ports/tenant.ts'
import { accessPackages } from './access-packages/policies.ts'
import { azureCalls } from './azure-roles/allowed-calls.ts'
import { azureRoleEngine } from './azure-roles/engine.ts'
import { links as azureLinks } from './azure-roles/links.ts'
import { people } from './directory/people.ts'
import { roleCalls } from './directory-roles/allowed-calls.ts'
import { directoryRoleEngine } from './directory-roles/engine.ts'
import { links as roleLinks } from './directory-roles/links.ts'
import { groupCalls } from './groups/allowed-calls.ts'
import { groupEngine } from './groups/engine.ts'
import { links as groupLinks } from './groups/links.ts'
import type { PersonCalls } from './on-behalf-of/allowed-calls.ts'
import { type Grants, openBroker } from './on-behalf-of/broker.ts'
import { grantingRoles } from './on-behalf-of/granting-roles.ts'
import { auditLog } from './pim/audit.ts'
import type { GraphOptions } from './sign-in/options.ts'
import { openArm } from './wire/arm-reader.ts'
import { openReader } from './wire/graph-reader.ts'
import { type Throttles, throttles } from './wire/throttle.ts'

/** The tenant has no rule for exceptions: only those whom the catalogue names may ask. */
const exception: KindInTenant = { lets: async (_, entry) => entry.requesters !== undefined }

/** What each kind of access may do with a person's token: nothing else leaves. */
const personCalls: Readonly<Partial<Record<Kind, PersonCalls>>> = {
  directoryRole: roleCalls,
  group: groupCalls,
  azureRole: azureCalls,
}

/** The scopes of Graph that a sign-in on Entra's page asks for, for what a catalogue has of these kinds. */
export function graphScopes(kinds: Iterable<Kind>): readonly string[] {
  const calls = [...new Set(kinds)].flatMap((kind) => personCalls[kind] ?? [])
  const scopes = calls.flatMap(({ service, scope }) => (service === 'graph' ? [scope] : []))
  return scopes.length > 0 ? scopes : [roleCalls.scope]
}

/**
 * The tenant as the bot's own identity may read it, and as a person may act on it: through the broker alone.
 * @param grants who could grant anything, where that is not to be read of this tenant
 * @param services kept once per process: whoever else reads this tenant is given the same
 */
export function openTenant(options: GraphOptions, grants?: Grants, services: Throttles = throttles()): Tenant {
  const reader = openReader(options, services)
  const arm = openArm(options, services.arm)
  const directory = people(reader)
  const granting = grants ?? grantingRoles(reader, arm)
  const broker = openBroker(options, granting, Object.values(personCalls))
  const audit = auditLog(reader)
  const roles = directoryRoleEngine(reader, directory, broker, audit)
  const groups = groupEngine(reader, directory, broker, audit)
  const azure = azureRoleEngine(arm, reader, directory, broker, audit)
  return {
    ...directory,
    ...granting,
    kinds: {
      directoryRole: { engine: roles, portal: () => roleLinks.ask, lets: async () => false },
      group: { engine: groups, portal: () => groupLinks.ask, lets: async () => false },
      azureRole: { engine: azure, portal: () => azureLinks.ask, lets: async () => false },
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
