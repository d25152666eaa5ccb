import type { RequestEvent } from './events.ts'
import type { NativeRequest } from './native.ts'
import { type AccessRequest, waitingStage } from './request.ts'

/** How an answer came: of the call itself, or of a look afterwards. */
type From = 'answer' | 'look-up'

/** The service's request as it stands, turned into what happened: that it is there, and what became of it since. */
export function observeFiling(
  request: AccessRequest,
  seen: NativeRequest,
  at: Date,
  source: From,
): readonly RequestEvent[] {
  const { id: nativeRequest, stands, said, closesAt, stage } = seen
  const which = stage === undefined ? {} : { nativeStage: stage }
  return [
    { type: 'FilingObserved', at, source, nativeRequest, stands, said, closesAt, ...which },
    ...outcomeIn(request, seen, at, source),
  ]
}

/** What the service's request says of its outcome; nothing while it waits or is being carried out. */
export function outcomeIn(
  request: AccessRequest,
  { stands, said, stage }: Pick<NativeRequest, 'stands' | 'said' | 'stage'>,
  at: Date,
  source: From,
): readonly RequestEvent[] {
  const { reservation } = request
  const denying = reservation?.verdict === 'deny' ? reservation : undefined
  switch (stands) {
    case 'denied':
      return [
        {
          type: 'DecisionObserved',
          at,
          source,
          by: denying?.by ?? null,
          stage: 'waiting' in request.phase ? request.phase.waiting.stage : waitingStage(request.stages, stage),
          verdict: 'deny',
          ...(denying?.comment === undefined ? {} : { comment: denying.comment }),
          confirmed: false,
          inStage: denying !== undefined,
        },
      ]
    case 'cancelled':
      return [{ type: 'WithdrawalObserved', at, source }]
    case 'failed':
      return [{ type: 'RequestFailed', at, source, said }]
    case 'waiting':
    case 'granting':
    case 'scheduled':
    case 'granted':
      return []
    default:
      return stands satisfies never
  }
}
