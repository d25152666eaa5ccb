import { checkReader } from './auth.ts'
import { assignedTo, ofPrincipal } from './call.ts'
import type { ArmCall, ArmHandler } from './call.ts'
import { conditionOf, expanded, idAt, principalType, roleDefinitionId } from './wire.ts'
import { holdsScope } from '../state/azure-scopes.ts'
import { personBy } from '../state/people-and-groups.ts'
import { currentAssignments, currentEligibilities, listAssignments, reaches } from '../pim/reads.ts'
import type { Assignment, Eligibility } from '../state/pim.ts'
import { ofService, resourceBy } from '../state/pim-resources.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

type Held = Eligibility | Assignment

/**
 * Which of these a call lists: what is at, above or below its scope, of everybody or as the filter says.
 * @throws {Refusal} 400 for a filter that is none of those served, 403 for reading others without the right.
 */
function listed<Each extends Held>(call: ArmCall, type: string, held: readonly Each[]): Each[] {
  const { tenant, caller, scope, filter } = call
  const near = held.filter((each) => {
    const at = resourceBy(tenant, each.resource).scope
    return scope === '' || holdsScope(at, scope) || holdsScope(scope, at)
  })
  if (filter === 'asTarget()' && caller.kind === 'delegated') {
    // Asked at a place, what is inherited from above is not listed as one's own: tenant wide it is.
    const own = near.filter(({ principalId }) => reaches(tenant, principalId, caller.person))
    return own.filter(({ resource }) => scope === '' || holdsScope(scope, resourceBy(tenant, resource).scope))
  }
  checkReader(tenant, caller, scope, `Microsoft.Authorization/${type}/read`)
  return near.filter(filterOf(tenant, scope, filter))
}

function filterOf(tenant: EmulatedTenant, scope: string, filter: string | null): (each: Held) => boolean {
  if (filter === null) return () => true
  if (filter === 'atScope()') return ({ resource }) => holdsScope(resourceBy(tenant, resource).scope, scope)
  const byPrincipal = ofPrincipal.exec(filter)?.[1]?.toLowerCase()
  if (byPrincipal !== undefined) return ({ principalId }) => principalId === byPrincipal
  const user = assignedTo.exec(filter)?.[1]
  if (user === undefined) throw new Refusal(400, 'BadRequest', `Invalid filter clause: ${filter}`)
  const person = personBy(tenant, user)
  // What comes to the user through a group is theirs too, with the group as its principal.
  return ({ principalId }) => person !== undefined && reaches(tenant, principalId, person)
}

function common({ tenant, scope: asked }: ArmCall, held: Held) {
  const resource = resourceBy(tenant, held.resource)
  const inherited = asked !== '' && resource.scope.toLowerCase() !== asked.toLowerCase()
  const type = principalType(tenant, held.principalId)
  return {
    scope: resource.scope,
    roleDefinitionId: roleDefinitionId(resource),
    principalId: held.principalId,
    principalType: type,
    status: 'Provisioned',
    startDateTime: held.startsAt.toISOString(),
    endDateTime: held.endsAt?.toISOString() ?? null,
    memberType: inherited ? 'Inherited' : type === 'Group' ? 'Group' : 'Direct',
    createdOn: held.startsAt.toISOString(),
    ...conditionOf(held.condition),
    expandedProperties: expanded(tenant, resource, held.principalId),
  }
}

function entity({ tenant }: ArmCall, type: string, held: Held, properties: object) {
  const { scope } = resourceBy(tenant, held.resource)
  return { id: idAt(tenant, scope, type, held.id), name: held.id, type: `Microsoft.Authorization/${type}`, properties }
}

const eligible = (call: ArmCall, type: string) => {
  const { tenant } = call
  const found = listed(call, type, azureOf(tenant, currentEligibilities(tenant)))
  const value = found.map((each) => {
    const { scope } = resourceBy(tenant, each.resource)
    const schedule = idAt(tenant, scope, 'roleEligibilitySchedules', each.id)
    return entity(call, type, each, { ...common(call, each), roleEligibilityScheduleId: schedule })
  })
  return { status: 200, body: { value } }
}

function assignment(call: ArmCall, type: string, each: Assignment) {
  const { tenant } = call
  const { scope } = resourceBy(tenant, each.resource)
  return entity(call, type, each, {
    ...common(call, each),
    assignmentType: each.type,
    linkedRoleEligibilityScheduleId: each.activatedUsing,
    // A schedule names the request that made it, an instance its schedule.
    ...(type === 'roleAssignmentSchedules'
      ? { roleAssignmentScheduleRequestId: idAt(tenant, scope, 'roleAssignmentScheduleRequests', each.id) }
      : {
          originRoleAssignmentId: null,
          roleAssignmentScheduleId: idAt(tenant, scope, 'roleAssignmentSchedules', each.id),
        }),
  })
}

function assigned(call: ArmCall, type: string, from: readonly Assignment[]) {
  return { status: 200, body: { value: listed(call, type, from).map((each) => assignment(call, type, each)) } }
}

/** GET …/roleAssignmentSchedules/{name}: of whom one may read it, or one's own. */
function oneSchedule(call: ArmCall, name: string) {
  const { tenant, caller, scope } = call
  const found = azureOf(tenant, tenant.assignments).find(({ id }) => id === name)
  const own = found !== undefined && caller.kind === 'delegated' && reaches(tenant, found.principalId, caller.person)
  if (!own) checkReader(tenant, caller, scope, 'Microsoft.Authorization/roleAssignmentSchedules/read')
  if (found === undefined) throw new Refusal(404, 'RoleAssignmentScheduleNotFound', `No schedule is called ${name}.`)
  return { status: 200, body: assignment(call, 'roleAssignmentSchedules', found) }
}

const azureOf = <Each extends Held>(tenant: EmulatedTenant, held: readonly Each[]): Each[] =>
  ofService(tenant, 'azureResources', held)

/** GET …/roleAssignments, 2022-04-01: the plain list beside PIM's, which an activation shows in too. */
function plain(call: ArmCall) {
  const { tenant } = call
  const found = listed(call, 'roleAssignments', azureOf(tenant, currentAssignments(tenant)))
  const value = found.map((each) =>
    entity(call, 'roleAssignments', each, {
      scope: resourceBy(tenant, each.resource).scope,
      roleDefinitionId: roleDefinitionId(resourceBy(tenant, each.resource)),
      principalId: each.principalId,
      principalType: principalType(tenant, each.principalId),
      ...conditionOf(each.condition),
    }),
  )
  return { status: 200, body: { value } }
}

export const scheduleHandlers: Readonly<Record<string, ArmHandler>> = {
  'GET roleEligibilityScheduleInstances': (call) => eligible(call, 'roleEligibilityScheduleInstances'),
  'GET roleEligibilitySchedules': (call) => eligible(call, 'roleEligibilitySchedules'),
  'GET roleAssignmentScheduleInstances': (call) =>
    assigned(
      call,
      'roleAssignmentScheduleInstances',
      listAssignments(call.tenant, azureOf(call.tenant, call.tenant.assignments)),
    ),
  'GET roleAssignmentSchedules': (call) =>
    call.names[0] === undefined
      ? assigned(call, 'roleAssignmentSchedules', azureOf(call.tenant, call.tenant.assignments))
      : oneSchedule(call, call.names[0]),
  'GET roleAssignments': plain,
}
