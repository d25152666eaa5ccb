import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshStore, query, type TestStore } from '../fixtures/postgres.ts'
import { also, attempted, byMaya, maya, newRequest, noon, submitted } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await freshStore({ realClock: () => new Date('2026-03-02T12:00:01.234Z') })
})
afterAll(() => opened[Symbol.asyncDispose]())

const rowsOf = (stream: string) =>
  query<Record<string, unknown>>(opened.database.adminUrl, 'select * from journal where stream = $1 order by version', [
    stream,
  ])

describe('a request’s stream', () => {
  test('is empty at version 0 before anything was appended', async () => {
    expect(await opened.store.journal.load(newRequest())).toEqual({ version: 0, events: [] })
  })

  test('gives back the events as they were appended, instants and free text included', async () => {
    const request = newRequest()
    const events = [submitted(request), attempted(new Date('2026-03-02T12:00:00.042Z'))]
    expect(await opened.store.journal.append(request, 0, events, also(request))).toBe(true)
    expect(await opened.store.journal.load(request)).toEqual({ version: 2, events })
  })

  test('gives back any words a person may write, those PostgreSQL cannot keep replaced', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (words) => {
        const request = newRequest()
        await opened.store.journal.append(request, 0, [submitted(request, words)], also(request))
        const { events } = await opened.store.journal.load(request)
        const kept = words.toWellFormed().replaceAll('\0', '\uFFFD')
        expect(events).toMatchObject([{ justification: { freeText: kept } }])
      }),
      { numRuns: 25 },
    )
  })

  test('keeps words out of the journal itself, under a digest that two same texts do not share', async () => {
    const [one, other] = [newRequest(), newRequest()]
    for (const request of [one, other]) {
      await opened.store.journal.append(request, 0, [submitted(request, 'same words')], also(request))
    }
    const bodies = [...(await rowsOf(`request:${one}`)), ...(await rowsOf(`request:${other}`))].map(({ body }) => body)
    const digests = bodies.map((body) => /sha256:[0-9a-f]{64}/.exec(String(body))?.[0])
    expect(bodies.join(' ')).not.toContain('same words')
    expect(new Set(digests).size).toBe(2)
  })

  test('says null for words that were erased', async () => {
    const request = newRequest()
    await opened.store.journal.append(request, 0, [submitted(request, 'about my health')], also(request))
    await query(opened.database.adminUrl, 'update journal_text set text = null, salt = null where stream = $1', [
      `request:${request}`,
    ])
    const { events } = await opened.store.journal.load(request)
    expect(events).toEqual([submitted(request, null)])
  })

  test('carries both times, who caused it and how to find the occasion', async () => {
    const request = newRequest()
    await opened.store.journal.append(request, 0, [submitted(request)], also(request))
    expect(await rowsOf(`request:${request}`)).toMatchObject([
      {
        version: 1,
        type: 'RequestSubmitted',
        at: noon,
        recorded_at: new Date('2026-03-02T12:00:01.234Z'),
        actor: maya,
        cause: 'activity-1',
      },
    ])
  })

  test('refuses a version that is not the next one, and writes nothing of it', async () => {
    const request = newRequest()
    const { journal, outbox, requests } = opened.store
    expect(await journal.append(request, 1, [attempted()], also(request))).toBe(false)
    await journal.append(request, 0, [submitted(request)], also(request))
    const before = await outbox.pending(noon)
    const late = also(request, [{ effect: 'status-card', request }])
    expect(
      await journal.append(request, 0, [attempted()], { ...late, summary: { ...late.summary, status: 'filed' } }),
    ).toBe(false)
    expect(await journal.load(request)).toMatchObject({ version: 1 })
    expect(await outbox.pending(noon)).toEqual(before)
    const summaries = await requests.ofPerson(maya)
    expect(summaries.find(({ id }) => id === request)).toMatchObject({ status: 'ready-to-file' })
  })

  test('lets exactly one of many appends at the same version win', async () => {
    await using other = await opened.replica()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 0, max: 3 }), async (writers, before) => {
        const request = newRequest()
        const { journal } = opened.store
        await journal.append(request, 0, [submitted(request)], also(request))
        for (let version = 1; version <= before; version += 1) {
          await journal.append(request, version, [attempted()], also(request))
        }
        const won = await Promise.all(
          Array.from({ length: writers }, (_, writer) =>
            (writer % 2 === 0 ? opened.store : other).journal.append(
              request,
              before + 1,
              [attempted(), attempted()],
              also(request, [{ effect: 'status-card', request }]),
            ),
          ),
        )
        expect(won.filter(Boolean)).toHaveLength(1)
        expect(await journal.load(request)).toMatchObject({ version: before + 3 })
      }),
      { numRuns: 12 },
    )
  })

  test('says which event it cannot read instead of guessing', async () => {
    const request = newRequest()
    // As a newer version would write it, signed like any other.
    const granted = { ...submitted(request), type: 'Granted' } as unknown as ReturnType<typeof submitted>
    await opened.store.journal.append(request, 0, [granted], also(request))
    await expect(opened.store.journal.load(request)).rejects.toThrow(
      `request:${request} version 1 (Granted) cannot be read`,
    )
  })

  test('does not hand out words that were changed behind its back', async () => {
    const request = newRequest()
    await opened.store.journal.append(request, 0, [submitted(request)], also(request))
    await query(opened.database.adminUrl, `update journal_text set text = 'harmless' where stream = $1`, [
      `request:${request}`,
    ])
    await expect(opened.store.journal.load(request)).rejects.toThrow('not the one that was recorded')
  })

  test('takes no event without its decision: an empty append and a note to it are mistakes of the caller', async () => {
    const request = newRequest()
    await expect(opened.store.journal.append(request, 0, [], also(request))).rejects.toThrow('Nothing to append')
    await expect(opened.store.journal.note(`request:${request}`, note(1), byMaya)).rejects.toThrow('decided from')
  })
})

const note = (count: number) => ({ type: 'Refused', at: noon, body: { count, said: { freeText: 'let me in' } } })

test('notes to one stream all arrive, in one unbroken chain, however many come at once', async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, count) => opened.store.journal.note(`person:${maya}`, note(count), byMaya)),
  )
  const rows = await rowsOf(`person:${maya}`)
  expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

test('strangers are counted by day and reason, without rows of their own', async () => {
  for (const hour of ['09', '10']) {
    await opened.store.journal.countStrangers(new Map([['no token', 1]]), new Date(`2026-03-02T${hour}:00:00Z`))
  }
  await opened.store.journal.countStrangers(new Map([['no token', 1]]), new Date('2026-03-03T00:00:00Z'))
  expect(
    await query(opened.database.adminUrl, 'select day::text, why, count::int from stranger_count order by day'),
  ).toEqual([
    { day: '2026-03-02', why: 'no token', count: 2 },
    { day: '2026-03-03', why: 'no token', count: 1 },
  ])
})

describe('a row that we did not write', () => {
  /** As somebody does who has the bot's role and no key. */
  const forged = (stream: string, version: number, change: Record<string, string> = {}) => {
    const columns = {
      position: `nextval('journal_position')`,
      stream: `'${stream}'`,
      version: String(version),
      type: `'ChatDecided'`,
      schema: '1',
      at: 'now()',
      recorded_at: 'now()',
      actor: `'${maya}'`,
      cause: `'x'`,
      body: `'{}'`,
      prev_hash: `(select hash from journal where stream = '${stream}' and version = ${version - 1})`,
      hash: `repeat('a', 64)`,
      key_id: `(select key_id from journal limit 1)`,
      signature: `'none'`,
      ...change,
    }
    return query(
      opened.database.url,
      `insert into journal (${Object.keys(columns).join()}) values (${Object.values(columns).join()})`,
    )
  }
  const begun = async () => {
    const request = newRequest()
    await opened.store.journal.append(request, 0, [submitted(request)], also(request))
    return request
  }

  test('is refused where it is read, with its stream and version, and whoever watches is told', async () => {
    const told: unknown[] = []
    const replica = await opened.replica({ refused: (stream) => void told.push(stream) })
    const request = await begun()
    await forged(`request:${request}`, 2)
    await expect(replica.journal.load(request)).rejects.toMatchObject({ failed: 'record', lasting: true })
    expect(told).toEqual([{ stream: `request:${request}`, version: 2, wrong: 'its content does not match its hash' }])
  })

  test('is refused with the hash and signature of a genuine event, read a moment ago', async () => {
    const request = await begun()
    await opened.store.journal.load(request)
    const genuine = (column: string) => `(select ${column} from journal where stream = 'request:${request}' limit 1)`
    await forged(`request:${request}`, 2, { hash: genuine('hash'), signature: genuine('signature') })
    await expect(opened.store.journal.load(request)).rejects.toThrow('does not match its hash')
  })

  test('is not built upon: what would be chained to it is not written', async () => {
    const request = await begun()
    await forged(`request:${request}`, 2)
    await expect(opened.store.journal.append(request, 2, [attempted()], also(request))).rejects.toThrow('is refused')
    expect(await rowsOf(`request:${request}`)).toHaveLength(2)
    const stream = `person:${crypto.randomUUID()}` as const
    await opened.store.journal.note(stream, { type: 'Refused', at: noon, body: {} }, byMaya)
    await forged(stream, 2)
    await expect(opened.store.journal.note(stream, { type: 'Refused', at: noon, body: {} }, byMaya)).rejects.toThrow(
      'is refused',
    )
  })

  test('harms no other stream', async () => {
    const [request, other] = [await begun(), await begun()]
    await forged(`request:${request}`, 2)
    expect((await opened.store.journal.load(other)).version).toBe(1)
  })
})
