import { EntitlementId } from '../entitlement/entitlement.ts'
import { stricterTerms } from '../entitlement/terms.ts'
import { assess } from '../request/assess.ts'
import { decide } from '../request/decide.ts'
import type { RequestEvent, RequestId } from '../request/events.ts'
import type { Refusal } from '../request/refusal.ts'
import type { AccessRequest } from '../request/request.ts'
import { ok, refuse, type Result } from '../result.ts'
import { addTime, hours, isoDuration } from '../time.ts'
import { gather } from './gather.ts'
import type { Because, Edges, EntraRequest, Hand, PersonCall } from './ports.ts'
import { loadRequest, record } from './record.ts'

/** How long PIM keeps an approval open; not configurable there. */
const entraWaits = hours(24)

/** Codes that say there is one already: ours only if the request found is ours. */
const thereIsOne = new Set(['PendingRoleAssignmentRequest', 'RoleAssignmentExists', 'RoleAssignmentRequestExists'])

/**
 * Sends a request to Entra with its requester's token. The attempt is in the journal before this is called; what came
 * of it is there when this returns.
 * @returns the request as it then stands, or what kept Entra from taking it.
 */
export async function sendToEntra(
  edges: Edges,
  hand: Hand,
  request: AccessRequest,
  because: Because,
): Promise<Result<AccessRequest, Refusal>> {
  const { submission } = request
  const filed = await hand.file({
    request: submission.id,
    person: submission.requester,
    target: submission.target,
    duration: submission.duration,
    startsAt: edges.now(),
    justification: submission.justification.freeText ?? '',
    ticket: submission.ticket ?? null,
  })
  const { events, refusal } = await whatCame(edges, hand, request, filed)
  const written = await record(edges, submission.id, because, (now) =>
    // An observation may have come first: what Entra shows is never overwritten by what it answered.
    ok(now.phase.status === 'ready-to-file' && now.doubt?.about === 'filing' ? events : []),
  )
  if (!written.ok) return written
  if (filed.came === 'unknown') return settleFiling(edges, hand, submission.id, because)
  return refusal === undefined ? written : refuse(refusal)
}

async function whatCame(
  edges: Edges,
  hand: Hand,
  request: AccessRequest,
  filed: PersonCall<EntraRequest>,
): Promise<{ readonly events: readonly RequestEvent[]; readonly refusal?: Refusal }> {
  const at = edges.now()
  const by = request.submission.requester
  switch (filed.came) {
    case 'done':
      return { events: seenInEntra(filed.value, at, 'answer') }
    case 'refused': {
      const { code, message, failedRules } = filed
      if (thereIsOne.has(code)) {
        const ours = await findOurs(hand, request)
        if (ours.ok && ours.value !== undefined) return { events: seenInEntra(ours.value, at, 'look-up') }
        // Whether it is ours could not be read: then nobody knows, and the next look settles it.
        if (!ours.ok) return { events: [{ type: 'FilingUnknown', at, detail: code }] }
      }
      // Entra asks for patience and has done nothing: the same card can be sent again.
      if (filed.status === 429)
        return { events: [{ type: 'FilingNotFound', at, by }], refusal: { kind: 'tenant-silent' } }
      return {
        events: [{ type: 'FilingRefused', at, code, message }],
        refusal: { kind: 'entra-refused', code, message, failedRules },
      }
    }
    case 'sign-in-needed':
      return { events: [{ type: 'FilingNotFound', at, by }], refusal: { kind: 'sign-in-needed' } }
    case 'portal-only':
      return {
        events: [{ type: 'FilingRefused', at, code: 'portal-only', message: '' }],
        refusal: { kind: 'portal-only' },
      }
    case 'unknown':
      return { events: [{ type: 'FilingUnknown', at, detail: filed.detail }] }
    default:
      return filed satisfies never
  }
}

function seenInEntra(seen: EntraRequest, at: Date, source: 'answer' | 'look-up'): readonly RequestEvent[] {
  const observed: RequestEvent = {
    type: 'FilingObserved',
    at,
    source,
    entraRequest: seen.id,
    status: seen.status,
    lapsesAt: addTime(seen.createdAt, entraWaits),
  }
  const over: Readonly<Record<string, RequestEvent>> = {
    Denied: {
      type: 'DecisionObserved',
      at,
      source,
      by: null,
      stage: 0,
      verdict: 'deny',
      confirmed: false,
      inStage: false,
    },
    Canceled: { type: 'WithdrawalObserved', at, source },
    Failed: { type: 'RequestFailed', at, source, status: seen.status },
    Revoked: { type: 'RequestFailed', at, source, status: seen.status },
  }
  const then = over[seen.status]
  return then === undefined ? [observed] : [observed, then]
}

/** The one of the requester's own requests in Entra that carries our id, undefined when Entra has none. */
async function findOurs(hand: Hand, { submission }: AccessRequest): Promise<Result<EntraRequest | undefined, Refusal>> {
  const own = await hand.own(submission.target)
  if (own.came !== 'done') return refuse({ kind: 'tenant-silent' })
  return ok(own.value.find((each) => each.customData === submission.id))
}

/** Looks, with the requester's own token, whether a filing whose answer is missing got to Entra. */
export async function settleFiling(
  edges: Edges,
  hand: Hand,
  id: RequestId,
  because: Because,
): Promise<Result<AccessRequest, Refusal>> {
  const request = await loadRequest(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  const ours = await findOurs(hand, request)
  if (!ours.ok) return refuse({ kind: 'in-doubt', about: 'filing' })
  const at = edges.now()
  const { value } = ours
  return record(edges, id, because, (now) => {
    if (now.phase.status !== 'ready-to-file' || now.doubt?.about !== 'filing') return ok([])
    if (value !== undefined) return ok(seenInEntra(value, at, 'look-up'))
    // Not there yet is not "never": the call may still be on its way while its tap is running.
    if (now.doubt.leaseUntil > edges.realNow()) return refuse({ kind: 'in-doubt', about: 'filing' })
    return ok([{ type: 'FilingNotFound', at, by: hand.person }])
  })
}

/** Files a request that was submitted earlier and is not in Entra: decided anew on what holds today. */
export async function fileAgain(
  edges: Edges,
  hand: Hand,
  request: AccessRequest,
  because: Because,
  leaseUntil: Date,
): Promise<Result<AccessRequest, Refusal>> {
  const { submission } = request
  const entitlement = edges.catalogue.entitlements.get(EntitlementId.parse(submission.entitlement))
  if (entitlement === undefined) return refuse({ kind: 'not-eligible' })
  const situation = await gather(edges, submission.requester, entitlement, submission.id)
  if (situation === undefined) return refuse({ kind: 'account-disabled' })
  const assessed = assess(situation)
  if (!assessed.ok) return assessed
  const { longest } = stricterTerms(submission.terms, assessed.value.terms)
  if (submission.duration > longest) return refuse({ kind: 'too-long', longest })
  const command = { at: edges.now(), realNow: edges.realNow(), leaseUntil, by: hand.person }
  const attempted = await record(edges, submission.id, because, (now) => decide(now, { type: 'File', ...command }))
  return attempted.ok ? sendToEntra(edges, hand, attempted.value, because) : attempted
}

/** Every value of Entra's request that is not what the journal says it should be. */
export function differences({ submission, phase }: AccessRequest, entra: EntraRequest) {
  const compare = [
    { field: 'request', journal: 'filed' in phase ? phase.filed.entraRequest : '', entra: entra.id },
    { field: 'requester', journal: submission.beneficiary, entra: entra.person },
    { field: 'role', journal: submission.target.roleDefinitionId, entra: entra.target.roleDefinitionId },
    { field: 'scope', journal: submission.target.scope, entra: entra.target.scope },
    {
      field: 'duration',
      journal: isoDuration(submission.duration),
      entra: entra.duration === null ? '' : isoDuration(entra.duration),
    },
    { field: 'justification', journal: submission.justification.freeText ?? '', entra: entra.justification },
  ] as const
  return compare.filter((each) => each.journal !== each.entra)
}
