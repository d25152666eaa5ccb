import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'

const run = promisify(execFile)
const bench = (...args: string[]) =>
  run(process.execPath, [resolve(import.meta.dirname, 'bench.ts'), ...args], { maxBuffer: 2 ** 20 })

const Count = z.int().nonnegative()
const Printed = z.strictObject({
  machine: z.looseObject({ cores: z.int().positive(), node: z.string() }),
  commit: z.string().min(7),
  path: z.object({
    ask: z.object({ messages: Count, taps: Count }),
    approve: z.object({ taps: Count }),
    severe: z.object({ taps: Count }),
  }),
})

test('one part alone is printed as one JSON object, with the machine and the commit, and counts one message and one tap', async () => {
  const { stdout } = await bench('--only', 'path')
  const { path } = Printed.parse(JSON.parse(stdout))
  expect(path).toMatchObject({ ask: { messages: 1, taps: 1 }, approve: { taps: 1 }, severe: { taps: 2 } })
})

test('a part that does not exist is refused with those that do', async () => {
  const refused = bench('--only', 'speed')
  await expect(refused).rejects.toMatchObject({ code: 2, stdout: '' })
  await expect(refused).rejects.toMatchObject({
    stderr: expect.stringContaining('There is no part called speed; there are: path, notice'),
  })
})
