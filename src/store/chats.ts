import type { Selectable } from 'kysely'
import { PersonId } from '../people.ts'
import type { Chats, SentCard } from '../workflow/ports/memory.ts'
import type { Viewer } from '../workflow/ports/views.ts'
import { type Database, execute, type Tables } from './database.ts'

const reachable = 'select person from chat_reference where person = any($1)'

/** One row in any case, since either may be missing: settings outlive the app, and some clients tell none. */
const known = `
  select locale, zone, conversation, service_url, teams_id
  from (select $1::uuid as id) as asked
    left join chat_reference on chat_reference.person = asked.id
    left join viewer_setting on viewer_setting.person = asked.id`

type Known = AllOrNone<Tables['viewer_setting'], 'locale' | 'zone'> &
  AllOrNone<Tables['chat_reference'], 'conversation' | 'service_url' | 'teams_id'>

/** Columns of an outer join. */
type AllOrNone<Row, Column extends keyof Row> = Pick<Row, Column> | Readonly<Record<Column, null>>

const recordSent = `
  insert into sent_card (conversation, activity, record, role, revision, person, service_url, live)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (conversation, activity) do update
    set record = excluded.record, role = excluded.role, revision = excluded.revision, person = excluded.person,
      service_url = excluded.service_url, live = excluded.live`

/** @param unsaid how dates and words look for a person of whom nothing is known yet */
export function chatsOver(db: Database, unsaid: Viewer): Chats {
  return {
    async reference(person) {
      const row = await db.selectFrom('chat_reference').selectAll().where('person', '=', person).executeTakeFirst()
      if (row === undefined) return undefined
      const { conversation, service_url: serviceUrl, teams_id: teamsId } = row
      return { person: PersonId.parse(row.person), conversation, serviceUrl, teamsId }
    },

    async reachable(people) {
      if (people.length === 0) return new Set()
      const rows = await execute<{ readonly person: string }>(db, reachable, [people])
      return new Set(rows.map(({ person }) => PersonId.parse(person)))
    },

    async known(person) {
      const [row] = await execute<Known>(db, known, [person])
      if (row === undefined) throw new Error('a row of its own is not there')
      const { locale, zone, conversation, service_url, teams_id } = row
      return {
        viewer: locale === null || zone === null ? unsaid : { locale, zone },
        reference:
          conversation === null || service_url === null || teams_id === null
            ? undefined
            : { person, conversation, serviceUrl: service_url, teamsId: teams_id },
      }
    },

    async remember({ person, conversation, serviceUrl, teamsId }) {
      const row = { conversation, service_url: serviceUrl, teams_id: teamsId }
      await db
        .insertInto('chat_reference')
        .values({ person, ...row })
        .onConflict((conflict) => conflict.column('person').doUpdateSet(row))
        .execute()
    },

    async forget({ person, conversation }) {
      await db
        .deleteFrom('chat_reference')
        .where('person', '=', person)
        .where('conversation', '=', conversation)
        .execute()
    },

    async viewer(person) {
      const row = await db
        .selectFrom('viewer_setting')
        .select(['locale', 'zone'])
        .where('person', '=', person)
        .executeTakeFirst()
      return row ?? unsaid
    },

    async setViewer(person, { locale, zone }) {
      await db
        .insertInto('viewer_setting')
        .values({ person, locale, zone })
        .onConflict((conflict) => conflict.column('person').doUpdateSet({ locale, zone }))
        .execute()
    },

    async sent(record, role) {
      const cards = db.selectFrom('sent_card').selectAll().where('record', '=', record).orderBy('sequence')
      const rows = await (role === undefined ? cards : cards.where('role', '=', role)).execute()
      return rows.map(readCard)
    },

    async cardAt(conversation, activity) {
      const row = await db
        .selectFrom('sent_card')
        .selectAll()
        .where('conversation', '=', conversation)
        .where('activity', '=', activity)
        .executeTakeFirst()
      return row === undefined ? undefined : readCard(row)
    },

    async recordSent({ conversation, activity, record, role, revision, person, serviceUrl, live }) {
      await execute(db, recordSent, [conversation, activity, record, role, revision, person, serviceUrl, live])
    },

    async adopt(record, by) {
      await db.updateTable('sent_card').set({ record: by }).where('record', '=', record).execute()
    },

    async retire({ conversation, activity }) {
      await db
        .updateTable('sent_card')
        .set({ live: false })
        .where('conversation', '=', conversation)
        .where('activity', '=', activity)
        .execute()
    },

    async firstTime(occasion, at) {
      const first = await db
        .insertInto('seen_activity')
        .values({ activity: occasion, at })
        .onConflict((conflict) => conflict.column('activity').doNothing())
        .executeTakeFirst()
      return first.numInsertedOrUpdatedRows === 1n
    },

    async unsee(occasion) {
      await db.deleteFrom('seen_activity').where('activity', '=', occasion).execute()
    },

    async seen(occasion) {
      const before = await db
        .selectFrom('seen_activity')
        .select('activity')
        .where('activity', '=', occasion)
        .executeTakeFirst()
      return before !== undefined
    },
  }
}

const readCard = (row: Selectable<Tables['sent_card']>): SentCard => ({
  record: row.record,
  role: row.role,
  revision: row.revision,
  person: PersonId.parse(row.person),
  conversation: row.conversation,
  serviceUrl: row.service_url,
  activity: row.activity,
  live: row.live,
})
