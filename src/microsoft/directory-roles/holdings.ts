import { z } from 'zod'
import { GroupId, type PersonId } from '../../people.ts'
import type { Engine } from '../../workflow/ports/engine.ts'
import type { Directory } from '../../workflow/ports/directory.ts'
import { heldBy, holdersIn } from '../pim/holdings.ts'
import type { Reader } from '../wire/graph-reader.ts'
import { roleLists } from './lists.ts'

const doing = 'reading who holds directory roles'

const Membership = z.object({
  id: GroupId,
  displayName: z.string(),
  isAssignableToRole: z.boolean().nullish(),
})

/**
 * Directory roles by their holders. Only role-assignable groups can be given a role, and people are in few of those, so
 * each is asked for by itself.
 */
export function roleHoldings(
  reader: Reader,
  directory: Pick<Directory, 'membersOf'>,
): Pick<Engine, 'holdings' | 'holders'> {
  return {
    async holdings(person) {
      const ofGroups = async () => {
        const groups = await roleGroupsOf(reader, person)
        const each = groups.map(({ id, displayName }) => heldBy(reader, roleLists, doing, id, displayName))
        return (await Promise.all(each)).flat()
      }
      return (await Promise.all([heldBy(reader, roleLists, doing, person, null), ofGroups()])).flat()
    },
    ...holdersIn(reader, roleLists, directory, doing),
  }
}

async function roleGroupsOf(reader: Reader, person: PersonId): Promise<readonly z.infer<typeof Membership>[]> {
  const path = `/v1.0/users/${person}/transitiveMemberOf`
  const select = { $select: 'id,displayName,isAssignableToRole' }
  const found = await reader.all("reading a person's groups", path, select, MemberOf)
  return found.flatMap((each) => {
    if (each['@odata.type'] !== '#microsoft.graph.group') return []
    const group = Membership.parse(each)
    return group.isAssignableToRole === true ? [group] : []
  })
}

/** Directory roles and administrative units are listed among the groups. */
const MemberOf = z.looseObject({ '@odata.type': z.string() })
