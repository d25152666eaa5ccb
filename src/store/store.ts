import type { KeyObject } from 'node:crypto'
import type { Clock } from '../time.ts'
import type { Chats, Drafts, Journal, Outbox, Requests } from '../workflow/ports.ts'
import { chatsOver } from './chats.ts'
import { writeCheckpoint } from './checkpoint.ts'
import { connect } from './database.ts'
import { draftsOver } from './drafts.ts'
import { journalOver } from './journal.ts'
import { requireThisSchema } from './migrate.ts'
import { outboxOver } from './outbox.ts'
import { requestsOver } from './requests.ts'
import { signingKey } from './seal.ts'

export interface StoreOptions {
  /** The bot's own role: it may neither change the schema nor rewrite the journal. */
  readonly databaseUrl: string
  /** Ed25519 private key, PEM or key object; the same for all replicas. */
  readonly signingKey: KeyObject | string
  /** Name stored with each signature; by default derived from the public key. */
  readonly keyId?: string
  /** For leases, retries and `recorded_at`. Business time comes with every call. */
  readonly realClock: Clock
  /** Where checkpoints are also appended, outside the database; none: they stand in the database alone. */
  readonly checkpointFile?: string
  /** IANA zone for people of whom nothing is known yet. */
  readonly defaultZone: string
}

export interface Store extends AsyncDisposable {
  readonly journal: Journal
  readonly requests: Requests
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly chats: Chats
  /** Signs the heads of all streams. @returns the checkpoint's number */
  checkpoint(): Promise<number>
}

/** @throws when the database is not at this version's schema. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, realClock, checkpointFile, defaultZone } = options
  const key = signingKey(options.signingKey, options.keyId)
  const db = connect(databaseUrl)
  try {
    await requireThisSchema(db)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return {
    journal: journalOver(db, key, realClock),
    requests: requestsOver(db),
    outbox: outboxOver(db, realClock),
    drafts: draftsOver(db),
    chats: chatsOver(db, { locale: 'en-GB', zone: defaultZone }),
    checkpoint: () => writeCheckpoint(db, key, realClock, checkpointFile),
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}
