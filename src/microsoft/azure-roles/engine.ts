import { z } from 'zod'
import type { Directory } from '../../workflow/ports/directory.ts'
import type { Engine } from '../../workflow/ports/engine.ts'
import type { Broker } from '../on-behalf-of/broker.ts'
import { type Approving, approvalsOf } from '../pim/approvals.ts'
import type { AuditLog } from '../pim/audit.ts'
import type { ArmReader } from '../wire/arm-reader.ts'
import type { Reader } from '../wire/graph-reader.ts'
import { Instant } from '../wire/values.ts'
import { paths } from './allowed-calls.ts'
import { links } from './links.ts'
import { azureReads } from './reads.ts'
import { azureRequests } from './requests.ts'
import { scopeIn } from './target.ts'

/** One stage of an approval, api-version 2021-01-01-preview, as the other services write theirs. */
const Stage = z
  .object({
    name: z.string(),
    properties: z.object({
      assignedToMe: z.boolean().nullish(),
      status: z.string().nullish(),
      reviewResult: z.string().nullish(),
      reviewedBy: z.object({ principalId: z.string().nullish() }).nullish(),
      reviewedDateTime: Instant.nullish(),
    }),
  })
  .transform(({ name, properties: { reviewedBy, ...stage } }) => ({
    ...stage,
    id: name,
    reviewedBy: { id: reviewedBy?.principalId ?? null },
  }))

const query = { 'api-version': '2021-01-01-preview' }

/** A decision goes wrapped: so the contract's own example and the sample of the REST documentation have it. */
const approving: Approving = {
  steps: (approval) => ({ service: 'arm', method: 'GET', path: paths.stages(approval), query }),
  stepsIn: z.object({ value: z.array(Stage) }).transform(({ value }) => value),
  cast: (approval, stage, decision) => ({
    service: 'arm',
    method: 'PATCH',
    path: paths.stage(approval, stage),
    query,
    body: { properties: decision },
  }),
}

/** Privileged Identity Management for Azure resources, over Azure Resource Manager. */
export function azureRoleEngine(
  arm: ArmReader,
  graph: Reader,
  directory: Pick<Directory, 'membersOf'>,
  broker: Broker,
  audit: AuditLog,
): Engine {
  return {
    async targetFor({ kind, target }, { resources }) {
      if (kind !== 'azureRole') throw new TypeError(`a ${kind} is no Azure role`)
      const scope = resources.get(target.resource)?.id
      return scope === undefined ? undefined : { kind, role: target.roleId.toLowerCase(), scope: scopeIn(scope) }
    },
    ...azureReads(arm, graph, directory),
    ...audit({ category: 'ResourceManagement', about: 'Other' }),
    links,
    onBehalfOf(person, proof) {
      const send = broker(person, proof)
      return { person, ...azureRequests(person, send), ...approvalsOf(send, approving) }
    },
  }
}
