import { z } from 'zod'
import type { PersonId } from '../../people.ts'
import { groupsOf } from '../directory/people.ts'
import type { ArmReader } from '../wire/arm-reader.ts'
import { type Reader, quoted } from '../wire/graph-reader.ts'
import type { Grants } from './broker.ts'

/** Whoever holds one of these could make any assignment with the scope that self-activation needs. Built-in role ids. */
const directoryRoles = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Privileged Role Administrator': 'e8611ab8-c189-46e8-94e1-60213ab1f814',
} as const

const Holder = z.object({ principalId: z.string().toLowerCase() })

/**
 * An activation is in force before its instance is listed, and for a while reads of instances go back and forth. Its
 * schedule is made with the activation itself; one that begins later counts too.
 */
const lists = ['roleAssignmentScheduleInstances', 'roleAssignmentSchedules'] as const

/**
 * Whether the person holds such a role right now, on any scope, themselves or through a group, or is about to.
 * @throws {GraphError} when that cannot be read in full.
 */
async function inDirectory(reader: Reader, person: PersonId): Promise<boolean> {
  const found = await Promise.all(
    Object.entries(directoryRoles).flatMap(([name, id]) =>
      lists.map((list) => {
        const query = { $filter: `roleDefinitionId eq ${quoted(id)}` }
        return reader.all(`reading who holds ${name}`, `/v1.0/roleManagement/directory/${list}`, query, Holder)
      }),
    ),
  )
  const holders = new Set(found.flat().map(({ principalId }) => principalId))
  if (holders.has(person)) return true
  if (holders.size === 0) return false
  const groups = await groupsOf(reader, person)
  return [...holders].some((holder) => groups.has(holder))
}

/** Whoever holds one of these on a scope could make any assignment there. Ids of built-in Azure roles. */
const azureRoles: ReadonlySet<string> = new Set([
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', // Owner
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', // User Access Administrator
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168', // Role Based Access Control Administrator
])

const Subscription = z.object({ subscriptionId: z.string() })
const Assigned = z.object({ properties: z.object({ roleDefinitionId: z.string().toLowerCase() }) })

/** The plain list, and PIM's schedules, in which an activation shows before it does there. */
const assignments = [
  { list: 'roleAssignments', version: '2022-04-01' },
  { list: 'roleAssignmentSchedules', version: '2020-10-01' },
] as const

/**
 * The same on any subscription that the bot's own identity sees, what is inherited from above and what is held below
 * included. One that it does not see is none that the catalogue could name.
 * @throws {GraphError} when that cannot be read in full.
 */
async function inAzure(arm: ArmReader, person: PersonId): Promise<boolean> {
  const doing = 'reading who may grant Azure roles'
  const subscriptions = await arm.all(doing, '/subscriptions', { 'api-version': '2021-01-01' }, Subscription)
  const found = await Promise.all(
    subscriptions.flatMap(({ subscriptionId }) =>
      assignments.map(({ list, version }) => {
        const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/${list}`
        return arm.all(doing, path, { 'api-version': version, $filter: `assignedTo('${person}')` }, Assigned)
      }),
    ),
  )
  return found.flat().some(({ properties }) => azureRoles.has(properties.roleDefinitionId.split('/').at(-1) ?? ''))
}

/**
 * Whether a person's token could grant anything, by the service that would take it. A Global Administrator can make
 * themself one of Azure with a token for Resource Manager alone, so that the directory is asked for either.
 */
export const grantingRoles = (reader: Reader, arm: ArmReader): Grants => ({
  async holdsGrantingRole(person, service) {
    if (await inDirectory(reader, person)) return true
    return service === 'arm' && inAzure(arm, person)
  },
})
