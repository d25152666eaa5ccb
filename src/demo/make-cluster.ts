import { execFile } from 'node:child_process'
import { chown, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { RunAs } from './server-user.ts'
import { writeSecret } from './secret-file.ts'
import type { ServerPlace } from './server-place.ts'

const run = promisify(execFile)

/** Made beside its place and moved there when whole: a run killed half-way leaves nothing that looks like a cluster. */
export async function makeCluster(
  { binaries, cluster }: ServerPlace,
  password: string,
  settings: Readonly<Record<string, string>>,
  runAs: RunAs,
): Promise<void> {
  const unfinished = `${cluster}.unfinished`
  const passwordFile = `${cluster}.password`
  await rm(unfinished, { recursive: true, force: true })
  await rm(passwordFile, { force: true })
  await writeSecret(passwordFile, `${password}\n`)
  await mkdir(unfinished, { mode: 0o700 })
  if (runAs.uid !== undefined && runAs.gid !== undefined) {
    for (const path of [passwordFile, unfinished]) await chown(path, runAs.uid, runAs.gid)
  }
  const flags = [
    `--pgdata=${unfinished}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-locale',
    ...(settings['fsync'] === 'off' ? ['--no-sync'] : []),
  ]
  try {
    await run(join(binaries, 'initdb'), flags, { ...runAs, cwd: '/' })
    await rename(unfinished, cluster)
  } catch (cause) {
    throw new Error(`The database cluster could not be made in ${cluster}: ${said(cause)}`, { cause })
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/** What `initdb` wrote before it gave up; without it the reason would be "Command failed". */
const said = (error: unknown): string =>
  error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' && error.stderr !== ''
    ? error.stderr.trim()
    : String(error)
