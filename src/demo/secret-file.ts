import { randomBytes } from 'node:crypto'
import { access, link, rm, writeFile } from 'node:fs/promises'

/** Writes a file that its owner alone may read: whole or not at all, and the first of two writers wins. */
export async function writeSecret(file: string, secret: string): Promise<void> {
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(unfinished, secret, { mode: 0o600, flag: 'wx' })
  try {
    await link(unfinished, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(unfinished)
  }
}

export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
