import type { Target } from '../../entitlement/kinds/kinds.ts'
import { GroupId, PersonId } from '../../people.ts'
import type { Engine, Held, Holder } from '../../workflow/ports/engine.ts'
import type { Directory } from '../../workflow/ports/directory.ts'
import { type Query, quoted, type Reader } from '../wire/graph-reader.ts'
import { isFor } from './eligibility.ts'
import type { Listed, Lists } from './lists.ts'

/** All that a list has of some filter, eligibilities and assignments together. */
export async function listedBoth<Own extends Target>(
  reader: Reader,
  lists: Lists<Own>,
  doing: string,
  query: Query,
): Promise<readonly Listed<Own>[]> {
  const read = (path: string) => reader.all(doing, path, query, lists.item)
  return (await Promise.all([read(lists.active), read(lists.eligible)])).flat()
}

/** What one principal holds or could activate; `through` names the group where it is one. */
export async function heldBy<Own extends Target>(
  reader: Reader,
  lists: Lists<Own>,
  doing: string,
  principal: string,
  through: string | null,
): Promise<readonly Held[]> {
  const found = await listedBoth(reader, lists, doing, { $filter: `principalId eq ${quoted(principal)}` })
  return found.flatMap((listed) => heldIn(listed, through))
}

/** Everybody who holds or could activate something, the members of groups one by one. */
export function holdersIn<Own extends Target>(
  reader: Reader,
  lists: Lists<Own>,
  { membersOf }: Pick<Directory, 'membersOf'>,
  doing: string,
): Pick<Engine, 'holders'> {
  const holdersOf = async (listed: Listed<Own>): Promise<readonly Holder[]> => {
    const [held] = heldIn(listed, null)
    if (held === undefined) return []
    const { principal, holder } = listed
    const name = holder?.name ?? principal
    if (holder?.type === '#microsoft.graph.group') {
      const members = await membersOf(GroupId.parse(principal))
      return members.map((member) => ({ ...held, through: name, name: member.name, person: member.id }))
    }
    return [{ ...held, name, person: holder?.type === '#microsoft.graph.user' ? PersonId.parse(principal) : null }]
  }
  return {
    async holders(asked) {
      const target = lists.own(asked)
      const query = { $filter: lists.filter({ thing: lists.thing(target) }), $expand: 'principal' }
      const found = (await listedBoth(reader, lists, doing, query)).filter(isFor(target))
      return (await Promise.all(found.map(holdersOf))).flat()
    },
  }
}

/** As a row; nothing for what no request here could be about. */
export function heldIn({ target, held, from, until }: Listed<Target>, through: string | null): readonly Held[] {
  return target === undefined ? [] : [{ target, as: held ?? 'eligible', through, from, until }]
}
