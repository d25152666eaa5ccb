import { EntitlementId } from '../../src/entitlement/entry.ts'
import { PersonId } from '../../src/people.ts'
import type { Owed } from '../../src/request/effects.ts'
import { type EventOf, RequestId } from '../../src/request/events.ts'
import { hours, minutes } from '../../src/time.ts'
import type { Because, RequestSummary } from '../../src/workflow/ports/memory.ts'
import type { AskedPerson } from '../../src/request/who-is-asked.ts'

export const maya = PersonId.parse('4d5b9f0e-4c7c-4a53-9a51-0f4a36a0f001')
export const priya = PersonId.parse('4d5b9f0e-4c7c-4a53-9a51-0f4a36a0f002')
export const noon = new Date('2026-03-02T12:00:00.000Z')
export const byMaya: Because = { actor: maya, cause: 'activity-1' }

export const newRequest = (): RequestId => RequestId.parse(`req_${crypto.randomUUID()}`)

export const submitted = (
  request: RequestId,
  justification: string | null = 'rotate connector keys',
): EventOf<'RequestSubmitted'> => ({
  type: 'RequestSubmitted',
  at: noon,
  by: maya,
  request,
  requester: maya,
  beneficiary: maya,
  entitlement: EntitlementId.parse('ai-administrator'),
  name: 'AI Administrator',
  target: { kind: 'directoryRole', role: 'd2562ede-74db-457e-a7b6-544e236ebb61', scope: '/' },
  duration: hours(2),
  justification: { freeText: justification },
  revision: 1,
  terms: {
    usual: hours(2),
    longest: hours(4),
    shortest: minutes(5),
    justification: 'required',
    ticket: 'optional',
    stepUp: {},
    multiFactor: true,
  },
  termsHash: 'a1',
  tenantRules: {
    longest: hours(8),
    justification: true,
    ticket: false,
    multiFactor: true,
    approval: { asks: 'approvers', people: [priya], groups: [] },
  },
  stages: [
    {
      by: 'native',
      rule: {
        from: 'owner',
        need: 1,
        remindAfter: minutes(30),
        escalateAfter: hours(1),
        lapseAfter: hours(24),
      },
      need: 1,
      people: [priya],
      backup: [],
      lastResort: [],
    },
  ],
  catalogueDigest: 'sha256:c0',
  trace: [{ rule: 'eligible', outcome: 'yes' }],
})

export const attempted = (at: Date = noon): EventOf<'FilingAttempted'> => ({
  type: 'FilingAttempted',
  at,
  by: maya,
  leaseUntil: at,
})

export const summary = (request: RequestId, more: Partial<RequestSummary> = {}): RequestSummary => ({
  id: request,
  requester: maya,
  beneficiary: maya,
  entitlement: 'ai-administrator',
  status: 'ready-to-file',
  open: true,
  inDoubt: false,
  submittedAt: noon,
  nextLookAt: null,
  ...more,
})

export const also = (
  request: RequestId,
  owed: readonly Owed[] = [],
): { because: Because; owed: readonly Owed[]; summary: RequestSummary; asked: readonly AskedPerson[] } => ({
  because: byMaya,
  owed,
  summary: summary(request),
  asked: [],
})
