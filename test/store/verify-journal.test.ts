import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RequestId } from '../../src/request/events.ts'
import { erasePerson } from '../../src/store/erase-person.ts'
import { sayVerification } from '../../src/store/say-verification.ts'
import { verifyJournal } from '../../src/store/verify-journal.ts'
import { freshStore, query, type TestStore } from '../fixtures/postgres.ts'
import { also, attempted, byMaya, maya, newRequest, noon, submitted } from './sample.ts'

let folder: string
let checkpointFile: string
let opened: TestStore
let request: RequestId

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-checkpoints-'))
  checkpointFile = join(folder, 'checkpoints.jsonl')
  opened = await freshStore({ checkpointFile })
})
beforeEach(async () => {
  await opened.clear()
  await rm(checkpointFile, { force: true })
  request = newRequest()
  const { journal } = opened.store
  await journal.append(request, 0, [submitted(request), attempted()], also(request))
  await journal.note(`person:${maya}`, { type: 'Refused', at: noon, body: { why: 'own-request' } }, byMaya)
  await journal.append(request, 2, [attempted()], also(request))
})
afterAll(async () => {
  await opened[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const verify = (checkpointFiles = [checkpointFile]) =>
  verifyJournal({ databaseUrl: opened.database.url, publicKeys: [opened.publicKey], checkpointFiles })
const breakIn = (statement: string) => query(opened.database.adminUrl, statement)

test('an untouched journal verifies with the public key alone, and says what was looked at', async () => {
  await opened.store.checkpoint()
  const verification = await verify()
  expect(verification).toEqual({ ok: true, events: 4, streams: 2, checkpoints: 1, inFile: 1 })
  expect(sayVerification(verification)).toBe('ok: 4 events in 2 streams, 1 checkpoints, 1 of them in the files')
})

describe('a change behind the journal’s back is found, in', () => {
  test.each([
    ['position', `position = 1000`],
    ['stream', `stream = 'request:req_other'`],
    ['version', `version = 7`],
    ['type', `type = 'FilingObserved'`],
    ['schema', `schema = schema - 1`],
    ['at', `at = at + interval '1 millisecond'`],
    ['at, beyond any date', `at = 'infinity'`],
    ['recorded_at', `recorded_at = recorded_at - interval '1 millisecond'`],
    ['actor', `actor = 'latchkey'`],
    ['cause', `cause = 'activity-2'`],
    ['body', `body = replace(body, '"by":"4', '"by":"5')`],
    ['prev_hash', `prev_hash = repeat('0', 64)`],
    ['hash', `hash = repeat('a', 64)`],
    ['key_id', `key_id = 'another'`],
    ['signature', `signature = reverse(signature)`],
    ['signature, only in how it is written', `signature = signature || '='`],
  ])('%s', async (_column, change) => {
    await breakIn(`update journal set ${change} where position = 2`)
    const verification = await verify()
    expect(verification).toMatchObject({ ok: false, finding: { in: 'journal' } })
  })

  test('an event taken from the middle, told by its position, stream and version', async () => {
    await breakIn(`delete from journal where position = 2`)
    expect(await verify()).toEqual({
      ok: false,
      finding: {
        in: 'journal',
        position: 4,
        stream: `request:${request}`,
        version: 3,
        wrong: 'version 2 should follow here',
      },
    })
  })

  test('a person’s words', async () => {
    await breakIn(`update journal_text set text = 'something harmless'`)
    const verification = await verify()
    expect(sayVerification(verification)).toBe(
      `bad event at position 1, request:${request} version 1: a text of it was changed`,
    )
  })

  test('words added to an event that never had any', async () => {
    await breakIn(`insert into journal_text values ('sha256:0', 'request:${request}', 2, 'salt', 'planted')`)
    expect(await verify()).toMatchObject({ ok: false, finding: { position: 2 } })
  })
})

const erase = () =>
  erasePerson({
    databaseAdminUrl: opened.database.adminUrl,
    signingKey: opened.signingKey,
    formerKeys: [],
    person: maya,
    at: noon,
    realNow: noon,
  })

test('erased words leave everything verifying, by the event that says so', async () => {
  await opened.store.checkpoint()
  expect(await erase()).toMatchObject({ texts: [{ stream: `request:${request}`, version: 1 }] })
  expect(await verify()).toMatchObject({ ok: true })
  await breakIn(`delete from journal_text`)
  expect(await verify()).toMatchObject({ ok: true })
})

test('words that are gone without an event that says so are found', async () => {
  await breakIn(`update journal_text set text = null, salt = null`)
  expect(await verify()).toMatchObject({
    ok: false,
    finding: { position: 1, wrong: 'a text of it is gone, and no event says that it was erased' },
  })
  await breakIn(`delete from journal_text`)
  expect(await verify()).toMatchObject({ ok: false, finding: { position: 1 } })
})

test('a journal written with another key is not taken for ours', async () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  const verification = await verifyJournal({ databaseUrl: opened.database.url, publicKeys: [publicKey] })
  expect(verification).toMatchObject({
    ok: false,
    finding: { position: 1, wrong: expect.stringMatching(/^it is signed with \w+, which is none of the known keys$/) },
  })
})

test('a key can be changed: what was signed with the one before is read and verified with its public half', async () => {
  await opened.store.checkpoint()
  const next = generateKeyPairSync('ed25519')
  await using rotated = await opened.replica({ signingKey: next.privateKey, formerKeys: [opened.publicKey] })
  await rotated.journal.append(request, 3, [attempted()], also(request))
  await rotated.checkpoint()
  expect((await rotated.journal.load(request)).version).toBe(4)
  // A replica that does not know the new key yet decides nothing from what it signed.
  await expect(opened.store.journal.load(request)).rejects.toThrow('none of the known keys')
  const both = { databaseUrl: opened.database.url, publicKeys: [next.publicKey, opened.publicKey] }
  expect(await verifyJournal({ ...both, checkpointFiles: [checkpointFile] })).toMatchObject({
    ok: true,
    checkpoints: 2,
  })
  expect(await verifyJournal({ ...both, publicKeys: [next.publicKey] })).toMatchObject({ ok: false })
})

describe('a checkpoint', () => {
  beforeEach(async () => {
    await opened.store.checkpoint()
  })

  test('shows a tail that was cut off', async () => {
    await breakIn(`delete from journal where stream like 'request:%' and version = 3`)
    expect(await verify()).toEqual({
      ok: false,
      finding: {
        in: 'checkpoint',
        checkpoint: '1 in the database',
        wrong: `request:${request} version 3 is gone from the journal`,
      },
    })
  })

  test('shows a tail that was cut off and grown anew with the right key', async () => {
    await breakIn(`delete from journal where stream like 'request:%' and version = 3`)
    await opened.store.journal.append(request, 2, [attempted(new Date('2026-03-02T13:00:00Z'))], also(request))
    expect(await verify()).toMatchObject({
      ok: false,
      finding: { wrong: `request:${request} version 3 is another event now` },
    })
  })

  test('outside the database shows a whole stream gone together with the checkpoints inside', async () => {
    await breakIn(`delete from journal_text`)
    await breakIn(`delete from journal where stream like 'request:%'`)
    await breakIn(`delete from checkpoint`)
    expect(await verify()).toEqual({
      ok: false,
      finding: {
        in: 'checkpoint',
        checkpoint: 'on line 1 of the file',
        wrong: `request:${request} version 3 is gone from the journal`,
      },
    })
  })

  test('that was itself changed, taken away or moved is found', async () => {
    await opened.store.journal.append(request, 3, [attempted()], also(request))
    await opened.store.checkpoint()
    await breakIn(`create table kept as select * from checkpoint`)
    for (const change of [
      `update checkpoint set body = replace(body, '"version":3', '"version":2') where number = 1`,
      `update checkpoint set signature = reverse(signature) where number = 2`,
      `update checkpoint set key_id = 'another' where number = 2`,
      `delete from checkpoint where number = 1`,
      `delete from checkpoint where number = 2`,
      `update checkpoint set number = 3 where number = 2`,
    ]) {
      await breakIn(change)
      expect(await verify(), change).toMatchObject({ ok: false, finding: { in: 'checkpoint' } })
      await breakIn(`delete from checkpoint`)
      await breakIn(`insert into checkpoint select * from kept`)
    }
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 2, inFile: 2 })
    await breakIn(`drop table kept`)
  })

  test('whose line in the file was changed is found', async () => {
    const line = await readFile(checkpointFile, 'utf8')
    await writeFile(checkpointFile, line.replace('version', 'Version'))
    expect(await verify()).toMatchObject({ ok: false, finding: { checkpoint: 'on line 1 of the file' } })
    await writeFile(checkpointFile, `${line}not a checkpoint\n`)
    expect(await verify()).toMatchObject({ ok: false, finding: { checkpoint: 'on line 2 of the file' } })
  })

  test('holds when replicas write theirs at the same time, each to its own file', async () => {
    await using replica = await opened.replica({ checkpointFile: join(folder, 'other.jsonl') })
    for (let round = 0; round < 3; round += 1) {
      await opened.store.journal.append(request, 3 + round, [attempted()], also(request))
      await Promise.all([opened.store.checkpoint(), replica.checkpoint()])
    }
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 4 })
  })
})

describe('what is there to compare with', () => {
  test('is said: without a file that is configured, nothing', async () => {
    await opened.store.checkpoint()
    const verification = await verifyJournal({ databaseUrl: opened.database.url, publicKeys: [opened.publicKey] })
    expect(sayVerification(verification)).toContain('no checkpoint file to compare with')
  })

  test('is never nothing where a file is configured: one that is missing, empty or short is a finding', async () => {
    await opened.store.checkpoint()
    for (let more = 0; more < 2; more += 1) {
      await opened.store.journal.append(request, 3 + more, [attempted()], also(request))
      await opened.store.checkpoint()
    }
    const whole = await readFile(checkpointFile, 'utf8')
    const [first = '', second = '', third = ''] = whole.split('\n')
    const found = async (text: string) => {
      await writeFile(checkpointFile, text)
      return verify()
    }
    const wrong = (what: string) => ({ ok: false, finding: { in: 'checkpoint', checkpoint: 'the file', wrong: what } })
    expect(await found(whole)).toMatchObject({ ok: true, checkpoints: 3, inFile: 3 })
    expect(await found(`${first}\n${third}\n`)).toEqual(wrong('it lacks number 2'))
    expect(await found('')).toEqual(wrong('it is empty'))
    // The newest may be on its way into the file; not for an hour.
    expect(await found(`${first}\n${second}\n`)).toMatchObject({ ok: true })
    await rm(checkpointFile)
    expect(await verify()).toEqual(wrong('it is missing'))
  })

  test('is each replica’s own file, with every checkpoint of all of them', async () => {
    const other = join(folder, 'another-replica.jsonl')
    await using replica = await opened.replica({ checkpointFile: other })
    await opened.store.checkpoint()
    await opened.store.journal.append(request, 3, [attempted()], also(request))
    await replica.checkpoint()
    await opened.store.checkpoint()
    expect(await verify([checkpointFile, other])).toMatchObject({ ok: true, checkpoints: 2, inFile: 2 })
    await rm(other)
    expect(await verify([checkpointFile, other])).toMatchObject({
      finding: { checkpoint: other, wrong: 'it is missing' },
    })
  })
})

test('a checkpoint names what grew since the last, however much there is, and none is written where nothing did', async () => {
  expect(await opened.store.checkpoint()).toBe(1)
  expect(await opened.store.checkpoint()).toBe(1)
  const others = Array.from({ length: 30 }, newRequest)
  for (const each of others) await opened.store.journal.append(each, 0, [submitted(each)], also(each))
  expect(await opened.store.checkpoint()).toBe(2)
  await opened.store.journal.append(request, 3, [attempted()], also(request))
  // What was under way when the second was written is named by the third.
  expect(await opened.store.checkpoint()).toBe(3)
  await opened.store.journal.append(request, 4, [attempted()], also(request))
  expect(await opened.store.checkpoint()).toBe(4)
  const [last] = await query<{ body: string }>(opened.database.url, 'select body from checkpoint where number = 4')
  expect(Object.keys(JSON.parse(last?.body ?? '').heads)).toEqual([`request:${request}`])
  expect(await verify()).toMatchObject({ ok: true, checkpoints: 4 })
  await breakIn(`delete from journal_text where stream = 'request:${others[7]}'`)
  await breakIn(`delete from journal where stream = 'request:${others[7]}'`)
  expect(await verify()).toMatchObject({ ok: false, finding: { checkpoint: '2 in the database' } })
})
