import type { Target } from '../../entitlement/kinds/kinds.ts'
import type { Directory } from '../../workflow/ports/directory.ts'
import type { Engine } from '../../workflow/ports/engine.ts'
import { peopleBehind } from '../directory/people-behind.ts'
import type { Reader } from '../wire/graph-reader.ts'
import { isFor } from './eligibility.ts'
import type { Lists } from './lists.ts'

/** Everybody whom one of PIM's services at Graph lists as eligible. */
export const askersIn = <Own extends Target>(
  reader: Reader,
  lists: Lists<Own>,
  people: Pick<Directory, 'person' | 'membersOf'>,
): Pick<Engine, 'askers'> => ({
  async askers(asked) {
    const target = lists.own(asked)
    const query = { $filter: lists.filter({ thing: lists.thing(target) }) }
    const all = await reader.all('reading who is eligible', lists.eligible, query, lists.item)
    return peopleBehind(
      people,
      all.filter(isFor(target)).map(({ principal }) => principal),
    )
  },
})
