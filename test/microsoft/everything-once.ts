import { z } from 'zod'
import { GroupId } from '../../src/people.ts'
import { minutes } from '../../src/time.ts'
import { entryOf, nowhere, resourcesOf } from './entries.ts'
import {
  aiAdministrator,
  type Arrived,
  azureScope,
  filing,
  type openTenantEdge,
  securityReader,
  startsAt,
} from './tenant-edge.ts'

/** Known by the catalogue's own id, or the person's token is taken elsewhere: these read nothing with the bot's identity. */
const aside = new Set(['targetFor', 'links', 'onBehalfOf'])

const Batch = z.object({
  requests: z.array(z.object({ method: z.string(), url: z.string(), body: z.unknown().optional() })),
})

/** The published documents leave `$batch` out; what counts is what is in it. */
export function partsOf(request: Arrived): readonly Arrived[] {
  const { pathname } = request.url
  if (!pathname.endsWith('/$batch')) return [request]
  return Batch.parse(request.body).requests.map(({ method, url, body }) => ({
    ...request,
    method,
    url: new URL(`${pathname.slice(0, -'/$batch'.length)}${url}`, request.url),
    body,
  }))
}

/** Calls each function of the edge, by the way of one activation from its filing to its end. */
export async function everythingOnce(edge: Awaited<ReturnType<typeof openTenantEdge>>) {
  const { emulated, id, hand, person } = edge
  const called = watched(edge.tenant)
  const engine = watched(edge.roles)
  const [tenant, roles] = [called.watched, engine.watched]
  const [maya, priya] = [await hand('maya.okafor'), await hand('priya.raman')]
  const [someGroup] = [...emulated.groups.values()]
  await tenant.person(maya.person)
  await tenant.personNamed('tom.whitfield_halden.example#EXT#@contoso.example')
  await tenant.peopleCalled('Maya')
  await tenant.managerOf(maya.person)
  await tenant.managerOfNamed('maya.okafor@contoso.example')
  await tenant.groupNamed(someGroup?.name ?? '')
  await tenant.membersOf(GroupId.parse(emulated.groups.get('grp-ai-security-approvers')?.objectId))
  await tenant.groupsOf(maya.person)
  await tenant.holdsGrantingRole(maya.person, 'graph')
  await roles.eligibility(id('sam.rivera'), securityReader)
  await roles.rules(aiAdministrator)
  await roles.nameOf(aiAdministrator)
  const workspace = entryOf({ kind: 'accessPackage', target: { package: 'Contractor AI Workspace' } })
  await tenant.kinds.accessPackage.lets(await person('aiko.tanaka'), workspace, nowhere)
  const target = { role: 'A role', roleId: crypto.randomUUID(), resource: 'it' }
  const azureRole = entryOf({ kind: 'azureRole', target })
  await tenant.kinds.azureRole.lets(await person('maya.okafor'), azureRole, resourcesOf(azureScope('sandbox')))
  const withdrawn = await maya.file(filing(maya.person, { ticket: 'CHG-7' }))
  if (withdrawn.came === 'done') await maya.cancel(withdrawn.value.id)
  const filed = await maya.file(filing(maya.person))
  if (filed.came !== 'done') throw new Error(JSON.stringify(filed))
  await maya.own(aiAdministrator)
  await priya.toDecide()
  await priya.approval(filed.value.id)
  await priya.decide(filed.value.id, 'approve', 'yes')
  const wanted = [{ person: maya.person, target: aiAdministrator }]
  await roles.active(maya.person, aiAdministrator)
  await roles.activeOf(wanted)
  await roles.standingOf(wanted)
  await roles.holdings(maya.person, [aiAdministrator])
  await roles.holders(aiAdministrator)
  await roles.askers(aiAdministrator)
  await roles.outcomes(startsAt)
  emulated.moveClock({ advanceMs: minutes(6) })
  await maya.deactivate(filing(maya.person))
  await groupsOnce(edge)
  const left = [...called.left, ...[...engine.left].filter((name) => !aside.has(name))]
  if (left.length > 0) throw new Error(`left out: ${left.join(', ')}`)
}

/** The same for a group. */
async function groupsOnce(edge: Awaited<ReturnType<typeof openTenantEdge>>) {
  const { emulated, groupHand, group } = edge
  const engine = watched(edge.groups)
  const groups = engine.watched
  const target = group('grp-ai-model-router-admins')
  const [maya, priya] = [await groupHand('maya.okafor'), await groupHand('priya.raman')]
  await groups.nameOf(target)
  await groups.eligibility(priya.person, target)
  await groups.askers(target)
  await groups.rules(target)
  await groups.holdings(maya.person, [target])
  await groups.holders(target)
  await groups.outcomes(startsAt)
  const withdrawn = await maya.file(filing(maya.person, { target, ticket: 'CHG-7' }))
  if (withdrawn.came === 'done') await maya.cancel(withdrawn.value.id)
  const filed = await maya.file(filing(maya.person, { target }))
  if (filed.came !== 'done') throw new Error(JSON.stringify(filed))
  await maya.own(target)
  await priya.toDecide()
  await priya.approval(filed.value.id)
  await priya.decide(filed.value.id, 'approve', 'yes')
  const wanted = [{ person: maya.person, target }]
  await groups.active(maya.person, target)
  await groups.activeOf(wanted)
  await groups.standingOf(wanted)
  emulated.moveClock({ advanceMs: minutes(6) })
  await maya.deactivate(filing(maya.person, { target }))
  const left = [...engine.left].filter((name) => !aside.has(name))
  if (left.length > 0) throw new Error(`left out of groups: ${left.join(', ')}`)
}

/** @returns the same, and the names of what has not been used of it yet */
function watched<Part extends object>(part: Part): { readonly watched: Part; readonly left: ReadonlySet<string> } {
  const left = new Set(Object.keys(part))
  const get = (target: Part, name: string | symbol, receiver: unknown): unknown => {
    left.delete(String(name))
    return Reflect.get(target, name, receiver)
  }
  return { watched: new Proxy(part, { get }), left }
}
