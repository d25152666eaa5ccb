import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import type { Clock } from '../time.ts'
import { canonicalJson } from './canonical-json.ts'
import { readCheckpointFile } from './checkpoint-file.ts'
import { CheckpointBody, type CheckpointLine } from './checkpoint-line.ts'
import type { Database, InTransaction } from './database.ts'
import { beforeTheFirst, checkpointHash, signHash, type SigningKey } from './seal.ts'

/**
 * Signs into the table the heads of the streams that grew since the last checkpoint, then brings the file up to the
 * table. What was cut off since the last checkpoint does not show, so how often this is called is how much can be lost
 * unseen; where nothing happened since, nothing is written.
 * @param file outside the database's reach, made where it is missing; each replica has its own, with all checkpoints
 * @returns the number of the last checkpoint
 */
export async function writeCheckpoint(db: Database, key: SigningKey, realClock: Clock, file?: string): Promise<number> {
  const number = await db.transaction().execute(async (transaction) => {
    // Numbered one after the other over all replicas; taken before the heads are read, so that they only ever grow.
    await sql`select pg_advisory_xact_lock(hashtext('latchkey checkpoint'))`.execute(transaction)
    const [last, before] = await lastTwo(transaction)
    const { rows } = await sql<{ through: number }>`
      select coalesce(max(position), 0) as through from journal`.execute(transaction)
    const through = rows[0]?.through ?? 0
    // What was under way at the last one is named by this one: hence from the one before it on.
    const heads = await headsAfter(transaction, before === undefined ? 0 : throughOf(before))
    if (last !== undefined && heads.every((head) => named(last, head))) return last.number
    const line = sealed(
      {
        number: (last?.number ?? 0) + 1,
        at: realClock().toISOString(),
        previous: last?.hash ?? beforeTheFirst,
        through,
        heads: Object.fromEntries(heads.map(({ stream, version, hash }) => [stream, { version, hash }])),
      },
      key,
    )
    await transaction.insertInto('checkpoint').values(line).execute()
    return line.number
  })
  if (file !== undefined) await bringUp(db, file)
  return number
}

interface HeadOf {
  readonly stream: string
  readonly version: number
  readonly hash: string
}

const lastTwo = (transaction: InTransaction): Promise<CheckpointLine[]> =>
  transaction.selectFrom('checkpoint').selectAll().orderBy('number', 'desc').limit(2).execute()

async function headsAfter(transaction: InTransaction, position: number): Promise<readonly HeadOf[]> {
  const { rows } = await sql<HeadOf>`
    select distinct on (stream) stream, version, hash from journal
    where stream in (select stream from journal where position > ${position})
    order by stream, version desc`.execute(transaction)
  return rows
}

const bodyOf = (line: CheckpointLine): CheckpointBody => CheckpointBody.parse(JSON.parse(line.body))
const throughOf = (line: CheckpointLine): number => bodyOf(line).through
const named = (line: CheckpointLine, { stream, hash }: HeadOf): boolean => bodyOf(line).heads[stream]?.hash === hash

function sealed(content: CheckpointBody, key: SigningKey): CheckpointLine {
  const body = canonicalJson(content)
  const hash = checkpointHash(body, key.id)
  return { number: content.number, body, hash, key_id: key.id, signature: signHash(hash, key) }
}

/** Appends every checkpoint that the file has not got: another replica's, or one whose writer died before its line. */
async function bringUp(db: Database, file: string): Promise<void> {
  const lines = (await readCheckpointFile(file)) ?? []
  const has = lines.reduce((most, line) => (line === 'unreadable' ? most : Math.max(most, line.number)), 0)
  const missing = await db.selectFrom('checkpoint').selectAll().where('number', '>', has).orderBy('number').execute()
  if (missing.length === 0) return
  await mkdir(dirname(file), { recursive: true })
  await appendFile(file, missing.map((line) => `${canonicalJson(line)}\n`).join(''), { mode: 0o600 })
}
