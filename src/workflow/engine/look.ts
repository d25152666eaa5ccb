import { EntitlementId } from '../../entitlement/entry.ts'
import type { RequestId } from '../../request/events.ts'
import { happenedSince, type Shown } from '../../request/since-last-look.ts'
import type { AccessRequest } from '../../request/request.ts'
import { nextLook, standsInEntra } from '../../request/when-to-look.ts'
import { ok } from '../../result.ts'
import { addTime, milliseconds, minutes } from '../../time.ts'
import { askWhoMayDecide, type sharedReading } from './asked-now.ts'
import type { Edges } from '../ports/ports.ts'
import type { Unread } from '../../request/since-last-look.ts'
import type { Looked } from '../ports/memory.ts'
import { loadRequest, record, sooner } from '../record/record.ts'
import { readDue } from './read-due.ts'
import { engineOf } from '../record/kinds.ts'

type Looking = Pick<
  Edges,
  'journal' | 'wake' | 'requests' | 'tenant' | 'now' | 'realNow' | 'log' | 'looks' | 'outbox' | 'catalogue' | 'chats'
>

type SharedReading = ReturnType<typeof sharedReading<Looking>>

/**
 * Asks the tenant, with the bot's own read-only identity, what it shows about a request, and writes down what is new,
 * and what the time has brought about since.
 * @returns the request as it stands afterwards. Throws when the tenant does not answer.
 */
export async function look(edges: Looking, id: RequestId): Promise<AccessRequest | undefined> {
  const before = await loadRequest(edges, id)
  if (before === undefined) return undefined
  const { beneficiary, target } = before.submission
  const instances = standsInEntra(before, edges.now())
    ? await engineOf(edges, target).active(beneficiary, target)
    : undefined
  const shown = { ...(instances === undefined ? {} : { instances: ok(instances) }), outcomes: [], alone: false }
  const after = await write(edges, before, shown)
  if (instances !== undefined) await answered(edges, [id], await edges.looks.of([id]))
  return after
}

/**
 * Looks at everything that is due, together. One request that cannot be looked at now does not hold up the others.
 * @param shared reads what many requests have in common.
 */
export async function lookAtDue(edges: Looking, shared: SharedReading): Promise<number> {
  const due = await edges.requests.toLookAt(edges.now(), 50)
  if (due.length === 0) return 0
  const ids = due.map(({ id }) => id)
  const loaded = await loadEach(edges, ids)
  const looked = await edges.looks.of(ids)
  const shown = await readDue(edges, loaded, looked, edges.now())
  const heard: RequestId[] = []
  for (const { id, nextLookAt } of due) {
    const before = loaded.find((each) => each.submission.id === id)
    const one = shown.get(id)
    try {
      if (before === undefined || one === undefined) {
        // Unreadable now, it may be read by another process, or after a mend.
        await edges.requests.lookAgain(id, nextLookAt, addTime(edges.now(), unreadableWait))
        continue
      }
      const after = await write(edges, before, one)
      const unread = unreadIn(one)
      if (unread === undefined) {
        if (one.instances !== undefined || one.standing !== undefined) heard.push(id)
        if (one.standing !== undefined) await askAnew(edges, shared, after)
        await edges.requests.lookAgain(id, nextLookAt, nextAfter(after, edges.now(), one.untold))
      } else {
        edges.log.warn({ request: id, why: unread.why }, 'the tenant could not be looked at')
        await toldNothing(edges, after, looked.get(id))
        await edges.requests.lookAgain(id, nextLookAt, addTime(edges.now(), waitAfter(unread)))
      }
    } catch (error) {
      edges.log.warn({ request: id, error: String(error) }, 'what the tenant shows could not be written down')
      await edges.requests.lookAgain(id, nextLookAt, addTime(edges.now(), afterFailure))
    }
  }
  await answered(edges, heard, looked)
  return due.length
}

/** A look that fails here is made again with the next one: those who were asked stay asked meanwhile. */
async function askAnew(edges: Looking, shared: SharedReading, request: AccessRequest): Promise<void> {
  try {
    await askWhoMayDecide(shared.reads(), request)
  } catch (error) {
    shared.forget()
    edges.log.warn({ request: request.submission.id, error: String(error) }, 'who may decide could not be looked up')
  }
}

/** A stream that cannot be read, such as one of a newer version, keeps no other request from being looked at. */
async function loadEach(edges: Looking, ids: readonly RequestId[]): Promise<readonly AccessRequest[]> {
  const loads = await Promise.allSettled(ids.map((id) => loadRequest(edges, id)))
  return loads.flatMap((load, index) => {
    if (load.status === 'fulfilled') return load.value ?? []
    edges.log.error({ request: ids[index], error: String(load.reason) }, 'a request could not be read')
    return []
  })
}

/** The log may be read a few times only: what it would have told is asked for as soon as it may be. */
function nextAfter(request: AccessRequest, at: Date, untold: Unread | undefined): Date | null {
  const again = untold === undefined ? null : addTime(at, milliseconds(1000 * Math.max(1, untold.retryAfter ?? 15)))
  return sooner(nextLook(request, at), again)
}

async function write(edges: Looking, before: AccessRequest, shown: Shown): Promise<AccessRequest> {
  const at = edges.now()
  const offered = edges.catalogue.entitlements.has(EntitlementId.parse(before.submission.entitlement))
  const seen = await record(edges, before.submission.id, { actor: 'latchkey', cause: 'look' }, (request) =>
    ok(happenedSince(request, at, edges.realNow(), shown, offered)),
  )
  return seen.ok ? seen.value : before
}

// ---- When the tenant is silent --------------------------------------------------------------------------------------

/** Product time after which a look that failed is tried again, where the tenant names no longer wait. */
const afterFailure = milliseconds(15_000)

/** The same for a request whose own events could not be read. */
const unreadableWait = minutes(5)
const waitAfter = ({ retryAfter }: Unread) => milliseconds(Math.max(afterFailure, (retryAfter ?? 0) * 1000))

/** Product time without an answer after which the card says so. */
const patienceWithTenant = minutes(5)

const unreadIn = ({ instances, standing }: Shown): Unread | undefined => {
  if (instances?.ok === false) return instances.refusal
  return standing?.ok === false ? standing.refusal : undefined
}

/** After a while the card says since when nothing was heard: one edit, not one for every look that fails. */
async function toldNothing(edges: Looking, request: AccessRequest, before: Looked | undefined): Promise<void> {
  const { id, submittedAt } = request.submission
  const since = latest(before?.answeredAt, request.seenAt ?? submittedAt)
  if (before?.silent === true || edges.now() < addTime(since, patienceWithTenant)) return
  await edges.looks.silent(id, since)
  await showAgain(edges, id, `silent:${id}:${since.toISOString()}`)
}

/** The tenant answered about these; a card that says it was silent is brought to the truth. */
async function answered(
  edges: Looking,
  ids: readonly RequestId[],
  before: ReadonlyMap<RequestId, Looked>,
): Promise<void> {
  await edges.looks.answered(ids, edges.now())
  for (const id of ids) {
    const earlier = before.get(id)
    if (earlier?.silent === true) await showAgain(edges, id, `heard:${id}:${earlier.answeredAt.toISOString()}`)
  }
}

async function showAgain(edges: Looking, request: RequestId, occasion: string): Promise<void> {
  await edges.outbox.owe(occasion, { effect: 'status-card', request }, edges.now())
  edges.wake()
}

const latest = (one: Date | undefined, other: Date): Date => (one !== undefined && one > other ? one : other)
