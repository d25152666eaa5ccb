import type { Seed } from '../seed/seed.ts'
import type { Subject } from '../seed/parts.ts'

export type Person = {
  /** The seed's name for them, such as `maya.okafor`. */
  id: string
  objectId: string
  displayName: string
  title: string
  userPrincipalName: string
  mail: string
  userType: 'Member' | 'Guest'
  accountEnabled: boolean
  appInstalled: boolean
  /** IANA name, as the Teams client sends it. */
  timeZone: string
  /** What Graph answers for the mailbox: a Windows name as a rule; null without a mailbox. */
  mailboxTimeZone: string | null
  locale: string
  managerId: string | null
  /** Whether their Teams session carries MFA. */
  mfa: boolean
}

export type Group = {
  name: string
  objectId: string
  isAssignableToRole: boolean
  /** Person ids. */
  owners: string[]
  members: string[]
  /** Names of groups that are members. */
  memberGroups: string[]
  /** Who is in it, or owns it, for a while: through an activation. Ids and names as above. */
  readonly activated: {
    readonly members: Set<string>
    readonly owners: Set<string>
    readonly memberGroups: Set<string>
  }
}

/** Whom a group has now, for good or for a while. */
export const membersOf = ({ members, activated }: Group): string[] => [...new Set([...members, ...activated.members])]
export const ownersOf = ({ owners, activated }: Group): string[] => [...new Set([...owners, ...activated.owners])]
export const groupsIn = ({ memberGroups, activated }: Group): string[] => [
  ...new Set([...memberGroups, ...activated.memberGroups]),
]
const nobody = (): Group['activated'] => ({ members: new Set(), owners: new Set(), memberGroups: new Set() })

export type Principal = { kind: 'user'; person: Person } | { kind: 'group'; group: Group }

type Directory = { readonly people: Map<string, Person>; readonly groups: Map<string, Group> }

export function peopleOf(seed: Seed): Map<string, Person> {
  return new Map(
    seed.people.map(({ manager, userPrincipalName, mail, ...seeded }) => {
      const address = `${seeded.id}@${seed.organisation.domain}`
      const person: Person = {
        ...seeded,
        userPrincipalName: userPrincipalName ?? address,
        mail: mail ?? address,
        managerId: manager,
        mfa: true,
      }
      return [person.id, person]
    }),
  )
}

export function groupsOf(seed: Seed, people: Map<string, Person>): Map<string, Group> {
  const groups = seed.groups.map(({ id, ...group }): Group => ({ ...group, objectId: id, activated: nobody() }))
  // A team is a group in Entra; everybody who has the app is in it.
  const teams = seed.teams.map(({ displayName, groupId }): Group => {
    const members = [...people.values()].filter(({ appInstalled }) => appInstalled).map(({ id }) => id)
    return {
      name: displayName,
      objectId: groupId,
      isAssignableToRole: false,
      owners: [],
      members,
      memberGroups: [],
      activated: nobody(),
    }
  })
  return new Map([...groups, ...teams].map((group) => [group.name, group]))
}

/** By object id or user principal name, as Graph's `/users/{id | userPrincipalName}`. */
export function personBy(tenant: Directory, key: string): Person | undefined {
  const wanted = key.toLowerCase()
  return [...tenant.people.values()].find(
    ({ objectId, userPrincipalName }) => objectId === wanted || userPrincipalName.toLowerCase() === wanted,
  )
}

export function groupBy(tenant: Directory, objectId: string): Group | undefined {
  return [...tenant.groups.values()].find((group) => group.objectId === objectId)
}

export function principalBy(tenant: Directory, objectId: string): Principal | undefined {
  const person = [...tenant.people.values()].find((each) => each.objectId === objectId)
  if (person !== undefined) return { kind: 'user', person }
  const group = groupBy(tenant, objectId)
  return group === undefined ? undefined : { kind: 'group', group }
}

export function objectIdOf(tenant: Directory, subject: Subject): string {
  const found = 'user' in subject ? tenant.people.get(subject.user) : tenant.groups.get(subject.group)
  if (found === undefined) throw new Error(`nobody is called ${JSON.stringify(subject)}`)
  return found.objectId
}

/** The groups inside a group, at any depth, the group itself included. */
export function nestedGroups(tenant: Directory, group: Group, seen: Set<Group> = new Set()): Set<Group> {
  if (seen.has(group)) return seen
  seen.add(group)
  for (const name of groupsIn(group)) {
    const nested = tenant.groups.get(name)
    if (nested !== undefined) nestedGroups(tenant, nested, seen)
  }
  return seen
}

export function transitiveMembers(tenant: Directory, group: Group): Person[] {
  const ids = new Set([...nestedGroups(tenant, group)].flatMap(membersOf))
  return [...ids].flatMap((id) => tenant.people.get(id) ?? [])
}

/** Every group a person is in, directly or through another group. */
export function transitiveGroups(tenant: Directory, person: Person): Group[] {
  return [...tenant.groups.values()].filter((group) =>
    [...nestedGroups(tenant, group)].some((each) => membersOf(each).includes(person.id)),
  )
}

export const isMember = (tenant: Directory, person: Person, group: Group): boolean =>
  transitiveGroups(tenant, person).includes(group)
