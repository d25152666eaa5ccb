import { RequestId } from '../../request/events.ts'
import { fold } from '../../request/evolve.ts'
import { nextDue } from '../../request/due-by-clock.ts'
import { type AccessRequest, isOpen } from '../../request/request.ts'
import { addTime, minutes } from '../../time.ts'
import type { Finding } from '../ports/finding.ts'
import type { Journal, RequestSummary } from '../ports/memory.ts'

/** What the memory holds beside the journal, and which requests the journal has. */
export interface Memory {
  readonly journal: Pick<Journal, 'load'>
  readonly summaries: readonly RequestSummary[]
  readonly streams: readonly RequestId[]
  /** Product time. */
  readonly now: Date
}

/** What is due is brought about within seconds; where a tenant or a chat is silent, within minutes. */
const grace = minutes(10)

/** Every request's row against what folding its events says. */
export async function examineMemory({ journal, summaries, streams, now }: Memory): Promise<readonly Finding[]> {
  const rows = new Map(summaries.map((summary) => [summary.id, summary]))
  const known = new Set(streams)
  const findings: Finding[] = summaries
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => ({ kind: 'summary-stray', request: id }))
  for (const id of streams) {
    try {
      const request = fold((await journal.load(id)).events)
      const row = rows.get(id)
      if (request !== undefined) findings.push(...(row === undefined ? [missing(id)] : compare(request, row, now)))
    } catch (error) {
      findings.push({ kind: 'stream-unreadable', request: id, detail: String(error) })
    }
  }
  return findings
}

const missing = (request: RequestId): Finding => ({ kind: 'summary-missing', request })

function compare(request: AccessRequest, row: RequestSummary, now: Date): readonly Finding[] {
  const { submission, phase, doubt } = request
  const pairs = [
    ['requester', row.requester, submission.requester],
    ['beneficiary', row.beneficiary, submission.beneficiary],
    ['entitlement', row.entitlement, submission.entitlement],
    ['status', row.status, phase.status],
    ['open', row.open, isOpen(request)],
    ['in doubt', row.inDoubt, doubt !== undefined],
    ['submitted', row.submittedAt.toISOString(), submission.submittedAt.toISOString()],
  ] as const
  const due = nextDue(request)
  const late = due !== null && addTime(due, grace) < now
  return [
    ...pairs
      .filter(([, summary, journal]) => summary !== journal)
      .map(([field, summary, journal]) => ({
        kind: 'summary-differs' as const,
        request: row.id,
        field,
        summary: String(summary),
        journal: String(journal),
      })),
    ...(late ? [{ kind: 'overdue' as const, request: row.id, due }] : []),
  ]
}
