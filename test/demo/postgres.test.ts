import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { checkpointFile, type DemoPostgres, journalKey, startPostgres } from '../../src/demo/postgres.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/store.ts'
import { query } from '../fixtures/postgres.ts'

const settings = { fsync: 'off' }

let dataFolder: string
let server: DemoPostgres | undefined
beforeAll(async () => {
  dataFolder = await newFolder()
})
afterEach(async () => {
  await server?.stop()
  server = undefined
})
afterAll(() => rm(dataFolder, { recursive: true }))

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-postgres-'))
  // As root the server runs as another user, who passes through here.
  await chmod(folder, 0o711)
  return folder
}

const start = async (folder = dataFolder): Promise<DemoPostgres> =>
  (server = await startPostgres({ dataFolder: folder, log: () => {}, settings }))
/** A cluster lives where the server's user reaches it, which need not be in the data folder. */
const clusterOf = (folder: string) => realpath(join(folder, 'postgres'))
/** The data folder, and what of it lies elsewhere. */
async function removeBoth(folder: string): Promise<void> {
  await server?.stop()
  const outer = dirname(await clusterOf(folder))
  for (const place of [folder, outer]) await rm(place, { recursive: true, force: true })
}
const modeOf = async (file: string): Promise<number> => (await stat(join(dataFolder, file))).mode & 0o777

test('the database answers on loopback alone, to its passwords alone, which only their owner can read', async () => {
  const { adminUrl, pid, adopted } = await start()
  expect(adopted).toBe(false)
  expect(process.kill(pid, 0)).toBe(true)
  expect(await query(adminUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(await query(adminUrl, 'show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }])
  await expect(query(adminUrl.replace(/:[^:@/]+@/, ':guessed@'), 'select 1')).rejects.toThrow('password')
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => address.family === 'IPv4' && !address.internal)
  if (outside !== undefined) {
    await expect(query(adminUrl.replace('127.0.0.1', outside.address), 'select 1')).rejects.toThrow('ECONNREFUSED')
  }
  expect(await modeOf('postgres-passwords.json')).toBe(0o600)
  expect(await modeOf('postgres')).toBe(0o700)
})

test('the bot signs in with its own role once the database is migrated', async () => {
  const { adminUrl, url, passwords } = await start()
  await migrate(adminUrl, passwords)
  await using store = await openStore({
    databaseUrl: url,
    signingKey: await readFile(await journalKey(dataFolder), 'utf8'),
    realClock: () => new Date(),
    defaultZone: 'Europe/London',
  })
  expect(await store.checkpoint()).toBe(1)
})

test('a server that outlived its killed starter is adopted, with everything in it', async () => {
  const starter = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { startPostgres } = await import(${JSON.stringify(new URL('../../src/demo/postgres.ts', import.meta.url).href)})
       const { pid, adminUrl } = await startPostgres({ dataFolder: ${JSON.stringify(dataFolder)}, log: () => {} })
       console.log(JSON.stringify({ pid, adminUrl }))
       setInterval(() => {}, 1000)`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line]: unknown[] = await once(createInterface(starter.stdout), 'line')
  const first = z.object({ pid: z.number(), adminUrl: z.string() }).parse(JSON.parse(String(line)))
  await query(first.adminUrl, 'create table adopted (id int)')
  starter.kill('SIGKILL')
  await once(starter, 'exit')

  const second = await start()
  expect(second).toMatchObject({ adopted: true, pid: first.pid, adminUrl: first.adminUrl })
  expect(await query(second.adminUrl, 'select * from adopted')).toEqual([])
})

test('after the server itself was killed another one takes over its data, although its pid file is still there', async () => {
  const first = await start()
  await query(first.adminUrl, 'create table kept (id int)')
  process.kill(first.pid, 'SIGKILL')

  const second = await start()
  expect(second.adopted).toBe(false)
  expect(second.pid).not.toBe(first.pid)
  expect(await query(second.adminUrl, 'select * from kept')).toEqual([])
})

test('a pid file whose number now belongs to another process is not believed', async () => {
  const { stop } = await start()
  const pidFile = join(dataFolder, 'postgres', 'postmaster.pid')
  const stale = (await readFile(pidFile, 'utf8')).split('\n')
  await stop()
  await writeFile(pidFile, [process.pid, ...stale.slice(1)].join('\n'))

  const second = await start()
  expect(second.adopted).toBe(false)
  expect(second.pid).not.toBe(process.pid)
  expect(await query(second.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a cluster whose making was interrupted is made anew', async () => {
  const folder = await newFolder()
  await mkdir(join(folder, 'postgres.unfinished'))
  await writeFile(join(folder, 'postgres.unfinished', 'PG_VERSION'), '18\n')
  const { adminUrl, stop } = await start(folder)
  expect(await query(adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  await stop()
  await rm(folder, { recursive: true })
})

test('a data folder that only its owner may enter is served all the same, by root as well', async () => {
  const folder = await newFolder()
  await chmod(folder, 0o700)
  const first = await start(folder)
  await query(first.adminUrl, 'create table kept (id int)')
  await first.stop()

  const second = await start(folder)
  expect(await query(second.adminUrl, 'select * from kept')).toEqual([])
  await removeBoth(folder)
})

test('where the files elsewhere were cleaned away, the cluster is made again', async () => {
  const folder = await newFolder()
  await chmod(folder, 0o700)
  const { stop } = await start(folder)
  await stop()
  await rm(await clusterOf(folder), { recursive: true })

  const { adminUrl } = await start(folder)
  expect(await query(adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  await removeBoth(folder)
})

test('a reset leaves an empty database and no checkpoints of the old one, whoever was connected', async () => {
  const { adminUrl, dropAndCreate } = await start()
  await writeFile(checkpointFile(dataFolder), 'of the old database\n')
  await query(adminUrl, 'create table old (id int)')
  const connected = new Client({ connectionString: adminUrl })
  await connected.connect()
  const thrownOut = new Promise((resolve) => connected.once('end', resolve))
  connected.on('error', () => {})
  await dropAndCreate('latchkey')
  await thrownOut
  await expect(query(adminUrl, 'select * from old')).rejects.toThrow('does not exist')
  await expect(stat(checkpointFile(dataFolder))).rejects.toThrow('ENOENT')
})

test('the journal’s key is made once, for its owner’s eyes only', async () => {
  const files = await Promise.all([journalKey(dataFolder), journalKey(dataFolder)])
  const key = await readFile(files[0], 'utf8')
  expect(key).toContain('PRIVATE KEY')
  expect(await readFile(await journalKey(dataFolder), 'utf8')).toBe(key)
  expect(await modeOf('journal-key.pem')).toBe(0o600)
})
