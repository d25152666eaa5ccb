import type { PersonId } from '../../people.ts'
import type { Target } from '../../entitlement/kinds/kinds.ts'

// Who holds what of Entra's directory roles, as the tenant lists it now: for answers, never for deciding.

/** One thing that a person or group holds or could activate. */
export interface Held {
  readonly target: Target
  /** Switched on for a while; held without being switched on; or may be switched on. */
  readonly as: 'activated' | 'assigned' | 'eligible'
  /** Name of the group that they hold it through, null where it is their own. */
  readonly through: string | null
  readonly from: Date | null
  /** Null where it has no end. */
  readonly until: Date | null
}

/** Somebody who holds or could activate a role. */
export interface Holder extends Held {
  readonly name: string
  /** Null for what is no person: an application, or something that has left the directory. */
  readonly person: PersonId | null
}

/** App-only reads; each throws when the tenant does not answer. */
export interface Holdings {
  /** Every directory role of a person, in the catalogue or not, also through groups. */
  holdings(person: PersonId): Promise<readonly Held[]>
  /** Everybody who holds a role or could activate it, the members of groups one by one. */
  holders(target: Target): Promise<readonly Holder[]>
  /** The groups a person is in, nested ones included. */
  groupsOf(person: PersonId): Promise<ReadonlySet<string>>
}
