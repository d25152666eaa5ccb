import type { PersonId } from '../../people.ts'
import type { Directory } from './directory.ts'
import type { Kinds, Service } from './engine.ts'

/** The tenant, read with the bot's own read-only identity, and acted on with one person's token at a time. */
export interface Tenant extends Directory {
  readonly kinds: Kinds
  /**
   * Whether the person holds a role right now whose token could grant anything with this service: then no token is used
   * for them. Throws when that cannot be read in full.
   */
  holdsGrantingRole(person: PersonId, service: Service): Promise<boolean>
}
