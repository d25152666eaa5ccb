import type { RequestEvent, RequestId } from '../request/events.ts'
import { evolve } from '../request/evolve.ts'
import { observe, type SeenInstance } from '../request/observe.ts'
import { nextLook } from '../request/owe.ts'
import { nextPassing, passTime } from '../request/pass-time.ts'
import type { AccessRequest } from '../request/request.ts'
import { ok } from '../result.ts'
import { addTime, milliseconds } from '../time.ts'
import type { Edges } from './ports.ts'
import { loadRequest, record, sooner } from './record.ts'

type Looking = Pick<Edges, 'journal' | 'wake' | 'requests' | 'tenant' | 'now' | 'realNow' | 'log'>

/**
 * Asks the tenant, with the bot's own read-only identity, what it shows about a request, and writes down what is new,
 * and what the time has brought about since.
 * @returns the request as it stands afterwards. Throws when the tenant does not answer.
 */
export async function look(edges: Looking, id: RequestId): Promise<AccessRequest | undefined> {
  const before = await loadRequest(edges, id)
  if (before === undefined) return undefined
  const { beneficiary, target } = before.submission
  const instances = nextLook(before, edges.now()) === null ? undefined : await edges.tenant.active(beneficiary, target)
  const at = edges.now()
  const seen = await record(edges, id, { actor: 'latchkey', cause: 'look' }, (request) =>
    ok(happenedSince(request, at, edges.realNow(), instances)),
  )
  return seen.ok ? seen.value : before
}

/** First what the tenant shows, so that nobody is reminded of the end of what is over already. */
function happenedSince(
  request: AccessRequest,
  at: Date,
  realNow: Date,
  instances: readonly SeenInstance[] | undefined,
): readonly RequestEvent[] {
  const shown = instances === undefined ? [] : observe(request, at, realNow, instances)
  const after = shown.reduce<AccessRequest>((now, event) => evolve(now, event), request)
  return [...shown, ...passTime(after, at)]
}

/** Product time after which a look that failed is tried again: the card meanwhile says when the tenant was last seen. */
const afterFailure = milliseconds(15_000)

/** Looks at everything that is due. One request that cannot be looked at now does not hold up the others. */
export async function lookAtDue(edges: Looking): Promise<number> {
  const due = await edges.requests.toLookAt(edges.now(), 50)
  for (const { id, nextLookAt } of due) {
    try {
      const request = await look(edges, id)
      const next = request === undefined ? null : sooner(nextLook(request, edges.now()), nextPassing(request))
      await edges.requests.lookAgain(id, nextLookAt, next)
    } catch (error) {
      edges.log.warn({ request: id, error: String(error) }, 'the tenant could not be looked at')
      await edges.requests.lookAgain(id, nextLookAt, addTime(edges.now(), afterFailure))
    }
  }
  return due.length
}
