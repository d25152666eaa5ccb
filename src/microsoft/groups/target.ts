import type { Target, TargetOf } from '../../entitlement/kinds/kinds.ts'

export type GroupTarget = TargetOf<'group'>

/** @throws {TypeError} for a target of another kind: nobody here knows what to ask about it. */
export function asGroup(target: Target): GroupTarget {
  if (target.kind !== 'group') throw new TypeError(`a ${target.kind} is no group`)
  return target
}
