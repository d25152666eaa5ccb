import { durationMs } from '../iso-duration.ts'
import { standing } from './memberships.ts'
import { currentAssignments, currentEligibilities, reaches } from './reads.ts'
import type { Actor, Ask, Eligibility, Resource } from '../state/pim.ts'
import { resourceBy } from '../state/pim-resources.ts'
import { personBy } from '../state/people-and-groups.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { sameHolder, waysOf } from './ways.ts'

const shortest = 5 * 60_000

const tooShort = () =>
  new Refusal(400, 'ActiveDurationTooShort', 'The Active duration is too short. Miniumum Required is 5 minutes.')

/**
 * Holds an activation against what PIM checks, in the order seen from its errors: what exists already, every rule of
 * the policy in one answer, the authentication context last.
 * @throws {Refusal} with PIM's own code and words.
 */
export function checkActivation(tenant: EmulatedTenant, actor: Actor, ask: Ask, resource: Resource): Eligibility {
  const eligibility = eligibilityFor(tenant, ask, resource)
  if (!waysOf(resource).inScope(resource, ask.scope))
    throw new Refusal(400, 'InvalidScope', 'The scope does not equal the scope of the eligibility.')
  const scheduled = tenant.assignments.filter(({ endsAt }) => endsAt === null || endsAt > tenant.now())
  if ([...scheduled, ...standing(tenant, ask.resource)].some((each) => sameHolder(each, ask)))
    throw new Refusal(400, 'RoleAssignmentExists', 'The Role assignment already exists.')
  if (tenant.requests.some((request) => request.status === 'PendingApproval' && sameHolder(request.ask, ask)))
    throw new Refusal(
      400,
      'PendingRoleAssignmentRequest',
      'There is already an existing pending Role assignment request.',
    )
  const asked = requestedMs(tenant, ask)
  if (asked !== null && asked < shortest) throw tooShort()
  if (eligibility === undefined && tenant.switches.missingEligibility === 'RoleAssignmentDoesNotExist')
    throw new Refusal(400, 'RoleAssignmentDoesNotExist', 'The Role assignment does not exist.')
  const failed = failingRules(actor, ask, resource, asked, eligibility)
  if (eligibility === undefined || failed.length > 0)
    throw new Refusal(
      400,
      'RoleAssignmentRequestPolicyValidationFailed',
      `The following policy rules failed: ${JSON.stringify(failed)}`,
    )
  checkContext(tenant, actor, resource)
  return eligibility
}

function failingRules(
  actor: Actor,
  ask: Ask,
  resource: Resource,
  asked: number | null,
  eligibility: Eligibility | undefined,
): string[] {
  const { enabledRules, maximumDuration } = resource.activation
  const rules: [string, boolean][] = [
    ['EligibilityRule', eligibility !== undefined],
    ['ExpirationRule', asked !== null && asked <= (durationMs(maximumDuration) ?? 0)],
    ['JustificationRule', !enabledRules.includes('Justification') || (ask.justification ?? '').trim() !== ''],
    ['TicketingRule', !enabledRules.includes('Ticketing') || (ask.ticket?.ticketNumber ?? '').trim() !== ''],
    ['MfaRule', actor.mfa || !(waysOf(resource).mfaAlways || enabledRules.includes('MultiFactorAuthentication'))],
  ]
  return rules.filter(([, kept]) => !kept).map(([name]) => name)
}

function checkContext(tenant: EmulatedTenant, actor: Actor, resource: Resource) {
  const wanted = resource.activation.authenticationContext
  if (!tenant.switches.authenticationContexts || wanted === null || actor.contexts.includes(wanted)) return
  // PIM writes the space before "value", and puts the challenge into the message instead of a header.
  const claims = encodeURIComponent(`{"access_token":{"acrs":{"essential":true, "value":"${wanted}"}}}`)
  throw new Refusal(400, waysOf(resource).contextCode(tenant), `&claims=${claims}`)
}

/** A person activates from their own eligibility, or, where the tenant allows it, from one of their groups. */
function eligibilityFor(tenant: EmulatedTenant, ask: Ask, asked: Resource): Eligibility | undefined {
  const { reachesDown } = waysOf(asked)
  const fitting = currentEligibilities(tenant).filter((each) => reachesDown(resourceBy(tenant, each.resource), asked))
  const own = fitting.find(({ principalId }) => principalId === ask.principalId)
  const person = personBy(tenant, ask.principalId)
  if (own !== undefined || person === undefined || !tenant.switches.groupEligibilityActivatesForMember) return own
  return fitting.find(({ principalId }) => reaches(tenant, principalId, person))
}

/** Milliseconds the activation would last; null where no end is asked for. */
function requestedMs(tenant: EmulatedTenant, { schedule }: Ask): number | null {
  if (schedule === null || schedule.expiration.kind === 'none') return null
  if (schedule.expiration.kind === 'after') return schedule.expiration.ms
  const start = Math.max(tenant.now().getTime(), schedule.startsAt?.getTime() ?? 0)
  return schedule.expiration.end.getTime() - start
}

/** @throws {Refusal} where nothing is active, or not for five minutes yet. */
export function checkDeactivation(tenant: EmulatedTenant, ask: Ask) {
  const active = currentAssignments(tenant).find((each) => sameHolder(each, ask) && each.type === 'Activated')
  if (active === undefined) throw new Refusal(400, 'RoleAssignmentDoesNotExist', 'The Role assignment does not exist.')
  if (tenant.now().getTime() - active.startsAt.getTime() < shortest) throw tooShort()
  return active
}
