import type { PersonId } from '../people.ts'
import type { Result } from '../result.ts'
import type { RequestEvent } from './events.ts'
import { failedCall } from './failed-call.ts'
import type { NativeRequest } from './native.ts'
import { grantedAlready, notReceived, observeDecision } from './observe.ts'
import { observeFiling } from './observe-filing.ts'
import type { PersonCall } from './person-call.ts'
import type { Refusal } from './refusal.ts'
import { type AccessRequest, openStage } from './request.ts'

// What the answer to a person's call means for the request that it was made for.

/** What is written down, and what the person is told where it did not do what they wanted. */
export interface Came {
  readonly events: readonly RequestEvent[]
  readonly refusal?: Refusal
}

/** Codes that say there is one already: ours only if the request found is ours. */
const thereIsOne = new Set(['PendingRoleAssignmentRequest', 'RoleAssignmentExists', 'RoleAssignmentRequestExists'])

/** Whether only the person's own requests can tell if a refused filing is ours after all. */
export const mayBeOurs = (filed: PersonCall<unknown>): boolean => filed.came === 'refused' && thereIsOne.has(filed.code)

/** Ours among a person's requests, and what is to be said of those that only carry our id. */
export interface Found {
  readonly ours: NativeRequest | undefined
  readonly deviations: readonly RequestEvent[]
}

/** @param found what was looked up where there is one already; a failed look-up where that could not be read */
export function cameOfFiling(
  request: AccessRequest,
  filed: PersonCall<NativeRequest>,
  at: Date,
  found?: Result<Found, unknown>,
): Came {
  if (filed.came === 'done') return { events: observeFiling(request, filed.value, at, 'answer') }
  if (filed.came === 'unknown') return { events: [{ type: 'FilingUnknown', at, detail: filed.detail }] }
  // Whether it is ours could not be read: then nobody knows, and the next look settles it.
  if (found?.ok === false) {
    return { events: [{ type: 'FilingUnknown', at, detail: filed.came === 'refused' ? filed.code : filed.came }] }
  }
  const { ours, deviations = [] } = found?.value ?? {}
  if (ours !== undefined) return { events: [...observeFiling(request, ours, at, 'look-up'), ...deviations] }
  const { refusal, said } = cameToNothing(filed)
  // What never got to the service can be sent again from the same card; what it judged is over.
  const event: RequestEvent =
    said && filed.came === 'refused'
      ? { type: 'FilingRefused', at, code: filed.code, message: filed.message }
      : { type: 'FilingNotFound', at, by: request.submission.requester }
  return { events: [event, ...deviations], refusal }
}

/** @param granted whether the service has been seen to have granted it meanwhile */
export const cameOfWithdrawal = (call: PersonCall<unknown>, at: Date, granted = false): Came =>
  cameOf(call, at, 'withdrawal', {
    done: { type: 'WithdrawalObserved', at, source: 'answer' },
    refused: (setback) => ({
      type: 'WithdrawalRefused',
      ...setback,
      ...(granted ? { code: grantedAlready } : {}),
    }),
    unknown: (detail) => ({ type: 'WithdrawalUnknown', at, detail }),
  })

export const cameOfEnd = (call: PersonCall<unknown>, at: Date): Came =>
  cameOf(call, at, 'end', {
    done: { type: 'EndAccepted', at, source: 'answer' },
    refused: (setback) => ({ type: 'EndRefused', ...setback }),
    unknown: (detail) => ({ type: 'EndUnknown', at, detail }),
  })

/** @param by whose call it was */
export function cameOfDecision(
  request: AccessRequest,
  call: PersonCall<unknown>,
  { by, verdict, at }: { readonly by: PersonId; readonly verdict: 'approve' | 'deny'; readonly at: Date },
): Came {
  if (call.came === 'done') return { events: observeDecision(request, at, { verdict, by }, 'answer') }
  if (call.came === 'unknown') {
    const refusal: Refusal = { kind: 'in-doubt', about: 'decision' }
    return { events: [{ type: 'DecisionUnknown', at, by, detail: call.detail }], refusal }
  }
  const { refusal } = cameToNothing(call)
  return { events: released(request, by, refusal, at), refusal }
}

/** The reservation given back, with why; nothing where it is not theirs, or the stage is over. */
export function released(request: AccessRequest, by: PersonId, refusal: Refusal, at: Date): readonly RequestEvent[] {
  if (openStage(request) === undefined || request.reservation?.by !== by) return []
  const code = refusal.kind === 'entra-refused' ? refusal.code : refusal.kind
  return [{ type: 'DecisionRefused', at, by, code, message: '' }]
}

/** A setback that the service knows nothing of. */
export const neverSent = (at: Date) => ({ at, code: notReceived, message: '' })

function cameOf(
  call: PersonCall<unknown>,
  at: Date,
  about: 'withdrawal' | 'end',
  events: {
    readonly done: RequestEvent
    readonly refused: (setback: { readonly at: Date; readonly code: string; readonly message: string }) => RequestEvent
    readonly unknown: (detail: string) => RequestEvent
  },
): Came {
  if (call.came === 'done') return { events: [events.done] }
  if (call.came === 'unknown') return { events: [events.unknown(call.detail)], refusal: { kind: 'in-doubt', about } }
  const { refusal, said } = cameToNothing(call)
  const setback = said && call.came === 'refused' ? { at, code: call.code, message: call.message } : neverSent(at)
  return { events: [events.refused(setback)], refusal }
}

function cameToNothing(call: PersonCall<unknown>) {
  const nothing = failedCall(call)
  if (nothing === undefined) throw new Error('a call that did something came to nothing')
  return nothing
}
