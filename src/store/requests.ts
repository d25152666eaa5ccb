import { type Selectable, sql } from 'kysely'
import { PersonId } from '../people.ts'
import { type Clock, minutes } from '../time.ts'
import { RequestId } from '../request/events.ts'
import type { Requests, RequestSummary } from '../workflow/ports/memory.ts'
import { type Database, execute, type InTransaction, type Tables } from './database.ts'
import { keepLeases } from './leases.ts'
import type { AskedPerson } from '../request/who-is-asked.ts'

/** Real clock: looks are taken one after the other, each with a patience of its own. */
const longestRound = minutes(5)

/** Brings a request's row to what its journal says, in the transaction of the append. */
export async function summarise(transaction: InTransaction, summary: RequestSummary): Promise<void> {
  const row = {
    requester: summary.requester,
    beneficiary: summary.beneficiary,
    entitlement: summary.entitlement,
    status: summary.status,
    open: summary.open,
    in_doubt: summary.inDoubt,
    submitted_at: summary.submittedAt,
    next_look_at: summary.nextLookAt,
  }
  await transaction
    .insertInto('request_summary')
    .values({ id: summary.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** Brings the rows of who could be asked to what they are now, in the transaction of the append. */
export async function keepAsked(
  transaction: InTransaction,
  request: RequestId,
  asked: readonly AskedPerson[],
): Promise<void> {
  await transaction.deleteFrom('waits_for').where('request', '=', request).execute()
  const rows = asked.map((each) => ({ request, ...each }))
  if (rows.length > 0) await transaction.insertInto('waits_for').values(rows).execute()
}

const ofPerson = 'select * from request_summary where requester = $1 or beneficiary = $1 order by submitted_at desc, id'

/** @param realClock for leases; what is worth a look is told by the product time a caller gives */
export function requestsOver(db: Database, realClock: Clock): Requests & Disposable {
  const leases = keepLeases(realClock, (ids, until) =>
    db
      .updateTable('request_summary')
      .set({ look_leased_until: until })
      .where('id', 'in', ids)
      .where('look_holder', '=', leases.holder)
      // What the look has closed is nobody's to look at.
      .where('next_look_at', 'is not', null)
      .execute(),
  )
  let round: readonly string[] = []
  return {
    async ofPerson(person) {
      return (await execute<Selectable<Tables['request_summary']>>(db, ofPerson, [person])).map(readSummary)
    },

    async toLookAt(now, most) {
      // Whoever asks again is done with the last round, or has given it up: what is left of that may lapse.
      for (const id of round) leases.release(id)
      const real = realClock()
      const rows = await db
        .with('due_look', (query) =>
          query
            .selectFrom('request_summary')
            .select('id')
            .where('next_look_at', '<=', now)
            .where((or) => or.or([or('look_leased_until', 'is', null), or('look_leased_until', '<=', real)]))
            .orderBy('next_look_at')
            .orderBy('id')
            .limit(most)
            .forUpdate()
            .skipLocked(),
        )
        .updateTable('request_summary')
        .from('due_look')
        .whereRef('request_summary.id', '=', 'due_look.id')
        .set({ look_leased_until: leases.until(longestRound), look_holder: leases.holder })
        .returningAll('request_summary')
        .execute()
      const due = rows.map(readSummary)
      round = due.map(({ id }) => id)
      leases.hold(round, longestRound)
      return due.toSorted(
        (left, right) =>
          (left.nextLookAt?.getTime() ?? 0) - (right.nextLookAt?.getTime() ?? 0) || (left.id < right.id ? -1 : 1),
      )
    },

    async nextLook() {
      const { next } = await db
        .selectFrom('request_summary')
        .select((each) => each.fn.min('next_look_at').as('next'))
        .executeTakeFirstOrThrow()
      return next
    },

    async lookAgain(request, seen, next) {
      leases.release(request)
      // Whatever was appended since has set a time of its own.
      const due = sql<Date | null>`case when next_look_at is not distinct from ${seen} then ${next} else next_look_at end`
      await db
        .updateTable('request_summary')
        .set({ next_look_at: due, look_leased_until: null, look_holder: null })
        .where('id', '=', request)
        .execute()
    },

    async askedOf(person, most) {
      const rows = await db
        .selectFrom('waits_for')
        .select(['request', 'stage', 'since', 'closes'])
        .where('person', '=', person)
        .orderBy('closes', (order) => order.asc().nullsLast())
        .orderBy('request')
        .limit(most)
        .execute()
      return rows.map(({ request, ...row }) => ({ request: RequestId.parse(request), ...row }))
    },

    async withoutAsked(most) {
      const rows = await db
        .selectFrom('request_summary')
        .select('id')
        .where('status', 'in', ['in-chat', 'filed'])
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom('waits_for').select('person').whereRef('request', '=', 'request_summary.id'))),
        )
        // Any of them, so that those which never can be filled in keep no other one waiting.
        .orderBy(sql`random()`)
        .limit(most)
        .execute()
      return rows.map(({ id }) => RequestId.parse(id))
    },

    async fillAsked(request, version, asked) {
      return db.transaction().execute(async (transaction) => {
        // Whoever appends to it meanwhile writes rows of its own.
        const head = await transaction
          .selectFrom('journal')
          .select((each) => each.fn.max('version').as('version'))
          .where('stream', '=', `request:${request}`)
          .executeTakeFirst()
        const there = await transaction
          .selectFrom('waits_for')
          .select('person')
          .where('request', '=', request)
          .limit(1)
          .executeTakeFirst()
        if (head?.version !== version || there !== undefined || asked.length === 0) return false
        await transaction
          .insertInto('waits_for')
          .values(asked.map((each) => ({ request, ...each })))
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        return true
      })
    },

    [Symbol.dispose]: leases[Symbol.dispose],
  }
}

/** A row of the projection as the shell knows it. */
export const readSummary = (row: Selectable<Tables['request_summary']>): RequestSummary => ({
  id: RequestId.parse(row.id),
  requester: PersonId.parse(row.requester),
  beneficiary: PersonId.parse(row.beneficiary),
  entitlement: row.entitlement,
  status: row.status,
  open: row.open,
  inDoubt: row.in_doubt,
  submittedAt: row.submitted_at,
  nextLookAt: row.next_look_at,
})
