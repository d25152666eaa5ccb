import { z } from 'zod'
import type { Target } from '../../entitlement/kinds/kinds.ts'
import type { Directory } from '../../workflow/ports/directory.ts'
import type { Engine } from '../../workflow/ports/engine.ts'
import type { Broker } from '../on-behalf-of/broker.ts'
import { type Approving, approvalsOf, Step } from '../pim/approvals.ts'
import { askersIn } from '../pim/askers.ts'
import { activeIn } from '../pim/assignments.ts'
import type { AuditLog } from '../pim/audit.ts'
import { eligibilityIn } from '../pim/eligibility.ts'
import { standing } from '../pim/may-still-ask.ts'
import { type Requesting, requestsOf } from '../pim/requests.ts'
import { rulesOf } from '../pim/rules.ts'
import { GraphError } from '../wire/graph-error.ts'
import { quoted, type Reader } from '../wire/graph-reader.ts'
import { paths } from './allowed-calls.ts'
import { groupHoldings } from './holdings.ts'
import { links } from './links.ts'
import { GroupAimedAt, groupLists } from './lists.ts'
import { asGroup, type GroupTarget } from './target.ts'

const Group = z.object({ displayName: z.string() })

const requesting: Requesting<GroupTarget> = {
  paths,
  own: asGroup,
  aim: ({ group, access }) => ({ groupId: group, accessId: access }),
  filter: ({ group }) => `groupId eq ${quoted(group)}`,
  target: GroupAimedAt,
}

/** The documentation of a decision writes `steps` where Graph v1.0 has `stages`. */
const approving: Approving = {
  steps: (approval) => ({ service: 'graph', method: 'GET', path: paths.stages(approval) }),
  stepsIn: z.object({ value: z.array(Step) }).transform(({ value }) => value),
  cast: (approval, stage, body) => ({ service: 'graph', method: 'PATCH', path: paths.stage(approval, stage), body }),
}

/** Privileged Identity Management for groups: being a member or an owner for a while. */
export function groupEngine(
  reader: Reader,
  directory: Pick<Directory, 'groupNamed' | 'person' | 'membersOf'>,
  broker: Broker,
  audit: AuditLog,
): Engine {
  const eligible = eligibilityIn(reader, groupLists)
  return {
    async targetFor({ kind, target }): Promise<Target | undefined> {
      if (kind !== 'group') throw new TypeError(`a ${kind} is no group`)
      const group = await directory.groupNamed(target.group).catch(noneOfSeveral)
      return group === undefined ? undefined : { kind, group, access: target.access }
    },
    async nameOf(target) {
      const { group, access } = asGroup(target)
      const select = { $select: 'displayName' }
      const found = await reader.maybe('reading a group', `/v1.0/groups/${group}`, select, Group)
      if (found === undefined) return undefined
      return access === 'owner' ? `${found.displayName} (owner)` : found.displayName
    },
    ...eligible,
    ...askersIn(reader, groupLists, directory),
    rules(target) {
      const { group, access } = asGroup(target)
      return rulesOf(reader, { scopeId: group, scopeType: 'Group', roleDefinitionId: access })
    },
    ...activeIn(reader, groupLists),
    ...standing(reader, groupLists, eligible),
    ...audit({ category: 'GroupManagement', about: 'Group' }),
    ...groupHoldings(reader, directory),
    links,
    onBehalfOf(person, proof) {
      const send = broker(person, proof)
      return { person, ...requestsOf(person, send, requesting), ...approvalsOf(send, approving) }
    },
  }
}

/** A name that several groups have is nobody's: its entry cannot be asked for, and the others can. */
function noneOfSeveral(error: unknown): undefined {
  if (error instanceof GraphError && error.code === 'latchkey-ambiguous') return undefined
  throw error
}
