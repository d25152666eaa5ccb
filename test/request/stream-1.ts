import type { StoredEvent } from '../../src/request/upcast.ts'

/** A request's stream as schema 1 stored it, free text put back: asked, filed, approved, active, its end announced. */
export const stream1: readonly StoredEvent[] = [
  {
    type: 'RequestSubmitted',
    body: {
      by: '0aa00000-0000-4000-8000-00000000000a',
      request: 'req_11111111-1111-4111-8111-111111111111',
      requester: '0aa00000-0000-4000-8000-00000000000a',
      beneficiary: '0aa00000-0000-4000-8000-00000000000a',
      entitlement: 'ai-administrator',
      name: 'AI Administrator',
      target: { kind: 'directoryRole', roleDefinitionId: 'd2562ede-74db-457e-a7b6-544e236ebb61', scope: '/' },
      duration: 7_200_000,
      justification: { freeText: 'rotate the connector keys' },
      ticket: 'INC-48213',
      revision: 1,
      terms: {
        usual: 3_600_000,
        longest: 14_400_000,
        shortest: 300_000,
        justification: 'required',
        ticket: 'required',
        stepUp: { request: 'c1' },
        multiFactor: false,
      },
      termsHash: 'a1',
      tenantRules: {
        longest: 14_400_000,
        justification: true,
        ticket: true,
        multiFactor: false,
        authenticationContext: 'c1',
        approval: { asks: 'approvers', people: ['0bb00000-0000-4000-8000-00000000000b'], groups: [] },
      },
      stages: [
        {
          by: 'native',
          rule: {
            from: 'owner',
            need: 1,
            remindAfter: 1_800_000,
            escalateAfter: 7_200_000,
            lapseAfter: 86_400_000,
          },
          need: 1,
          people: ['0bb00000-0000-4000-8000-00000000000b'],
          backup: [],
          lastResort: [],
        },
      ],
      catalogueDigest: 'digest',
      trace: [{ rule: 'eligibility', outcome: 'PIM lists them as eligible' }],
    },
  },
  {
    type: 'FilingAttempted',
    body: { by: '0aa00000-0000-4000-8000-00000000000a', leaseUntil: '2026-11-23T12:01:00.000Z' },
  },
  {
    type: 'FilingObserved',
    body: {
      source: 'answer',
      entraRequest: '22222222-2222-4222-8222-222222222222',
      status: 'PendingApproval',
      lapsesAt: '2026-11-24T12:00:00.000Z',
    },
  },
  {
    type: 'DecisionObserved',
    body: {
      source: 'answer',
      by: '0bb00000-0000-4000-8000-00000000000b',
      stage: 0,
      verdict: 'approve',
      confirmed: true,
      inStage: true,
    },
  },
  {
    type: 'ActivationObserved',
    body: {
      source: 'instance',
      instance: 'instance-1',
      from: '2026-11-23T12:00:00.000Z',
      until: '2026-11-23T14:00:00.000Z',
    },
  },
  { type: 'EndAnnounced', body: { before: 900_000 } },
]
