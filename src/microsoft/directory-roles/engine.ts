import { z } from 'zod'
import type { Engine } from '../../workflow/ports/engine.ts'
import type { Directory } from '../../workflow/ports/directory.ts'
import type { Broker } from '../on-behalf-of/broker.ts'
import { type Approving, approvalsOf, Step } from '../pim/approvals.ts'
import { askersIn } from '../pim/askers.ts'
import { activeIn } from '../pim/assignments.ts'
import type { AuditLog } from '../pim/audit.ts'
import { eligibilityIn } from '../pim/eligibility.ts'
import { standing } from '../pim/may-still-ask.ts'
import { type Requesting, requestsOf } from '../pim/requests.ts'
import { rulesOf } from '../pim/rules.ts'
import { quoted, type Reader } from '../wire/graph-reader.ts'
import { paths } from './allowed-calls.ts'
import { roleHoldings } from './holdings.ts'
import { links } from './links.ts'
import { directory as roles, RoleAimedAt, roleLists } from './lists.ts'
import { asRole, type RoleTarget } from './target.ts'

/** GET roleDefinitions/{id}; RoleManagement.Read.Directory. */
const RoleDefinition = z.object({ displayName: z.string() })

const requesting: Requesting<RoleTarget> = {
  paths,
  own: asRole,
  aim: ({ role, scope }) => ({ roleDefinitionId: role, directoryScopeId: scope }),
  filter: ({ role }) => `roleDefinitionId eq ${quoted(role)}`,
  target: RoleAimedAt,
}

/** Approvals of directory roles exist in Graph beta alone and are marked as going away. */
const approving: Approving = {
  steps: (approval) => ({ service: 'graph', method: 'GET', path: paths.approval(approval) }),
  stepsIn: z.object({ steps: z.array(Step) }).transform(({ steps }) => steps),
  cast: (approval, step, body) => ({ service: 'graph', method: 'PATCH', path: paths.step(approval, step), body }),
}

/** Privileged Identity Management for Entra roles. */
export function directoryRoleEngine(
  reader: Reader,
  directory: Pick<Directory, 'person' | 'membersOf'>,
  broker: Broker,
  audit: AuditLog,
): Engine {
  const eligible = eligibilityIn(reader, roleLists)
  return {
    async targetFor({ kind, target }) {
      if (kind !== 'directoryRole') throw new TypeError(`a ${kind} is no directory role`)
      return { kind, role: target.templateId, scope: target.scope }
    },
    async nameOf(target) {
      const path = `${roles}/roleDefinitions/${asRole(target).role}`
      return (await reader.maybe('reading a role', path, { $select: 'displayName' }, RoleDefinition))?.displayName
    },
    ...eligible,
    // Settings belong to the role in the whole tenant, whatever the scope of an assignment.
    rules: (target) =>
      rulesOf(reader, { scopeId: '/', scopeType: 'DirectoryRole', roleDefinitionId: asRole(target).role }),
    ...activeIn(reader, roleLists),
    ...standing(reader, roleLists, eligible),
    ...audit({ category: 'RoleManagement', about: 'Role' }),
    ...askersIn(reader, roleLists, directory),
    ...roleHoldings(reader, directory),
    links,
    onBehalfOf(person, proof) {
      const send = broker(person, proof)
      return { person, ...requestsOf(person, send, requesting), ...approvalsOf(send, approving) }
    },
  }
}
