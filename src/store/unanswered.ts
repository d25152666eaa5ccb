import { z } from 'zod'
import type { Owed } from '../request/effects.ts'
import type { Unanswered } from '../workflow/ports/memory.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Database } from './database.ts'
import { Chat, Speaker } from './heard.ts'
import { storable } from './storable.ts'

const Kept = z.object({
  how: z.enum(['heard', 'edited', 'deleted', 'installed']),
  message: z.object({ activity: z.string(), text: z.string(), speaker: Speaker, chat: Chat }),
})

/** The words of one person in a row of their own, so that they can be erased, and go once they are answered. */
export function unansweredOver(db: Database): Unanswered {
  return {
    async keep({ how, message }, occasion, at, notBefore) {
      const { activity, text, speaker, chat } = message
      const heard = canonicalJson({ how, message: { activity, text: storable(text), speaker, chat } })
      const owed: Owed = { effect: 'answer', to: speaker.id, occasion: storable(occasion) }
      await db.transaction().execute(async (transaction) => {
        const kept = await transaction
          .insertInto('unanswered')
          .values({ occasion: owed.occasion, person: speaker.id, heard, at })
          .onConflict((conflict) => conflict.column('occasion').doNothing())
          .executeTakeFirst()
        if (kept.numInsertedOrUpdatedRows !== 1n) return
        await transaction
          .insertInto('outbox')
          .values({
            id: `answer:${owed.occasion}:${crypto.randomUUID()}`,
            owed: canonicalJson(owed),
            due: at,
            retry_at: notBefore,
          })
          .execute()
      })
    },

    async load(occasion) {
      const row = await db.selectFrom('unanswered').selectAll().where('occasion', '=', occasion).executeTakeFirst()
      return row === undefined ? undefined : { ...Kept.parse(JSON.parse(row.heard)), since: row.at }
    },

    async forget(occasion) {
      await db.deleteFrom('unanswered').where('occasion', '=', occasion).execute()
    },
  }
}
