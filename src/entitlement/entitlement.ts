import type { AccessPackage } from './kinds/access-package.ts'
import type { AzureRole } from './kinds/azure-role.ts'
import type { DirectoryRole } from './kinds/directory-role.ts'
import type { Group } from './kinds/group.ts'
import type { SandboxException } from './kinds/sandbox-exception.ts'
import type { EntitlementId, GroupName, PersonHandle } from './entry.ts'
import type { Pattern } from './pattern.ts'

// The words of this code, as the field and Microsoft use them:
//
// entitlement    something that can be asked for: one entry of the catalogue. Its kind says which service grants it.
// tenant         one company's Entra directory with its Azure subscriptions; one deployment serves one.
// eligibility    that a person could hold it for a while, if they activate it. Given by an administrator, never by us.
// activation     the requester makes an eligibility an assignment, for a time and with a justification.
// assignment     that a person holds it now. A grant, where it is one that the tenant shows as in force.
// access package a set of rights that Entitlement Management assigns, renews and takes away as one.
// exemption      an exception from an Azure policy; exception: any of those that the executor applies and undoes.
// request        one person's asking for one entitlement, from its submission to its end. A draft is a form before that.
// beneficiary    who would hold it; the requester, unless somebody asks for another person.
// justification  why, in the requester's words. A ticket is a reference to it elsewhere.
// terms          how long, and what must be brought along: the catalogue's met with the tenant's own; the stricter wins.
// stage          one question to some people, of whom so many must say yes; chat: asked by us, native: by the tenant.
// approver       who may decide a stage. Backup: who stands in; the owners' managers come last.
// advisory       a stage in chat that nothing in the tenant enforces.
// drift          how the tenant and the catalogue have come apart.
// step-up        a sign-in that proves more than the session does: a second factor, an authentication context.
// to file        to send a request to the service that grants it, with its requester's own token.
// stands         where a filed request is, in our words; said: the same in the tenant's.

/** Something that can be asked for. */
export type Entitlement = DirectoryRole | Group | AzureRole | AccessPackage | SandboxException

/** A set of people that stages can draw on: the members of one group, nested ones included. */
export interface ApproverSet {
  readonly group: GroupName
}

export interface Catalogue {
  readonly tenant: { readonly name: string; readonly domain: string; readonly id: string }
  /** IANA name, for people whose own time zone is not known. */
  readonly timeZone: string
  readonly entitlements: ReadonlyMap<EntitlementId, Entitlement>
  readonly approvers: ReadonlyMap<string, ApproverSet>
  readonly tickets: { readonly patterns: readonly Pattern[]; readonly url?: string }
  readonly never: { readonly directoryRoles: ReadonlySet<string>; readonly azureRoles: ReadonlySet<string> }
  /** Azure scopes by the names that entries use; `id` begins with `/subscriptions/`. */
  readonly resources: ReadonlyMap<string, { readonly id: string; readonly env: 'prod' | 'sandbox' }>
  readonly signals: ReadonlyMap<string, { readonly label: string; readonly meaning: string }>
  /** SHA-256 over every file's name and bytes, hexadecimal: which catalogue a decision was made under. */
  readonly digest: string
}

/** The user principal name that a handle stands for. */
export const principalName = (catalogue: Pick<Catalogue, 'tenant'>, handle: PersonHandle): string =>
  `${handle}@${catalogue.tenant.domain}`
