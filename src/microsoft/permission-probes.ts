import { z } from 'zod'
import { openArm } from './wire/arm-reader.ts'
import { eligible, listAt } from './azure-roles/lists.ts'
import { GraphError } from './wire/graph-error.ts'
import type { GraphOptions } from './sign-in/options.ts'
import { applicationPermissions } from './permissions.ts'
import { openReader } from './wire/graph-reader.ts'
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
}

/** @param services those of the process, where it reads this tenant otherwise too */
export function openExamination(options: GraphOptions, services: Throttles = throttles()): Examination {
  const reader = openReader(options, services)
  const arm = openArm(options, services.arm)
  return {
    signIn: async () => void (await appToken(options)),

    async permissionsMissing() {
      const missing = []
      for (const { name, tells, probe } of applicationPermissions) {
        try {
          await reader.one(`trying ${name}`, probe.path, probe.query, Anything)
        } catch (error) {
          if (!(error instanceof GraphError)) throw error
          // What a probe names need not be there: whoever is told so may read.
          if (error.status === 404) continue
          if (error.status !== 403) throw error
          missing.push({ permission: name, tells, detail: error.message })
        }
      }
      return missing
    },

    async scopeUnread(scope) {
      try {
        await listAt(arm, 'reading who may activate an Azure role', scope, eligible, 'atScope()')
        return undefined
      } catch (error) {
        if (error instanceof GraphError && error.status === 403) return error.message
        throw error
      }
    },
  }
}

const Anything = z.looseObject({})
