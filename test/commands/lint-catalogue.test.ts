import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-catalogue-'))
  await cp(resolve('sample/contoso/catalogue'), folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

const run = (file: string, args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}) =>
  new Promise<{ code: number; said: string }>((done) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...options.env }
    execFile(file, [...args], { ...options, env }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), said: (stdout + stderr).trim() })
    })
  })
const lint = (...args: string[]) =>
  run(process.execPath, [resolve('src/commands/lint-catalogue.ts'), ...args], { env: { LATCHKEY_CATALOGUE: folder } })

async function edit(file: string, from: string, to: string) {
  const text = await readFile(join(folder, file), 'utf8')
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`)
  await writeFile(join(folder, file), text.replace(from, to))
}

const git = (...args: string[]) =>
  run('git', ['-c', 'user.name=Priya', '-c', 'user.email=priya@contoso.example', ...args], { cwd: folder })

async function commit() {
  await git('init', '--quiet')
  await git('add', '.')
  expect((await git('commit', '--quiet', '-m', 'catalogue')).code).toBe(0)
}

test('a catalogue without mistakes is exit status 0; the sample is one', async () => {
  expect(await lint()).toEqual({ code: 0, said: `${folder}: no mistakes in 40 entries` })
})

test('every mistake is told with file, line and mend, and is exit status 1', async () => {
  await edit('directory-roles.yaml', 'tier: high', 'tier: hihg')
  await edit('groups.yaml', 'kind: group', 'kind: grupp')
  const { code, said } = await lint()
  expect(code).toBe(1)
  expect(said).toMatch(/directory-roles\.yaml:10: .*hihg.* → /)
  expect(said).toMatch(/groups\.yaml:\d+: .*grupp.* → /)
})

test('against a revision each difference is told with whom it affects', async () => {
  await commit()
  await edit('directory-roles.yaml', 'owners: [priya.raman]', 'owners: [omar.haddad]')
  await edit('directory-roles.yaml', 'until: 2029-12-31', 'until: 2028-12-31')
  await edit('catalogue.yaml', 'activation: {default: PT1H, max: PT4H}', 'activation: {default: PT1H, max: PT2H}')
  await edit('catalogue.yaml', 'group: grp-ai-security-approvers', 'group: grp-ai-review-board')
  const { code, said } = await lint('--against', 'HEAD')
  expect(code).toBe(0)
  expect(said).toContain('ai-administrator: owners: priya.raman → omar.haddad')
  expect(said).toContain(
    'omar.haddad may decide as owners from now on, of new requests; priya.raman may not decide as owners any more',
  )
  expect(said).toContain('ai-administrator: longest: PT4H → PT2H')
  expect(said).toContain('affects: new requests, and those under way at their next step')
  expect(said).toContain('security-reader: advisory: until 2029-12-31 → until 2028-12-31')
  expect(said).toContain('set security: grp-ai-security-approvers → grp-ai-review-board')
  expect(said).toContain('application-administrator, cloud-app-administrator')
})

test('an entry that goes, and stages that change, say what becomes of requests under way', async () => {
  await commit()
  await edit(
    'catalogue.yaml',
    '- from: owner\n        need: 1\n        remindAfter: PT30M',
    '- from: owner\n        need: 2\n        remindAfter: PT30M',
  )
  await edit('directory-roles.yaml', 'id: global-reader', 'id: whole-tenant-reader')
  const { said } = await lint('--against', 'HEAD')
  expect(said).toContain('ai-administrator: stages: owner → 2 of owner')
  expect(said).toContain('of those under way every decision is void')
  expect(said).toContain('global-reader: removed: Global Reader')
  expect(said).toContain('whole-tenant-reader: added: Global Reader (directoryRole, medium), decided by owner')
})

test('without a difference that is said; an unknown revision is exit status 1', async () => {
  await commit()
  expect((await lint('--against', 'HEAD')).said).toContain('Against HEAD: no difference')
  const unknown = await lint('--against', '--output=x')
  expect(unknown.code).toBe(1)
  const never = await lint('--against', 'never-was')
  expect(never).toMatchObject({ code: 1 })
  expect(never.said).toContain('git cannot show')
})
