import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkpointFile, journalKey, startPostgres } from '../../src/demo/postgres.ts'
import { migrate } from '../../src/store/migrate.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import { openStore } from '../../src/store/store.ts'
import { emptyDatabase, freshStore, query } from '../fixtures/postgres.ts'
import { also, newRequest, submitted } from '../store/sample.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-commands-'))
  await chmod(folder, 0o711)
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs a command with these settings and no others. */
const run = (command: string, env: Record<string, string>, ...args: string[]) =>
  new Promise<{ code: number; said: string }>((done) => {
    const options = { env: { PATH: process.env['PATH'] ?? '', ...env } }
    execFile(process.execPath, [resolve(`src/commands/${command}.ts`), ...args], options, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), said: (stdout + stderr).trim() })
    })
  })

test('`npm run migrate` says what it did, and once there is nothing to do that', async () => {
  await using database = await emptyDatabase()
  const env = { DATABASE_ADMIN_URL: database.adminUrl }
  expect(await run('migrate', env)).toEqual({
    code: 0,
    said: `The database went through ${Object.keys(migrations).join(', ')}`,
  })
  expect(await run('migrate', env)).toEqual({ code: 0, said: 'The database is up to date' })
})

test('`npm run migrate` without the administrator’s URL names the setting', async () => {
  const { code, said } = await run('migrate', {})
  expect(code).toBe(1)
  expect(said).toContain('DATABASE_ADMIN_URL is missing')
})

test('`npm run verify-journal` needs the public key only; a bad event is its one line and exit status 1', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const [keyFile, checkpoints] = [join(folder, 'public.pem'), join(folder, 'tenant-checkpoints.jsonl')]
  await writeFile(keyFile, publicKey.export({ type: 'spki', format: 'pem' }))
  await using opened = await freshStore({ signingKey: privateKey, checkpointFile: checkpoints })
  const request = newRequest()
  await opened.store.journal.append(request, 0, [submitted(request)], also(request))
  await opened.store.checkpoint()
  const env = {
    DATABASE_URL: opened.database.url,
    LATCHKEY_JOURNAL_KEY: keyFile,
    LATCHKEY_CHECKPOINTS: checkpoints,
  }
  expect(await run('verify-journal', env)).toEqual({
    code: 0,
    said: 'ok: 1 events in 1 streams, 1 checkpoints, 1 of them in the files',
  })
  await query(opened.database.adminUrl, `update journal set actor = 'latchkey'`)
  expect(await run('verify-journal', env)).toEqual({
    code: 1,
    said: `bad event at position 1, request:${request} version 1: its content does not match its hash`,
  })
})

test('with no setting at all `npm run verify-journal` verifies the demo’s journal, though the demo has ended', async () => {
  const demo = await startPostgres({ dataFolder: folder, log: () => {}, settings: { fsync: 'off' } })
  await migrate(demo.adminUrl, demo.passwords)
  const store = await openStore({
    databaseUrl: demo.url,
    signingKey: await readFile(await journalKey(folder), 'utf8'),
    realClock: () => new Date(),
    defaultZone: 'Europe/London',
    checkpointFile: checkpointFile(folder),
  })
  const request = newRequest()
  await store.journal.append(request, 0, [submitted(request)], also(request))
  await store.checkpoint()
  await store[Symbol.asyncDispose]()
  await demo.stop()
  expect(await run('verify-journal', { LATCHKEY_DATA: folder })).toEqual({
    code: 0,
    said: 'ok: 1 events in 1 streams, 1 checkpoints, 1 of them in the files',
  })
})

test('where there is neither a setting nor a demo, `npm run verify-journal` says so', async () => {
  const { code, said } = await run('verify-journal', { LATCHKEY_DATA: join(folder, 'none') })
  expect(code).toBe(1)
  expect(said).toContain('DATABASE_URL is missing')
})
