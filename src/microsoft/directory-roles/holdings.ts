import { z } from 'zod'
import { GroupId, PersonId } from '../../people.ts'
import type { Engine, Held, Holder } from '../../workflow/ports/engine.ts'
import type { Tenant } from '../../workflow/ports/tenant.ts'
import { directory, inScope } from './eligibility.ts'
import { id, Instant } from '../wire/values.ts'
import { asRole } from './target.ts'
import { quoted, type Reader } from '../wire/graph-reader.ts'

const doing = 'reading who holds directory roles'
const eligible = `${directory}/roleEligibilityScheduleInstances`
const active = `${directory}/roleAssignmentScheduleInstances`

/** One item of either list. `assignmentType` stands on assignments alone: `Assigned` or `Activated`. */
const Instance = z.object({
  principalId: id,
  roleDefinitionId: id,
  directoryScopeId: z.string().nullish(),
  startDateTime: Instant.nullish(),
  endDateTime: Instant.nullish(),
  assignmentType: z.string().nullish(),
})
type Instance = z.infer<typeof Instance>

/** The same with `$expand=principal`; null for one that has left the directory. */
const WithPrincipal = Instance.extend({
  principal: z.looseObject({ '@odata.type': z.string().nullish(), displayName: z.string().nullish() }).nullish(),
})
type WithPrincipal = z.infer<typeof WithPrincipal>

const Membership = z.object({
  id: GroupId,
  displayName: z.string(),
  isAssignableToRole: z.boolean().nullish(),
})

/**
 * Directory roles by their holders, read with RoleEligibilitySchedule.Read.Directory and
 * RoleAssignmentSchedule.Read.Directory. Only role-assignable groups can be given a role, and people are in few of
 * those, so each is asked for by itself.
 */
export function roleHoldings(
  reader: Reader,
  { membersOf }: Pick<Tenant, 'membersOf'>,
): Pick<Engine, 'holdings' | 'holders'> {
  const heldBy = async (principal: string, through: string | null): Promise<readonly Held[]> => {
    const query = { $filter: `principalId eq ${quoted(principal)}` }
    const lists = await Promise.all([eligible, active].map((path) => reader.all(doing, path, query, Instance)))
    return lists.flat().map((wire) => heldRole(wire, through))
  }
  return {
    async holdings(person) {
      const ofGroups = async () => {
        const groups = await roleGroupsOf(reader, person)
        return (await Promise.all(groups.map(({ id, displayName }) => heldBy(id, displayName)))).flat()
      }
      return (await Promise.all([heldBy(person, null), ofGroups()])).flat()
    },

    async holders(asked) {
      const target = asRole(asked)
      const query = { $filter: `roleDefinitionId eq ${quoted(target.role)}`, $expand: 'principal' }
      const lists = await Promise.all([active, eligible].map((path) => reader.all(doing, path, query, WithPrincipal)))
      const found = lists.flat().filter(inScope(target))
      return (await Promise.all(found.map(holdersIn))).flat()
    },
  }

  async function holdersIn(wire: WithPrincipal): Promise<readonly Holder[]> {
    const name = wire.principal?.displayName ?? wire.principalId
    const type = wire.principal?.['@odata.type']
    if (type === '#microsoft.graph.group') {
      const held = heldRole(wire, name)
      const members = await membersOf(GroupId.parse(wire.principalId))
      return members.map((member) => ({ ...held, name: member.name, person: member.id }))
    }
    const person = type === '#microsoft.graph.user' ? PersonId.parse(wire.principalId) : null
    return [{ ...heldRole(wire, null), name, person }]
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

const heldRole = (wire: Instance, through: string | null): Held => ({
  // Held inside one application it has no scope in the directory.
  target: { kind: 'directoryRole', role: wire.roleDefinitionId, scope: wire.directoryScopeId ?? '' },
  as: asOf(wire.assignmentType ?? null),
  through,
  from: wire.startDateTime ?? null,
  until: wire.endDateTime ?? null,
})

const asOf = (assignmentType: string | null): Held['as'] => {
  if (assignmentType === null) return 'eligible'
  return assignmentType === 'Activated' ? 'activated' : 'assigned'
}
