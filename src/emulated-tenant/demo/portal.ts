import { z } from 'zod'
import type { Person } from '../state/people-and-groups.ts'
import { durationMs } from '../iso-duration.ts'
import { decide } from '../pim/approvals.ts'
import { cancelRequest, fileRequest } from '../pim/requests.ts'
import { settle } from '../pim/settle.ts'
import { eligibilityId, settingsOf } from '../pim/resources-from-seed.ts'
import type { Action, Actor, Ask, Resource } from '../state/pim.ts'
import { Deed } from './portal-deeds.ts'
import { onboard } from '../state/pim-resources.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

export type PortalAnswer = { ok: true; value: unknown } | { ok: false; status: number; message: string }

/** Does in the Azure portal what people do outside the bot: PIM's rules hold, an administrator's changes just happen. */
export function portal(tenant: EmulatedTenant, body: unknown): PortalAnswer {
  const deed = Deed.safeParse(body)
  if (!deed.success) return { ok: false, status: 400, message: z.prettifyError(deed.error) }
  try {
    settle(tenant)
    return { ok: true, value: perform(tenant, deed.data) }
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return { ok: false, status: cause.status, message: `${cause.code}: ${cause.message}` }
  }
}

function perform(tenant: EmulatedTenant, deed: Deed): unknown {
  switch (deed.do) {
    case 'activate':
    case 'file': {
      const { id, status } = fileRequest(tenant, actorIn(tenant, deed.as), askFor(tenant, deed.as, deed))
      return { id, status }
    }
    case 'cancel': {
      const { id, status } = cancelRequest(tenant, actorIn(tenant, deed.as), deed.request)
      return { id, status }
    }
    case 'approve':
    case 'deny': {
      const decision = {
        result: deed.do === 'approve' ? ('Approve' as const) : ('Deny' as const),
        justification: deed.reason,
      }
      const { id, status } = decide(tenant, actorIn(tenant, deed.as), deed.request, decision)
      return { id, status }
    }
    case 'alterRequest': {
      const found = tenant.requests.find(({ id }) => id === deed.request)
      if (found === undefined) throw new Refusal(404, 'ResourceNotFound', 'The request is not found.')
      found.ask = altered(tenant, found.ask, deed)
      return changed(tenant, deed, { request: deed.request })
    }
    case 'deactivate':
      return end(tenant, deed.as, 'selfDeactivate', deed.as, deed.entitlement)
    case 'remove':
      return end(tenant, deed.as, 'adminRemove', deed.person, deed.entitlement)
    case 'addEligibility': {
      const { objectId: principalId } = named(tenant, deed.person)
      const { key: resource } = called(tenant, deed.entitlement)
      if (tenant.eligibilities.some((each) => each.principalId === principalId && each.resource === resource))
        throw new Refusal(409, 'RoleAssignmentExists', `${deed.person} is eligible for ${deed.entitlement} already.`)
      const id = eligibilityId(resource, principalId)
      tenant.eligibilities.push({ id, resource, principalId, startsAt: tenant.now(), endsAt: null })
      onboard(tenant, resource)
      return changed(tenant, deed, { person: deed.person, entitlement: deed.entitlement })
    }
    case 'removeEligibility': {
      const { objectId } = named(tenant, deed.person)
      const role = called(tenant, deed.entitlement)
      const found = tenant.eligibilities.findIndex(
        (each) => each.principalId === objectId && each.resource === role.key,
      )
      if (found < 0) throw new Refusal(404, 'NotFound', `${deed.person} is not eligible for ${deed.entitlement}.`)
      tenant.eligibilities.splice(found, 1)
      return changed(tenant, deed, { person: deed.person, entitlement: deed.entitlement })
    }
    case 'setPolicy': {
      const role = called(tenant, deed.entitlement)
      role.activation = { ...role.activation, ...newSettings(tenant, role, deed) }
      onboard(tenant, role.key)
      return changed(tenant, deed, { entitlement: deed.entitlement, activation: role.activation })
    }
    case 'setMembers': {
      const group = tenant.groups.get(deed.group)
      if (group === undefined) throw new Refusal(404, 'NotFound', `There is no group ${deed.group}.`)
      group.members = deed.members.map((id) => named(tenant, id).id)
      return changed(tenant, deed, { group: deed.group, members: deed.members })
    }
    case 'disableUser':
      named(tenant, deed.person).accountEnabled = false
      return changed(tenant, deed, { person: deed.person })
    case 'deleteUser':
      erase(tenant, named(tenant, deed.person))
      return changed(tenant, deed, { person: deed.person })
    case 'changeManager':
      named(tenant, deed.person).managerId = deed.manager === null ? null : named(tenant, deed.manager).id
      return changed(tenant, deed, { person: deed.person, manager: deed.manager })
    case 'editAccount':
      throw new Refusal(501, 'NotImplemented', 'Azure accounts cannot be edited yet: Resource Manager is not emulated.')
    default:
      return deed satisfies never
  }
}

/** The portal signs people in as strongly as is asked for. */
function actorIn(tenant: EmulatedTenant, personId: string): Actor {
  const { objectId, accountEnabled } = named(tenant, personId)
  if (!accountEnabled) throw new Refusal(401, 'AADSTS50057', 'The user account is disabled.')
  const contexts = tenant.seed.authenticationContexts.map(({ id }) => id)
  return { who: personId, byToken: 'portal', objectId, mfa: true, contexts }
}

function named(tenant: EmulatedTenant, personId: string): Person {
  const found = tenant.people.get(personId)
  if (found === undefined) throw new Refusal(404, 'NotFound', `There is nobody called ${personId}.`)
  return found
}

/** A directory role, a group (`… (owner)` for owning it), or an Azure role `on` a place, by the tenant's own name. */
function called(tenant: EmulatedTenant, name: string): Resource {
  const found = [...tenant.resources.values()].find((each) => each.name === name)
  if (found === undefined) throw new Refusal(404, 'NotFound', `PIM guards nothing called ${name}.`)
  return found
}

type Filing = {
  entitlement: string
  duration: string
  justification: string
  ticket?: string | undefined
  start?: string | undefined
  customData?: string | undefined
}

function askFor(tenant: EmulatedTenant, personId: string, filing: Filing): Ask {
  const ms = durationMs(filing.duration) ?? 0
  return {
    ...bareAsk(tenant, 'selfActivate', personId, filing.entitlement),
    schedule: {
      startsAt: filing.start === undefined ? null : new Date(filing.start),
      expiration: { kind: 'after', duration: filing.duration, ms },
    },
    justification: filing.justification,
    ticket: filing.ticket === undefined ? null : { ticketNumber: filing.ticket, ticketSystem: 'portal' },
    customData: filing.customData ?? null,
  }
}

function altered(tenant: EmulatedTenant, ask: Ask, deed: Extract<Deed, { do: 'alterRequest' }>): Ask {
  const { person, entitlement, scope, duration, justification, ticket } = deed
  const startsAt = ask.schedule?.startsAt ?? null
  return {
    ...ask,
    ...(person === undefined ? {} : { principalId: named(tenant, person).objectId }),
    ...(entitlement === undefined ? {} : aimOf(called(tenant, entitlement))),
    ...(scope === undefined ? {} : { scope }),
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket: { ticketNumber: ticket, ticketSystem: 'portal' } }),
    ...(duration === undefined
      ? {}
      : { schedule: { startsAt, expiration: { kind: 'after', duration, ms: durationMs(duration) ?? 0 } } }),
  }
}

function bareAsk(tenant: EmulatedTenant, action: Action, personId: string, name: string): Ask {
  return {
    action,
    principalId: named(tenant, personId).objectId,
    ...aimOf(called(tenant, name)),
    schedule: null,
    justification: null,
    ticket: null,
    validationOnly: false,
    customData: null,
  }
}

const aimOf = ({ key: resource, scope }: Resource) => ({ resource, scope })

function end(
  tenant: EmulatedTenant,
  by: string,
  action: 'selfDeactivate' | 'adminRemove',
  personId: string,
  name: string,
) {
  const { id, status } = fileRequest(tenant, actorIn(tenant, by), bareAsk(tenant, action, personId, name))
  return { id, status }
}

function newSettings(tenant: EmulatedTenant, role: Resource, deed: Extract<Deed, { do: 'setPolicy' }>) {
  const { maximumDuration, enabledRules, authenticationContext, approval } = deed
  const { approvers } = settingsOf(
    { maximumDuration: role.activation.maximumDuration, enabledRules: [], approval: approval ?? 'none' },
    tenant,
  )
  return {
    ...(maximumDuration === undefined ? {} : { maximumDuration }),
    ...(enabledRules === undefined ? {} : { enabledRules }),
    ...(authenticationContext === undefined ? {} : { authenticationContext }),
    ...(approval === undefined ? {} : { approvers }),
  }
}

/** A deleted account leaves groups, eligibilities and assignments with it. */
function erase(tenant: EmulatedTenant, gone: Person) {
  tenant.people.delete(gone.id)
  for (const group of tenant.groups.values()) {
    group.members = group.members.filter((id) => id !== gone.id)
    group.owners = group.owners.filter((id) => id !== gone.id)
    group.activated.members.delete(gone.id)
    group.activated.owners.delete(gone.id)
  }
  for (const other of tenant.people.values()) if (other.managerId === gone.id) other.managerId = null
  for (const held of [tenant.eligibilities, tenant.assignments]) {
    const kept = held.filter(({ principalId }) => principalId !== gone.objectId)
    // Both lists hold what they held before, so their element types fit.
    held.splice(0, held.length, ...(kept as never[]))
  }
}

/** Records an administrator's change that no other function records. */
function changed(tenant: EmulatedTenant, deed: Deed, detail: Readonly<Record<string, unknown>>): null {
  tenant.record({ who: deed.as ?? 'administrator', byToken: 'portal', operation: deed.do, detail })
  return null
}
