import { sql } from 'kysely'
import type { PersonId } from '../people.ts'
import { connect, type InTransaction } from './database.ts'
import type { ErasedBody } from './erasure.ts'
import { writeEvents } from './journal.ts'
import { keyRing, signingKey } from './seal.ts'
import { noHead, wrongInSeal } from './verify-event.ts'

export interface Erasure {
  /** The bot's own role may not do this. */
  readonly databaseAdminUrl: string
  /** The journal's keys, PEM. */
  readonly signingKey: string
  readonly formerKeys: readonly string[]
  readonly person: PersonId
  /** Product time. */
  readonly at: Date
  readonly realNow: Date
}

/**
 * Erases for good what a person wrote, in whatever request and table it is kept, salts included. The journal keeps the
 * digests, so that chains and signatures still hold, and gets an `Erased` event that names the events whose words are
 * gone. What stands in people's chats in Teams is theirs to delete.
 * @returns what was erased; nothing is written where there was nothing
 */
export async function erasePerson(erasure: Erasure): Promise<ErasedBody> {
  const { databaseAdminUrl, person, at, realNow } = erasure
  const key = signingKey(erasure.signingKey)
  const keys = keyRing([erasure.signingKey, ...erasure.formerKeys])
  const stream = `person:${person}` as const
  const db = connect(databaseAdminUrl, 1)
  try {
    return await db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${stream}, 0))`.execute(transaction)
      const body = { texts: await eraseTexts(transaction, person), rows: await eraseRows(transaction, person) }
      if (body.texts.length === 0 && Object.values(body.rows).every((count) => count === 0)) return body
      const last = await transaction
        .selectFrom('journal')
        .selectAll()
        .where('stream', '=', stream)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
      const wrong = last === undefined ? undefined : wrongInSeal(last, keys)
      if (wrong !== undefined) throw new Error(`${stream} version ${last?.version} is refused: ${wrong}`)
      const behind = { transaction, stream, head: last ?? noHead }
      const because = { actor: 'latchkey', cause: 'journal --erase' } as const
      await writeEvents(behind, [{ type: 'Erased', at, body }], because, key, () => realNow)
      return body
    })
  } finally {
    await db.destroy()
  }
}

/** Whose words an event carries: of a request its requester's or whoever's deed it tells, else whoever caused it. */
const writtenBy = (person: PersonId) => sql<boolean>`
  case when journal.stream like 'request:%'
    then coalesce(journal.body::jsonb ->> 'by', journal.body::jsonb ->> 'requester') = ${person}
    else journal.actor = ${person}
  end`

async function eraseTexts(transaction: InTransaction, person: PersonId): Promise<ErasedBody['texts']> {
  const { rows } = await sql<{ stream: string; version: number }>`
    update journal_text set text = null, salt = null
    from journal
    where journal.stream = journal_text.stream and journal.version = journal_text.version
      and journal_text.text is not null and ${writtenBy(person)}
    returning journal.stream, journal.version`.execute(transaction)
  const once = new Map(rows.map(({ stream, version }) => [`${stream} ${version}`, { stream, version }]))
  return [...once.values()].toSorted((one, other) =>
    `${one.stream} ${one.version}` < `${other.stream} ${other.version}` ? -1 : 1,
  )
}

/** Rows beside the journal that hold what a person typed. */
async function eraseRows(transaction: InTransaction, person: PersonId): Promise<ErasedBody['rows']> {
  const draft = await transaction
    .updateTable('draft')
    .set({
      justification: '',
      ticket: '',
      inputs: sql<string>`jsonb_build_object('duration', coalesce(inputs ->> 'duration', ''))`,
    })
    .where('speaker', '=', person)
    .where((where) =>
      where.or([
        where('justification', '<>', ''),
        where('ticket', '<>', ''),
        // Whatever else was typed: all but the length.
        sql<boolean>`exists (select from jsonb_each_text(coalesce(inputs, '{}')) where key <> 'duration' and value <> '')`,
      ]),
    )
    .executeTakeFirst()
  const asked = await transaction.deleteFrom('asked').where('person', '=', person).executeTakeFirst()
  const unanswered = await transaction.deleteFrom('unanswered').where('person', '=', person).executeTakeFirst()
  const signIn = await transaction
    .deleteFrom('sign_in')
    .where('person', '=', person)
    .where('typed', 'is not', null)
    .executeTakeFirst()
  return {
    draft: Number(draft.numUpdatedRows),
    asked: Number(asked.numDeletedRows),
    unanswered: Number(unanswered.numDeletedRows),
    sign_in: Number(signIn.numDeletedRows),
  }
}
