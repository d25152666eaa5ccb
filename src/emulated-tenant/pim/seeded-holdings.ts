import { running } from './reads.ts'
import { windowOf } from './roles-from-seed.ts'
import type { Holding } from '../seed/parts.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

export type SeededHolding = { principalId: string; startsAt: Date; endsAt: Date | null }

/** Of the people and groups that the seed gives something, those who have it now: whoever is gone has nothing. */
export const holdingNow = (tenant: EmulatedTenant, holdings: readonly Holding[]): SeededHolding[] =>
  holdings
    .flatMap((holding) => {
      const held = 'user' in holding ? tenant.people.get(holding.user) : tenant.groups.get(holding.group)
      return held === undefined ? [] : [{ principalId: held.objectId, ...windowOf(holding, tenant.startedAt) }]
    })
    .filter((each) => running(each, tenant.now()))
