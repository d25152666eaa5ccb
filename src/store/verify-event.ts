import type { Selectable } from 'kysely'
import type { Tables } from './database.ts'
import { beforeTheFirst, eventHash, type KeyRing, signatureHolds } from './seal.ts'

type Row = Selectable<Tables['journal']>

/** The event that another one follows. */
export interface Head {
  readonly version: number
  readonly hash: string
}

export const noHead: Head = { version: 0, hash: beforeTheFirst }

/** Signatures that held. An event is read again with every tap about its request, and a signature costs most to check. */
export interface Held {
  has(signature: string): boolean
  add(signature: string): unknown
}

/**
 * @param held signatures, each with the hash and the key it held for: a copied hash beside another signature is none
 * @returns what is wrong with an event that should follow `head`
 */
export function wrongInChain(row: Row, head: Head, keys: KeyRing, held?: Held): string | undefined {
  if (row.version !== head.version + 1) return `version ${head.version + 1} should follow here`
  if (row.prev_hash !== head.hash) return 'it does not follow the event before it'
  return wrongInSeal(row, keys, held)
}

/** What is wrong with an event by itself, whatever it follows. */
export function wrongInSeal(row: Row, keys: KeyRing, held?: Held): string | undefined {
  // PostgreSQL knows instants that are no Date (`infinity`); such a row was not written by us.
  if (!(row.at instanceof Date && row.recorded_at instanceof Date)) return 'its instants are not dates'
  const { recorded_at: recordedAt, prev_hash: prevHash, key_id: keyId, ...same } = row
  if (eventHash({ ...same, recordedAt, prevHash, keyId }) !== row.hash) return 'its content does not match its hash'
  const sealed = sealOf(row)
  if (held?.has(sealed) === true) return undefined
  const key = keys.get(keyId)
  if (key === undefined) return `it is signed with ${keyId}, which is none of the known keys`
  if (!signatureHolds(row.hash, row.signature, key)) return 'its signature is not by this key'
  held?.add(sealed)
  return undefined
}

/** A signature, with what it was of and by. */
export const sealOf = (row: Pick<Row, 'hash' | 'signature' | 'key_id'>): string =>
  `${row.hash} ${row.signature} ${row.key_id}`

/** Some 10 MB: as many events as a busy hour reads again and again. */
const mostHeld = 40_000

export function rememberHeld(most = mostHeld): Held {
  const held = new Set<string>()
  return {
    has: (signature) => held.has(signature),
    add(signature) {
      const [oldest] = held
      if (held.size >= most && oldest !== undefined) held.delete(oldest)
      held.add(signature)
    },
  }
}
