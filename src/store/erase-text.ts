import { connect } from './database.ts'
import type { StreamId } from '../workflow/ports.ts'

/**
 * Erases what people wrote in one stream, salts included, for good. The journal keeps the digests, so that chains and
 * signatures still hold, and shows `{freeText: null}` from then on.
 * @param databaseAdminUrl the bot's own role may not do this
 * @returns how many texts were erased
 */
export async function eraseTexts(databaseAdminUrl: string, stream: StreamId): Promise<number> {
  const db = connect(databaseAdminUrl, 1)
  try {
    const erased = await db
      .updateTable('journal_text')
      .set({ text: null, salt: null })
      .where('stream', '=', stream)
      .where('text', 'is not', null)
      .executeTakeFirst()
    return Number(erased.numUpdatedRows)
  } finally {
    await db.destroy()
  }
}
