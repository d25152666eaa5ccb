import { randomBytes } from 'node:crypto'
import type { Insertable, Selectable } from 'kysely'
import { z } from 'zod'
import { PersonId } from '../people.ts'
import type { Tapped } from '../workflow/ports/incoming.ts'
import type { SignInAsked, SignIns, Waiting } from '../workflow/ports/memory.ts'
import type { Database, Tables } from './database.ts'
import { Chat, Speaker } from './heard.ts'
import { storable } from './storable.ts'

type Row = Selectable<Tables['sign_in']>

export function signInsOver(db: Database): SignIns {
  const insert = async (asked: SignInAsked, exchange: string | null) => {
    const row = newRow(asked, exchange)
    const made = await db
      .insertInto('sign_in')
      .values(row)
      .onConflict((conflict) => conflict.column('occasion').where('exchange', 'is not', null).doNothing())
      .executeTakeFirst()
    return made.numInsertedOrUpdatedRows === 1n ? row : undefined
  }

  /** What is used is read and emptied in one step, so that of two calls at once one finds it used. */
  const use = (
    which: { id: string; browser: string } | { exchange: string },
    fits: (row: Row) => boolean,
    realNow: Date,
  ) =>
    db.transaction().execute(async (transaction) => {
      const one = transaction.selectFrom('sign_in').selectAll().forUpdate()
      const row = await ('id' in which ? one.where('id', '=', which.id) : one.where('exchange', '=', which.exchange))
        // Fails nobody: a row that is not there is undefined.
        .executeTakeFirst()
      if (row === undefined || !fits(row)) return undefined
      if (row.used_at !== null) return 'taken'
      if (row.expires_at <= realNow) return undefined
      await transaction
        .updateTable('sign_in')
        .set({ used_at: realNow, typed: null, ...('browser' in which ? { browser: which.browser } : {}) })
        .where('id', '=', row.id)
        .execute()
      return row
    })

  return {
    async begin(asked, realNow) {
      const unheeded = await db
        .selectFrom('sign_in')
        .select('id')
        .where('person', '=', asked.person)
        .where('occasion', '=', storable(asked.occasion))
        .where('browser', 'is', null)
        .where('used_at', 'is', null)
        .where('expires_at', '>', realNow)
        .executeTakeFirst()
      const row = await insert(asked, null)
      if (row === undefined) throw new Error('a sign-in for a tap met one for a message')
      return { id: row.id, unheeded: unheeded !== undefined }
    },

    async beginExchange(asked) {
      const made = await insert(asked, `exg_${secret()}`)
      const row =
        made ??
        (await db
          .selectFrom('sign_in')
          .select(['id', 'exchange'])
          .where('occasion', '=', storable(asked.occasion))
          .where('exchange', 'is not', null)
          .executeTakeFirstOrThrow())
      return { id: row.id, exchange: row.exchange ?? '' }
    },

    async look(id, realNow) {
      const row = await db
        .selectFrom('sign_in')
        .selectAll()
        .where('id', '=', storable(id))
        .where('used_at', 'is', null)
        .where('expires_at', '>', realNow)
        .executeTakeFirst()
      return row === undefined ? undefined : readRow(row)
    },

    async heed(id, browser) {
      await db
        .updateTable('sign_in')
        .set({ browser })
        .where('id', '=', storable(id))
        .where('used_at', 'is', null)
        .execute()
    },

    async take(id, browser, realNow) {
      const row = await use({ id: storable(id), browser }, () => true, realNow)
      return row === undefined || row === 'taken' ? undefined : readRow(row)
    },

    async takeExchange(exchange, person, realNow) {
      const row = await use({ exchange: storable(exchange) }, (found) => found.person === person, realNow)
      return row === undefined || row === 'taken' ? row : readRow(row)
    },

    async finish(id, outcome) {
      await db
        .updateTable('sign_in')
        .set({ outcome: JSON.stringify(outcome) })
        .where('id', '=', id)
        .execute()
    },

    async read(id) {
      const row = await db.selectFrom('sign_in').selectAll().where('id', '=', storable(id)).executeTakeFirst()
      if (row === undefined) return undefined
      const outcome: unknown = row.outcome === null ? undefined : JSON.parse(row.outcome)
      return { ...readRow(row), browser: row.browser, used: row.used_at !== null, outcome }
    },
  }
}

const secret = (): string => randomBytes(32).toString('base64url')

/** Everything about what waits but what the person typed, which is kept apart and dropped first. */
const Kept = z.discriminatedUnion('waits', [
  z.object({
    waits: z.literal('tap'),
    activity: z.string(),
    verb: z.string(),
    record: z.string(),
    revision: z.number(),
    actor: PersonId,
    chat: Chat,
    conversation: z.string(),
    serviceUrl: z.string(),
    card: z.string(),
  }),
  z.object({ waits: z.literal('message'), activity: z.string(), speaker: Speaker, chat: Chat }),
])
const TypedInputs = z.object({ more: z.record(z.string(), z.string()).exactOptional() }).catchall(z.string())

function newRow(
  asked: SignInAsked,
  exchange: string | null,
): Insertable<Tables['sign_in']> & { exchange: string | null } {
  const { kept, typed } = apart(asked.waiting)
  return {
    id: `sgn_${secret()}`,
    person: asked.person,
    tenant: asked.tenant,
    occasion: storable(asked.occasion),
    exchange,
    claims: asked.claims,
    waiting: JSON.stringify(kept),
    typed: JSON.stringify(typed),
    expires_at: asked.expiresAt,
  }
}

function apart(waiting: Waiting): { kept: z.input<typeof Kept>; typed: object } {
  if (waiting.waits === 'message') {
    const { text, ...message } = waiting.message
    return { kept: { waits: 'message', ...message }, typed: { text } }
  }
  const { inputs, ...tap } = waiting.tap
  return { kept: { waits: 'tap', ...tap }, typed: inputs }
}

function readRow(row: Row): SignInAsked {
  return {
    person: PersonId.parse(row.person),
    tenant: row.tenant,
    occasion: row.occasion,
    claims: row.claims,
    waiting: together(row),
    expiresAt: row.expires_at,
  }
}

function together(row: Row): Waiting {
  const kept = Kept.parse(JSON.parse(row.waiting))
  const typed = row.typed === null ? {} : TypedInputs.parse(JSON.parse(row.typed))
  if (kept.waits === 'message') {
    const { waits, ...message } = kept
    return { waits, message: { ...message, text: typed['text'] ?? '' } }
  }
  const { waits, verb, ...tap } = kept
  // The verb was one of ours when the tap came in; a version that no longer knows it refuses it as it would then.
  return { waits, tap: { ...tap, verb: verb as Tapped['verb'], inputs: typed } }
}
