import type { KeyObject } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { CheckpointBody, CheckpointLine } from './checkpoint.ts'
import { readCheckpointFile } from './checkpoint-file.ts'
import { connect, type InTransaction, type Tables } from './database.ts'
import { textDigest, textDigestsIn } from './free-text.ts'
import { beforeTheFirst, checkpointHash, eventHash, signatureHolds, verifyingKey } from './seal.ts'

/** The first thing found wrong; the journal is looked through in the order of positions, then texts, then checkpoints. */
export type Finding =
  | {
      readonly in: 'journal'
      readonly position: number
      readonly stream: string
      readonly version: number
      readonly wrong: string
    }
  | { readonly in: 'checkpoint'; readonly checkpoint: string; readonly wrong: string }

export type Verification =
  | {
      readonly ok: true
      readonly events: number
      readonly streams: number
      readonly checkpoints: number
      /** Of the checkpoints, those also found in the file; null where there is no file to compare with. */
      readonly inFile: number | null
    }
  | { readonly ok: false; readonly finding: Finding }

/**
 * Recomputes every hash, signature, chain and text digest, and looks for every head that a checkpoint names. Erased
 * texts pass: the digest in their place is what was signed.
 * @param publicKey Ed25519, PEM or key object; a private key's public half will do
 * @param checkpointFile as given to the store; one that is not there is counted as null, not as a finding
 */
export async function verifyJournal(options: {
  databaseUrl: string
  publicKey: KeyObject | string
  checkpointFile?: string
}): Promise<Verification> {
  const publicKey = verifyingKey(options.publicKey)
  // Read before the snapshot is taken: a line is written after its row, so none can be ahead of the table.
  const lines = options.checkpointFile === undefined ? null : await readCheckpointFile(options.checkpointFile)
  const db = connect(options.databaseUrl, 1)
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (snapshot) => {
        const journal = await verifyEvents(snapshot, publicKey)
        if ('wrong' in journal) return { ok: false, finding: journal }
        const finding = await verifyCheckpoints(snapshot, publicKey, lines ?? [])
        if (typeof finding !== 'number') return { ok: false, finding }
        return { ok: true, ...journal, checkpoints: finding, inFile: lines?.length ?? null }
      })
  } finally {
    await db.destroy()
  }
}

type Row = Selectable<Tables['journal']>
type Text = Selectable<Tables['journal_text']>

async function verifyEvents(
  snapshot: InTransaction,
  publicKey: KeyObject,
): Promise<Finding | { events: number; streams: number }> {
  const heads = new Map<string, { version: number; hash: string }>()
  let after = Number.MIN_SAFE_INTEGER
  let events = 0
  for (;;) {
    const batch = await snapshot
      .selectFrom('journal')
      .selectAll()
      .where('position', '>', after)
      .orderBy('position')
      .limit(1000)
      .execute()
    const texts = await textsOf(snapshot, batch)
    for (const row of batch) {
      const head = heads.get(row.stream) ?? { version: 0, hash: beforeTheFirst }
      const wrong =
        wrongInChain(row, head, publicKey) ?? wrongInTexts(row, texts.get(`${row.version} ${row.stream}`) ?? [])
      if (wrong !== undefined) {
        return { in: 'journal', position: row.position, stream: row.stream, version: row.version, wrong }
      }
      heads.set(row.stream, { version: row.version, hash: row.hash })
    }
    events += batch.length
    const last = batch.at(-1)
    if (last === undefined) return { events, streams: heads.size }
    after = last.position
  }
}

function wrongInChain(row: Row, head: { version: number; hash: string }, publicKey: KeyObject): string | undefined {
  if (row.version !== head.version + 1) return `version ${head.version + 1} should follow here`
  if (row.prev_hash !== head.hash) return 'it does not follow the event before it'
  // PostgreSQL knows instants that are no Date (`infinity`); such a row was not written by us.
  if (!(row.at instanceof Date && row.recorded_at instanceof Date)) return 'its instants are not dates'
  const { recorded_at: recordedAt, prev_hash: prevHash, key_id: keyId, ...same } = row
  if (eventHash({ ...same, recordedAt, prevHash, keyId }) !== row.hash) return 'its content does not match its hash'
  if (!signatureHolds(row.hash, row.signature, publicKey)) return 'its signature is not by this key'
  return undefined
}

function wrongInTexts(row: Row, texts: readonly Text[]): string | undefined {
  if (texts.length === 0) return undefined
  const named = textDigestsIn(JSON.parse(row.body))
  for (const { digest, salt, text } of texts) {
    if (!named.has(digest)) return 'a text is kept with it that it does not refer to'
    if (salt !== null && text !== null && textDigest(salt, text) !== digest) return 'a text of it was changed'
  }
  return undefined
}

async function textsOf(snapshot: InTransaction, batch: readonly Row[]): Promise<ReadonlyMap<string, Text[]>> {
  if (batch.length === 0) return new Map()
  const { rows } = await sql<Text>`
    select journal_text.* from journal_text join journal using (stream, version)
    where position between ${batch[0]?.position} and ${batch.at(-1)?.position}`.execute(snapshot)
  return Map.groupBy(rows, (text) => `${text.version} ${text.stream}`)
}

/** @returns how many checkpoints hold, or the first that does not */
async function verifyCheckpoints(
  snapshot: InTransaction,
  publicKey: KeyObject,
  lines: readonly (CheckpointLine | { readonly unreadable: number })[],
): Promise<Finding | number> {
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
      'unreadable' in line
        ? 'it cannot be read'
        : (wrongInSeal(line, publicKey) ??
          (hashes.get(line.number) === line.hash ? undefined : await wrongBesideTable(snapshot, line)))
    if (wrong !== undefined) return { in: 'checkpoint', checkpoint: `on line ${index + 1} of the file`, wrong }
  }
  return hashes.size
}

function wrongInSeal(line: CheckpointLine, publicKey: KeyObject): string | undefined {
  if (checkpointHash(line.body) !== line.hash) return 'its content does not match its hash'
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
