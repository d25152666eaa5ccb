import { sameTarget, type Target } from '../../entitlement/kinds/kinds.ts'
import { GroupId, type PersonId } from '../../people.ts'
import type { Eligibility, Engine } from '../../workflow/ports/engine.ts'
import { groupsOf } from '../directory/people.ts'
import type { Reader } from '../wire/graph-reader.ts'
import type { Listed, Lists } from './lists.ts'

/** Who could activate something now, themselves or through a group, as one of PIM's services at Graph lists it. */
export function eligibilityIn<Own extends Target>(reader: Reader, lists: Lists<Own>): Pick<Engine, 'eligibility'> {
  const eligibilities = async (target: Own, person?: PersonId) => {
    const by = { thing: lists.thing(target), ...(person === undefined ? {} : { person }) }
    const found = await reader.all('reading eligibilities', lists.eligible, { $filter: lists.filter(by) }, lists.item)
    return found.filter(isFor(target))
  }
  return {
    async eligibility(person, asked) {
      const target = lists.own(asked)
      const own = await eligibilities(target, person)
      if (own.length > 0) return longest(own, person, null)
      // The eligibility of a group is listed with the group as its principal. Asked for the thing as a whole, since
      // people are in hundreds of groups and few are eligible for any one thing.
      const [all, groups] = await Promise.all([eligibilities(target), groupsOf(reader, person)])
      const reached = all.find(({ principal }) => groups.has(principal))
      if (reached === undefined) return undefined
      const same = all.filter(({ principal }) => principal === reached.principal)
      return longest(same, person, GroupId.parse(reached.principal))
    },
  }
}

/** A scope is copied verbatim when it is activated, so it is compared verbatim. */
export const isFor =
  (target: Target) =>
  ({ target: listed }: Pick<Listed<Target>, 'target'>): boolean =>
    listed !== undefined && sameTarget(listed, target)

function longest(found: readonly Listed<Target>[], person: PersonId, through: GroupId | null): Eligibility {
  const ends = found.map(({ until }) => until)
  const until = ends.includes(null) ? null : new Date(Math.max(...ends.map((end) => end?.getTime() ?? 0)))
  return { person, through, until }
}
