import type { Target, TargetOf } from '../../entitlement/kinds/kinds.ts'
import type { PersonId } from '../../people.ts'

export type RoleTarget = TargetOf<'directoryRole'>

/** One person and the role they could hold. */
export interface WantedRole {
  readonly person: PersonId
  readonly target: RoleTarget
}

/** @throws {TypeError} for a target of another kind: nobody here knows what to ask about it. */
export function asRole(target: Target): RoleTarget {
  if (target.kind !== 'directoryRole') throw new TypeError(`a ${target.kind} is no directory role`)
  return target
}

export const asWantedRole = ({
  person,
  target,
}: {
  readonly person: PersonId
  readonly target: Target
}): WantedRole => ({
  person,
  target: asRole(target),
})
