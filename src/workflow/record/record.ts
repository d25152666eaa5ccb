import type { RequestEvent, RequestId } from '../../request/events.ts'
import { evolve, fold } from '../../request/evolve.ts'
import { effectsOf } from '../../request/owed.ts'
import { dueByClock } from '../../request/due-by-clock.ts'
import type { Refusal } from '../../request/refusal.ts'
import { firstLook } from '../../request/when-to-look.ts'
import { type AccessRequest, isOpen } from '../../request/request.ts'
import { ok, refuse, type Result } from '../../result.ts'
import type { Edges } from '../ports/ports.ts'
import type { Because, RequestSummary } from '../ports/memory.ts'
import { whoIsAsked } from '../../request/who-is-asked.ts'

type Memory = Pick<Edges, 'journal' | 'wake'>

/** The request as its events tell it, undefined for an id that has none. */
export async function loadRequest({ journal }: Memory, id: RequestId): Promise<AccessRequest | undefined> {
  return fold((await journal.load(id)).events)
}

/**
 * The request with what time alone has brought about and no look has written down yet: a card whose stage lapsed a
 * moment ago decides nothing.
 */
export async function broughtToNow(
  edges: Memory & Pick<Edges, 'now'>,
  id: RequestId,
): Promise<AccessRequest | undefined> {
  const before = await loadRequest(edges, id)
  if (before === undefined || overdue(before, edges.now()).length === 0) return before
  const came = await record(edges, id, { actor: 'latchkey', cause: 'look' }, (now) => ok(overdue(now, edges.now())))
  return came.ok ? came.value : before
}

/** Of what stands in Entra only a look may say that its time is over. */
const overdue = (request: AccessRequest, at: Date): readonly RequestEvent[] =>
  request.doubt === undefined && (request.phase.status === 'in-chat' || request.phase.status === 'ready-to-file')
    ? dueByClock(request, at)
    : []

/** How often somebody else may get in between before we give up; each time the decision is taken anew. */
const patienceWithOthers = 20

/**
 * Loads a request, asks `decision` what happens to it, and appends that together with what the bot then owes. Asked
 * anew whenever somebody else appended in between, so `decision` must depend on nothing but what it is given.
 */
export async function record(
  edges: Memory,
  id: RequestId,
  because: Because,
  decision: (request: AccessRequest) => Result<readonly RequestEvent[], Refusal>,
): Promise<Result<AccessRequest, Refusal>> {
  for (let attempt = 0; attempt < patienceWithOthers; attempt += 1) {
    const { version, events } = await edges.journal.load(id)
    const before = fold(events)
    if (before === undefined) return refuse({ kind: 'unknown-record' })
    const decided = decision(before)
    if (!decided.ok) return decided
    if (decided.value.length === 0) return ok(before)
    const after = await append(edges, id, version, before, decided.value, because)
    if (after !== undefined) return ok(after)
  }
  throw new Error(`${id} was changed ${patienceWithOthers} times while one decision about it was being written`)
}

/** Appends the first events of a request. @returns undefined when its stream exists already. */
export const begin = (
  edges: Memory,
  id: RequestId,
  events: readonly RequestEvent[],
  because: Because,
): Promise<AccessRequest | undefined> => append(edges, id, 0, undefined, events, because)

async function append(
  edges: Memory,
  id: RequestId,
  version: number,
  before: AccessRequest | undefined,
  events: readonly RequestEvent[],
  because: Because,
): Promise<AccessRequest | undefined> {
  const after = events.reduce<AccessRequest | undefined>((request, event) => evolve(request, event), before)
  const last = events.at(-1)
  if (after === undefined || last === undefined) throw new Error('nothing to append')
  const also = {
    because,
    owed: effectsOf(before, events),
    summary: summaryOf(after, firstLook(after, last.at)),
    asked: whoIsAsked(after),
  }
  if (!(await edges.journal.append(id, version, events, also))) return undefined
  edges.wake()
  return after
}

/** @param look when the tenant is worth asking; what time alone brings about is owed, and does not wait for a look. */
function summaryOf(request: AccessRequest, look: Date | null): RequestSummary {
  const { submission, phase, doubt } = request
  return {
    id: submission.id,
    requester: submission.requester,
    beneficiary: submission.beneficiary,
    entitlement: submission.entitlement,
    status: phase.status,
    open: isOpen(request),
    inDoubt: doubt !== undefined,
    submittedAt: submission.submittedAt,
    nextLookAt: look,
  }
}

/** The earlier of two instants, either of which may never come. */
export function sooner(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}
