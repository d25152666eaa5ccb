import type { Insertable, Selectable } from 'kysely'
import { RequestEvent } from '../request/events.ts'
import { NewerSchema, requestSchema, upcast } from '../request/upcast.ts'
import type { Clock } from '../time.ts'
import type { Failure } from '../workflow/ports/failure.ts'
import type { Because, Journal, RefusedStream, SideEvent, StreamId } from '../workflow/ports/memory.ts'
import { sql } from 'kysely'
import { canonicalJson } from './canonical-json.ts'
import { type Database, type InTransaction, type Tables, violatedUnique } from './database.ts'
import { putBackTexts, takeOutTexts, textDigest } from './free-text.ts'
import { owe } from './outbox.ts'
import { keepAsked, summarise } from './requests.ts'
import { eventHash, type KeyRing, type Sealed, signHash, type SigningKey } from './seal.ts'
import { type Head, type Held, noHead, rememberHeld, sealOf, wrongInChain, wrongInSeal } from './verify-event.ts'
import type { WakeUps } from './wake-ups.ts'

/** Shape of the bodies written by this version: a request's own, and that of all other streams. */
const sideSchema = 1
const schemaOf = (stream: StreamId): number => (stream.startsWith('request:') ? requestSchema : sideSchema)

/** A stream in which something does not hold. Trying again changes nothing. */
export class StreamRefused extends Error implements Failure {
  override readonly name = 'StreamRefused'
  readonly failed = 'record'
  readonly lasting = true
  readonly wait = null

  constructor({ stream, version, wrong }: RefusedStream) {
    super(`${stream} version ${version} is refused: ${wrong}`)
  }
}

/** A stream that a newer version has written to: this one leaves it alone, and goes on with all others. */
export class StreamNewer extends Error implements Failure {
  override readonly name = 'StreamNewer'
  readonly failed = 'version'
  readonly lasting = false
  readonly wait = null

  constructor({ stream, version }: Pick<Row, 'stream' | 'version'>, cause: NewerSchema) {
    super(`${stream} version ${version} cannot be read: ${cause.message}`, { cause })
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Which signatures count, and who is told of a stream that is refused. */
export interface Trust {
  readonly keys: KeyRing
  readonly refused: (stream: RefusedStream) => void
}

/**
 * The journal over PostgreSQL. With the bot's own role anybody can insert rows: what is not chained and signed as we do
 * it is never decided from, nor built upon.
 * @param realClock for `recorded_at` only; an event's `at` is product time and comes with the event
 */
export function journalOver(
  db: Database,
  key: SigningKey,
  { keys, refused }: Trust,
  realClock: Clock,
  wakeUps: WakeUps,
): Journal {
  const held: Held = rememberHeld()
  const refuse = (row: Pick<Row, 'stream' | 'version'>, wrong: string): never => {
    const bad = { stream: row.stream, version: row.version, wrong }
    refused(bad)
    throw new StreamRefused(bad)
  }
  const verified = (rows: readonly Row[]): readonly Row[] => {
    let head = noHead
    for (const row of rows) {
      const wrong = wrongInChain(row, head, keys, held)
      if (wrong !== undefined) refuse(row, wrong)
      head = row
    }
    return rows
  }
  const headOf = async (transaction: InTransaction, stream: StreamId): Promise<Head> => {
    const row = await lastOf(transaction, stream)
    const wrong = row === undefined ? undefined : wrongInSeal(row, keys, held)
    return row === undefined ? noHead : wrong === undefined ? row : refuse(row, wrong)
  }
  const write = async (at: At, events: readonly SideEvent[], because: Because) => {
    // Signed a moment ago by ourselves: there is no need to check that.
    for (const row of await writeEvents(at, events, because, key, realClock)) held.add(sealOf(row))
  }

  /** A stream's rows, verified, with the words that belong to them. */
  const read = async (stream: StreamId) => {
    const rows = await db.selectFrom('journal').selectAll().where('stream', '=', stream).orderBy('version').execute()
    verified(rows)
    return { rows, texts: rows.length === 0 ? new Map<string, string>() : await textsOf(db, stream) }
  }

  return {
    async load(request) {
      const { rows, texts } = await read(`request:${request}`)
      return { version: rows.at(-1)?.version ?? 0, events: rows.map((row) => readEvent(row, texts)) }
    },

    async loadStream(stream) {
      const { rows, texts } = await read(stream)
      return { version: rows.at(-1)?.version ?? 0, events: rows.map((row) => readSideEvent(row, texts)) }
    },

    async appendStream(stream, version, events, { because, owed }) {
      const last = events.at(-1)
      if (last === undefined) throw new RangeError(`Nothing to append to ${stream}`)
      if (stream.startsWith('request:')) throw new Error(`${stream} is a request's: append to it with its summary`)
      return unlessOvertaken(() =>
        db.transaction().execute(async (transaction) => {
          const head = await headOf(transaction, stream)
          if (head.version !== version) return false
          await write({ transaction, stream, head }, events, because)
          await wakeUps.send(transaction, await owe(transaction, `${stream}/${version + events.length}`, owed, last.at))
          return true
        }),
      )
    },

    async append(request, version, events, { because, owed, summary, asked }) {
      const last = events.at(-1)
      if (last === undefined) throw new RangeError(`Nothing to append to ${request}`)
      const stream: StreamId = `request:${request}`
      return unlessOvertaken(() =>
        db.transaction().execute(async (transaction) => {
          const head = await headOf(transaction, stream)
          if (head.version !== version) return false
          await write({ transaction, stream, head }, events.map(asSideEvent), because)
          const rows = await owe(transaction, `${stream}/${version + events.length}`, owed, last.at)
          await wakeUps.send(transaction, rows)
          await summarise(transaction, summary)
          await keepAsked(transaction, request, asked)
          return true
        }),
      )
    },

    async note(stream, event, because) {
      if (stream.startsWith('request:')) throw new Error(`${stream} is decided from: append to it, do not note`)
      const noted = await unlessOvertaken(() =>
        db.transaction().execute(async (transaction) => {
          // One after the other: a burst of refusals would otherwise mostly run into each other.
          await sql`select pg_advisory_xact_lock(hashtextextended(${stream}, 0))`.execute(transaction)
          await write({ transaction, stream, head: await headOf(transaction, stream) }, [event], because)
          return true
        }),
      )
      if (!noted) throw new Error(`${stream} was appended to without its lock`)
    },

    async countStrangers(counts, at) {
      const day = at.toISOString().slice(0, 10)
      await db
        .insertInto('stranger_count')
        // In one order, or two replicas could wait for each other.
        .values([...counts].toSorted().map(([why, count]) => ({ day, why, count })))
        .onConflict((conflict) =>
          conflict.columns(['day', 'why']).doUpdateSet({ count: sql<number>`stranger_count.count + excluded.count` }),
        )
        .execute()
    },
  }
}

type Row = Selectable<Tables['journal']>

export interface At {
  readonly transaction: InTransaction
  readonly stream: StreamId
  readonly head: Head
}

const lastOf = (transaction: InTransaction, stream: StreamId): Promise<Row | undefined> =>
  transaction
    .selectFrom('journal')
    .selectAll()
    .where('stream', '=', stream)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Writes events behind a head that was checked, each chained and signed. */
export async function writeEvents(
  { transaction, stream, head }: At,
  events: readonly SideEvent[],
  because: Because,
  key: SigningKey,
  realClock: Clock,
): Promise<readonly Insertable<Tables['journal']>[]> {
  const positions = await sql<{ position: number }>`
    select nextval('journal_position') as position from generate_series(1, ${events.length}::int)`.execute(transaction)
  const rows: Insertable<Tables['journal']>[] = []
  const texts: Insertable<Tables['journal_text']>[] = []
  let { version, hash } = head
  for (const [index, event] of events.entries()) {
    const { body, texts: taken } = takeOutTexts(event.body)
    version += 1
    const sealed: Sealed = {
      position: positions.rows[index]?.position ?? Number.NaN,
      stream,
      version,
      type: event.type,
      schema: schemaOf(stream),
      at: event.at,
      recordedAt: realClock(),
      actor: because.actor,
      cause: because.cause,
      body: canonicalJson(body),
      prevHash: hash,
      keyId: key.id,
    }
    hash = eventHash(sealed)
    rows.push(asRow(sealed, hash, signHash(hash, key)))
    for (const text of taken) texts.push({ ...text, stream, version })
  }
  await transaction.insertInto('journal').values(rows).execute()
  if (texts.length > 0) await transaction.insertInto('journal_text').values(texts).execute()
  return rows
}

const asRow = (sealed: Sealed, hash: string, signature: string): Insertable<Tables['journal']> => {
  const { recordedAt, prevHash, keyId, ...same } = sealed
  return { ...same, recorded_at: recordedAt, prev_hash: prevHash, key_id: keyId, hash, signature }
}

function asSideEvent({ type, at, ...body }: RequestEvent): SideEvent {
  return { type, at, body }
}

/** False where another writer took a version first; the transaction is rolled back by then. */
async function unlessOvertaken(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work()
  } catch (error) {
    if (violatedUnique(error) === 'journal_one_event_per_version') return false
    throw error
  }
}

async function textsOf(db: Database, stream: StreamId): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('journal_text').selectAll().where('stream', '=', stream).execute()
  const texts = new Map<string, string>()
  for (const { digest, salt, text } of rows) {
    if (salt === null || text === null) continue
    // A justification changed behind the journal's back must not reach an approver.
    if (textDigest(salt, text) !== digest) throw new Error(`A text of ${stream} is not the one that was recorded`)
    texts.set(digest, text)
  }
  return texts
}

/** Bodies of other streams are read by who knows them: here they are plain JSON, their words put back. */
function readSideEvent(row: Row, texts: ReadonlyMap<string, string>): SideEvent {
  if (row.schema > sideSchema) throw new StreamNewer(row, new NewerSchema(row.schema, sideSchema))
  const body = putBackTexts(JSON.parse(row.body), texts)
  if (!isRecord(body)) throw new Error(`${row.stream} version ${row.version} (${row.type}) cannot be read`)
  return { type: row.type, at: row.at, body }
}

function readEvent(row: Selectable<Tables['journal']>, texts: ReadonlyMap<string, string>): RequestEvent {
  try {
    const body: unknown = JSON.parse(row.body)
    const restored = putBackTexts(body, texts)
    if (!isRecord(restored)) throw new TypeError('its body is not an object')
    const known = upcast(row.schema, { type: row.type, body: restored })
    return RequestEvent.parse({ ...known.body, type: known.type, at: row.at })
  } catch (cause) {
    if (cause instanceof NewerSchema) throw new StreamNewer(row, cause)
    throw new Error(`${row.stream} version ${row.version} (${row.type}) cannot be read`, { cause })
  }
}
