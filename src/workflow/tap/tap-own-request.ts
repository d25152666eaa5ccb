import { decide } from '../../request/decide.ts'
import type { Command } from '../../request/command.ts'
import { outcomeIn } from '../../request/observe-filing.ts'
import { isGranted } from '../../request/stands.ts'
import type { RequestId } from '../../request/events.ts'
import type { Refusal } from '../../request/refusal.ts'
import { type AccessRequest, cancellable } from '../../request/request.ts'
import { ok, refuse, type Result } from '../../result.ts'
import { failedCall } from '../../request/failed-call.ts'
import { fileNow, leaseFrom, settleFiling } from '../engine/file.ts'
import type { Tapped } from '../ports/incoming.ts'
import { look } from '../engine/look.ts'
import type { Edges } from '../ports/ports.ts'
import type { OnBehalfOf } from '../ports/engine.ts'
import type { PersonCall } from '../../request/person-call.ts'
import type { Because } from '../ports/memory.ts'
import { loadRequest, record } from '../record/record.ts'
import { engineOf } from '../record/kinds.ts'
import { type Came, cameOfEnd, cameOfWithdrawal, neverSent } from '../../request/came-of.ts'

type Outcome = Result<AccessRequest, Refusal>

/** What the requester does with their own request: send it, take it back, end it, let it end, or ask what is known. */
export async function actOnOwn(
  edges: Edges,
  tapped: Tapped,
  verb: 'submit' | 'activate' | 'withdraw' | 'end' | 'let-end' | 'check',
  id: RequestId,
): Promise<Outcome> {
  const request = await loadRequest(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  if (request.submission.requester !== tapped.actor) return refuse({ kind: 'not-yours' })
  // What a card of an earlier state offers is not what its reader would mean now.
  if (request.revision !== tapped.revision) return refuse({ kind: 'old-card' })

  const because = { actor: tapped.actor, cause: tapped.activity }
  const hand = engineOf(edges, request.submission.target).onBehalfOf(tapped.actor, tapped.proof)
  // Whatever is in doubt is looked at before anything else is sent.
  const settled = await settleDoubt(edges, hand, request, because)
  if (!settled.ok) return settled
  const known = settled.value
  const command = { at: edges.now(), realNow: edges.realNow(), leaseUntil: leaseFrom(edges), by: tapped.actor }
  switch (verb) {
    case 'check': {
      const looked = (await look(edges, id)) ?? known
      // A no given in the portal leaves no grant behind: only the requester's own token shows it.
      return cancellable(looked) !== undefined ? seeOwn(edges, hand, id, because) : ok(looked)
    }
    case 'submit':
    case 'activate':
      return known.phase.status === 'ready-to-file' ? fileNow(edges, hand, known, because) : ok(known)
    case 'withdraw':
      return withdraw(edges, hand, id, because, { type: 'Withdraw', ...command })
    case 'end':
      return end(edges, hand, id, because, { type: 'EndNow', ...command })
    case 'let-end':
      return record(edges, id, because, (now) => decide(now, { type: 'LetEnd', ...command }))
    default:
      return verb satisfies never
  }
}

async function settleDoubt(edges: Edges, hand: OnBehalfOf, request: AccessRequest, because: Because): Promise<Outcome> {
  switch (request.doubt?.about) {
    case 'filing':
      return settleFiling(edges, hand, request.submission.id, because)
    case 'withdrawal':
      return seeOwn(edges, hand, request.submission.id, because)
    case 'end':
      return ok((await look(edges, request.submission.id)) ?? request)
    default:
      // Somebody else's decision is theirs, or the instance's, to settle.
      return ok(request)
  }
}

async function withdraw(
  edges: Edges,
  hand: OnBehalfOf,
  id: RequestId,
  because: Because,
  command: Command,
): Promise<Outcome> {
  const attempted = await record(edges, id, because, (now) => decide(now, command))
  const standing = attempted.ok ? cancellable(attempted.value) : undefined
  if (!attempted.ok || standing === undefined) return attempted
  const { nativeRequest } = standing
  const cancelled = await hand.cancel(nativeRequest)
  const granted = cancelled.came === 'refused' && (await isGrantedInEntra(hand, attempted.value))
  const at = edges.now()
  const came = await write(edges, id, because, 'withdrawal', cameOfWithdrawal(cancelled, at, granted))
  if (cancelled.came === 'done') return came
  if (granted) return grantedMeanwhile(edges, id)
  // Refused may mean that it was just decided: what Entra says about it is worth more than the refusal.
  const after = await seeOwn(edges, hand, id, because)
  return after.ok && cancellable(after.value) === undefined ? after : came
}

/** Whether Entra has granted it already, so that there is nothing to take back. */
async function isGrantedInEntra(hand: OnBehalfOf, { submission, phase }: AccessRequest): Promise<boolean> {
  if (phase.status !== 'filed') return false
  const own = await hand.own(submission.target)
  const theirs = own.came === 'done' ? own.value.find((each) => each.id === phase.filed.nativeRequest) : undefined
  return theirs !== undefined && isGranted(theirs.stands)
}

/** It shows at once or in a moment, and the card then offers to end it. */
async function grantedMeanwhile(edges: Edges, id: RequestId): Promise<Outcome> {
  const seen = await look(edges, id).catch(() => undefined)
  return refuse({ kind: 'granted-already', ...(seen?.phase.status === 'active' ? { until: seen.phase.until } : {}) })
}

/** Reads with the requester's own token what became of a filed request: taken back, denied, failed, or open still. */
async function seeOwn(edges: Edges, hand: OnBehalfOf, id: RequestId, because: Because): Promise<Outcome> {
  const request = await loadRequest(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  const standing = cancellable(request)
  if (standing === undefined) return ok(request)
  const { nativeRequest } = standing
  const own = await hand.own(request.submission.target)
  if (own.came !== 'done') return refuse(cannotSee(request, own))
  const theirs = own.value.find((each) => each.id === nativeRequest)
  const at = edges.now()
  return record(edges, id, because, (now) => {
    if (cancellable(now) === undefined) return ok([])
    const outcome = theirs === undefined ? [] : outcomeIn(now, theirs, at, 'look-up')
    if (outcome.length > 0) return ok(outcome)
    const over = now.doubt?.about === 'withdrawal' && now.doubt.leaseUntil <= edges.realNow()
    // Entra still waits for an answer, and our call cannot be on its way any more: it never got there.
    return ok(over ? [{ type: 'WithdrawalRefused', ...neverSent(at) }] : [])
  })
}

function cannotSee({ doubt }: AccessRequest, call: PersonCall<unknown>): Refusal {
  const refusal = failedCall(call)?.refusal ?? { kind: 'tenant-silent' }
  return doubt?.about === 'withdrawal' && refusal.kind !== 'sign-in-needed'
    ? { kind: 'in-doubt', about: 'withdrawal' }
    : refusal
}

async function end(
  edges: Edges,
  hand: OnBehalfOf,
  id: RequestId,
  because: Because,
  command: Command,
): Promise<Outcome> {
  const attempted = await record(edges, id, because, (now) => decide(now, command))
  if (!attempted.ok) return attempted
  const { submission } = attempted.value
  const ended = await hand.deactivate({ request: id, person: submission.beneficiary, target: submission.target })
  const came = await write(edges, id, because, 'end', cameOfEnd(ended, edges.now()))
  // It is over when the tenant no longer shows it, which is worth asking at once.
  const seen = await look(edges, id)
  return seen?.phase.status === 'ended' ? ok(seen) : came
}

/** Writes down what came of a call; a person's card then says it, and the refusal is returned as well. */
async function write(
  edges: Edges,
  id: RequestId,
  because: Because,
  about: 'withdrawal' | 'end',
  { events, refusal }: Came,
): Promise<Outcome> {
  const written = await record(edges, id, because, (now) => ok(now.doubt?.about === about ? events : []))
  return refusal === undefined ? written : refuse(refusal)
}
