import type { GroupId, Person, PersonId } from '../../people.ts'

/**
 * People and groups, read with the bot's own identity. Each throws when the tenant does not answer or does not allow it:
 * could-not-evaluate is never taken for "none". "Not there" is undefined or an empty list, and only what Entra said so.
 */
export interface Directory {
  person(id: PersonId): Promise<Person | undefined>
  personNamed(userPrincipalName: string): Promise<Person | undefined>
  /** Whose display name begins with this, the first few. */
  peopleCalled(beginning: string): Promise<readonly Person[]>
  managerOf(id: PersonId): Promise<Person | undefined>
  /** Of whoever has this user principal name: at the same moment as whoever that is. */
  managerOfNamed(userPrincipalName: string): Promise<Person | undefined>
  /** By exact display name; throws when several groups share it. */
  groupNamed(name: string): Promise<GroupId | undefined>
  /** People, nested groups opened, disabled ones included. */
  membersOf(group: GroupId): Promise<readonly Person[]>
  /** The groups a person is in, nested ones included. */
  groupsOf(person: PersonId): Promise<ReadonlySet<string>>
}
