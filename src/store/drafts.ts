import type { Selectable } from 'kysely'
import { PersonId } from '../people.ts'
import { RequestId } from '../request/events.ts'
import type { Inputs } from '../entitlement/inputs.ts'
import { isoDuration, milliseconds, parseDuration } from '../time.ts'
import type { Asked, Draft, Drafts } from '../workflow/ports/memory.ts'
import { type Database, execute, type Tables } from './database.ts'
import { storable } from './storable.ts'

/** Makes a draft and asks its speaker about it; no row where the message has made one before. */
const offered = `
  with made as (
    insert into draft (id, message, revision, speaker, entitlement, inputs, duration, justification, ticket, cut_from, made_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (message) do nothing
    returning *
  ), asks as (
    insert into asked (person, conversation, message, what, at, below)
    select speaker, $12, message, $13, made_at, 0 from made
    on conflict (person, conversation) do update
      set message = excluded.message, what = excluded.what, at = excluded.at, below = excluded.below
  )
  select * from made`

export function draftsOver(db: Database): Drafts {
  const all = db.selectFrom('draft').selectAll()
  const earlier = async (message: string) => ({
    draft: readDraft(await all.where('message', '=', message).executeTakeFirstOrThrow()),
    made: false,
  })
  return {
    async make(draft, message) {
      const made = await db
        .insertInto('draft')
        .values(newRow(draft, message))
        .onConflict((conflict) => conflict.column('message').doNothing())
        .returningAll()
        .executeTakeFirst()
      return made === undefined ? earlier(message) : { draft: readDraft(made), made: true }
    },

    async offer(draft, message, conversation) {
      const what = JSON.stringify({ asks: 'draft', draft: draft.id } satisfies Asked['what'])
      const row = newRow(draft, message)
      const [made] = await execute<Selectable<Tables['draft']>>(db, offered, [
        row.id,
        row.message,
        row.revision,
        row.speaker,
        row.entitlement,
        row.inputs,
        row.duration,
        row.justification,
        row.ticket,
        row.cut_from,
        row.made_at,
        conversation,
        what,
      ])
      return made === undefined ? earlier(message) : { draft: readDraft(made), made: true }
    },

    async load(id) {
      const row = await all.where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : readDraft(row)
    },

    async ofMessage(message) {
      const row = await all.where('message', '=', message).executeTakeFirst()
      return row === undefined ? undefined : readDraft(row)
    },

    async change(id, revision, next, message) {
      const changed = await db
        .updateTable('draft')
        .set({
          revision: revision + 1,
          ...typedIn(next.inputs),
          cut_from: next.cutFrom,
          ...(message === undefined ? {} : { changed_by: message }),
        })
        .where('id', '=', id)
        .where('revision', '=', revision)
        .where('closed_as', 'is', null)
        .executeTakeFirst()
      return changed.numUpdatedRows === 1n
    },

    async close(id, as) {
      const closed = await db
        .updateTable('draft')
        .set({ closed_as: as.as, closed_request: as.as === 'submitted' ? as.request : null })
        .where('id', '=', id)
        .where('closed_as', 'is', null)
        .returningAll()
        .executeTakeFirst()
      return readDraft(closed ?? (await all.where('id', '=', id).executeTakeFirstOrThrow()))
    },
  }
}

/** The map, and the columns that the release before this one reads. */
const typedIn = (inputs: Inputs) => {
  const kept = Object.fromEntries(Object.entries(inputs).map(([name, text]) => [name, storable(text)]))
  return {
    inputs: JSON.stringify(kept),
    duration: parseDuration(kept['duration'] ?? '') ?? 0,
    justification: kept['justification'] ?? '',
    ticket: kept['ticket'] ?? '',
  }
}

const ofOlderRelease = ({ duration, justification, ticket }: Selectable<Tables['draft']>): Inputs => ({
  duration: isoDuration(milliseconds(duration)),
  justification,
  ticket,
})

const newRow = (draft: Omit<Draft, 'closed'>, message: string) => ({
  id: draft.id,
  message,
  revision: draft.revision,
  speaker: draft.speaker,
  entitlement: draft.entitlement,
  ...typedIn(draft.inputs),
  cut_from: draft.cutFrom,
  made_at: draft.madeAt,
})

export const readDraft = (row: Selectable<Tables['draft']>): Draft => ({
  id: row.id,
  revision: row.revision,
  speaker: PersonId.parse(row.speaker),
  entitlement: row.entitlement,
  inputs: row.inputs ?? ofOlderRelease(row),
  cutFrom: row.cut_from === null ? null : milliseconds(row.cut_from),
  madeAt: row.made_at,
  ...(row.changed_by === null ? {} : { changedBy: row.changed_by }),
  closed: readClosed(row),
})

function readClosed({ closed_as, closed_request }: Selectable<Tables['draft']>): Draft['closed'] {
  if (closed_as === null) return null
  if (closed_as === 'discarded') return { as: 'discarded' }
  return { as: 'submitted', request: RequestId.parse(closed_request) }
}
