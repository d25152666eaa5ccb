import type { Selectable } from 'kysely'
import { PersonId } from '../people.ts'
import { RequestId } from '../request/events.ts'
import type { Requests, RequestSummary } from '../workflow/ports.ts'
import type { Database, InTransaction, Tables } from './database.ts'

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

export function requestsOver(db: Database): Requests {
  const all = db.selectFrom('request_summary').selectAll()
  return {
    async ofPerson(person) {
      const rows = await all
        .where((or) => or.or([or('requester', '=', person), or('beneficiary', '=', person)]))
        .orderBy('submitted_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(readSummary)
    },

    async toLookAt(now, most) {
      const rows = await all
        .where('next_look_at', '<=', now)
        .orderBy('next_look_at')
        .orderBy('id')
        .limit(most)
        .execute()
      return rows.map(readSummary)
    },

    async nextLook() {
      const { next } = await db
        .selectFrom('request_summary')
        .select((each) => each.fn.min('next_look_at').as('next'))
        .executeTakeFirstOrThrow()
      return next
    },

    async lookAgain(request, seen, next) {
      await db
        .updateTable('request_summary')
        .set({ next_look_at: next })
        .where('id', '=', request)
        .where('next_look_at', seen === null ? 'is' : '=', seen)
        .execute()
    },

    async open(most) {
      const rows = await db
        .selectFrom('request_summary')
        .selectAll()
        .where('open', '=', true)
        .orderBy('submitted_at')
        .limit(most)
        .execute()
      return rows.map(readSummary)
    },
  }
}

const readSummary = (row: Selectable<Tables['request_summary']>): RequestSummary => ({
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
