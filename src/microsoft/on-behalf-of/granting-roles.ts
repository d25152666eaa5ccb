import { z } from 'zod'
import type { PersonId } from '../../people.ts'
import { groupsOf } from '../directory/people.ts'
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

/**
 * Whether a person's token could grant anything, by the service that would take it. Where nothing reads that of a service
 * its answer is a failure: then no token is exchanged for it.
 */
export const grantingRoles = (reader: Reader): Grants => ({
  async holdsGrantingRole(person, service) {
    if (service === 'graph') return inDirectory(reader, person)
    throw new Error('who may grant Azure roles is not read yet')
  },
})
