import type { EventOf, RequestEvent } from './events.ts'
import type { AccessRequest, Decision, Doubt, Filed, Submission } from './request.ts'

/** Folds a request's events, oldest first; undefined for a stream that has none. */
export const fold = (events: readonly RequestEvent[]): AccessRequest | undefined =>
  events.reduce<AccessRequest | undefined>((request, event) => evolve(request, event), undefined)

export const evolve = (request: AccessRequest | undefined, event: RequestEvent): AccessRequest => ({
  ...happened(request, event),
  asOf: event.at,
})

function happened(request: AccessRequest | undefined, event: RequestEvent): AccessRequest {
  if (event.type === 'RequestSubmitted') return submitted(event)
  if (request === undefined) throw new Error(`a request's stream begins with its submission, not with ${event.type}`)
  switch (event.type) {
    case 'FilingAttempted':
      return doubting(request, 'filing', event)
    case 'FilingObserved':
      return settled({ ...request, phase: { status: 'filed', filed: filedBy(event) } }, 'filing')
    case 'FilingRefused':
      return settled(
        { ...request, phase: { status: 'refused', at: event.at, code: event.code, message: event.message } },
        'filing',
      )
    case 'FilingNotFound':
      return settled(request, 'filing')
    case 'DecisionAttempted':
      return reserved(request, event)
    case 'DecisionObserved':
      return decided(request, event)
    case 'DecisionRefused':
      return withoutReservation(settled(request, 'decision'))
    case 'WithdrawalAttempted':
      return doubting(request, 'withdrawal', event)
    case 'WithdrawalObserved':
      return closed({ ...request, phase: { status: 'withdrawn', at: event.at } })
    case 'WithdrawalRefused':
      return {
        ...settled(request, 'withdrawal'),
        setback: { about: 'withdrawal', code: event.code, message: event.message },
      }
    case 'ActivationObserved':
      return activated(request, event)
    case 'EndAttempted':
      return doubting(request, 'end', event)
    case 'EndAccepted':
      return { ...settled(request, 'end'), endedByHolder: true }
    case 'EndRefused':
      return { ...settled(request, 'end'), setback: { about: 'end', code: event.code, message: event.message } }
    case 'EndObserved':
      return ended(request, event)
    case 'RequestLapsed':
      return closed({ ...request, phase: { status: 'lapsed', at: event.at } })
    case 'RequestFailed':
      return closed({ ...request, phase: { status: 'failed', at: event.at, detail: event.status } })
    // The attempt before these already put the request in doubt; they say only why.
    case 'FilingUnknown':
    case 'DecisionUnknown':
    case 'WithdrawalUnknown':
    case 'EndUnknown':
      return { ...request, ...(request.doubt ? { doubt: { ...request.doubt, answerLost: true } } : {}) }
    default:
      return event satisfies never
  }
}

function submitted(event: EventOf<'RequestSubmitted'>): AccessRequest {
  const { type: _type, at, by: _by, request: id, tenantRules, trace: _trace, stages, ...asked } = event
  const [first, ...later] = stages
  const submission: Submission = { ...asked, id, tenantRules, stages: [first, ...later], submittedAt: at }
  return { submission, phase: { status: 'ready-to-file' }, asOf: at, decisions: [] }
}

const filedBy = (event: EventOf<'FilingObserved'>): Filed => ({
  entraRequest: event.entraRequest,
  filedAt: event.at,
  lapsesAt: event.lapsesAt,
})

function doubting(
  request: AccessRequest,
  about: Doubt['about'],
  event: EventOf<'FilingAttempted' | 'WithdrawalAttempted' | 'EndAttempted' | 'DecisionAttempted'>,
): AccessRequest {
  return {
    ...withoutSetback(request),
    doubt: { about, since: event.at, by: event.by, leaseUntil: event.leaseUntil, answerLost: false },
  }
}

function reserved(request: AccessRequest, event: EventOf<'DecisionAttempted'>): AccessRequest {
  const { by, stage, verdict, comment, leaseUntil, at } = event
  const reservation = { by, stage, verdict, leaseUntil, attemptedAt: at, ...(comment === undefined ? {} : { comment }) }
  return { ...doubting(request, 'decision', event), reservation }
}

function decided(request: AccessRequest, event: EventOf<'DecisionObserved'>): AccessRequest {
  const { type: _type, ...decision } = event
  const next = withoutReservation(settled(request, 'decision'))
  const decisions: readonly Decision[] = [...next.decisions, decision]
  if (event.verdict === 'deny') return closed({ ...next, decisions, phase: { status: 'denied', at: event.at } })
  return 'filed' in next.phase && next.phase.status === 'filed'
    ? { ...next, decisions, phase: { status: 'activating', filed: next.phase.filed } }
    : { ...next, decisions }
}

function activated(request: AccessRequest, event: EventOf<'ActivationObserved'>): AccessRequest {
  if (!('filed' in request.phase)) throw new Error('an activation was observed of a request that was never filed')
  const { instance, from, until, at } = event
  const next = request.doubt?.about === 'withdrawal' ? settled(request, 'withdrawal') : request
  return { ...next, phase: { status: 'active', filed: request.phase.filed, instance, from, until, seenAt: at } }
}

function ended(request: AccessRequest, event: EventOf<'EndObserved'>): AccessRequest {
  const from = request.phase.status === 'active' ? request.phase.from : event.at
  return closed({ ...request, phase: { status: 'ended', at: event.at, from, how: event.how } })
}

function settled(request: AccessRequest, about: Doubt['about']): AccessRequest {
  if (request.doubt?.about !== about) return request
  const { doubt: _doubt, ...rest } = request
  return rest
}

function withoutReservation(request: AccessRequest): AccessRequest {
  const { reservation: _reservation, ...rest } = request
  return rest
}

function withoutSetback(request: AccessRequest): AccessRequest {
  const { setback: _setback, ...rest } = request
  return rest
}

/** Nothing can be in doubt, reserved or tried again about a request that is over. */
function closed(request: AccessRequest): AccessRequest {
  const { doubt: _doubt, ...rest } = withoutSetback(withoutReservation(request))
  return rest
}
