import { z } from 'zod'
import type { Directory } from '../../workflow/ports/directory.ts'
import type { KindInTenant } from '../../workflow/ports/engine.ts'
import { id } from '../wire/values.ts'
import { groupsOf } from '../directory/people.ts'
import { quoted, type Reader } from '../wire/graph-reader.ts'

const path = '/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances'

/** One item of the list above: who may activate membership (`member`) or ownership (`owner`) of a group now. */
const Instance = z.object({ groupId: id, principalId: id, accessId: z.string() })

/** PIM for Groups, application permission PrivilegedEligibilitySchedule.Read.AzureADGroup. */
export function pimGroups(reader: Reader, { groupNamed }: Pick<Directory, 'groupNamed'>): KindInTenant {
  // Graph lists nothing without one of these two filters.
  const eligibilities = (by: 'principalId' | 'groupId', value: string) =>
    reader.all('reading who may join a group', path, { $filter: `${by} eq ${quoted(value)}` }, Instance)

  return {
    portal: () => 'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadgroup',

    async lets({ id: person }, entry) {
      if (entry.kind !== 'group') throw new TypeError(`a ${entry.kind} is no group`)
      const { group: name, access } = entry.target
      const [own, group] = await Promise.all([eligibilities('principalId', person), groupNamed(name)])
      if (group === undefined) return false
      const grantsIt = (each: z.infer<typeof Instance>) => each.groupId === group && each.accessId === access
      if (own.some(grantsIt)) return true
      // Asked for the group as a whole: people are in hundreds of groups, and few of those are eligible for anything.
      const [all, groups] = await Promise.all([eligibilities('groupId', group), groupsOf(reader, person)])
      return all.some((each) => grantsIt(each) && groups.has(each.principalId))
    },
  }
}
