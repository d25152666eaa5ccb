import type { KeyObject } from 'node:crypto'
import type { Clock } from '../time.ts'
import type {
  Chats,
  Dialogue,
  Drafts,
  Journal,
  Looks,
  Outbox,
  RefusedStream,
  Requests,
  SignIns,
  Unanswered,
} from '../workflow/ports/memory.ts'
import { chatsOver } from './chats.ts'
import { writeCheckpoint } from './checkpoint.ts'
import { connect } from './database.ts'
import { dialogueOver } from './dialogue.ts'
import { draftsOver } from './drafts.ts'
import { journalOver } from './journal.ts'
import { requireThisSchema } from './migrate.ts'
import { looksOver } from './looks.ts'
import { outboxOver } from './outbox.ts'
import { requestsOver } from './requests.ts'
import { keyRing, signingKey, verifyingKey } from './seal.ts'
import { tidy } from './tidy.ts'
import { openWakeUps } from './wake-ups.ts'
import { signInsOver } from './sign-ins.ts'
import { unansweredOver } from './unanswered.ts'

export interface StoreOptions {
  /** The bot's own role: it may neither change the schema nor rewrite the journal. */
  readonly databaseUrl: string
  /** Ed25519 private key, PEM or key object; the same for all replicas. */
  readonly signingKey: KeyObject | string
  /** Name stored with each signature; by default derived from the public key. */
  readonly keyId?: string
  /** Public keys, PEM or key objects, that events were signed with before this one. */
  readonly formerKeys?: readonly (KeyObject | string)[]
  /** Told of each stream that is refused, whenever it is read. */
  readonly refused?: (stream: RefusedStream) => void
  /** For leases, retries and `recorded_at`. Business time comes with every call. */
  readonly realClock: Clock
  /** Where checkpoints are also appended, outside the database; none: they stand in the database alone. */
  readonly checkpointFile?: string
  /** IANA zone for people of whom nothing is known yet. */
  readonly defaultZone: string
  /** Told when wake-ups are late or fail: the sweep does their work meanwhile. */
  readonly trouble?: (error: unknown) => void
}

export interface Store extends AsyncDisposable {
  readonly journal: Journal
  readonly requests: Requests
  readonly looks: Looks
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly dialogue: Dialogue
  readonly chats: Chats
  readonly signIns: SignIns
  readonly unanswered: Unanswered
  /**
   * Calls `wake` whenever something was appended by any replica.
   * @returns what ends that, once no wake-up is in hand any more
   */
  listenForWakeUps(wake: () => void): Promise<AsyncDisposable>
  /** @throws when the database does not answer, or is at another schema than this version's. */
  answers(): Promise<void>
  /**
   * Deletes what is kept longer than anybody needs it; one replica at a time, and a bounded number of rows.
   * @param now product time
   * @returns how many rows of each table
   */
  tidy(now: Date): Promise<Readonly<Record<string, number>>>
  /** Signs the heads of all streams. @returns the checkpoint's number */
  checkpoint(): Promise<number>
}

/** A person waits ten seconds at most; what a turn asks takes milliseconds. */
const patience = { connect: 3_000, statement: 6_000, answer: 8_000, idle: 10_000 }

/** @throws when the database is not at this version's schema. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, realClock, checkpointFile, defaultZone, trouble = () => {} } = options
  const key = signingKey(options.signingKey, options.keyId)
  const keys = new Map([...keyRing(options.formerKeys ?? []), [key.id, verifyingKey(key.privateKey)]])
  await using opened = new AsyncDisposableStack()
  const db = connect(databaseUrl, 10, patience)
  opened.defer(() => db.destroy())
  await requireThisSchema(db)
  const wakeUps = opened.use(await openWakeUps(databaseUrl, trouble, patience))
  const outbox = opened.use(outboxOver(db, realClock))
  const requests = opened.use(requestsOver(db, realClock))
  const all = opened.move()
  return {
    journal: journalOver(db, key, { keys, refused: options.refused ?? (() => {}) }, realClock, wakeUps),
    requests,
    looks: looksOver(db),
    outbox,
    drafts: draftsOver(db),
    dialogue: dialogueOver(db),
    chats: chatsOver(db, { locale: 'en-GB', zone: defaultZone }),
    signIns: signInsOver(db),
    unanswered: unansweredOver(db),
    listenForWakeUps: (wake) => wakeUps.listen(wake),
    answers: () => requireThisSchema(db),
    tidy: (now) => tidy(db, now, realClock()),
    checkpoint: () => writeCheckpoint(db, key, realClock, checkpointFile),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}
