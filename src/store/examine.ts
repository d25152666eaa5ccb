import { RequestId } from '../request/events.ts'
import type { RequestSummary } from '../workflow/ports/memory.ts'
import { connect } from './database.ts'
import { readSummary } from './requests.ts'

/** All rows of the projection, and every request that the journal has a stream of. */
export async function requestsKept(
  databaseUrl: string,
): Promise<{ readonly summaries: readonly RequestSummary[]; readonly streams: readonly RequestId[] }> {
  const db = connect(databaseUrl, 1)
  try {
    // One snapshot: a request submitted between two reads would be missing from one of them.
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (read) => {
        const rows = await read.selectFrom('request_summary').selectAll().orderBy('submitted_at').execute()
        const streams = await read
          .selectFrom('journal')
          .select('stream')
          .where('stream', 'like', 'request:%')
          .where('version', '=', 1)
          .orderBy('position')
          .execute()
        return {
          summaries: rows.map(readSummary),
          streams: streams.map(({ stream }) => RequestId.parse(stream.slice('request:'.length))),
        }
      })
  } finally {
    await db.destroy()
  }
}
