import { assess } from '../../src/request/assess.ts'
import { type EventOf, type RequestEvent, RequestId } from '../../src/request/events.ts'
import { fold } from '../../src/request/evolve.ts'
import type { AccessRequest } from '../../src/request/request.ts'
import { submit } from '../../src/request/submit.ts'
import { addTime, type Duration, hours, minutes } from '../../src/time.ts'
import { hannah, jonas, maya, mei, noon, priya, situation } from './situation.ts'
import { nth } from '../fixtures/nth.ts'

// Chapters of one request's life, to be strung together.

export const requestId = RequestId.parse('req_11111111-1111-4111-8111-111111111111')
export const nativeRequest = '22222222-2222-4222-8222-222222222222'
export const leaseUntil = addTime(noon, minutes(1))
export const after = (wait: Duration): Date => addTime(noon, wait)

function submission(): EventOf<'RequestSubmitted'> {
  const asked = situation()
  const assessed = assess(asked)
  if (!assessed.ok) throw new Error('the sample situation can be asked for')
  const form = { duration: hours(2), justification: 'rotate the connector keys', ticket: 'INC-48213', inputs: {} }
  return submit(requestId, asked, assessed.value, form)
}

export const submitted = submission()
export const filing: RequestEvent = { type: 'FilingAttempted', at: noon, by: maya.id, leaseUntil }
export const filed: RequestEvent = {
  type: 'FilingObserved',
  at: noon,
  source: 'answer',
  nativeRequest,
  stands: 'waiting',
  said: 'PendingApproval',
  closesAt: after(hours(24)),
}
export const deciding = (by = priya, verdict: 'approve' | 'deny' = 'approve'): RequestEvent => ({
  type: 'DecisionAttempted',
  at: noon,
  by: by.id,
  leaseUntil,
  stage: 0,
  verdict,
})
export const approved: RequestEvent = {
  type: 'DecisionObserved',
  at: noon,
  source: 'answer',
  by: priya.id,
  stage: 0,
  verdict: 'approve',
  confirmed: true,
  inStage: true,
}
export const active: RequestEvent = {
  type: 'ActivationObserved',
  at: noon,
  source: 'instance',
  instance: 'instance-1',
  from: noon,
  until: after(hours(2)),
}

export function lifeOf(...events: readonly RequestEvent[]): AccessRequest {
  const request = fold([submitted, ...events])
  if (request === undefined) throw new Error('a submitted request folds to something')
  return request
}

/** A request for which the owner says yes in chat before security does in Entra. */
export function severeLife(...events: readonly RequestEvent[]): AccessRequest {
  const stage = nth(submitted.stages, 0)
  const chat = { ...stage, by: 'chat' as const, people: [priya.id], backup: [hannah.id], lastResort: [] }
  const native = { ...stage, people: [jonas.id, mei.id], backup: [], lastResort: [] }
  const request = fold([{ ...submitted, stages: [chat, native] }, ...events])
  if (request === undefined) throw new Error('a submitted request folds to something')
  return request
}

export const saidYes = (by = priya, stage = 0): RequestEvent => ({
  type: 'ChatDecided',
  at: noon,
  by: by.id,
  stage,
  verdict: 'approve',
  termsHash: submitted.termsHash,
})
