import { expect, test } from 'vitest'
import { milliseconds } from '../../../src/time.ts'
import { openWatchdog } from '../../../src/workflow/loops/watchdog.ts'

const logged: Readonly<Record<string, unknown>>[] = []
const log = { info() {}, warn() {}, error: (what: Readonly<Record<string, unknown>>) => void logged.push(what) }

test('a turn that does not end is logged and given up by who waits for it, and counts as stuck until it ends', async () => {
  const watchdog = openWatchdog(log, milliseconds(20))
  const turn = Promise.withResolvers<string>()
  await expect(watchdog.over('a look', turn.promise)).rejects.toMatchObject({ name: 'Stuck' })
  expect(logged).toEqual([{ code: 'turn-stuck', what: 'a look', patience: 20 }])
  expect(watchdog.stuck()).toEqual(['a look'])
  expect(await watchdog.over('another', Promise.resolve('done'))).toBe('done')
  turn.resolve('at last')
  await turn.promise
  expect(watchdog.stuck()).toEqual([])
})

test('a turn that fails fails as itself, and nothing is stuck', async () => {
  const watchdog = openWatchdog(log)
  await expect(watchdog.over('a look', Promise.reject(new Error('Graph')))).rejects.toThrow('Graph')
  expect(watchdog.stuck()).toEqual([])
})
