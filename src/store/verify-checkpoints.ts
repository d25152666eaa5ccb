import { sql } from 'kysely'
import { CheckpointBody, type CheckpointLine } from './checkpoint-line.ts'
import type { FileLine } from './checkpoint-file.ts'
import type { InTransaction } from './database.ts'
import { beforeTheFirst, checkpointHash, type KeyRing, signatureHolds } from './seal.ts'

export interface CheckpointFinding {
  readonly in: 'checkpoint'
  /** Such as `3 in the database`. */
  readonly checkpoint: string
  readonly wrong: string
}

/** A replica's file of checkpoints; `lines` null where it is not there. */
export interface CheckpointFile {
  readonly name: string
  readonly lines: readonly FileLine[] | null
}

/** A replica writes every ten minutes what its file lacks: what is missing for longer than this was taken away. */
const longestLag = 3_600_000

/**
 * Every checkpoint is signed and follows the one before it, and every head it names is still in the journal. Each file
 * has them all, but for those of the last hour.
 * @returns how many checkpoints hold, and how many of them are in the files; or the first that does not
 */
export async function verifyCheckpoints(
  snapshot: InTransaction,
  keys: KeyRing,
  files: readonly CheckpointFile[],
): Promise<CheckpointFinding | { readonly checkpoints: number; readonly inFile: number }> {
  const known = new Map<number, { readonly hash: string; readonly at: number }>()
  let previous = beforeTheFirst
  const numbers = await snapshot.selectFrom('checkpoint').select('number').orderBy('number').execute()
  for (const { number } of numbers) {
    const row = await snapshot
      .selectFrom('checkpoint')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    const wrong =
      wrongInSeal(row, keys) ?? wrongInOrder(row, known.size + 1, previous) ?? (await missingHead(snapshot, row))
    if (wrong !== undefined) return { in: 'checkpoint', checkpoint: `${number} in the database`, wrong }
    previous = row.hash
    known.set(number, { hash: row.hash, at: Date.parse(bodyOf(row).at) })
  }
  const inFiles = new Set<number>()
  for (const { name, lines } of files) {
    const ofFile = files.length === 1 ? 'the file' : name
    for (const [index, line] of (lines ?? []).entries()) {
      const wrong =
        line === 'unreadable'
          ? 'it cannot be read'
          : (wrongInSeal(line, keys) ??
            (known.get(line.number)?.hash === line.hash ? undefined : await wrongBesideTable(snapshot, line)))
      if (wrong !== undefined) return { in: 'checkpoint', checkpoint: `on line ${index + 1} of ${ofFile}`, wrong }
      if (line !== 'unreadable') inFiles.add(line.number)
    }
    const wrong = wrongInFile(lines, known)
    if (wrong !== undefined) return { in: 'checkpoint', checkpoint: ofFile, wrong }
  }
  return { checkpoints: known.size, inFile: inFiles.size }
}

/** A file that is not there, or has less than it should, compares nothing: whoever cut the journal may have cut it too. */
function wrongInFile(
  lines: CheckpointFile['lines'],
  known: ReadonlyMap<number, { readonly at: number }>,
): string | undefined {
  if (lines === null) return 'it is missing'
  if (lines.length === 0) return 'it is empty'
  const has = new Set(lines.map((line) => (line === 'unreadable' ? 0 : line.number)))
  const newest = Math.max(0, ...[...known.values()].map(({ at }) => at))
  const last = Math.max(...has)
  const lost = [...known].find(([number, { at }]) => !has.has(number) && (number < last || at < newest - longestLag))
  return lost === undefined ? undefined : `it lacks number ${lost[0]}`
}

function wrongInSeal(line: CheckpointLine, keys: KeyRing): string | undefined {
  if (checkpointHash(line.body, line.key_id) !== line.hash) return 'its content does not match its hash'
  const key = keys.get(line.key_id)
  if (key === undefined) return `it is signed with ${line.key_id}, which is none of the known keys`
  if (!signatureHolds(line.hash, line.signature, key)) return 'its signature is not by this key'
  return undefined
}

const bodyOf = (line: CheckpointLine): CheckpointBody => CheckpointBody.parse(JSON.parse(line.body))

function wrongInOrder(line: CheckpointLine, number: number, previous: string): string | undefined {
  const body = bodyOf(line)
  if (body.number !== line.number) return `it was signed as number ${body.number}`
  if (body.number !== number || body.previous !== previous) return `it does not follow number ${number - 1}`
  return undefined
}

/** A line without its row: says which events went with it, where any did. */
const wrongBesideTable = async (snapshot: InTransaction, line: CheckpointLine): Promise<string> =>
  (await missingHead(snapshot, line)) ?? 'the database no longer has it'

async function missingHead(snapshot: InTransaction, line: CheckpointLine): Promise<string | undefined> {
  const { heads } = bodyOf(line)
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
