import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { appPackage, fillManifest, manifestProblems, readFill, type Fill } from '../../src/commands/package.ts'

const folder = new URL('../../manifest/', import.meta.url)
const template = readFileSync(new URL('manifest.json', folder), 'utf8')
const program = new URL('../../src/commands/package.ts', import.meta.url).pathname
const botId = '11111111-1111-4111-8111-111111111111'
const ssoId = '22222222-2222-4222-8222-222222222222'
const fill: Fill = { 'bot-app-id': botId, 'sso-app-id': ssoId, host: 'latchkey.contoso.com', version: '1.2.3' }
const args = ['--bot-app-id', botId, '--sso-app-id', ssoId, '--host', 'latchkey.contoso.com']

/** Width, height and colour type as a PNG's first chunk says; colour type 6 has transparency. */
const png = (bytes: Uint8Array) => {
  const header = Buffer.from(bytes)
  return { width: header.readUInt32BE(16), height: header.readUInt32BE(20), colour: header.readUInt8(25) }
}

test('the filled manifest is valid and leaves no placeholder', () => {
  const manifest = fillManifest(template, fill)
  expect(manifestProblems(manifest)).toEqual([])
  expect(JSON.stringify(manifest)).not.toContain('{{')
})

test('the manifest names bot and sign-in app each in its place', () => {
  expect(fillManifest(template, fill)).toMatchObject({
    id: botId,
    version: '1.2.3',
    defaultInstallScope: 'personal',
    bots: [{ botId, scopes: ['personal'] }],
    composeExtensions: [{ botId, commands: [{ id: 'find', type: 'query', initialRun: true }] }],
    validDomains: ['latchkey.contoso.com'],
    webApplicationInfo: { id: ssoId, resource: `api://botid-${botId}` },
  })
})

test('a manifest that Teams would not take is refused before anything is zipped', () => {
  const tooLong = template.replace('"short": "Latchkey"', `"short": "${'Latchkey '.repeat(5)}"`)
  expect(() => fillManifest(tooLong, fill)).toThrow('/name/short')
  expect(() => fillManifest(template.replace('{{HOST}}', '{{PORT}}'), fill)).toThrow('{{PORT}}')
})

test('the package holds the manifest and two icons of the sizes that Teams wants', () => {
  const files = unzipSync(appPackage(folder, fill))
  expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png'])
  expect(png(files['color.png'] ?? new Uint8Array())).toMatchObject({ width: 192, height: 192 })
  expect(png(files['outline.png'] ?? new Uint8Array())).toEqual({ width: 32, height: 32, colour: 6 })
})

test.for([
  ['bot-app-id', 'latchkey'],
  ['sso-app-id', '1234'],
  ['host', 'https://latchkey.contoso.com'],
  ['host', 'latchkey.contoso.com:8443'],
  ['host', 'localhost'],
  ['host', '*.contoso.com'],
] as const)('--%s %s is refused by name', ([name, value]) => {
  const read = readFill([...args, `--${name}`, value], '1.0.0')
  expect(read).toEqual({ problems: [expect.stringContaining(`--${name} must be`)] })
})

test('every missing argument is named, and nothing is written', () => {
  const place = mkdtempSync(join(tmpdir(), 'latchkey-package-'))
  const { status, stderr } = spawnSync(process.execPath, [program], { cwd: place, encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toEqual(['--bot-app-id is missing', '--sso-app-id is missing', '--host is missing'])
  expect(existsSync(join(place, 'latchkey.zip'))).toBe(false)
  rmSync(place, { recursive: true })
})

test('the command writes a zip where it was told to', () => {
  const place = mkdtempSync(join(tmpdir(), 'latchkey-package-'))
  execFileSync(process.execPath, [program, ...args, '--out', join(place, 'app.zip')])
  expect(Object.keys(unzipSync(readFileSync(join(place, 'app.zip'))))).toContain('manifest.json')
  rmSync(place, { recursive: true })
})
