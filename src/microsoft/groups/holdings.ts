import { GroupId, type PersonId } from '../../people.ts'
import type { Engine, Held, Holder } from '../../workflow/ports/engine.ts'
import type { Directory } from '../../workflow/ports/directory.ts'
import { groupsOf } from '../directory/people.ts'
import { heldBy, heldIn, holdersIn, listedBoth } from '../pim/holdings.ts'
import type { Reader } from '../wire/graph-reader.ts'
import { groupLists } from './lists.ts'
import { asGroup } from './target.ts'

const doing = 'reading who may join groups'

/** Groups by those who are in them, own them, or could. */
export function groupHoldings(
  reader: Reader,
  { membersOf }: Pick<Directory, 'membersOf'>,
): Pick<Engine, 'holdings' | 'holders'> {
  const listed = holdersIn(reader, groupLists, { membersOf }, doing)
  return {
    /**
     * Any group may be made eligible for another one, and people are in hundreds: what comes through a group is told of
     * the named ones, each asked for as a whole.
     */
    async holdings(person, named) {
      const wanted = [...new Set(named.map((target) => asGroup(target).group))]
      const [own, through] = await Promise.all([
        heldBy(reader, groupLists, doing, person, null),
        wanted.length === 0 ? [] : heldThroughGroups(reader, person, wanted),
      ])
      return [...own, ...through]
    },

    /** Of a group that PIM has not taken in it lists nobody: its members are there all the same. */
    async holders(asked) {
      const target = asGroup(asked)
      if (target.access === 'owner') return listed.holders(target)
      const [found, members] = await Promise.all([listed.holders(target), membersOf(target.group)])
      const known = new Set(found.filter(({ as }) => as !== 'eligible').map(({ person }) => person))
      const others = members.filter(({ id }) => !known.has(id))
      return [...found, ...others.map(({ id, name }): Holder => ({ ...memberFor(target), name, person: id }))]
    },
  }
}

const memberFor = (target: Held['target']): Held => ({ target, as: 'assigned', through: null, from: null, until: null })

async function heldThroughGroups(reader: Reader, person: PersonId, wanted: readonly GroupId[]) {
  const of = (group: GroupId) =>
    listedBoth(reader, groupLists, doing, { $filter: groupLists.filter({ thing: group }), $expand: 'principal' })
  const [groups, ...found] = await Promise.all([groupsOf(reader, person), ...wanted.map(of)])
  return found
    .flat()
    .filter(({ principal }) => groups.has(principal))
    .flatMap((each) => heldIn(each, each.holder?.name ?? each.principal))
}
