import type { Engine } from '../../workflow/ports/engine.ts'
import type { Directory } from '../../workflow/ports/directory.ts'
import type { Broker } from '../on-behalf-of/broker.ts'
import type { Reader } from '../wire/graph-reader.ts'
import { roleApprovals } from './approvals.ts'
import { askers } from './askers.ts'
import { activeRoles } from './assignments.ts'
import { audit } from './audit.ts'
import { directoryRoles } from './eligibility.ts'
import { roleHoldings } from './holdings.ts'
import { links } from './links.ts'
import { standing } from './may-still-ask.ts'
import { roleRequests } from './requests.ts'

/** Privileged Identity Management for Entra roles. */
export function directoryRoleEngine(
  reader: Reader,
  directory: Pick<Directory, 'person' | 'membersOf'>,
  broker: Broker,
): Engine {
  const roles = directoryRoles(reader)
  return {
    async targetFor({ kind, target }) {
      if (kind !== 'directoryRole') throw new TypeError(`a ${kind} is no directory role`)
      return { kind, role: target.templateId, scope: target.scope }
    },
    ...roles,
    ...activeRoles(reader),
    ...standing(reader, roles),
    ...audit(reader),
    ...askers(reader, directory),
    ...roleHoldings(reader, directory),
    links,
    onBehalfOf(person, proof) {
      const send = broker(person, proof)
      return { person, ...roleRequests(person, send), ...roleApprovals(send) }
    },
  }
}
