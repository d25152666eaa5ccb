import { z } from 'zod'

/** A person's Entra object id. The only thing a right is ever tied to: names, addresses and card data are not identity. */
export const PersonId = z.uuid().toLowerCase().brand<'PersonId'>()
export type PersonId = z.infer<typeof PersonId>

/** An Entra group's object id. */
export const GroupId = z.uuid().toLowerCase().brand<'GroupId'>()
export type GroupId = z.infer<typeof GroupId>

/** A person as the tenant's directory shows them at the moment of the look-up. */
export interface Person {
  readonly id: PersonId
  readonly name: string
  readonly title: string | null
  readonly userPrincipalName: string
  readonly guest: boolean
  readonly enabled: boolean
}
