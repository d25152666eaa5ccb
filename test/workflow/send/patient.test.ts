import { expect, test } from 'vitest'
import { type Duration, milliseconds } from '../../../src/time.ts'
import { patiently } from '../../../src/workflow/send/patient.ts'
import type { Conversation } from '../../../src/workflow/ports/conversation.ts'

type Failing = { failed: 'connector' | 'tenant'; lasting: boolean; wait: Duration | null }
const failing = (more: Partial<Failing> = {}) =>
  Object.assign(new Error('not taken'), { failed: 'connector', lasting: false, wait: null, ...more })

/** Sends where these failures come first; the clock moves by what is waited for. */
async function send(...failures: Error[]) {
  let now = 0
  const waits: number[] = []
  const conversation = {
    post: async () => {
      const failure = failures.shift()
      if (failure !== undefined) throw failure
      return { came: 'posted', activity: 'here' }
    },
  } as unknown as Conversation // nothing else of it is used
  const patient = patiently(
    conversation,
    () => new Date(now),
    async (howLong) => {
      waits.push(howLong)
      now += howLong
    },
  )
  const [to, view, viewer] = [{}, {}, {}] as unknown as Parameters<Conversation['post']>
  const came = await patient.post(to, view, viewer).catch((error: unknown) => error)
  return { came, waits }
}
const posted = { came: 'posted', activity: 'here' }

test('what the connector does not take is offered again within the turn, after a growing wait', async () => {
  const { came, waits } = await send(failing(), failing(), failing())
  expect(came).toEqual(posted)
  expect(waits.map((wait, index) => wait >= 250 * 2 ** index && wait <= 500 * 2 ** index)).toEqual([true, true, true])
})

test('after no less than the connector asks; where that is longer than a turn, it is left to be owed at once', async () => {
  expect(await send(failing({ wait: milliseconds(3_000) }))).toEqual({ came: posted, waits: [3_000] })
  expect((await send(failing({ wait: milliseconds(60_000) }))).waits).toEqual([])
})

test.each([
  ['it would never be taken', failing({ lasting: true })],
  ['it is not the connector that failed', failing({ failed: 'tenant' })],
  ['it is a fault of our own', new TypeError('undefined is not a function')],
])('it is not offered again where %s', async (_, failure) => {
  expect(await send(failure)).toEqual({ came: failure, waits: [] })
})
