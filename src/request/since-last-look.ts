import type { Result } from '../result.ts'
import { dueByClock } from './due-by-clock.ts'
import type { Gone, RequestEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { observe } from './observe.ts'
import { observeOutcomes, type ToldOutcome } from './observe-outcome.ts'
import type { SeenInstance } from './ours.ts'
import type { AccessRequest } from './request.ts'
import { isPending } from './when-to-look.ts'

/** What could not be read; `retryAfter` in seconds, where the tenant named a wait. Never taken for "none". */
export interface Unread {
  readonly why: string
  readonly retryAfter: number | null
}

/** Whether somebody may still ask for what they asked for; otherwise why not. */
export type Standing = 'may' | 'disabled' | 'deleted' | 'not-eligible'

/** What one look read of the tenant for one request; absent where it was not worth asking. */
export interface Shown {
  readonly instances?: Result<readonly SeenInstance[], Unread>
  readonly standing?: Result<Standing, Unread>
  readonly outcomes: readonly ToldOutcome[]
  /** The log was worth reading and could not be read. */
  readonly untold?: Unread
  /** What names no request, of this person and target since the filing, can be about no other that we know. */
  readonly alone: boolean
}

/**
 * What happened to a request since it was last looked at: first what the tenant shows, so that nobody is reminded of the
 * end of what is over already, then what the time has brought about.
 * @param offered whether the catalogue still has it
 */
export function happenedSince(
  request: AccessRequest,
  at: Date,
  realNow: Date,
  shown: Shown,
  offered: boolean,
): readonly RequestEvent[] {
  let now = request
  const events: RequestEvent[] = []
  const happened = (more: readonly RequestEvent[]): void => {
    events.push(...more)
    now = more.reduce<AccessRequest>((before, event) => evolve(before, event), now)
  }
  const { instances, standing } = shown
  // Who decided comes before what came of it, and a denial told in time before the lapse it looks like.
  happened(observeOutcomes(now, at, shown.outcomes, shown.alone))
  if (instances?.ok === true) happened(observe(now, at, realNow, instances.value))
  const gone = offered ? (standing?.ok === true ? goneBecause[standing.value] : undefined) : 'left-catalogue'
  if (gone !== undefined && isPending(now) && now.doubt?.about !== 'filing') {
    happened([{ type: 'RequestFailed', at, source: 'look-up', said: gone, because: gone }])
  }
  // What could not be seen may be over already, and a call that is under way may still bring its answer.
  const unseen = instances?.ok === false && now.phase.status === 'active'
  const calling = now.doubt?.about === 'filing' && now.doubt.leaseUntil > realNow
  if (!unseen && !calling) happened(dueByClock(now, at))
  return events
}

const goneBecause: Readonly<Record<Standing, Gone | undefined>> = {
  may: undefined,
  disabled: 'requester-disabled',
  deleted: 'requester-deleted',
  'not-eligible': 'requester-not-eligible',
}
