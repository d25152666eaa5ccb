import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import { openStore } from '../../src/store/store.ts'
import { emptyDatabase, freshDatabase, freshStore, query } from '../fixtures/postgres.ts'
import { also, byMaya, newRequest, noon, submitted } from './sample.ts'

const all = Object.keys(migrations)
const newest = all.at(-1)

const options = (databaseUrl: string) => ({
  databaseUrl,
  signingKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  realClock: () => noon,
  defaultZone: 'Europe/London',
})

test('an empty database is brought to this version’s schema, once, however many do it at once', async () => {
  await using database = await emptyDatabase()
  const steps = await Promise.all([migrate(database.adminUrl), migrate(database.adminUrl)])
  expect(steps.flat()).toEqual(all)
  expect(await migrate(database.adminUrl)).toEqual([])
  await using store = await openStore(options(database.url))
  expect(await store.journal.load(newRequest())).toMatchObject({ version: 0 })
})

test('the bot refuses a database without its schema, and names what mends it', async () => {
  await using database = await emptyDatabase()
  await expect(openStore(options(database.url))).rejects.toThrow(
    `The database is empty, this version needs ${newest}: run \`npm run migrate\` with DATABASE_ADMIN_URL`,
  )
})

test('the bot refuses a database of a later version', async () => {
  await using database = await freshDatabase()
  await query(database.adminUrl, `insert into kysely_migration values ('0999-later', '2030-01-01')`)
  await expect(openStore(options(database.url))).rejects.toThrow('newer than this version')
})

test('the bot refuses a database whose schema is not known to be this version’s', async () => {
  await using database = await freshDatabase()
  await query(database.adminUrl, `delete from kysely_migration`)
  await query(database.adminUrl, `insert into kysely_migration values ('0000-other', '2030-01-01')`)
  await expect(openStore(options(database.url))).rejects.toThrow('at schema 0000-other')
})

test('the bot refuses wake-ups of another version of pg-boss, and names what mends it', async () => {
  await using database = await freshDatabase()
  await query(database.adminUrl, 'update pgboss.version set version = version - 1')
  await expect(openStore(options(database.url))).rejects.toThrow('run `npm run migrate` with DATABASE_ADMIN_URL')
})

test('a key that is not Ed25519 is refused before anything is signed with it', async () => {
  await using database = await freshDatabase()
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await expect(openStore({ ...options(database.url), signingKey: privateKey })).rejects.toThrow('Ed25519')
})

test('the bot’s own role can neither rewrite the journal nor change the schema', async () => {
  await using opened = await freshStore()
  const request = newRequest()
  const { journal } = opened.store
  await journal.append(request, 0, [submitted(request)], also(request))
  await journal.note('security:test', { type: 'Refused', at: noon, body: {} }, byMaya)
  await opened.store.checkpoint()
  const forbidden = ['journal', 'journal_text', 'checkpoint'].flatMap((table) => [
    `update ${table} set hash = ''`.replace('journal_text set hash', 'journal_text set text'),
    `delete from ${table}`,
    `truncate ${table} cascade`,
    `drop table ${table}`,
    `alter table ${table} add column more text`,
  ])
  for (const statement of [
    ...forbidden,
    'create table mine (id int)',
    'create table pgboss.mine (id int)',
    'drop table pgboss.job',
    'create temporary table mine (id int)',
    'create schema mine',
    'create role mine',
    `update kysely_migration set name = 'mine'`,
    `select setval('journal_position', 1)`,
    'drop index journal_text_of_stream',
  ]) {
    await expect(query(opened.database.url, statement), statement).rejects.toThrow(/permission denied|must be owner/)
  }
})

test('the executor’s role may enter and nothing else', async () => {
  await using database = await freshDatabase()
  const allowed = await query(
    database.adminUrl,
    `select privilege from unnest(array['select', 'insert', 'update', 'delete']) privilege, pg_tables
     where schemaname = 'public' and has_table_privilege('latchkey_executor', tablename, privilege)`,
  )
  expect(allowed).toEqual([])
  expect(
    await query(
      database.adminUrl,
      `select has_database_privilege('latchkey_executor', $1, 'connect') as enters,
              has_database_privilege('latchkey_executor', $1, 'create') as makes`,
      [database.name],
    ),
  ).toEqual([{ enters: true, makes: false }])
})

test('a stream of a kind nobody knows is refused by the table itself', async () => {
  await using database = await freshDatabase()
  await expect(
    query(
      database.url,
      `insert into journal values (nextval('journal_position'), 'rumour:1', 1, 'T', 1, $1, $1, 'a', 'c', '{}', '', '', '', '')`,
      [noon],
    ),
  ).rejects.toThrow('journal_stream_kind')
})
