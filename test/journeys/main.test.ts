import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

// What somebody reads who starts a process with half a configuration, or with the wrong one.

async function started(file: string, settings: Record<string, string>) {
  const child = spawn(process.execPath, [file], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'] ?? '', LATCHKEY_DATA: `${tmpdir()}/latchkey-never-made`, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)))
  const exit = await new Promise<number | null>((done) => child.once('close', done))
  return { exit, said: said.join('') }
}

const tenant = { TENANT_ID: 'fb3f9676-e88e-47ef-b72a-3d75aeae6240' }
const complete = {
  ...tenant,
  BOT_APP_ID: '0b1f7a52-3c4d-4e5f-8a9b-0c1d2e3f4a5b',
  SSO_APP_ID: '1b1f7a52-3c4d-4e5f-8a9b-0c1d2e3f4a5b',
  PUBLIC_URL: 'https://latchkey.example',
  DATABASE_URL: 'postgres://latchkey_bot@127.0.0.1:1/latchkey',
  LATCHKEY_JOURNAL_KEY: '/nowhere/key.pem',
  LATCHKEY_CATALOGUE: 'sample/contoso/catalogue',
}

test('half a configuration stops the bot, and every setting that is missing is named', async () => {
  const { exit, said } = await started('src/main.ts', tenant)
  expect(exit).toBe(1)
  for (const name of Object.keys(complete)) {
    if (name === 'TENANT_ID') expect(said).not.toContain('TENANT_ID is')
    else expect(said).toContain(`${name} is missing`)
  }
  expect(said).not.toContain('    at ')
})

test('without any setting the bot of a real tenant stops too: it has no demo to fall back to', async () => {
  const { exit, said } = await started('src/main.ts', {})
  expect(exit).toBe(1)
  expect(said).toContain('TENANT_ID is missing')
})

test('a client secret is refused without the switch that says that it is meant', async () => {
  const { exit, said } = await started('src/main.ts', { ...complete, BOT_IDENTITY: 'secret', BOT_SECRET: 'shh-shh' })
  expect(exit).toBe(1)
  expect(said).toContain('ALLOW_SECRETS must be yes for BOT_IDENTITY=secret')
  expect(said).not.toContain('shh-shh')
})

test('the demo refuses to start beside a setting of a real tenant, and names it', async () => {
  const { exit, said } = await started('src/demo.ts', tenant)
  expect(exit).toBe(1)
  expect(said).toContain('found TENANT_ID.')
  expect(said).toContain('node src/main.ts')
  expect(said).toContain('BOT_APP_ID is missing')
})
