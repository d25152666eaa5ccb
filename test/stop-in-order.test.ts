import { expect, test } from 'vitest'
import { stopInOrder } from '../src/stop-in-order.ts'
import { milliseconds } from '../src/time.ts'

test('what fails or never ends keeps nothing after it from ending, and is named', async () => {
  const ended: string[] = []
  const step = (what: string, end: () => Promise<unknown>) => ({ what, end: () => (ended.push(what), end()) })
  const undone = await stopInOrder(
    [
      step('a', async () => {
        throw new Error('the database is away')
      }),
      step('b', () => new Promise(() => {})),
      step('c', async () => {}),
    ],
    milliseconds(0),
  )
  expect(ended).toEqual(['a', 'b', 'c'])
  expect(undone).toEqual({ a: 'the database is away', b: 'it took too long' })
})
