import { createHash } from 'node:crypto'
import type { Person } from '../state/people-and-groups.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

/** A person or the bot as an activity names them. */
export type ChannelAccount = { id: string; name: string; aadObjectId?: string }

export const botName = 'Latchkey'

/** `29:…`: opaque, stable, one per person and bot. */
export function userIdOf(person: Person): string {
  return `29:1${opaque('user', person.objectId)}`
}

/** `a:…`: the personal conversation of a person with the bot. */
export function personalConversationId(person: Person): string {
  return `a:1${opaque('chat', person.objectId)}`
}

export function accountOf(person: Person): ChannelAccount {
  return { id: userIdOf(person), name: person.displayName, aadObjectId: person.objectId }
}

export function botAccount(botAppId: string): ChannelAccount {
  return { id: `28:${botAppId}`, name: botName }
}

/** Finds a person by `29:…` id or by Entra object id: the connector takes either in personal scope. */
export function personByAccount(tenant: EmulatedTenant, id: string): Person | undefined {
  return [...tenant.people.values()].find((person) => person.objectId === id || userIdOf(person) === id)
}

/** A member as the connector lists them: TeamsChannelAccount. */
export function memberOf(tenant: EmulatedTenant, person: Person) {
  const [givenName = '', ...surname] = person.displayName.split(' ')
  return {
    ...accountOf(person),
    objectId: person.objectId,
    givenName,
    surname: surname.join(' '),
    userPrincipalName: person.userPrincipalName,
    email: person.userPrincipalName,
    tenantId: tenant.seed.organisation.tenantId,
    userRole: person.userType === 'Guest' ? 'guest' : 'user',
  }
}

function opaque(kind: string, objectId: string): string {
  return createHash('sha256').update(`${kind} ${objectId}`).digest('base64url')
}
