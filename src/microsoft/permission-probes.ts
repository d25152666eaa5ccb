import { asRole } from './directory-roles/target.ts'
import { z } from 'zod'
import { GroupId, PersonId } from '../people.ts'
import type { Target } from '../entitlement/kinds/kinds.ts'
import { openArm } from './wire/arm-reader.ts'
import { eligibilities } from './azure-roles/eligibility.ts'
import { GraphError } from './wire/graph-error.ts'
import type { GraphOptions } from './sign-in/options.ts'
import { people } from './directory/people.ts'
import { applicationPermissions } from './permissions.ts'
import { openReader, quoted } from './wire/graph-reader.ts'
import { appToken } from './sign-in/token.ts'
import { type Throttles, throttles } from './wire/throttle.ts'

/** What only an examination of the tenant reads; with the bot's own identity, as everything it reads by itself. */
export interface Examination {
  /** Throws when Entra gives the bot's own identity no token for Graph. */
  signIn(): Promise<void>
  /** Permissions without which Graph refuses their probe, and what the bot cannot tell so; other failures throw. */
  permissionsMissing(): Promise<
    readonly { readonly permission: string; readonly tells: string; readonly detail: string }[]
  >
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
      for (const { name, tells, probe } of applicationPermissions) {
        try {
          await reader.one(`trying ${name}`, probe.path, probe.query, Anything)
        } catch (error) {
          if (!(error instanceof GraphError) || error.status !== 403) throw error
          missing.push({ permission: name, tells, detail: error.message })
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
