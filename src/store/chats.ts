import { type Insertable, type Selectable, sql } from 'kysely'
import { PersonId } from '../people.ts'
import type { Chats, SentCard } from '../workflow/ports/memory.ts'
import type { Viewer } from '../workflow/ports/views.ts'
import { compiled } from './compiled.ts'
import type { Database, Tables } from './database.ts'

/** @param unsaid how dates and words look for a person of whom nothing is known yet */
export function chatsOver(db: Database, unsaid: Viewer): Chats {
  const reachable = compiled(db, ({ people }: { people: readonly PersonId[] }) =>
    db
      .selectFrom('chat_reference')
      .select('person')
      .where('person', '=', sql<string>`any(${people})`),
  )
  // From a row of its own, since either may be missing: settings outlive the app, and some clients tell none.
  const known = compiled(db, ({ person }: { person: PersonId }) =>
    db
      .selectFrom(db.selectNoFrom((row) => row.cast<string>(row.val(person), 'uuid').as('id')).as('asked'))
      .leftJoin('chat_reference', 'chat_reference.person', 'asked.id')
      .leftJoin('viewer_setting', 'viewer_setting.person', 'asked.id')
      .select(['locale', 'zone', 'conversation', 'service_url', 'teams_id']),
  )
  const recordSent = compiled(db, (card: Insertable<Tables['sent_card']>) => {
    const { conversation, activity, record, role, revision, person, service_url, live } = card
    const row = { record, role, revision, person, service_url, live }
    return db
      .insertInto('sent_card')
      .values({ conversation, activity, ...row })
      .onConflict((conflict) => conflict.columns(['conversation', 'activity']).doUpdateSet(row))
  })
  return {
    async reference(person) {
      const row = await db.selectFrom('chat_reference').selectAll().where('person', '=', person).executeTakeFirst()
      if (row === undefined) return undefined
      const { conversation, service_url: serviceUrl, teams_id: teamsId } = row
      return { person: PersonId.parse(row.person), conversation, serviceUrl, teamsId }
    },

    async reachable(people) {
      if (people.length === 0) return new Set()
      return new Set((await reachable({ people })).map(({ person }) => PersonId.parse(person)))
    },

    async known(person) {
      const [row] = await known({ person })
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

    async recordSent({ serviceUrl, ...card }) {
      await recordSent({ ...card, service_url: serviceUrl })
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
