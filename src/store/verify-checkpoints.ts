import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { CheckpointBody, type CheckpointLine } from './checkpoint.ts'
import type { FileLine } from './checkpoint-file.ts'
import type { InTransaction } from './database.ts'
import { beforeTheFirst, checkpointHash, signatureHolds } from './seal.ts'

export interface CheckpointFinding {
  readonly in: 'checkpoint'
  /** Such as `3 in the database`. */
  readonly checkpoint: string
  readonly wrong: string
}

/**
 * Every checkpoint is signed and follows the one before it, and every head it names is still in the journal.
 * @returns how many checkpoints hold, or the first that does not
 */
export async function verifyCheckpoints(
  snapshot: InTransaction,
  publicKey: KeyObject,
  lines: readonly FileLine[],
): Promise<CheckpointFinding | number> {
  const hashes = new Map<number, string>()
  let previous = beforeTheFirst
  const numbers = await snapshot.selectFrom('checkpoint').select('number').orderBy('number').execute()
  for (const { number } of numbers) {
    const row = await snapshot
      .selectFrom('checkpoint')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    const wrong =
      wrongInSeal(row, publicKey) ?? wrongInOrder(row, hashes.size + 1, previous) ?? (await missingHead(snapshot, row))
    if (wrong !== undefined) return { in: 'checkpoint', checkpoint: `${number} in the database`, wrong }
    previous = row.hash
    hashes.set(number, row.hash)
  }
  for (const [index, line] of lines.entries()) {
    const wrong =
      line === 'unreadable'
        ? 'it cannot be read'
        : (wrongInSeal(line, publicKey) ??
          (hashes.get(line.number) === line.hash ? undefined : await wrongBesideTable(snapshot, line)))
    if (wrong !== undefined) return { in: 'checkpoint', checkpoint: `on line ${index + 1} of the file`, wrong }
  }
  return hashes.size
}

function wrongInSeal(line: CheckpointLine, publicKey: KeyObject): string | undefined {
  if (checkpointHash(line.body, line.key_id) !== line.hash) return 'its content does not match its hash'
  if (!signatureHolds(line.hash, line.signature, publicKey)) return 'its signature is not by this key'
  return undefined
}

function wrongInOrder(line: CheckpointLine, number: number, previous: string): string | undefined {
  const body = CheckpointBody.parse(JSON.parse(line.body))
  if (body.number !== line.number) return `it was signed as number ${body.number}`
  if (body.number !== number || body.previous !== previous) return `it does not follow number ${number - 1}`
  return undefined
}

/** A line without its row: says which events went with it, where any did. */
const wrongBesideTable = async (snapshot: InTransaction, line: CheckpointLine): Promise<string> =>
  (await missingHead(snapshot, line)) ?? 'the database no longer has it'

async function missingHead(snapshot: InTransaction, line: CheckpointLine): Promise<string | undefined> {
  const { heads } = CheckpointBody.parse(JSON.parse(line.body))
  const wanted = Object.entries(heads).map(([stream, head]) => ({ stream, ...head }))
  const { rows } = await sql<{ stream: string; version: number; found: boolean }>`
    select wanted.stream, wanted.version, journal.hash is not null as found
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted (stream text, version integer, hash text)
    left join journal on journal.stream = wanted.stream and journal.version = wanted.version
    where journal.hash is distinct from wanted.hash
    order by wanted.stream limit 1`.execute(snapshot)
  const missing = rows[0]
  if (missing === undefined) return undefined
  return `${missing.stream} version ${missing.version} ${missing.found ? 'is another event now' : 'is gone from the journal'}`
}
