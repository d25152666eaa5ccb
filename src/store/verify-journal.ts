import type { KeyObject } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { readCheckpointFile } from './checkpoint-file.ts'
import { connect, type InTransaction, type Tables } from './database.ts'
import { textDigest, textDigestsIn } from './free-text.ts'
import { beforeTheFirst, eventHash, signatureHolds, verifyingKey } from './seal.ts'
import { type CheckpointFinding, verifyCheckpoints } from './verify-checkpoints.ts'

/** The first thing found wrong; the journal is looked through in the order of positions, then texts, then checkpoints. */
type Finding =
  | {
      readonly in: 'journal'
      readonly position: number
      readonly stream: string
      readonly version: number
      readonly wrong: string
    }
  | CheckpointFinding

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
 * texts pass: the digest in their place is what was signed. What was cut off after the last checkpoint does not show.
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
