import { observe } from '../request/observe.ts'
import { nextLook } from '../request/owe.ts'
import type { AccessRequest } from '../request/request.ts'
import { ok } from '../result.ts'
import type { RequestId } from '../request/events.ts'
import type { Edges } from './ports.ts'
import { loadRequest, record } from './record.ts'

type Looking = Pick<Edges, 'journal' | 'wake' | 'requests' | 'tenant' | 'now' | 'log'>

/**
 * Asks the tenant, with the bot's own read-only identity, what it shows about a request, and writes down what is new.
 * @returns the request as it stands afterwards. Throws when the tenant does not answer.
 */
export async function look(edges: Looking, id: RequestId): Promise<AccessRequest | undefined> {
  const before = await loadRequest(edges, id)
  if (before === undefined || nextLook(before, edges.now()) === null) return before
  const { beneficiary, target } = before.submission
  const instances = await edges.tenant.active(beneficiary, target)
  const at = edges.now()
  const seen = await record(edges, id, { actor: 'latchkey', cause: 'look' }, (request) =>
    ok(observe(request, at, instances)),
  )
  return seen.ok ? seen.value : before
}

/** Looks at everything that is due. One request that cannot be looked at now does not hold up the others. */
export async function lookAtDue(edges: Looking): Promise<number> {
  const due = await edges.requests.toLookAt(edges.now(), 50)
  for (const { id } of due) {
    try {
      const request = await look(edges, id)
      const next = request === undefined ? null : nextLook(request, edges.now())
      if (next !== null) await edges.requests.lookAgain(id, next)
    } catch (error) {
      // The card keeps saying when the tenant was last seen; the next sweep asks again.
      edges.log.warn({ request: id, error: String(error) }, 'the tenant could not be looked at')
      await edges.requests.lookAgain(id, new Date(edges.now().getTime() + 15_000))
    }
  }
  return due.length
}
