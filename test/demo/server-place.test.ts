import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { serverUser } from '../../src/demo/server-user.ts'
import { placeServer } from '../../src/demo/server-place.ts'

const run = promisify(execFile)
const runAs = await serverUser()

async function newFolder(mode: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-place-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await chmod(folder, mode)
  return folder
}

/** PostgreSQL as a checkout below a folder of its owner's own has it. */
async function installedFor(owner: string): Promise<string> {
  const { binaries } = await placeServer(owner, {})
  const native = join(owner, 'native')
  await cp(dirname(binaries), native, { recursive: true, verbatimSymlinks: true })
  return native
}

test('programs that the server’s user cannot reach are run from a copy, made once', async () => {
  const native = await installedFor(await newFolder(0o700))
  const data = await newFolder(0o711)
  const first = await placeServer(data, runAs, native)
  onTestFinished(() => rm(dirname(dirname(first.binaries)), { recursive: true, force: true }))
  const { stdout } = await run(join(first.binaries, 'postgres'), ['--version'], { ...runAs, cwd: '/' })
  expect(stdout).toMatch(/^postgres \(PostgreSQL\)/)
  expect(await placeServer(data, runAs, native)).toEqual(first)
})

test.runIf(runAs.uid !== undefined)('a copy whose folder somebody else has taken over is not run', async () => {
  const native = await installedFor(await newFolder(0o700))
  const data = await newFolder(0o711)
  const foreign = await newFolder(0o711)
  await mkdir(join(foreign, 'server'))
  await run('chown', ['-R', `${runAs.uid}`, foreign])
  await symlink(join(foreign, 'server'), join(data, 'postgresql'))
  const { binaries } = await placeServer(data, runAs, native)
  onTestFinished(() => rm(dirname(dirname(binaries)), { recursive: true, force: true }))
  expect(binaries).not.toContain(foreign)
})

test.runIf(runAs.uid !== undefined)(
  'a database that another user made is left alone, and the start says what to do',
  async () => {
    const data = await newFolder(0o711)
    await mkdir(join(data, 'postgres'))
    await expect(placeServer(data, runAs)).rejects.toThrow(/was made by another user: remove it, or set LATCHKEY_DATA/)
  },
)
