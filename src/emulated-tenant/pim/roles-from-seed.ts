import { objectIdOf } from '../state/people-and-groups.ts'
import type { Group, Person } from '../state/people-and-groups.ts'
import { durationMs } from '../iso-duration.ts'
import type { ActivationSettings, DirectoryRole, RoleAssignment, RoleEligibility } from '../state/pim.ts'
import type { Activation, Holding } from '../seed/parts.ts'
import type { Seed } from '../seed/seed.ts'
import { stableGuid } from '../stable-id.ts'

type People = Map<string, Person>
type Groups = Map<string, Group>

export function rolesOf(seed: Seed, people: People, groups: Groups): Map<string, DirectoryRole> {
  return new Map(
    seed.directoryRoles.map(({ role, templateId, activation }) => [
      templateId,
      { id: templateId, displayName: role, activation: settingsOf(activation, people, groups) },
    ]),
  )
}

export function settingsOf(activation: Activation, people: People, groups: Groups): ActivationSettings {
  const { maximumDuration, enabledRules, authenticationContext, approval } = activation
  return {
    maximumDuration,
    enabledRules,
    authenticationContext: authenticationContext ?? null,
    approvers:
      approval === 'none' ? null : approval.approvers.map((subject) => objectIdOf({ people, groups }, subject)),
  }
}

export function eligibilitiesOf(seed: Seed, people: People, groups: Groups, startsAt: Date): RoleEligibility[] {
  return seed.directoryRoles.flatMap(({ templateId, eligible }) =>
    eligible.map((holding) => {
      const principalId = objectIdOf({ people, groups }, holding)
      return {
        id: stableGuid('eligibility', templateId, principalId),
        roleId: templateId,
        principalId,
        ...windowOf(holding, startsAt),
      }
    }),
  )
}

export function assignmentsOf(seed: Seed, people: People, groups: Groups, startsAt: Date): RoleAssignment[] {
  return seed.directoryRoles.flatMap(({ templateId, active }) =>
    active.map((holding) => {
      const principalId = objectIdOf({ people, groups }, holding)
      const window = windowOf(holding, startsAt)
      return {
        id: stableGuid('assignment', templateId, principalId),
        roleId: templateId,
        principalId,
        type: 'Assigned' as const,
        ...window,
        visibleFrom: window.startsAt,
        listings: 0,
        activatedUsing: null,
        createdAt: window.startsAt,
      }
    }),
  )
}

/** Durations counted from the start become instants. */
export function windowOf(holding: Holding, start: Date): { startsAt: Date; endsAt: Date | null } {
  const { startedAgo = 'PT0S', startsIn = 'PT0S', endsIn } = holding
  const after = (duration: string, sign: 1 | -1) => new Date(start.getTime() + sign * (durationMs(duration) ?? 0))
  return {
    startsAt: holding.startsIn === undefined ? after(startedAgo, -1) : after(startsIn, 1),
    endsAt: endsIn === undefined ? null : after(endsIn, 1),
  }
}
