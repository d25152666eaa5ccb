import type { Stage } from '../approval/stage.ts'
import { addTime, hours } from '../time.ts'
import type { EventOf, RequestEvent } from './events.ts'
import { isGranted } from './stands.ts'
import {
  type AccessRequest,
  approversOf,
  grantableYet,
  lapsedInEntra,
  nativeStages,
  waitingStage,
  type Decision,
  type Doubt,
  type Filed,
  type Phase,
  type Submission,
  type Waiting,
} from './request.ts'

/** How long an approved request waits for its requester's last tap. Product time. */
export const filingWindow = hours(24)

/** Folds a request's events, oldest first; undefined for a stream that has none. */
export const fold = (events: readonly RequestEvent[]): AccessRequest | undefined =>
  events.reduce<AccessRequest | undefined>((request, event) => evolve(request, event), undefined)

export const evolve = (request: AccessRequest | undefined, event: RequestEvent): AccessRequest => ({
  ...happened(request, event),
  asOf: event.at,
  ...(toldByTenant(event) ? { seenAt: event.at } : {}),
})

/** A submission and a refusal are made on what the tenant says then; what a clock brings about is not seen anywhere. */
function toldByTenant(event: RequestEvent): boolean {
  if (event.type === 'RequestSubmitted' || event.type === 'FilingRefused') return true
  if (event.type === 'RequestLapsed') return event.waitedFor === 'entra'
  return 'source' in event && event.source !== 'person'
}

/** The tenant's own time, where it is known. */
const when = (event: { readonly at: Date; readonly happenedAt?: Date }): Date => event.happenedAt ?? event.at

function happened(request: AccessRequest | undefined, event: RequestEvent): AccessRequest {
  if (event.type === 'RequestSubmitted') return submitted(event)
  if (event.type === 'FiledOutside') return found(event)
  if (request === undefined) throw new Error(`a request's stream begins with its submission, not with ${event.type}`)
  switch (event.type) {
    case 'StagesChanged':
      return stagesChanged(request, event)
    case 'ChatDecided':
      return chatDecided(request, event)
    case 'StageReminded':
      return waitingChanged(request, { reminded: true })
    case 'StageEscalated':
      return waitingChanged(request, { escalated: true })
    case 'StageClaimed':
      return waitingChanged(request, { claim: { by: event.by, since: event.at } })
    case 'QuestionAsked':
      return questionAsked(request, event)
    case 'QuestionAnswered':
      return questionAnswered(request, event)
    case 'FilingAttempted':
      return { ...doubting(request, 'filing', event), sentSince: request.sentSince ?? event.at }
    case 'FilingObserved':
      return filed(request, event)
    case 'FilingRefused': {
      const { at, code, message } = event
      return closed({ ...request, phase: { status: 'refused', at, code, message } })
    }
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
      return closed({ ...request, phase: { status: 'withdrawn', at: when(event) } })
    case 'WithdrawalRefused':
    case 'EndRefused':
      return setBack(request, event)
    case 'ActivationObserved':
      return activated(request, event)
    case 'DeviationObserved':
      return deviated(request, event)
    case 'EndReminded':
      return activeChanged(request, { announced: event.before })
    case 'LetEnd':
      return activeChanged(request, { letEnd: true })
    case 'EndAttempted':
      return doubting(request, 'end', event)
    case 'EndAccepted':
      return { ...settled(request, 'end'), endedByHolder: event.at }
    case 'EndObserved':
      return ended(request, event)
    case 'RequestLapsed':
      return closed({
        ...request,
        phase: {
          status: 'lapsed',
          at: when(event),
          seenAt: event.at,
          waitedFor: event.waitedFor,
          ...asFiled(request),
        },
      })
    case 'RequestFailed':
      return failed(request, event)
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
  const { type: _type, at, by: _by, request: id, trace: _trace, stages, termsHash, revision, ...asked } = event
  const submission: Submission = { ...asked, id, submittedAt: at }
  return {
    submission,
    stages,
    termsHash,
    revision,
    phase: opening(stages, 0, at),
    asOf: at,
    decisions: [],
    deviations: [],
    questions: [],
  }
}

/** It waits in Entra from the first; nobody is reminded of what they have only now been shown. */
function found(event: EventOf<'FiledOutside'>): AccessRequest {
  const { type: _type, at, source: _source, request: id, trace: _trace, stages, termsHash, revision, ...rest } = event
  const { nativeRequest, filedAt, closesAt, nativeStage, ...asked } = rest
  const waiting = { stage: waitingStage(stages, nativeStage), since: at, reminded: false, escalated: false }
  return {
    submission: { ...asked, id, submittedAt: filedAt, filedOutside: true },
    stages,
    termsHash,
    revision,
    phase: { status: 'filed', filed: { nativeRequest, filedAt, closesAt }, waiting },
    asOf: at,
    decisions: [],
    deviations: [],
    questions: [],
  }
}

/** What a request waits for when the stages before `index` are done: people in chat, or its requester's filing. */
function opening(stages: readonly Stage[], index: number, at: Date): Phase {
  const next = stages[index]
  return next?.by === 'chat'
    ? { status: 'in-chat', waiting: { stage: index, since: at, reminded: false, escalated: false } }
    : { status: 'ready-to-file', until: addTime(at, filingWindow) }
}

function stagesChanged(request: AccessRequest, { stages, termsHash, at }: EventOf<'StagesChanged'>): AccessRequest {
  const phase = opening(stages, 0, at)
  const { sentSince: _sentSince, ...asked } = request
  return { ...asked, stages, termsHash, revision: request.revision + 1, phase, decisions: [] }
}

function chatDecided(request: AccessRequest, event: EventOf<'ChatDecided'>): AccessRequest {
  const { type: _type, termsHash: _hash, ...given } = event
  const decision: Decision = { ...given, confirmed: true, inStage: true, source: 'person' }
  const next = { ...shortened(request, event), decisions: [...request.decisions, decision] }
  if (event.verdict === 'deny') return closed({ ...next, phase: { status: 'denied', at: event.at } })
  const need = request.stages[event.stage]?.need ?? 1
  if (approversOf(next, event.stage).length < need) return next
  return { ...next, revision: request.revision + 1, phase: opening(request.stages, event.stage + 1, event.at) }
}

/** Whoever said yes to more before has said yes to this as well: their answers stand. */
function shortened(request: AccessRequest, event: EventOf<'ChatDecided'>): AccessRequest {
  const { at, by, duration, termsHash } = event
  if (duration === undefined) return request
  const asked = request.shortened?.asked ?? request.submission.duration
  return { ...request, termsHash, submission: { ...request.submission, duration }, shortened: { asked, by, at } }
}

function questionAsked(request: AccessRequest, { by, at, text }: EventOf<'QuestionAsked'>): AccessRequest {
  return { ...request, questions: [...request.questions, { by, at, text, revision: request.revision }] }
}

function questionAnswered(request: AccessRequest, event: EventOf<'QuestionAnswered'>): AccessRequest {
  const { at, text } = event
  const questions = request.questions.map((each, index) =>
    index === event.question ? { ...each, answer: { at, text } } : each,
  )
  return { ...request, questions }
}

function waitingChanged(
  request: AccessRequest,
  change: Partial<Pick<Waiting, 'reminded' | 'escalated' | 'claim'>>,
): AccessRequest {
  const { phase } = request
  return 'waiting' in phase ? { ...request, phase: { ...phase, waiting: { ...phase.waiting, ...change } } } : request
}

function filed(request: AccessRequest, event: EventOf<'FilingObserved'>): AccessRequest {
  const { at, nativeRequest, closesAt, stands, nativeStage } = event
  const inEntra: Filed = { nativeRequest, filedAt: at, closesAt }
  const next = settled(request, 'filing')
  // The service's answer decides whether it waits: its policy may have changed since, or somebody was faster than our look.
  if (isGranted(stands)) return { ...next, phase: granted(request, inEntra, at) }
  const waiting = { stage: waitingStage(request.stages, nativeStage), since: at, reminded: false, escalated: false }
  return { ...next, phase: { status: 'filed', filed: inEntra, waiting } }
}

/** Nobody has to decide it any more: it begins now, or when it was asked for. */
const granted = ({ submission }: AccessRequest, filed: Filed, at: Date): Phase =>
  submission.startsAt !== undefined && submission.startsAt > at
    ? { status: 'scheduled', filed, from: submission.startsAt }
    : { status: 'activating', filed, since: at }

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
  const { by, stage, verdict, comment, evidence, leaseUntil, at } = event
  const said = { ...(comment === undefined ? {} : { comment }), ...(evidence === undefined ? {} : { evidence }) }
  const reservation = { by, stage, verdict, leaseUntil, attemptedAt: at, ...said }
  return { ...doubting(request, 'decision', event), reservation }
}

function decided(request: AccessRequest, event: EventOf<'DecisionObserved'>): AccessRequest {
  const { type: _type, happenedAt, ...given } = event
  const told = happenedAt === undefined ? {} : { at: happenedAt, seenAt: event.at }
  const began = given.confirmed ? undefined : request.reservation?.attemptedAt
  const decision: Decision = { ...given, ...told, ...(began === undefined ? {} : { began }) }
  const next = withoutReservation(settled(request, 'decision'))
  // What Entra says replaces what was only guessed from its effect.
  const known = next.decisions.filter((each) => each.confirmed || each.stage !== decision.stage)
  const decisions: readonly Decision[] = [...known, decision]
  // A lapse is what no answer looks like; a denial that Entra told of late was the reason for it.
  const waited = next.phase.status === 'filed' || lapsedInEntra(next)
  if (event.verdict === 'deny' && waited) {
    return closed({ ...next, decisions, phase: { status: 'denied', at: when(event), ...asFiled(next) } })
  }
  if (next.phase.status !== 'filed') return { ...next, decisions }
  const { filed } = next.phase
  const later = nativeStages(next.stages).find(({ index }) => index > event.stage)
  if (later === undefined) return { ...next, decisions, phase: granted(next, filed, when(event)) }
  // The next of the service's own stages: whoever is shown it now has not been asked before.
  const waiting = { stage: later.index, since: when(event), reminded: false, escalated: false }
  return { ...next, decisions, revision: next.revision + 1, phase: { status: 'filed', filed, waiting } }
}

function setBack(request: AccessRequest, event: EventOf<'WithdrawalRefused' | 'EndRefused'>): AccessRequest {
  const about = event.type === 'EndRefused' ? 'end' : 'withdrawal'
  return { ...settled(request, about), setback: { about, code: event.code, message: event.message } }
}

function activated(request: AccessRequest, event: EventOf<'ActivationObserved'>): AccessRequest {
  const filed = 'filed' in request.phase ? request.phase.filed : grantableYet(request)
  if (filed === undefined) throw new Error('an activation was observed of a request that was never filed')
  const { instance, from, until, at } = event
  // What Entra would not take back has been granted: that no approver could deny it any more is no news.
  const known = request.doubt?.about === 'withdrawal' ? settled(request, 'withdrawal') : request
  const next = request.setback?.about === 'end' ? known : withoutSetback(known)
  return { ...next, phase: { status: 'active', filed, instance, from, until, seenAt: at, letEnd: false } }
}

function activeChanged(
  request: AccessRequest,
  change: { readonly letEnd: true } | { readonly announced: EventOf<'EndReminded'>['before'] },
): AccessRequest {
  return request.phase.status === 'active' ? { ...request, phase: { ...request.phase, ...change } } : request
}

function deviated(request: AccessRequest, event: EventOf<'DeviationObserved'>): AccessRequest {
  const { type: _type, source: _source, ...deviation } = event
  return { ...request, deviations: [...request.deviations, deviation] }
}

function ended(request: AccessRequest, event: EventOf<'EndObserved'>): AccessRequest {
  const at = when(event)
  const from = request.phase.status === 'active' ? request.phase.from : at
  return closed({ ...request, phase: { status: 'ended', at, from, how: event.how } })
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

/** What Entra still knows it by, for what is only told of late. */
function asFiled({ phase }: AccessRequest): { readonly wasFiled?: Filed } {
  if ('filed' in phase) return { wasFiled: phase.filed }
  return 'wasFiled' in phase && phase.wasFiled !== undefined ? { wasFiled: phase.wasFiled } : {}
}

function failed(request: AccessRequest, { at, said: detail, because }: EventOf<'RequestFailed'>): AccessRequest {
  const { phase } = request
  const still = because === undefined || phase.status !== 'filed' ? {} : { wasFiled: phase.filed }
  const why = because === undefined ? {} : { because }
  return closed({ ...request, phase: { status: 'failed', at, detail, ...why, ...still } })
}

/** Nothing can be in doubt, reserved or tried again about a request that is over. */
function closed(request: AccessRequest): AccessRequest {
  const { doubt: _doubt, ...rest } = withoutSetback(withoutReservation(request))
  return rest
}
