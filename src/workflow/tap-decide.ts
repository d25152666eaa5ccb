import { EntitlementId } from '../entitlement/entitlement.ts'
import { decide } from '../request/decide.ts'
import type { RequestEvent, RequestId } from '../request/events.ts'
import { observeDecision } from '../request/observe.ts'
import type { Refusal } from '../request/refusal.ts'
import type { AccessRequest } from '../request/request.ts'
import { ok, refuse, type Result } from '../result.ts'
import { decidedInTeams } from '../words/notes.ts'
import { differences } from './file.ts'
import { gather } from './gather.ts'
import type { Tapped } from './incoming.ts'
import type { Because, Edges, Hand } from './ports.ts'
import { loadRequest, record } from './record.ts'
import { stageToday } from './show.ts'

/**
 * Casts a decision in Entra with the decider's own token, step by step: reserve, read what Entra holds, compare it
 * with what was asked, send, and write down what came of it. Entra's answer overrides whatever we expected.
 */
export async function castDecision(
  edges: Edges,
  tapped: Tapped,
  verdict: 'approve' | 'deny',
  id: RequestId,
  leaseUntil: Date,
): Promise<Result<AccessRequest, Refusal>> {
  const because = { actor: tapped.actor, cause: tapped.activity }
  const reserved = await reserve(edges, tapped, verdict, id, leaseUntil)
  if (!reserved.ok) return reserved
  const { phase } = reserved.value
  if (phase.status !== 'filed') throw new Error('a decision was reserved on a request that is not filed')

  const hand = edges.takeHand(tapped.actor, tapped.proof)
  const readable = await compare(edges, hand, reserved.value, because)
  if (!readable.ok) return readable

  const comment = tapped.inputs.comment?.trim() ?? ''
  const cast = await hand.decide(phase.filed.entraRequest, verdict, comment === '' ? decidedInTeams(id) : comment)
  const at = edges.now()
  switch (cast.came) {
    case 'done':
      return settle(edges, id, because, (now) => observeDecision(now, at, { verdict, by: tapped.actor }, 'answer'))
    case 'refused': {
      // 409: another approver was faster. Any other refusal may hide the same.
      const seen = await readDecision(edges, hand, id, phase.filed.entraRequest, because)
      if (seen !== undefined) return seen
      return release(edges, id, because, { kind: 'entra-refused', ...cast })
    }
    case 'sign-in-needed':
      return release(edges, id, because, { kind: 'sign-in-needed' })
    case 'portal-only':
      return release(edges, id, because, { kind: 'portal-only' })
    case 'unknown': {
      await settle(edges, id, because, () => [{ type: 'DecisionUnknown', at, by: tapped.actor, detail: cast.detail }])
      const seen = await readDecision(edges, hand, id, phase.filed.entraRequest, because)
      return seen ?? refuse({ kind: 'in-doubt', about: 'decision' })
    }
    default:
      return cast satisfies never
  }
}

/** Holds the tap against the right to decide as it is now, and keeps everybody else off while the call is made. */
async function reserve(
  edges: Edges,
  tapped: Tapped,
  verdict: 'approve' | 'deny',
  id: RequestId,
  leaseUntil: Date,
): Promise<Result<AccessRequest, Refusal>> {
  const request = await loadRequest(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  if (request.submission.revision !== tapped.revision) return refuse({ kind: 'old-card' })
  const entitlement = edges.catalogue.entitlements.get(EntitlementId.parse(request.submission.entitlement))
  if (entitlement === undefined) return refuse({ kind: 'may-not-decide', why: { kind: 'no-longer-in-stage' } })
  const situation = await gather(edges, request.submission.requester, entitlement, id)
  const today = situation === undefined ? undefined : stageToday(situation)
  const nobody = { ...request.submission.stages[0], people: [], backup: [] }
  const command = {
    type: 'Decide' as const,
    at: edges.now(),
    realNow: edges.realNow(),
    leaseUntil,
    by: tapped.actor,
    verdict,
    comment: tapped.inputs.comment ?? '',
    decider: await edges.tenant.person(tapped.actor),
    stageNow: today ?? nobody,
    guestsMayDecide: false,
  }
  return record(edges, id, { actor: tapped.actor, cause: tapped.activity }, (now) => decide(now, command))
}

/** What Entra would grant must be what was asked of us and shown on the card; else nobody says yes to it here. */
async function compare(
  edges: Edges,
  hand: Hand,
  request: AccessRequest,
  because: Because,
): Promise<Result<true, Refusal>> {
  const { id } = request.submission
  if (request.phase.status !== 'filed') throw new Error('only a filed request can be compared')
  const { entraRequest } = request.phase.filed
  const waiting = await hand.toDecide()
  switch (waiting.came) {
    case 'done': {
      const theirs = waiting.value.find((each) => each.id === entraRequest)
      if (theirs === undefined) {
        const seen = await readDecision(edges, hand, id, entraRequest, because)
        if (seen?.ok === true) return refuse({ kind: 'settled', status: seen.value.phase.status })
        return release(edges, id, because, { kind: 'not-waiting-in-entra' })
      }
      const differing = differences(request, theirs)
      return differing.length === 0
        ? ok(true)
        : release(edges, id, because, { kind: 'differs-in-entra', differences: differing })
    }
    case 'refused':
      return release(edges, id, because, { kind: 'entra-refused', ...waiting })
    case 'sign-in-needed':
      return release(edges, id, because, { kind: 'sign-in-needed' })
    case 'portal-only':
      return release(edges, id, because, { kind: 'portal-only' })
    case 'unknown':
      // Only read so far: nothing can have happened, and the same tap can be made again.
      return release(edges, id, because, { kind: 'tenant-silent' })
    default:
      return waiting satisfies never
  }
}

/** Entra's record of the decision, if it has one: ours that got there unseen, or somebody else's. */
async function readDecision(
  edges: Edges,
  hand: Hand,
  id: RequestId,
  entraRequest: string,
  because: Because,
): Promise<Result<AccessRequest, Refusal> | undefined> {
  const read = await hand.approval(entraRequest)
  if (read.came !== 'done' || read.value.verdict === 'none') return undefined
  return settle(edges, id, because, (now) => observeDecision(now, edges.now(), read.value, 'look-up'))
}

const settle = (
  edges: Edges,
  id: RequestId,
  because: Because,
  happened: (now: AccessRequest) => readonly RequestEvent[],
): Promise<Result<AccessRequest, Refusal>> => record(edges, id, because, (now) => ok(happened(now)))

/** Gives the reservation back with the reason written down, and says it. */
async function release(
  edges: Edges,
  id: RequestId,
  because: Because,
  refusal: Refusal,
): Promise<Result<never, Refusal>> {
  const by = because.actor === 'latchkey' ? undefined : because.actor
  await settle(edges, id, because, ({ reservation }) =>
    reservation !== undefined && reservation.by === by
      ? [{ type: 'DecisionRefused', at: edges.now(), by, code: codeOf(refusal), message: '' }]
      : [],
  )
  return refuse(refusal)
}

const codeOf = (refusal: Refusal): string => (refusal.kind === 'entra-refused' ? refusal.code : refusal.kind)
