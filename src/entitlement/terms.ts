import type { GroupId, PersonId } from '../people.ts'
import { type Duration, milliseconds } from '../time.ts'
import type { Entitlement } from './entitlement.ts'
import { factsOf } from './kinds/kinds.ts'

/** Whom Entra itself asks before an activation. */
export type EntraApproval =
  | { readonly asks: 'nobody' }
  /** `people` and `groups` as named; both empty means that Privileged Role and Global Administrators decide. */
  | { readonly asks: 'approvers'; readonly people: readonly PersonId[]; readonly groups: readonly GroupId[] }

/** The tenant's own rules for activating something, as read from its role management policy. */
export interface TenantRules {
  readonly longest: Duration
  readonly justification: boolean
  readonly ticket: boolean
  readonly multiFactor: boolean
  /** Authentication context such as `c1` that the token must carry. */
  readonly authenticationContext?: string
  readonly approval: EntraApproval
  /** Demands that Entra makes and nobody here knows: it enforces them itself. */
  readonly unknown?: readonly string[]
}

/** What a request is granted under: the catalogue met with the tenant's rules, the stricter of the two each time. */
export interface Terms {
  readonly usual: Duration
  readonly longest: Duration
  /** The least that the service grants. */
  readonly shortest: Duration
  readonly justification: 'required' | 'optional'
  readonly ticket: 'required' | 'optional'
  readonly stepUp: { readonly request?: string; readonly approve?: string }
  readonly multiFactor: boolean
}

export function meetTerms(entitlement: Entitlement, rules: TenantRules): Terms {
  const longest = milliseconds(Math.min(entitlement.duration.longest, rules.longest))
  const context = rules.authenticationContext ?? entitlement.stepUp.request
  return {
    usual: milliseconds(Math.min(entitlement.duration.usual, longest)),
    longest,
    shortest: factsOf(entitlement).shortest,
    justification: rules.justification ? 'required' : entitlement.justification,
    ticket: rules.ticket ? 'required' : entitlement.ticket,
    stepUp: {
      ...(context === undefined ? {} : { request: context }),
      ...(entitlement.stepUp.approve === undefined ? {} : { approve: entitlement.stepUp.approve }),
    },
    multiFactor: rules.multiFactor,
  }
}

/** Which of the frozen and today's terms holds: the stricter, for every later step of a request. */
export function stricterTerms(frozen: Terms, now: Terms): Terms {
  const longest = milliseconds(Math.min(frozen.longest, now.longest))
  const required = (field: 'justification' | 'ticket') =>
    frozen[field] === 'required' || now[field] === 'required' ? 'required' : 'optional'
  return {
    usual: milliseconds(Math.min(frozen.usual, now.usual, longest)),
    longest,
    shortest: milliseconds(Math.max(frozen.shortest, now.shortest)),
    justification: required('justification'),
    ticket: required('ticket'),
    stepUp: { ...frozen.stepUp, ...now.stepUp },
    multiFactor: frozen.multiFactor || now.multiFactor,
  }
}
