import { describe, expect, test } from 'vitest'
import { RequestEvent } from '../../src/request/events.ts'
import { fold } from '../../src/request/evolve.ts'
import { NewerSchema, requestSchema, type StoredEvent, upcast } from '../../src/request/upcast.ts'
import { stream1 } from './stream-1.ts'

// What was stored in an older shape is read as if it had been written today.

const at = '2026-11-23T12:00:00.000Z'
const read = (schema: number, { type, body }: StoredEvent): RequestEvent => {
  const known = upcast(schema, { type, body })
  return RequestEvent.parse({ ...known.body, type: known.type, at })
}

test('a whole life of schema 1 folds to what it was', () => {
  const request = fold(stream1.map((event) => read(1, event)))
  expect(request).toMatchObject({
    submission: {
      entitlement: 'ai-administrator',
      target: { kind: 'directoryRole', role: 'd2562ede-74db-457e-a7b6-544e236ebb61', scope: '/' },
      justification: { freeText: 'rotate the connector keys' },
      ticket: 'INC-48213',
    },
    stages: [{ by: 'native', need: 1 }],
    phase: {
      status: 'active',
      filed: {
        nativeRequest: '22222222-2222-4222-8222-222222222222',
        closesAt: new Date('2026-11-24T12:00:00Z'),
      },
      announced: 900_000,
    },
    decisions: [{ verdict: 'approve', confirmed: true }],
  })
})

describe('the words of PIM', () => {
  test.each([
    ['PendingApproval', 'waiting'],
    ['Provisioned', 'granting'],
    ['Denied', 'denied'],
    ['Canceled', 'cancelled'],
    ['TimedOut', 'failed'],
    ['PendingSomethingNew', 'waiting'],
  ])('%s stood for %s, and is kept as what was said', (status, stands) => {
    const filed = stream1.find(({ type }) => type === 'FilingObserved')
    expect(upcast(1, { type: 'FilingObserved', body: { ...filed?.body, status } }).body).toMatchObject({
      stands,
      said: status,
    })
  })
})

test('what was filed outside, and what had failed', () => {
  const [submitted] = stream1
  const { by: _by, ...asked } = submitted?.body ?? {}
  const found = { ...asked, source: 'look-up', entraRequest: 'e', filedAt: at, lapsesAt: at }
  expect(read(1, { type: 'RequestFound', body: found })).toMatchObject({ type: 'FiledOutside', nativeRequest: 'e' })
  const failed = { source: 'look-up', status: 'left-catalogue', because: 'left-catalogue' }
  expect(read(1, { type: 'RequestFailed', body: failed })).toMatchObject({ said: 'left-catalogue' })
})

test('what is of this schema stays as it is, and what is newer is refused by its number', () => {
  const event = { type: 'LetEnd', body: { by: 'x' } }
  expect(upcast(requestSchema, event)).toBe(event)
  expect(() => upcast(requestSchema + 1, event)).toThrow(NewerSchema)
  expect(() => upcast(requestSchema + 1, event)).toThrow('schema 3 is newer than 2')
  expect(() => upcast(0, event)).toThrow(RangeError)
})
