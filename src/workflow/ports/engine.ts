import type { Catalogue, Entitlement } from '../../entitlement/entitlement.ts'
import type { Kind, Target } from '../../entitlement/kinds/kinds.ts'
import type { TenantRules } from '../../entitlement/terms.ts'
import type { GroupId, Person, PersonId } from '../../people.ts'
import type { RequestId } from '../../request/events.ts'
import type { NativeRequest } from '../../request/native.ts'
import type { ToldOutcome } from '../../request/observe-outcome.ts'
import type { Result } from '../../result.ts'
import type { Duration } from '../../time.ts'
import type { Proof } from './incoming.ts'
import type { PersonCall } from '../../request/person-call.ts'
import type { Standing, Unread } from '../../request/since-last-look.ts'

/** A grant that the tenant shows as in force now. */
export interface ActiveInstance {
  readonly id: string
  readonly person: PersonId
  readonly from: Date
  readonly until: Date | null
  /** Entra's id of the request that made it, where the schedule tells. */
  readonly createdBy: string | null
  readonly activated: boolean
}

/** One person and one thing they could hold. */
export interface Wanted {
  readonly person: PersonId
  readonly target: Target
}

export interface Eligibility {
  readonly person: PersonId
  /** Set where the person holds it only through this group. */
  readonly through: GroupId | null
  readonly until: Date | null
}

export interface Filing {
  readonly request: RequestId
  readonly person: PersonId
  readonly target: Target
  readonly duration: Duration
  readonly startsAt: Date
  readonly justification: string
  readonly ticket: string | null
}

export interface NativeDecision {
  readonly verdict: 'approve' | 'deny' | 'none'
  readonly by: PersonId | null
  /** When, by Entra's own clock. */
  readonly at?: Date
}

/** What one person does with their own token: lives for one tap, keeps nothing. */
export interface OnBehalfOf {
  readonly person: PersonId
  file(filing: Filing): Promise<PersonCall<NativeRequest>>
  /** The person's own requests for a target, newest first. */
  own(target: Target): Promise<PersonCall<readonly NativeRequest[]>>
  cancel(nativeRequest: string): Promise<PersonCall<null>>
  deactivate(filing: Pick<Filing, 'request' | 'person' | 'target'>): Promise<PersonCall<NativeRequest>>
  /** Requests that wait for this person's decision. */
  toDecide(): Promise<PersonCall<readonly NativeRequest[]>>
  /** What Entra has recorded on the approval, as this approver sees it. */
  approval(nativeRequest: string): Promise<PersonCall<NativeDecision>>
  decide(nativeRequest: string, verdict: 'approve' | 'deny', justification: string): Promise<PersonCall<null>>
}

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

/** Where people do themselves what cannot be done here. */
export interface Links {
  /** What they could activate. */
  readonly ask: string
  /** What waits for their decision. */
  readonly decide: string
  /** Who holds what, for those who may change it. */
  readonly assignments: string
  /** What was done, by whom. */
  readonly audit: string
}

/**
 * The service that grants one kind of access. App-only reads: each throws when the service does not answer or does not
 * allow it: could-not-evaluate is never taken for "none". "Not there" is undefined or an empty list, and only what the
 * service said so. Every target that it is given is of its own kind.
 */
export interface Engine {
  /** What the service would be asked to grant for an entry of the catalogue; undefined where it knows nothing by its names. */
  targetFor(entry: Entitlement, catalogue: Pick<Catalogue, 'resources'>): Promise<Target | undefined>
  /** The display name that the service has for what is granted; undefined where it knows nothing by that id. */
  nameOf(target: Target): Promise<string | undefined>
  eligibility(person: PersonId, target: Target): Promise<Eligibility | undefined>
  /** Everybody whom the service lets ask for it now, groups opened, each once. */
  askers(target: Target): Promise<readonly PersonId[]>
  /** What the service itself demands, and whom it asks. */
  rules(target: Target): Promise<TenantRules>
  active(person: PersonId, target: Target): Promise<readonly ActiveInstance[]>
  /**
   * The same for many at once in few calls, in the order given, each answered on its own. Never throws for what the
   * service answers. While the service asks for silence nothing is asked of it.
   */
  activeOf(wanted: readonly Wanted[]): Promise<readonly Result<readonly ActiveInstance[], Unread>[]>
  /** Whether each may still ask, in few calls and in the order given. */
  standingOf(wanted: readonly Wanted[]): Promise<readonly Result<Standing, Unread>[]>
  /**
   * What the service's log says became of requests since an instant, oldest first; records come minutes late. Only a few
   * reads may be allowed: where those are used up the log stays unread.
   */
  outcomes(since: Date): Promise<Result<readonly ToldOutcome[], Unread>>
  /**
   * Everything of this kind that a person holds or could activate, in the catalogue or not, also through groups.
   * @param named what the catalogue can grant of it: where a service cannot be asked about a person as a whole, what
   *   they have through others is told of these alone
   */
  holdings(person: PersonId, named: readonly Target[]): Promise<readonly Held[]>
  /** Everybody who holds it or could activate it, the members of groups one by one. */
  holders(target: Target): Promise<readonly Holder[]>
  readonly links: Links
  /** Acts for a person on what they proved; the only way to. */
  onBehalfOf(person: PersonId, proof: Proof): OnBehalfOf
}

/** A kind of access as the tenant has it. */
export interface KindInTenant {
  /**
   * Whether the tenant itself lets somebody ask for an entry: for showing what there is, never for deciding. No is only
   * what the tenant said.
   */
  lets(person: Person, entry: Entitlement, catalogue: Pick<Catalogue, 'resources'>): Promise<boolean>
  /** Where it is asked for without the bot; absent for what only its owners apply. */
  portal?(tenant: Catalogue['tenant']): string
  /** Absent while no version of it can grant anything: its entries are shown with the way to the portal. */
  readonly engine?: Engine
}

/** Who takes a person's token: Microsoft Graph, or Azure Resource Manager. */
export type Service = 'graph' | 'arm'

/** The one dispatch: by the kind of a request's own target, or of an entry. */
export type Kinds = Readonly<Record<Kind, KindInTenant>>
