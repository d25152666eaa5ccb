import type { Target, TargetOf } from '../../entitlement/kinds/kinds.ts'

export type RoleTarget = TargetOf<'directoryRole'>

/** @throws {TypeError} for a target of another kind: nobody here knows what to ask about it. */
export function asRole(target: Target): RoleTarget {
  if (target.kind !== 'directoryRole') throw new TypeError(`a ${target.kind} is no directory role`)
  return target
}
