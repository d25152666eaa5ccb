import { objectIdOf } from '../state/people-and-groups.ts'
import type { Group, Person } from '../state/people-and-groups.ts'
import { scopesOf } from '../state/azure-scopes.ts'
import { durationMs } from '../iso-duration.ts'
import type { ActivationSettings, Assignment, Eligibility, Resource } from '../state/pim.ts'
import { azureKey, groupKey, roleKey } from '../state/pim-resources.ts'
import type { Activation, Holding } from '../seed/parts.ts'
import type { Seed } from '../seed/seed.ts'
import { stableGuid } from '../stable-id.ts'

type Directory = { people: Map<string, Person>; groups: Map<string, Group> }
type Guarded = { resource: Resource; eligible: readonly Holding[]; active: readonly Holding[] }

/** What PIM's settings are where nobody has changed them. */
const untouched: ActivationSettings = {
  maximumDuration: 'PT8H',
  enabledRules: ['MultiFactorAuthentication', 'Justification'],
  authenticationContext: null,
  approvers: null,
}

/** All that PIM guards at the start, with who may activate it and who has it. */
export function guardedBy(seed: Seed, directory: Directory): Guarded[] {
  const roles = seed.directoryRoles.map(({ role: name, templateId: id, activation, eligible, active }): Guarded => {
    const resource: Resource = {
      key: roleKey(id),
      service: 'entraRoles',
      id,
      scope: '/',
      access: null,
      name,
      activation: settingsOf(activation, directory),
      onboarded: true,
    }
    return { resource, eligible, active }
  })
  const scopes = scopesOf({ seed })
  const azure = seed.azure.roles.map(({ role, roleId: id, scope: place, activation, eligible }): Guarded => {
    const scope = scopes.get(place) ?? place
    const resource: Resource = {
      key: azureKey(id, scope),
      service: 'azureResources',
      id,
      scope,
      access: null,
      name: `${role} on ${place}`,
      activation: settingsOf(activation, directory),
      onboarded: true,
    }
    return { resource, eligible, active: [] }
  })
  return [...roles, ...groupsGuarded(seed, directory), ...azure]
}

/** Membership and ownership of every group; of those that the seed leaves alone nothing was ever set. */
function groupsGuarded(seed: Seed, directory: Directory): Guarded[] {
  return [...directory.groups.values()].flatMap((group) =>
    (['member', 'owner'] as const).map((access): Guarded => {
      const seeded = seed.pimGroups.filter((each) => each.group === group.name)
      const own = seeded.find((each) => each.access === access)
      const resource: Resource = {
        key: groupKey(group.objectId, access),
        service: 'entraGroups',
        id: group.objectId,
        scope: group.objectId,
        access,
        name: access === 'member' ? group.name : `${group.name} (owner)`,
        activation: own === undefined ? { ...untouched } : settingsOf(own.activation, directory),
        onboarded: seeded.length > 0,
      }
      return { resource, eligible: own?.eligible ?? [], active: [] }
    }),
  )
}

export function settingsOf(activation: Activation, directory: Directory): ActivationSettings {
  const { maximumDuration, enabledRules, authenticationContext, approval } = activation
  return {
    maximumDuration,
    enabledRules,
    authenticationContext: authenticationContext ?? null,
    approvers: approval === 'none' ? null : approval.approvers.map((subject) => objectIdOf(directory, subject)),
  }
}

export function eligibilitiesOf(guarded: readonly Guarded[], directory: Directory, startsAt: Date): Eligibility[] {
  return guarded.flatMap(({ resource: { key }, eligible }) =>
    eligible.map((holding) => {
      const principalId = objectIdOf(directory, holding)
      return { id: eligibilityId(key, principalId), resource: key, principalId, ...windowOf(holding, startsAt) }
    }),
  )
}

export const eligibilityId = (resource: string, principalId: string) => stableGuid('eligibility', resource, principalId)

export function assignmentsOf(guarded: readonly Guarded[], directory: Directory, startsAt: Date): Assignment[] {
  return guarded.flatMap(({ resource: { key }, active }) =>
    active.map((holding) => {
      const principalId = objectIdOf(directory, holding)
      const window = windowOf(holding, startsAt)
      return {
        id: stableGuid('assignment', key, principalId),
        resource: key,
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
function windowOf(holding: Holding, start: Date): { startsAt: Date; endsAt: Date | null } {
  const { startedAgo = 'PT0S', startsIn = 'PT0S', endsIn } = holding
  const after = (duration: string, sign: 1 | -1) => new Date(start.getTime() + sign * (durationMs(duration) ?? 0))
  return {
    startsAt: holding.startsIn === undefined ? after(startedAgo, -1) : after(startsIn, 1),
    endsAt: endsIn === undefined ? null : after(endsIn, 1),
  }
}
