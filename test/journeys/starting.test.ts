import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, afterAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'

// What somebody reads who types `npm start` where something is in the way.

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-starting-'))
  await chmod(folder, 0o711)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['src/demo.ts'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LATCHKEY_DATA: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const ready = Promise.withResolvers<{ chat: string }>()
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line)
    if (line.startsWith('ready ')) ready.resolve(z.object({ chat: z.string() }).parse(JSON.parse(line.slice(6))))
  })
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const ended = once(child, 'close').then(([exit]: unknown[]) => ({ exit, errors, lines }))
  onTestFinished(() => end(child, ended))
  const readyOrEnded = () =>
    Promise.race([ready.promise, ended.then((how) => Promise.reject<never>(new Error(how.errors)))])
  return { ended, ready: readyOrEnded }
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM')
  await ended
}

async function takePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return z.object({ port: z.number() }).parse(server.address()).port
}

test('a second start names the running demo, and leaves its certificates and its people alone', async () => {
  const { chat } = await start({ PORT: '0' }).ready()
  const authority = await readFile(join(folder, 'demo-ca.pem'), 'utf8')

  const second = await start({ PORT: '0' }).ended
  expect(second.exit).toBe(1)
  expect(second.errors).toBe(
    `A demo runs on the data folder ${folder} already: ${chat}. Use that one, end it with Ctrl-C, or set LATCHKEY_DATA to another folder for a second one.\n`,
  )
  expect(second.lines).toEqual([])
  expect(await readFile(join(folder, 'demo-ca.pem'), 'utf8')).toBe(authority)

  const said = await fetch(`${chat}/api/people/maya.okafor/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'help' }),
  })
  expect(said.status).toBe(202)
})

test('a port that is taken is one sentence, and nothing is left running', async () => {
  const port = await takePort()
  const { exit, errors } = await start({ PORT: String(port) }).ended
  expect(exit).toBe(1)
  expect(errors).toBe(
    `Port ${port} is taken, or reserved: end what listens there, or set PORT to another one (PORT=0 takes any that is free).\n`,
  )
  await expect(stat(join(folder, 'demo.pid'))).rejects.toThrow('ENOENT')
  await expect(stat(join(folder, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT')
})

test('without a port of its own the chat page takes the usual one, or the next that is free', async () => {
  const { chat } = await start({}).ready()
  expect(Number(new URL(chat).port)).toBeGreaterThanOrEqual(4180)
  const other = await mkdtemp(join(tmpdir(), 'latchkey-starting-'))
  await chmod(other, 0o711)
  onTestFinished(() => rm(other, { recursive: true, force: true }))
  const beside = await start({ LATCHKEY_DATA: other }).ready()
  expect(beside.chat).not.toBe(chat)
})
