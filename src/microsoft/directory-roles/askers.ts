import { z } from 'zod'
import type { Directory } from '../../workflow/ports/directory.ts'
import type { Engine } from '../../workflow/ports/engine.ts'
import { peopleBehind } from '../directory/people-behind.ts'
import { quoted, type Reader } from '../wire/graph-reader.ts'
import { id } from '../wire/values.ts'
import { directory, inScope } from './eligibility.ts'
import { asRole } from './target.ts'

const Eligible = z.object({ principalId: id, directoryScopeId: z.string().nullish() })

/** Everybody whom PIM lists as eligible for a role. */
export const askers = (reader: Reader, people: Pick<Directory, 'person' | 'membersOf'>): Pick<Engine, 'askers'> => ({
  async askers(asked) {
    const target = asRole(asked)
    const query = { $filter: `roleDefinitionId eq ${quoted(target.role)}` }
    const path = `${directory}/roleEligibilityScheduleInstances`
    const all = await reader.all('reading who is eligible', path, query, Eligible)
    return peopleBehind(
      people,
      all.filter(inScope(target)).map((each) => each.principalId),
    )
  },
})
