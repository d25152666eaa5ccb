import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonicalJson } from '../../src/store/canonical-json.ts'
import { takeOutTexts } from '../../src/store/free-text.ts'
import { beforeTheFirst, eventHash, type Sealed, signHash, signingKey } from '../../src/store/seal.ts'
import { freshStore, query, type TestStore } from '../fixtures/postgres.ts'
import { stream1 } from '../request/stream-1.ts'
import { also, attempted, maya, newRequest, noon, submitted } from './sample.ts'
import { fold } from '../../src/request/evolve.ts'
import type { StoredEvent } from '../../src/request/upcast.ts'
import { RequestId } from '../../src/request/events.ts'

// What an older version has stored, and what a newer one has.

let opened: TestStore
beforeAll(async () => {
  opened = await freshStore()
})
afterAll(() => opened[Symbol.asyncDispose]())

/** Writes rows as a version of this schema would have: chained, signed, free text apart. */
async function write(request: RequestId, schema: number, events: readonly StoredEvent[]): Promise<void> {
  const key = signingKey(opened.signingKey)
  const stream = `request:${request}`
  const admin = opened.database.adminUrl
  const [head] = await query<{ version: number; hash: string }>(
    admin,
    'select version, hash from journal where stream = $1 order by version desc limit 1',
    [stream],
  )
  let { version, hash } = head ?? { version: 0, hash: beforeTheFirst }
  for (const event of events) {
    const { body, texts } = takeOutTexts(event.body)
    version += 1
    const [next] = await query<{ position: string }>(admin, `select nextval('journal_position') as position`)
    const sealed: Sealed = {
      position: Number(next?.position),
      stream,
      version,
      type: event.type,
      schema,
      at: noon,
      recordedAt: noon,
      actor: maya,
      cause: 'activity-1',
      body: canonicalJson(body),
      prevHash: hash,
      keyId: key.id,
    }
    hash = eventHash(sealed)
    await query(
      admin,
      `insert into journal (position, stream, version, type, schema, at, recorded_at, actor, cause, body, prev_hash, key_id,
         hash, signature) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        sealed.position,
        stream,
        version,
        event.type,
        schema,
        noon,
        noon,
        maya,
        'activity-1',
        sealed.body,
        sealed.prevHash,
        key.id,
        hash,
        signHash(hash, key),
      ],
    )
    for (const { digest, salt, text } of texts)
      await query(admin, 'insert into journal_text (digest, stream, version, salt, text) values ($1, $2, $3, $4, $5)', [
        digest,
        stream,
        version,
        salt,
        text,
      ])
  }
}

const request = RequestId.parse('req_11111111-1111-4111-8111-111111111111')

test('a stream of schema 1 is verified as it was signed, read as today, and gone on with', async () => {
  await write(request, 1, stream1)
  const { version, events } = await opened.store.journal.load(request)
  expect(version).toBe(stream1.length)
  expect(fold(events)).toMatchObject({
    submission: { justification: { freeText: 'rotate the connector keys' }, target: { role: expect.any(String) } },
    phase: { status: 'active', filed: { nativeRequest: '22222222-2222-4222-8222-222222222222' } },
  })
  const letEnd = { type: 'LetEnd', at: noon, by: maya } as const
  expect(await opened.store.journal.append(request, version, [letEnd], also(request))).toBe(true)
  const schemas = await query<{ schema: number }>(
    opened.database.adminUrl,
    'select schema from journal where stream = $1 order by version',
    [`request:${request}`],
  )
  expect(schemas.map(({ schema }) => schema)).toEqual([...stream1.map(() => 1), 2])
  expect((await opened.store.journal.load(request)).events.at(-1)).toEqual(letEnd)
})

test('a newer schema stops its own stream, by its name and number, and no other; nobody is told of a forgery', async () => {
  const told: unknown[] = []
  const replica = await opened.replica({ refused: (stream) => void told.push(stream) })
  const [newer, other] = [newRequest(), newRequest()]
  for (const each of [newer, other]) await replica.journal.append(each, 0, [submitted(each)], also(each))
  await write(newer, 3, [{ type: 'LetEnd', body: { by: maya, howMuch: 'all' } }])
  const refused = replica.journal.load(newer)
  await expect(refused).rejects.toThrow(`request:${newer} version 2 cannot be read: schema 3 is newer than 2`)
  await expect(replica.journal.load(newer)).rejects.toMatchObject({ failed: 'version', lasting: false })
  expect(told).toEqual([])
  expect((await replica.journal.load(other)).version).toBe(1)
  expect(await replica.journal.append(other, 1, [attempted()], also(other))).toBe(true)
})

test('what a decider signed lies beside the journal, and can be erased from there', async () => {
  const id = newRequest()
  const proof = 'eyJ.signed-by-the-decider.xyz'
  const decided = {
    type: 'ChatDecided',
    at: noon,
    by: maya,
    stage: 0,
    verdict: 'approve',
    termsHash: 'a1',
    evidence: { freeText: proof },
  } as const
  await opened.store.journal.append(id, 0, [submitted(id), decided], also(id))
  const rows = await query<{ body: string }>(opened.database.adminUrl, 'select body from journal where stream = $1', [
    `request:${id}`,
  ])
  expect(rows.map(({ body }) => body).join()).not.toContain('signed-by-the-decider')
  expect((await opened.store.journal.load(id)).events[1]).toEqual(decided)
  await query(opened.database.adminUrl, 'update journal_text set text = null, salt = null where stream = $1', [
    `request:${id}`,
  ])
  expect((await opened.store.journal.load(id)).events[1]).toMatchObject({ evidence: { freeText: null } })
})
