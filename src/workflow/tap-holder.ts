import { decide } from '../request/decide.ts'
import type { RequestEvent, RequestId } from '../request/events.ts'
import type { Refusal } from '../request/refusal.ts'
import type { AccessRequest } from '../request/request.ts'
import { ok, refuse, type Result } from '../result.ts'
import { fileAgain, settleFiling } from './file.ts'
import type { Tapped } from './incoming.ts'
import { look } from './look.ts'
import type { Because, Edges, Hand, PersonCall } from './ports.ts'
import { loadRequest, record } from './record.ts'

type Outcome = Result<AccessRequest, Refusal>

/** What the requester does with their own request: send it, take it back, end it, or ask what is known. */
export async function actOnOwn(
  edges: Edges,
  tapped: Tapped,
  verb: 'submit' | 'withdraw' | 'end' | 'check',
  id: RequestId,
  leaseUntil: Date,
): Promise<Outcome> {
  const request = await loadRequest(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  if (request.submission.requester !== tapped.actor) return refuse({ kind: 'not-yours' })
  if (request.submission.revision !== tapped.revision) return refuse({ kind: 'old-card' })

  const because = { actor: tapped.actor, cause: tapped.activity }
  const hand = edges.takeHand(tapped.actor, tapped.proof)
  // Whatever is in doubt is looked at before anything else is sent.
  const settled = await settleDoubt(edges, hand, request, because)
  if (!settled.ok) return settled
  const known = settled.value
  const command = { at: edges.now(), realNow: edges.realNow(), leaseUntil, by: tapped.actor }
  switch (verb) {
    case 'check': {
      const looked = (await look(edges, id)) ?? known
      // A no given in the portal leaves no grant behind: only the requester's own token shows it.
      return looked.phase.status === 'filed' ? seeOwn(edges, hand, id, because) : ok(looked)
    }
    case 'submit':
      return known.phase.status === 'ready-to-file' ? fileAgain(edges, hand, known, because, leaseUntil) : ok(known)
    case 'withdraw':
      return withdraw(edges, hand, id, because, { type: 'Withdraw', ...command })
    case 'end':
      return end(edges, hand, id, because, { type: 'EndNow', ...command })
    default:
      return verb satisfies never
  }
}

async function settleDoubt(edges: Edges, hand: Hand, request: AccessRequest, because: Because): Promise<Outcome> {
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

type WithdrawCommand = Extract<Parameters<typeof decide>[1], { type: 'Withdraw' }>
type EndCommand = Extract<Parameters<typeof decide>[1], { type: 'EndNow' }>

async function withdraw(
  edges: Edges,
  hand: Hand,
  id: RequestId,
  because: Because,
  command: WithdrawCommand,
): Promise<Outcome> {
  const attempted = await record(edges, id, because, (now) => decide(now, command))
  if (!attempted.ok || attempted.value.phase.status !== 'filed') return attempted
  const { entraRequest } = attempted.value.phase.filed
  const cancelled = await hand.cancel(entraRequest)
  const at = edges.now()
  const came = await write(edges, id, because, 'withdrawal', cancelled, {
    done: [{ type: 'WithdrawalObserved', at, source: 'answer' }],
    refused: (code, message) => ({ type: 'WithdrawalRefused', at, code, message }),
    unknown: (detail) => ({ type: 'WithdrawalUnknown', at, detail }),
  })
  if (cancelled.came === 'done') return came
  // Refused may mean that it was just decided: what Entra says about it is worth more than the refusal.
  const after = await seeOwn(edges, hand, id, because)
  return after.ok && after.value.phase.status !== 'filed' ? after : came
}

/** Reads with the requester's own token what became of a filed request: taken back, denied, or open still. */
async function seeOwn(edges: Edges, hand: Hand, id: RequestId, because: Because): Promise<Outcome> {
  const request = await loadRequest(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  if (request.phase.status !== 'filed') return ok(request)
  const { entraRequest } = request.phase.filed
  const own = await hand.own(request.submission.target)
  if (own.came !== 'done') return refuse(cannotSee(request, own))
  const status = own.value.find((each) => each.id === entraRequest)?.status
  const at = edges.now()
  return record(edges, id, because, (now) => {
    if (now.phase.status !== 'filed') return ok([])
    if (status === 'Canceled') return ok([{ type: 'WithdrawalObserved', at, source: 'look-up' }])
    if (status === 'Denied') {
      return ok([
        {
          type: 'DecisionObserved',
          at,
          source: 'look-up',
          by: null,
          stage: 0,
          verdict: 'deny',
          confirmed: false,
          inStage: false,
        },
      ])
    }
    const over = now.doubt?.about === 'withdrawal' && now.doubt.leaseUntil <= edges.realNow()
    // Entra still waits for an answer, and our call cannot be on its way any more: it never got there.
    return over ? ok([{ type: 'WithdrawalRefused', at, code: 'not-received', message: '' }]) : ok([])
  })
}

function cannotSee({ doubt }: AccessRequest, { came }: PersonCall<unknown>): Refusal {
  if (doubt?.about === 'withdrawal') return { kind: 'in-doubt', about: 'withdrawal' }
  return { kind: came === 'portal-only' || came === 'sign-in-needed' ? came : 'tenant-silent' }
}

async function end(edges: Edges, hand: Hand, id: RequestId, because: Because, command: EndCommand): Promise<Outcome> {
  const attempted = await record(edges, id, because, (now) => decide(now, command))
  if (!attempted.ok) return attempted
  const { submission } = attempted.value
  const ended = await hand.deactivate({ request: id, person: submission.beneficiary, target: submission.target })
  const at = edges.now()
  const came = await write(edges, id, because, 'end', ended, {
    done: [{ type: 'EndAccepted', at, source: 'answer' }],
    refused: (code, message) => ({ type: 'EndRefused', at, code, message }),
    unknown: (detail) => ({ type: 'EndUnknown', at, detail }),
  })
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
  call: PersonCall<unknown>,
  events: {
    readonly done: readonly RequestEvent[]
    readonly refused: (code: string, message: string) => RequestEvent
    readonly unknown: (detail: string) => RequestEvent
  },
): Promise<Outcome> {
  const append = (happened: readonly RequestEvent[]) =>
    record(edges, id, because, (now) => ok(now.doubt?.about === about ? happened : []))
  switch (call.came) {
    case 'done':
      return append(events.done)
    case 'refused': {
      await append([events.refused(call.code, call.message)])
      const { code, message, failedRules } = call
      return refuse({ kind: 'entra-refused', code, message, failedRules })
    }
    case 'sign-in-needed':
      await append([events.refused('sign-in-needed', '')])
      return refuse({ kind: 'sign-in-needed' })
    case 'portal-only':
      await append([events.refused('portal-only', '')])
      return refuse({ kind: 'portal-only' })
    case 'unknown':
      await append([events.unknown(call.detail)])
      return refuse({ kind: 'in-doubt', about })
    default:
      return call satisfies never
  }
}
