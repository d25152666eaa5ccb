import { asRole } from './directory-roles/target.ts'
import { z } from 'zod'
import { GroupId, PersonId } from '../people.ts'
import type { Target } from '../entitlement/kinds/kinds.ts'
import { openArm } from './wire/arm-reader.ts'
import { eligibilities } from './azure-roles/eligibility.ts'
import { GraphError } from './wire/graph-error.ts'
import type { GraphOptions } from './sign-in/options.ts'
import { people } from './directory/people.ts'
import { openReader, type Query, quoted } from './wire/graph-reader.ts'
import { appToken } from './sign-in/token.ts'
import { type Throttles, throttles } from './wire/throttle.ts'

/** What only an examination of the tenant reads; with the bot's own identity, as everything it reads by itself. */
export interface Examination {
  /** Throws when Entra gives the bot's own identity no token for Graph. */
  signIn(): Promise<void>
  /** What Graph does not let the bot read, and under which permission it would; other failures throw. */
  permissionsMissing(): Promise<readonly { readonly permission: string; readonly detail: string }[]>
  /** Why Resource Manager does not let the bot read an Azure scope, undefined where it does; other failures throw. */
  scopeUnread(scope: string): Promise<string | undefined>
  /** Everybody whom PIM lists as eligible for a role now, groups opened, each once. */
  eligible(target: Target): Promise<readonly PersonId[]>
}

/** @param services those of the process, where it reads this tenant otherwise too */
export function openExamination(options: GraphOptions, services: Throttles = throttles()): Examination {
  const reader = openReader(options, services.graph)
  const arm = openArm(options, services.arm)
  const { person, membersOf } = people(reader)
  return {
    signIn: async () => void (await appToken(options)),

    async permissionsMissing() {
      const missing = []
      for (const { permission, path, query } of probes) {
        try {
          await reader.one(`trying ${permission}`, path, query, Anything)
        } catch (error) {
          if (!(error instanceof GraphError) || error.status !== 403) throw error
          missing.push({ permission, detail: error.message })
        }
      }
      return missing
    },

    async scopeUnread(scope) {
      try {
        await eligibilities(arm, scope, 'atScope()')
        return undefined
      } catch (error) {
        if (error instanceof GraphError && error.status === 403) return error.message
        throw error
      }
    },

    async eligible(asked) {
      const target = asRole(asked)
      const path = '/v1.0/roleManagement/directory/roleEligibilityScheduleInstances'
      const query = { $filter: `roleDefinitionId eq ${quoted(target.role)}` }
      const all = await reader.all('reading who is eligible', path, query, Eligible)
      const principals = all.filter((each) => each.directoryScopeId === target.scope).map((each) => each.principalId)
      const found = new Set<PersonId>()
      for (const id of new Set(principals)) {
        // A principal is a person or a group, and the list does not say which.
        const someone = await person(PersonId.parse(id))
        const each = someone === undefined ? await membersOf(GroupId.parse(id)) : [someone]
        for (const one of each) found.add(one.id)
      }
      return [...found]
    },
  }
}

const Anything = z.looseObject({})
const Eligible = z.object({ principalId: z.string().toLowerCase(), directoryScopeId: z.string().nullish() })

const roles = '/v1.0/roleManagement/directory'
// Any role will do; Graph wants a filter on each of these lists. This is Global Reader.
const someRole = quoted('f2ef992c-3afb-46b9-b7cf-a126ee74c451')

/** One small read for each permission that is needed today; a wider one that was consented to serves as well. */
const probes: readonly { readonly permission: string; readonly path: string; readonly query: Query }[] = [
  { permission: 'User.Read.All', path: '/v1.0/users', query: { $top: '1', $select: 'id,accountEnabled' } },
  { permission: 'GroupMember.Read.All', path: '/v1.0/groups', query: { $top: '1', $select: 'id' } },
  {
    permission: 'RoleManagement.Read.Directory',
    path: '/v1.0/policies/roleManagementPolicyAssignments',
    query: { $filter: `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq ${someRole}` },
  },
  {
    permission: 'RoleEligibilitySchedule.Read.Directory',
    path: `${roles}/roleEligibilityScheduleInstances`,
    query: { $filter: `roleDefinitionId eq ${someRole}` },
  },
  {
    permission: 'RoleAssignmentSchedule.Read.Directory',
    path: `${roles}/roleAssignmentScheduleInstances`,
    query: { $filter: `roleDefinitionId eq ${someRole}` },
  },
  {
    permission: 'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    path: '/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances',
    // Nobody's: what is wanted is whether the list may be read at all.
    query: { $filter: "principalId eq '00000000-0000-4000-8000-000000000000'" },
  },
  {
    permission: 'EntitlementManagement.Read.All',
    path: '/v1.0/identityGovernance/entitlementManagement/accessPackages',
    query: { $top: '1' },
  },
  { permission: 'AuditLog.Read.All', path: '/v1.0/auditLogs/directoryAudits', query: { $top: '1' } },
]
