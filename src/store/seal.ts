import { createHash, createPrivateKey, createPublicKey, KeyObject, sign, verify } from 'node:crypto'

/** An Ed25519 private key and the name under which its signatures are stored. */
export interface SigningKey {
  readonly id: string
  readonly privateKey: KeyObject
}

/** Everything of a journal row that the hash covers; instants as ISO 8601 with milliseconds. */
export interface Sealed {
  readonly position: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly schema: number
  readonly at: Date
  readonly recordedAt: Date
  readonly actor: string
  readonly cause: string
  readonly body: string
  readonly prevHash: string
  readonly keyId: string
}

/** The public keys that events may be signed with, by the name that is stored with their signatures. */
export type KeyRing = ReadonlyMap<string, KeyObject>

/** @param keys Ed25519, PEM or key objects; of a private key its public half */
export const keyRing = (keys: readonly (KeyObject | string)[]): KeyRing =>
  new Map(keys.map((key) => [keyId(verifyingKey(key)), verifyingKey(key)]))

/** What the first event of every stream follows; the stream's own name is in its hash. */
export const beforeTheFirst = '0'.repeat(64)

/**
 * SHA-256, in hex, of the row as a JSON array of strings: the quotes keep the fields apart, so that no text can
 * pass from one into its neighbour.
 */
export const eventHash = (event: Sealed): string =>
  hashOf([
    'latchkey-journal-1',
    String(event.position),
    event.stream,
    String(event.version),
    event.type,
    String(event.schema),
    event.at.toISOString(),
    event.recordedAt.toISOString(),
    event.actor,
    event.cause,
    event.body,
    event.prevHash,
    event.keyId,
  ])

/** SHA-256, in hex, of a checkpoint; its first word keeps its signature from ever passing for an event's. */
export const checkpointHash = (body: string, keyId: string): string => hashOf(['latchkey-checkpoint-1', body, keyId])

const hashOf = (fields: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(fields), 'utf8').digest('hex')

/** Ed25519 over the hash's 32 bytes, base64url. */
export const signHash = (hash: string, key: SigningKey): string =>
  sign(null, Buffer.from(hash, 'hex'), key.privateKey).toString('base64url')

export const signatureHolds = (hash: string, signature: string, publicKey: KeyObject): boolean =>
  // Decoding forgives stray characters, so a changed text could still carry the same bytes.
  Buffer.from(signature, 'base64url').toString('base64url') === signature &&
  verify(null, Buffer.from(hash, 'hex'), publicKey, Buffer.from(signature, 'base64url'))

/**
 * @param key an Ed25519 private key, PKCS 8 PEM or already a key object
 * @param id what to store with its signatures; by default the start of its public key's SHA-256
 */
export function signingKey(key: KeyObject | string, id?: string): SigningKey {
  const privateKey = typeof key === 'string' ? createPrivateKey(key) : key
  if (privateKey.type !== 'private') throw new Error('The journal is signed with a private key; this one is public')
  const derived = keyId(verifyingKey(privateKey))
  return { privateKey, id: id ?? derived }
}

/** @param key an Ed25519 key, PEM or key object; of a private key its public half. */
export function verifyingKey(key: KeyObject | string): KeyObject {
  const publicKey = key instanceof KeyObject && key.type === 'public' ? key : createPublicKey(key)
  if (publicKey.asymmetricKeyType !== 'ed25519') {
    throw new Error(`The journal is signed with Ed25519; this key is ${publicKey.asymmetricKeyType ?? 'symmetric'}`)
  }
  return publicKey
}

const keyId = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
