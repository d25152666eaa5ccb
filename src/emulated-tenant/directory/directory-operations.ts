import { z } from 'zod'
import {
  groupBy,
  groupsIn,
  membersOf,
  nestedGroups,
  ownersOf,
  personBy,
  principalBy,
  transitiveGroups,
  transitiveMembers,
} from '../state/people-and-groups.ts'
import type { Group, Person, Principal } from '../state/people-and-groups.ts'
import { denied, key, list, notFound, one, personCalling } from '../graph/call.ts'
import type { GraphCall, GraphHandler } from '../graph/call.ts'
import type { EntityType } from '../graph/odata-query.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const userType: EntityType<Person> = {
  name: 'microsoft.graph.user',
  properties: (person) => ({
    businessPhones: [],
    displayName: person.displayName,
    givenName: person.displayName.split(' ')[0] ?? null,
    jobTitle: person.title,
    mail: person.mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: person.locale,
    surname: person.displayName.split(' ').slice(1).join(' ') || null,
    userPrincipalName: person.userPrincipalName,
    id: person.objectId,
    accountEnabled: person.accountEnabled,
    userType: person.userType,
  }),
  onSelect: ['accountEnabled', 'userType'],
  filterable: {
    userPrincipalName: ['eq', 'startswith'],
    displayName: ['eq', 'startswith'],
    mail: ['eq', 'startswith'],
    id: ['eq'],
    accountEnabled: ['eq'],
    userType: ['eq'],
  },
}

const groupType: EntityType<Group> = {
  name: 'microsoft.graph.group',
  properties: ({ name, objectId, isAssignableToRole }) => ({
    id: objectId,
    displayName: name,
    description: null,
    isAssignableToRole,
    mailEnabled: false,
    mailNickname: name,
    securityEnabled: true,
    groupTypes: [],
    visibility: 'Private',
  }),
  filterable: { displayName: ['eq', 'startswith'], id: ['eq'], isAssignableToRole: ['eq'] },
}

const objectType: EntityType<Principal> = {
  name: 'microsoft.graph.directoryObject',
  properties: (principal) =>
    principal.kind === 'user'
      ? { '@odata.type': '#microsoft.graph.user', ...userType.properties(principal.person) }
      : { '@odata.type': '#microsoft.graph.group', ...groupType.properties(principal.group) },
  onSelect: ['accountEnabled', 'userType'],
  derived: [
    'accountEnabled',
    'userType',
    'userPrincipalName',
    'mail',
    'jobTitle',
    'givenName',
    'surname',
    'isAssignableToRole',
    'securityEnabled',
    'mailEnabled',
  ],
}

const asUser = (person: Person): Principal => ({ kind: 'user', person })
const asGroup = (group: Group): Principal => ({ kind: 'group', group })

/** With `User.Read` alone a person's token reaches nobody but themself. */
function userOf(call: GraphCall, beyondSelf: readonly string[]): Person {
  const { tenant, caller } = call
  const person = personBy(tenant, key(call))
  const reachesOthers = caller.kind === 'app' || caller.permissions.some((each) => beyondSelf.includes(each))
  if (!reachesOthers && caller.kind === 'delegated' && person !== caller.person) throw denied()
  if (person === undefined) throw notFound(key(call))
  return person
}

const everybody = ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All']
const everyMembership = ['User.Read.All', 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All']

function managerOf(call: GraphCall, person: Person) {
  const manager = person.managerId === null ? undefined : call.tenant.people.get(person.managerId)
  if (manager === undefined)
    throw new Refusal(
      404,
      'Request_ResourceNotFound',
      "Resource 'manager' does not exist or one of its queried reference-property objects are not present.",
    )
  return one(call, objectType, asUser(manager))
}

function mailboxOf(person: Person) {
  // Which status a missing mailbox gives is not settled; the code is the one widely seen.
  if (person.mailboxTimeZone === null)
    throw new Refusal(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    )
  const body = {
    '@odata.context': '$metadata#mailboxSettings',
    timeZone: person.mailboxTimeZone,
    language: { locale: person.locale, displayName: person.locale },
    timeFormat: 'HH:mm',
    dateFormat: 'yyyy-MM-dd',
    userPurpose: 'user',
  }
  return { status: 200, body }
}

function groupOf(call: GraphCall): Group {
  const group = groupBy(call.tenant, key(call))
  if (group === undefined) throw notFound(key(call))
  return group
}

const peopleNamed = (tenant: EmulatedTenant, ids: readonly string[]): Person[] =>
  ids.flatMap((id) => tenant.people.get(id) ?? [])

const GroupIds = z.object({ groupIds: z.array(z.string()).min(1).max(20) })

export const directoryOperations: Readonly<Record<string, GraphHandler>> = {
  'GET /users': (call) => list(call, userType, [...call.tenant.people.values()]),
  'GET /users/{user-id}': (call) => one(call, userType, userOf(call, everybody)),
  'GET /users/{user-id}/manager': (call) => managerOf(call, userOf(call, everybody)),
  'GET /users/{user-id}/mailboxSettings': (call) => mailboxOf(userOf(call, [])),
  'GET /users/{user-id}/transitiveMemberOf': (call) =>
    list(call, objectType, transitiveGroups(call.tenant, userOf(call, everyMembership)).map(asGroup)),
  'POST /users/{user-id}/checkMemberGroups': (call) => {
    const asked = GroupIds.safeParse(call.body)
    if (!asked.success) throw new Refusal(400, 'Request_BadRequest', 'groupIds must hold 1 to 20 ids.')
    const inside = transitiveGroups(call.tenant, userOf(call, everyMembership)).map(({ objectId }) => objectId)
    return { status: 200, body: { value: asked.data.groupIds.filter((id) => inside.includes(id)) } }
  },
  'GET /me': (call) => one(call, userType, personCalling(call).person),
  'GET /me/manager': (call) => managerOf(call, personCalling(call).person),
  'GET /me/mailboxSettings': (call) => mailboxOf(personCalling(call).person),
  'GET /me/transitiveMemberOf': (call) =>
    list(call, objectType, transitiveGroups(call.tenant, personCalling(call).person).map(asGroup)),
  'GET /groups': (call) => list(call, groupType, [...call.tenant.groups.values()]),
  'GET /groups/{group-id}': (call) => one(call, groupType, groupOf(call)),
  'GET /groups/{group-id}/members': (call) => {
    const group = groupOf(call)
    const nested = groupsIn(group).flatMap((name) => call.tenant.groups.get(name) ?? [])
    return list(call, objectType, [...peopleNamed(call.tenant, membersOf(group)).map(asUser), ...nested.map(asGroup)])
  },
  'GET /groups/{group-id}/transitiveMembers': (call) => {
    const group = groupOf(call)
    const nested = [...nestedGroups(call.tenant, group)].filter((each) => each !== group)
    return list(call, objectType, [...transitiveMembers(call.tenant, group).map(asUser), ...nested.map(asGroup)])
  },
  'GET /groups/{group-id}/owners': (call) =>
    list(call, objectType, peopleNamed(call.tenant, ownersOf(groupOf(call))).map(asUser)),
}

/** A principal as `$expand=principal` shows it. */
export function expandedPrincipal(tenant: EmulatedTenant, objectId: string, select: readonly string[] | null) {
  const principal = principalBy(tenant, objectId)
  if (principal === undefined) return null
  const full = objectType.properties(principal)
  if (select === null) return full
  return Object.fromEntries(Object.entries(full).filter(([name]) => select.includes(name) || name.startsWith('@')))
}

/** A group as `$expand=group` shows it. */
export function expandedGroup(tenant: EmulatedTenant, objectId: string) {
  const group = groupBy(tenant, objectId)
  return group === undefined ? null : groupType.properties(group)
}
