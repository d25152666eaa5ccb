import { setImmediate as turn } from 'node:timers/promises'
import { z } from 'zod'
import { PersonId } from '../../people.ts'
import { ok, refuse, type Result } from '../../result.ts'
import type { Unread } from '../../request/since-last-look.ts'
import type { ToldOutcome } from '../../request/observe-outcome.ts'
import { unreadBecause } from './assignments.ts'
import { id, Instant } from '../wire/values.ts'
import { GraphError } from '../wire/graph-error.ts'
import { toldToWait } from '../wire/throttle.ts'
import { quoted, type Reader } from '../wire/graph-reader.ts'
import type { Engine } from '../../workflow/ports/engine.ts'
import { sameWord } from './words.ts'

const doing = 'reading the audit log'

/** The reporting APIs allow five reads in ten seconds per app and tenant; the fifth is left to another replica. */
const readsAllowed = 4
const allowedIn = 10_000
const mostPages = 2
const path = '/v1.0/auditLogs/directoryAudits'
const pageSize = 999

const Target = z.object({ id: id.nullish(), type: z.string().nullish() })

/** One item of GET auditLogs/directoryAudits, as far as it concerns an activation. */
const Audit = z.object({
  activityDateTime: Instant,
  activityDisplayName: z.string(),
  category: z.string().nullish(),
  correlationId: id.nullish(),
  result: z.string().nullish(),
  resultReason: z.string().nullish(),
  initiatedBy: z.object({ user: z.object({ id: id.nullish() }).nullish() }).nullish(),
  targetResources: z.array(Target).nullish(),
})
type Audit = z.infer<typeof Audit>

/**
 * The names under which PIM writes what became of a request, without their case. "Remove member from role (PIM
 * activation expired)" is an end, not a lapse.
 * @see https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities
 */
const activities: ReadonlyMap<string, ToldOutcome['what']> = new Map([
  ['add member to role request denied (pim activation)', 'denied'],
  ['add member to role request approved (pim activation)', 'approved'],
  ['add member to role canceled (pim activation)', 'cancelled'],
  ['pim activation request expired', 'lapsed'],
])

/** How the log tells the records of one of PIM's services apart, and names what they are about. */
export interface Logged {
  readonly category: 'RoleManagement' | 'GroupManagement' | 'ResourceManagement'
  /** Of the target that is what was asked for. */
  readonly about: string
}

export type AuditLog = (logged: Logged) => Pick<Engine, 'outcomes'>

/**
 * What PIM wrote into the directory's audit log, application permission AuditLog.Read.All. All its services write into
 * the one log, and few reads are allowed: those that ask at the same moment are answered by one.
 * @param monotonic milliseconds of a clock that nobody sets
 * @see https://learn.microsoft.com/graph/api/directoryaudit-list
 */
export function auditLog(reader: Reader, monotonic: () => number = () => performance.now()): AuditLog {
  let reads: readonly number[] = []
  let gathering: { since: Date; readonly read: Promise<Result<readonly Audit[], Unread>> } | undefined

  async function readSince(since: Date): Promise<Result<readonly Audit[], Unread>> {
    reads = reads.filter((at) => monotonic() - at < allowedIn)
    const left = Math.min(mostPages, readsAllowed - reads.length)
    const [oldest = 0] = reads
    const wait = Math.max(reader.waitLeft(path), left < 1 ? Math.ceil((oldest + allowedIn - monotonic()) / 1000) : 0)
    if (wait > 0) return refuse(unreadBecause(toldToWait(doing, 'Graph', wait)))
    try {
      const query = {
        $filter: `loggedByService eq ${quoted('PIM')} and activityDateTime ge ${since.toISOString()}`,
        // What is newest decides what is still waiting; of a busy day the oldest is what may be left out.
        $orderby: 'activityDateTime desc',
        $top: String(pageSize),
      }
      // Counted before it is known whether there is a second page: sweeps may overlap.
      reads = [...reads, ...Array.from({ length: left }, monotonic)]
      const { found, pages } = await reader.some(doing, path, query, Audit, left)
      reads = reads.slice(0, reads.length - left + pages)
      return ok(found)
    } catch (error) {
      if (!(error instanceof GraphError)) throw error
      return refuse(unreadBecause(error))
    }
  }

  function together(since: Date): Promise<Result<readonly Audit[], Unread>> {
    if (gathering === undefined) {
      const read = turn().then(() => {
        const from = gathering?.since ?? since
        gathering = undefined
        return readSince(from)
      })
      gathering = { since, read }
    }
    if (since < gathering.since) gathering.since = since
    return gathering.read
  }

  return (logged) => ({
    async outcomes(since) {
      const came = await together(since)
      if (!came.ok) return came
      const told = came.value
        .filter(({ activityDateTime: at }) => at >= since)
        .flatMap((wire) => outcomeIn(wire, logged))
      return ok(told.toSorted((one, other) => one.at.getTime() - other.at.getTime()))
    },
  })
}

function outcomeIn(wire: Audit, { category, about }: Logged): readonly ToldOutcome[] {
  const { activityDisplayName: activity, correlationId, result, resultReason, initiatedBy } = wire
  const what = activities.get(activity.trim().toLowerCase())
  // A request that ran out is told as a failure, too.
  const happened = sameWord(result ?? 'success', 'success') || what === 'lapsed'
  if (what === undefined || !happened || !sameWord(wire.category ?? category, category)) return []
  const targets = wire.targetResources ?? []
  const named = (type: string) => targets.find((target) => sameWord(target.type, type))?.id ?? null
  const by = PersonId.safeParse(initiatedBy?.user?.id)
  return [
    {
      at: wire.activityDateTime,
      what,
      by: by.success ? by.data : null,
      reason: resultReason ?? null,
      ids: [...(correlationId ? [correlationId] : []), ...targets.flatMap((target) => target.id ?? [])],
      names: named('Request'),
      person: named('User'),
      grants: named(about),
    },
  ]
}
