import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** PostgreSQL refuses to run as root; then everything that touches its files runs as the `postgres` user instead. */
export interface RunAs {
  readonly uid?: number
  readonly gid?: number
}

/** @returns nobody in particular, unless this process is root: then the user `postgres`, made where it is missing */
export async function serverUser(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {}
  const there = await run('id', ['-u', 'postgres']).catch(() => undefined)
  if (there === undefined) {
    await run('groupadd', ['-f', 'postgres'])
    await run('useradd', ['-g', 'postgres', 'postgres'])
  }
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}
