import { GroupId, PersonId } from '../../people.ts'
import type { Directory } from '../../workflow/ports/directory.ts'

/**
 * The people that these ids stand for, each once.
 * @param principals ids of people and groups, of which a service does not say which is which
 */
export async function peopleBehind(
  { person, membersOf }: Pick<Directory, 'person' | 'membersOf'>,
  principals: readonly string[],
): Promise<readonly PersonId[]> {
  const found = new Set<PersonId>()
  for (const id of new Set(principals)) {
    const someone = await person(PersonId.parse(id))
    const each = someone === undefined ? await membersOf(GroupId.parse(id)) : [someone]
    for (const one of each) found.add(one.id)
  }
  return [...found]
}
