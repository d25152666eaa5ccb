import type { KeyObject } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { readCheckpointFile } from './checkpoint-file.ts'
import { connect, type InTransaction, type Tables } from './database.ts'
import { textDigest, textDigestsIn } from './free-text.ts'
import { erasedIn } from './erasure.ts'
import { type KeyRing, keyRing } from './seal.ts'
import { type CheckpointFinding, verifyCheckpoints } from './verify-checkpoints.ts'
import { type Head, noHead, wrongInChain } from './verify-event.ts'

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
 * Recomputes every hash, signature, chain and text digest, and looks for every head that a checkpoint names. A text that
 * is gone passes where an `Erased` event names it: the digest in its place is what was signed. What was cut off after
 * the last checkpoint does not show.
 * @param publicKeys Ed25519, PEM or key objects: of the key in use and of those before it; a private key's public half will do
 * @param checkpointFiles as given to the stores of all replicas; one that is missing, empty or short is a finding
 */
export async function verifyJournal(options: {
  databaseUrl: string
  publicKeys: readonly (KeyObject | string)[]
  checkpointFiles?: readonly string[]
}): Promise<Verification> {
  const keys = keyRing(options.publicKeys)
  const { checkpointFiles } = options
  // Read before the snapshot is taken: a line is written after its row, so none can be ahead of the table.
  const files = await Promise.all(
    (checkpointFiles ?? []).map(async (name) => ({ name, lines: await readCheckpointFile(name) })),
  )
  const db = connect(options.databaseUrl, 1)
  try {
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (snapshot) => {
        const journal = await verifyEvents(snapshot, keys)
        if ('wrong' in journal) return { ok: false, finding: journal }
        const checked = await verifyCheckpoints(snapshot, keys, files)
        if ('wrong' in checked) return { ok: false, finding: checked }
        return { ok: true, ...journal, ...checked, inFile: checkpointFiles === undefined ? null : checked.inFile }
      })
  } finally {
    await db.destroy()
  }
}

type Row = Selectable<Tables['journal']>
type Text = Selectable<Tables['journal_text']>

async function verifyEvents(
  snapshot: InTransaction,
  keys: KeyRing,
): Promise<Finding | { events: number; streams: number }> {
  const heads = new Map<string, Head>()
  const erased = new Set<string>()
  const gone: { position: number; stream: string; version: number }[] = []
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
      const { position, stream, version } = row
      const kept = texts.get(`${version} ${stream}`) ?? []
      const wrong = wrongInChain(row, heads.get(stream) ?? noHead, keys) ?? wrongInTexts(row, kept)
      if (wrong !== undefined) return { in: 'journal', position, stream, version, wrong }
      if (row.type === 'Erased') for (const each of erasedIn(row.body)) erased.add(each)
      if (lacksTexts(row, kept)) gone.push({ position, stream, version })
      heads.set(row.stream, { version: row.version, hash: row.hash })
    }
    events += batch.length
    const last = batch.at(-1)
    if (last === undefined) break
    after = last.position
  }
  const unexplained = gone.find(({ stream, version }) => !erased.has(`${stream} ${version}`))
  if (unexplained === undefined) return { events, streams: heads.size }
  return { in: 'journal', ...unexplained, wrong: 'a text of it is gone, and no event says that it was erased' }
}

/** Whether words that the event was signed with are not there any more. */
function lacksTexts(row: Row, texts: readonly Text[]): boolean {
  const named = textDigestsIn(JSON.parse(row.body))
  const there = texts.filter(({ digest, salt, text }) => named.has(digest) && salt !== null && text !== null)
  return there.length < named.size
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
