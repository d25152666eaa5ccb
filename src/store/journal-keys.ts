import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** PEM of the key that the journal is signed with, and of those that it was signed with before. */
export interface JournalKeys {
  readonly signingKey: string
  readonly formerKeys: readonly string[]
}

/**
 * @param formerFolder every `.pem` in it is a public key; none is needed before the first rotation
 * @throws when a file or the folder cannot be read: a key that is missing would make good events look forged
 */
export async function readJournalKeys(keyFile: string, formerFolder: string | undefined): Promise<JournalKeys> {
  const names = formerFolder === undefined ? [] : (await readdir(formerFolder)).filter((name) => name.endsWith('.pem'))
  const [signingKey, ...formerKeys] = await Promise.all(
    [keyFile, ...names.toSorted().map((name) => join(formerFolder ?? '', name))].map((file) => readFile(file, 'utf8')),
  )
  return { signingKey: signingKey ?? '', formerKeys }
}
