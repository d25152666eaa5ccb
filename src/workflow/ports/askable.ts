import type { Group } from '../../entitlement/entitlement.ts'
import type { Person, PersonId } from '../../people.ts'

/**
 * Whether the tenant itself lets somebody ask for what is no directory role: for showing what there is, never for
 * deciding. App-only reads; each throws when the tenant does not answer, and no is only what the tenant said.
 */
export interface Askable {
  /** By an eligibility in PIM for Groups, their own or that of a group they are in; the group by its exact name. */
  mayJoin(person: PersonId, target: Group['target']): Promise<boolean>
  /** Under one of the policies of the access package of this exact name, for themselves. */
  mayRequest(person: Person, accessPackage: string): Promise<boolean>
  /** By an eligibility of theirs or of a group they are in, on the scope (an ARM id) or above it. */
  mayActivate(person: PersonId, role: { readonly roleId: string; readonly scope: string }): Promise<boolean>
}
