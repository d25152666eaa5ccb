import { z } from 'zod'
import { GroupId, type Person, PersonId } from '../../people.ts'
import type { Directory } from '../../workflow/ports/directory.ts'
import { GraphError } from '../wire/graph-error.ts'
import { type Reader, quoted } from '../wire/graph-reader.ts'

const select = 'id,displayName,jobTitle,userPrincipalName,userType,accountEnabled'

/**
 * A user as Graph v1.0 shows one with the properties above. Without User.Read.All Graph answers null for some of them:
 * then nothing is known about the person, and the read fails.
 */
const User = z
  .object({
    id: PersonId,
    displayName: z.string(),
    jobTitle: z.string().nullish(),
    userPrincipalName: z.string(),
    userType: z.string().nullish(),
    accountEnabled: z.boolean(),
  })
  .transform((wire): Person => ({
    id: wire.id,
    name: wire.displayName,
    title: wire.jobTitle ?? null,
    userPrincipalName: wire.userPrincipalName,
    // Accounts older than the property have none; an invited one still shows in its name.
    guest: wire.userType === 'Guest' || (!wire.userType && wire.userPrincipalName.includes('#EXT#')),
    enabled: wire.accountEnabled,
  }))

const Group = z.object({ id: GroupId, displayName: z.string() })

/** A member of a group or a manager: a user, or something else that the directory holds (a device, a contact, an app). */
const DirectoryObject = z.looseObject({ '@odata.type': z.string().nullish() })

/** People and groups of the directory, application permissions User.Read.All and GroupMember.Read.All. */
export function people(reader: Reader): Directory {
  return {
    groupsOf: (person) => groupsOf(reader, person),

    person: (id) => reader.maybe('reading a person', `/v1.0/users/${id}`, { $select: select }, User),

    async personNamed(userPrincipalName) {
      const path = `/v1.0/users/${encodeURIComponent(userPrincipalName)}`
      const found = await reader.maybe('looking a person up by name', path, { $select: select }, User)
      // Graph takes an object id in the same place.
      return found?.userPrincipalName.toLowerCase() === userPrincipalName.toLowerCase() ? found : undefined
    },

    async peopleCalled(beginning) {
      const query = { $filter: `startswith(displayName,${quoted(beginning)})`, $select: select, $top: '5' }
      return (await reader.some('looking people up by name', '/v1.0/users', query, User, 1)).found
    },

    managerOf: (id) => managerOf(reader, id),

    managerOfNamed: (userPrincipalName) => managerOf(reader, encodeURIComponent(userPrincipalName)),

    async groupNamed(name) {
      const query = { $filter: `displayName eq ${quoted(name)}`, $select: 'id,displayName' }
      const found = await reader.all('looking a group up by name', '/v1.0/groups', query, Group)
      const exact = found.filter(({ displayName }) => displayName === name)
      if (exact.length > 1) {
        const message = `${exact.length} groups are called "${name}"`
        throw new GraphError('looking a group up by name', { status: 200, code: 'latchkey-ambiguous', message })
      }
      return exact[0]?.id
    },

    async membersOf(group) {
      const path = `/v1.0/groups/${group}/transitiveMembers`
      const found = await reader.all("reading a group's members", path, { $select: select }, DirectoryObject)
      return found.filter(isUser).map((user) => userOf("reading a group's members", user))
    },
  }
}

/** @param user object id or user principal name: Graph takes both. */
async function managerOf(reader: Reader, user: string): Promise<Person | undefined> {
  // Graph answers 404 both for "has no manager" and for "no such person": neither has one.
  const doing = "reading a person's manager"
  const found = await reader.maybe(doing, `/v1.0/users/${user}/manager`, { $select: select }, DirectoryObject)
  return found !== undefined && isUser(found) ? userOf(doing, found) : undefined
}

/** Ids of the groups a person is in, nested ones included; directory roles and units are left out. */
export async function groupsOf(reader: Reader, person: PersonId): Promise<ReadonlySet<string>> {
  const path = `/v1.0/users/${person}/transitiveMemberOf`
  const found = await reader.all("reading a person's groups", path, { $select: 'id' }, MemberOf)
  return new Set(found.filter((each) => each['@odata.type'] === '#microsoft.graph.group').map(({ id }) => id))
}

const MemberOf = z.object({ '@odata.type': z.string(), id: z.string().toLowerCase() })

type Wire = z.infer<typeof DirectoryObject>

/** A single user is answered without its type where the property could only be one. */
const isUser = (wire: Wire): boolean => (wire['@odata.type'] ?? '#microsoft.graph.user') === '#microsoft.graph.user'

function userOf(doing: string, wire: Wire): Person {
  const read = User.safeParse(wire)
  if (read.success) return read.data
  const message = z.prettifyError(read.error)
  throw new GraphError(doing, { status: 200, code: 'latchkey-unreadable-answer', message }, { cause: read.error })
}
