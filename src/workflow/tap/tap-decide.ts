import { decidedInTeams } from '../../request/decided-in-teams.ts'
import { meetTerms } from '../../entitlement/terms.ts'
import { decide } from '../../request/decide.ts'
import type { RequestEvent, RequestId } from '../../request/events.ts'
import { observeDecision } from '../../request/observe.ts'
import type { Refusal } from '../../request/refusal.ts'
import { type AccessRequest } from '../../request/request.ts'
import { ok, refuse, type Result } from '../../result.ts'
import { addTime, minutes } from '../../time.ts'
import { failedCall } from '../../request/failed-call.ts'
import { differences } from '../engine/differences.ts'
import { leaseFrom } from '../engine/file.ts'
import type { Tapped } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { OnBehalfOf } from '../ports/engine.ts'
import type { Because } from '../ports/memory.ts'
import { broughtToNow, record } from '../record/record.ts'
import { wasShown } from '../send/post.ts'
import { settledFor } from '../../request/settled.ts'
import { stagesNow } from '../record/stages-now.ts'
import { engineOf, grantable } from '../record/kinds.ts'
import { cameOfDecision, released } from '../../request/came-of.ts'

type Outcome = Result<AccessRequest, Refusal>
type Verdict = 'approve' | 'deny'

/**
 * A decider's tap. In a chat stage it stands as soon as it is written; Entra's own stage is cast there with the
 * decider's token.
 */
export async function castDecision(edges: Edges, tapped: Tapped, verdict: Verdict, id: RequestId): Promise<Outcome> {
  const request = await broughtToNow(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  const { stages, situation, deciders } = await stagesNow(edges, request)
  const termsToday = situation === undefined ? undefined : meetTerms(situation.entitlement, situation.rules)
  const decider = await edges.tenant.person(tapped.actor)
  const shown = await wasShown(edges, id, tapped.actor)
  const because = { actor: tapped.actor, cause: tapped.activity }
  const decided = await record(edges, id, because, (now) =>
    decide(now, {
      type: 'Decide',
      at: edges.now(),
      realNow: edges.realNow(),
      leaseUntil: leaseFrom(edges),
      by: tapped.actor,
      verdict,
      comment: tapped.inputs.comment ?? '',
      ...(tapped.verb === 'approve-shorter' ? { shorter: tapped.inputs.duration ?? '' } : {}),
      revision: tapped.revision,
      decider,
      stagesToday: stages,
      termsToday,
      asked: deciders.asked,
      shown,
      contexts: freshContexts(tapped.proof, edges.realNow()),
    }),
  )
  if (!decided.ok) return decided
  const after = decided.value
  if (after.reservation?.by === tapped.actor) return castInEntra(edges, tapped, verdict, after, because)
  // The stages were found changed, and everybody is asked anew: this tap decided nothing.
  return after.decisions.some((each) => each.by === tapped.actor) ? decided : refuse({ kind: 'stages-changed' })
}

/** How old a sign-in may be that is to count as a fresh one. Real clock. */
const fresh = minutes(10)

/**
 * The authentication contexts that were met for this very tap. Entra enforces none for a decision, so what an earlier
 * sign-in of a long session carries does not count.
 */
const freshContexts = (proof: Tapped['proof'], realNow: Date): readonly string[] =>
  proof.by === 'sign-in' && addTime(proof.authenticatedAt, fresh) > realNow ? proof.contexts : []

/** Reserved already: read what Entra holds, compare it with what was asked, send, and write down what came of it. */
async function castInEntra(
  edges: Edges,
  tapped: Tapped,
  verdict: Verdict,
  request: AccessRequest,
  because: Because,
): Promise<Outcome> {
  const { id } = request.submission
  if (request.phase.status !== 'filed') throw new Error('a decision was reserved on a request that is not filed')
  const { nativeRequest } = request.phase.filed
  const hand = engineOf(edges, request.submission.target).onBehalfOf(tapped.actor, tapped.proof)
  const readable = await compare(edges, hand, request, nativeRequest, because)
  if (!readable.ok) return readable

  const comment = tapped.inputs.comment?.trim() ?? ''
  const cast = await hand.decide(nativeRequest, verdict, comment === '' ? decidedInTeams(id) : comment)
  const at = edges.now()
  const theirs = { by: tapped.actor, verdict, at }
  const came = (now: AccessRequest) => cameOfDecision(now, cast, theirs)
  if (cast.came === 'done') return settle(edges, id, because, (now) => came(now).events)
  if (cast.came === 'unknown') {
    const { refusal } = came(request)
    await settle(edges, id, because, (now) => came(now).events)
    const seen = await readDecision(edges, hand, id, nativeRequest, because)
    return seen ?? refuse(refusal ?? { kind: 'in-doubt', about: 'decision' })
  }
  // Approvals of directory roles are beta and may go away; the portal keeps them.
  if (cast.came === 'refused' && (cast.status === 404 || cast.status === 410)) {
    return release(edges, id, because, {
      kind: 'decide-in-portal',
      portal: engineOf(edges, request.submission.target).links.decide,
    })
  }
  // 409: another approver was faster. Any other refusal may hide the same.
  const seen = cast.came === 'refused' ? await readDecision(edges, hand, id, nativeRequest, because) : undefined
  return seen ?? release(edges, id, because, failedCall(cast)?.refusal ?? { kind: 'tenant-silent' })
}

/** What Entra would grant must be what was asked of us and shown on the card; else nobody says yes to it here. */
async function compare(
  edges: Edges,
  hand: OnBehalfOf,
  request: AccessRequest,
  nativeRequest: string,
  because: Because,
): Promise<Result<true, Refusal>> {
  const { id } = request.submission
  const waiting = await hand.toDecide()
  // Only read so far: nothing can have happened, and the same tap can be made again.
  if (waiting.came !== 'done') {
    return release(edges, id, because, failedCall(waiting)?.refusal ?? { kind: 'tenant-silent' })
  }
  const theirs = waiting.value.find((each) => each.id === nativeRequest)
  if (theirs === undefined) {
    const seen = await readDecision(edges, hand, id, nativeRequest, because)
    if (seen?.ok === true) return refuse(settledFor(seen.value, because.actor))
    const { phase } = request
    const closed = phase.status === 'filed' ? phase.filed.closesAt : null
    return closed !== null && edges.now() >= closed
      ? release(edges, id, because, { kind: 'settled', status: 'lapsed', at: closed })
      : release(edges, id, because, { kind: 'not-waiting-in-entra' })
  }
  const differing = differences(request, theirs, await grantable(edges))
  return differing.length === 0
    ? ok(true)
    : release(edges, id, because, { kind: 'differs-in-entra', differences: differing })
}

/** Entra's record of the decision, if it has one: ours that got there unseen, or somebody else's. */
async function readDecision(
  edges: Edges,
  hand: OnBehalfOf,
  id: RequestId,
  nativeRequest: string,
  because: Because,
): Promise<Outcome | undefined> {
  const read = await hand.approval(nativeRequest)
  if (read.came !== 'done' || read.value.verdict === 'none') return undefined
  return settle(edges, id, because, (now) => observeDecision(now, edges.now(), read.value, 'look-up'))
}

const settle = (
  edges: Edges,
  id: RequestId,
  because: Because,
  happened: (now: AccessRequest) => readonly RequestEvent[],
): Promise<Outcome> => record(edges, id, because, (now) => ok(happened(now)))

/** Gives the reservation back with the reason written down, and says it. */
async function release(
  edges: Edges,
  id: RequestId,
  because: Because,
  refusal: Refusal,
): Promise<Result<never, Refusal>> {
  const by = because.actor === 'latchkey' ? undefined : because.actor
  if (by !== undefined) await settle(edges, id, because, (now) => released(now, by, refusal, edges.now()))
  return refuse(refusal)
}
