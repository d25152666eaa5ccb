import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { claimFolder } from '../../src/demo/claim.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-claim-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

const claimSource = new URL('../../src/demo/claim.ts', import.meta.url).href

/** A process that looks like a demo, claims the folder and says how that went. */
async function starter() {
  const script = `const { claimFolder } = await import(${JSON.stringify(claimSource)})
    console.log(await claimFolder(${JSON.stringify(folder)}).then(() => 'claimed', (error) => error.message))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, 'demo.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [said]: unknown[] = await once(createInterface(child.stdout), 'line')
  return { child, said: String(said) }
}

test('of two demos that start at once on one data folder, one claims it and the other says so', async () => {
  const both = await Promise.all([starter(), starter()])
  const said = both.map((each) => each.said).toSorted()
  expect(said.filter((each) => each === 'claimed')).toEqual(['claimed'])
  expect(said.find((each) => each !== 'claimed')).toMatch(
    /^Another demo \(process \d+\) is starting on the data folder .* set LATCHKEY_DATA to another folder/,
  )
})

test('the claim of a demo that was killed is taken over, and its address goes with it', async () => {
  const { child, said } = await starter()
  expect(said).toBe('claimed')
  child.kill('SIGKILL')
  await once(child, 'exit')
  await writeFile(join(folder, 'demo.json'), JSON.stringify({ chat: 'http://127.0.0.1:1', environment: {} }))

  await claimFolder(folder)
  expect(await readdir(folder)).toEqual(['demo.pid'])
  expect(await readFile(join(folder, 'demo.pid'), 'utf8')).toBe(String(process.pid))
})

test('a process number that belongs to another program now claims nothing', async () => {
  await writeFile(join(folder, 'demo.pid'), '1')
  await claimFolder(folder)
  expect(await readFile(join(folder, 'demo.pid'), 'utf8')).toBe(String(process.pid))
})

test('a claim that is given up leaves nothing behind', async () => {
  const claim = await claimFolder(folder)
  await claim[Symbol.asyncDispose]()
  expect(await readdir(folder)).toEqual([])
})
