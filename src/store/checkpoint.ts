import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Clock } from '../time.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Database } from './database.ts'
import { beforeTheFirst, checkpointHash, signHash, type SigningKey } from './seal.ts'

const Count = z.int().positive()

/** The head of every stream at one moment: a journal that lost its tail no longer has them all. */
export const CheckpointBody = z.strictObject({
  number: Count,
  at: z.iso.datetime(),
  /** Hash of the checkpoint before, so that one taken from the middle shows too. */
  previous: z.string(),
  heads: z.record(z.string(), z.strictObject({ version: Count, hash: z.string() })),
})
export type CheckpointBody = z.infer<typeof CheckpointBody>

/** One line of the file outside the database; `body` is the canonical JSON text that was hashed. */
export const CheckpointLine = z.strictObject({
  number: Count,
  body: z.string(),
  hash: z.string(),
  key_id: z.string(),
  signature: z.string(),
})
export type CheckpointLine = z.infer<typeof CheckpointLine>

/**
 * Signs the heads of all streams into the table, then appends the same line to the file. What was cut off since the
 * last checkpoint does not show, so how often this is called is how much can be lost unseen.
 * @param file outside the database's reach, made where it is missing; each replica has its own
 */
export async function writeCheckpoint(db: Database, key: SigningKey, realClock: Clock, file?: string): Promise<number> {
  const line = await db.transaction().execute(async (transaction) => {
    // Numbered one after the other over all replicas; taken before the heads are read, so that they only ever grow.
    await sql`select pg_advisory_xact_lock(hashtext('latchkey checkpoint'))`.execute(transaction)
    const last = await transaction
      .selectFrom('checkpoint')
      .select(['number', 'hash'])
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    const heads = await transaction
      .selectFrom('journal')
      .distinctOn('stream')
      .select(['stream', 'version', 'hash'])
      .orderBy('stream')
      .orderBy('version', 'desc')
      .execute()
    const number = (last?.number ?? 0) + 1
    const body = canonicalJson({
      number,
      at: realClock(),
      previous: last?.hash ?? beforeTheFirst,
      heads: Object.fromEntries(heads.map(({ stream, version, hash }) => [stream, { version, hash }])),
    } satisfies Omit<CheckpointBody, 'at'> & { at: Date })
    const hash = checkpointHash(body, key.id)
    const row: CheckpointLine = { number, body, hash, key_id: key.id, signature: signHash(hash, key) }
    await transaction.insertInto('checkpoint').values(row).execute()
    return row
  })
  if (file !== undefined) {
    await mkdir(dirname(file), { recursive: true })
    await appendFile(file, `${canonicalJson(line)}\n`, { mode: 0o600 })
  }
  return line.number
}
