import { stricterTerms } from '../../entitlement/terms.ts'
import { assess } from '../../request/assess.ts'
import { decide } from '../../request/decide.ts'
import type { RequestId } from '../../request/events.ts'
import { type Came, cameOfFiling, mayBeOurs } from '../../request/came-of.ts'
import { withoutDeciders } from '../../request/native-deciders.ts'
import type { NativeRequest } from '../../request/native.ts'
import { observeFiling } from '../../request/observe-filing.ts'
import { ourFiling } from '../../request/ours.ts'
import type { Refusal } from '../../request/refusal.ts'
import { type AccessRequest } from '../../request/request.ts'
import { checkForm } from '../../request/submit.ts'
import { ok, refuse, type Result } from '../../result.ts'
import { addTime, isoDuration, milliseconds } from '../../time.ts'
import { failedCall } from '../../request/failed-call.ts'
import type { Edges } from '../ports/ports.ts'
import type { OnBehalfOf } from '../ports/engine.ts'
import type { PersonCall } from '../../request/person-call.ts'
import type { Because } from '../ports/memory.ts'
import { loadRequest, record } from '../record/record.ts'
import { stagesNow } from '../record/stages-now.ts'

/**
 * How long a call may be at work before its tap is taken for dead; real clock, counted from the attempt's own append.
 * The call to Graph and the look before it give up well before.
 */
const lease = milliseconds(60_000)
export const leaseFrom = (edges: Pick<Edges, 'realNow'>): Date => addTime(edges.realNow(), lease)

/**
 * Sends a request to Entra with its requester's token. The attempt is in the journal before this is called; what came
 * of it is there when this returns.
 * @returns the request as it then stands, or what kept Entra from taking it.
 */
export async function sendToEntra(
  edges: Edges,
  hand: OnBehalfOf,
  request: AccessRequest,
  because: Because,
): Promise<Result<AccessRequest, Refusal>> {
  const { submission } = request
  const filed = await hand.file({
    request: submission.id,
    person: submission.beneficiary,
    target: submission.target,
    duration: submission.duration,
    startsAt: later(submission.startsAt, edges.now()),
    justification: submission.justification.freeText ?? '',
    ticket: submission.ticket ?? null,
  })
  const { events, refusal } = await whatCame(edges, hand, request, filed)
  const written = await record(edges, submission.id, because, (now) =>
    // An observation may have come first: what Entra shows is never overwritten by what it answered.
    ok(now.phase.status === 'ready-to-file' ? events : []),
  )
  if (!written.ok) return written
  if (filed.came === 'unknown') return settleFiling(edges, hand, submission.id, because)
  return refusal === undefined ? written : refuse(refusal)
}

const later = (asked: Date | undefined, now: Date): Date => (asked !== undefined && asked > now ? asked : now)

async function whatCame(
  edges: Edges,
  hand: OnBehalfOf,
  request: AccessRequest,
  filed: PersonCall<NativeRequest>,
): Promise<Came> {
  const at = edges.now()
  return cameOfFiling(request, filed, at, mayBeOurs(filed) ? await findOurs(hand, request, at) : undefined)
}

/** Ours among the requester's own requests in Entra, undefined when Entra has none; and those that only carry our id. */
async function findOurs(
  hand: OnBehalfOf,
  request: AccessRequest,
  at: Date,
): Promise<Result<ReturnType<typeof ourFiling<NativeRequest>>, Refusal>> {
  const own = await hand.own(request.submission.target)
  if (own.came !== 'done') return refuse(failedCall(own)?.refusal ?? { kind: 'tenant-silent' })
  return ok(ourFiling(request, own.value, at))
}

/** Looks, with the requester's own token, whether a filing whose answer is missing got to Entra. */
export async function settleFiling(
  edges: Edges,
  hand: OnBehalfOf,
  id: RequestId,
  because: Because,
): Promise<Result<AccessRequest, Refusal>> {
  const request = await loadRequest(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  const at = edges.now()
  const found = await findOurs(hand, request, at)
  if (!found.ok) return found.refusal.kind === 'sign-in-needed' ? found : refuse({ kind: 'in-doubt', about: 'filing' })
  const { ours, deviations } = found.value
  return record(edges, id, because, (now) => {
    if (now.phase.status !== 'ready-to-file' || now.doubt?.about !== 'filing') return ok([])
    if (ours !== undefined) return ok([...observeFiling(now, ours, at, 'look-up'), ...deviations])
    // Not there yet is not "never": the call may still be on its way while its tap is running.
    if (now.doubt.leaseUntil > edges.realNow()) return refuse({ kind: 'in-doubt', about: 'filing' })
    return ok([{ type: 'FilingNotFound', at, by: hand.person }, ...deviations])
  })
}

/** Files a request whose chat stages are done, or that never got to Entra: decided anew on what holds today. */
export async function fileNow(
  edges: Edges,
  hand: OnBehalfOf,
  request: AccessRequest,
  because: Because,
): Promise<Result<AccessRequest, Refusal>> {
  const now = await stagesNow(edges, request)
  if (now.situation === undefined) return refuse({ kind: 'not-eligible' })
  const assessed = assess(now.situation)
  if (!assessed.ok) return assessed
  const held = holdAgainst(edges, request, assessed.value.terms)
  if (held !== undefined) return refuse(held)
  const nobody = withoutDeciders(request, now.situation, now.stages)
  // Filed all the same it would wait for somebody who may not decide it.
  if (nobody !== undefined) return refuse(nobody)
  const attempted = await record(edges, request.submission.id, because, (latest) =>
    decide(latest, {
      type: 'File',
      at: edges.now(),
      realNow: edges.realNow(),
      leaseUntil: leaseFrom(edges),
      by: hand.person,
      stagesToday: now.stages,
    }),
  )
  if (!attempted.ok) return attempted
  // Asked anew instead: the card says so.
  if (attempted.value.doubt?.about !== 'filing') return refuse({ kind: 'stages-changed' })
  return sendToEntra(edges, hand, attempted.value, because)
}

/** The frozen request held against today's terms, the stricter of both each time. */
function holdAgainst(
  edges: Pick<Edges, 'catalogue'>,
  { submission }: AccessRequest,
  termsToday: AccessRequest['submission']['terms'],
): Refusal | undefined {
  const form = {
    duration: isoDuration(submission.duration),
    justification: submission.justification.freeText ?? '',
    ticket: submission.ticket ?? '',
  }
  const checked = checkForm(form, stricterTerms(submission.terms, termsToday), edges.catalogue.tickets.patterns)
  return checked.ok ? undefined : checked.refusal
}
