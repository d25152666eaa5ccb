import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demo, startDemo } from './demo.ts'

// The commands that look at an installation, run beside the demo as somebody would who started it.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())

/** Runs a command with these settings and no others. */
const run = (command: string, env: Record<string, string>, ...args: string[]) =>
  new Promise<{ code: number; said: string }>((done) => {
    const options = { env: { PATH: process.env['PATH'] ?? '', ...env } }
    execFile(process.execPath, [resolve(`src/commands/${command}.ts`), ...args], options, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), said: (stdout + stderr).trim() })
    })
  })
const here = (command: string, ...args: string[]) => run(command, { LATCHKEY_DATA: demo.data }, ...args)

test('explain tells what of the time is cut, who may decide, and why each other named may not', async () => {
  const asking = ['--as', 'maya.okafor', '--wants', 'ai-administrator', '--for', 'PT8H']
  const { code, said } = await here('explain', ...asking)
  expect(code).toBe(0)
  expect(said).toContain('Maya Okafor and AI Administrator')
  expect(said).toContain('It can be asked for now.')
  expect(said).toContain('For 4 hours: 8 hours would be cut, the longest allowed is 4 hours.')
  expect(said).toContain('Priya Raman may decide.')
  expect(said).toContain('Hannah Vogt may decide once the others are silent or cannot.')

  const severe = await here('explain', '--as', 'jonas.weber', '--wants', 'CA admin')
  expect(severe.said).toContain('Jonas Weber cannot: asked for it themselves.')
  expect(severe.said).toContain('Ines Costa cannot: account disabled.')
  expect(severe.said).toContain('Paulo Reis may decide (without Latchkey in Teams: only in the portal).')
  expect(severe.said).toContain('Omar Haddad cannot: Entra does not name them as an approver.')
})

test('explain says why somebody may not ask, and answers a wrong name with exit status 1', async () => {
  const refused = await here('explain', '--as', 'omar.haddad', '--wants', 'ai-administrator')
  expect(refused.code).toBe(0)
  expect(refused.said).toContain('It cannot be asked for now: Entra does not list them as eligible.')
  expect(await here('explain', '--as', 'nobody', '--wants', 'ai-administrator')).toMatchObject({ code: 1 })
  const unknown = await here('explain', '--as', 'maya.okafor', '--wants', 'world-domination')
  expect(unknown.code).toBe(1)
  expect(unknown.said).toContain('The catalogue has no entry world-domination')
})

test('doctor finds the planted drift and the people out of reach, each with its mend and exit status 1', async () => {
  const { code, said } = await here('doctor')
  expect(code).toBe(1)
  expect(said).toContain('global-reader: Entra allows 10 hours, the catalogue 8 hours.')
  expect(said).toContain('paulo.reis (member of the set security) has not the app in Teams')
  expect(said).toContain('ines.costa (member of the set security) has a disabled account')
  const findings = said.split('\n').filter((line) => line.startsWith('  → '))
  expect(said).toContain(`${findings.length} to mend.`)
  expect(said).not.toContain('request_summary')
})

test('doctor lists what was given up and what no version here knows, and owe-again has the first sent', async () => {
  const noah = demo.person('noah.kim')
  const form = await noah.say('I need Security Reader for 1 hour to look at the alerts of last night')
  const chat = encodeURIComponent(form.conversation).slice(4)
  await demo.faults([{ service: 'connector', path: chat, status: 400 }])
  await noah.tap(form, 'Submit')
  await demo.settled()
  const later = `'{"effect":"of-a-later-release","to":"nobody"}'`
  await demo.query(`insert into outbox (id, owed, due) values ('later', ${later}, now() + interval '1 year')`)
  const { said } = await here('doctor')
  expect(said).toContain(
    'of the kind status-card was given up: SendError: editing a message: the connector answers 400',
  )
  expect(said).toContain('One message of the kind of-a-later-release waits, which this version does not know.')
  const [, id] = /owe-again -- '([^']+)'/.exec(said) ?? []
  expect(await here('owe-again', 'nothing-of-ours')).toEqual({
    code: 1,
    said: '0 messages are owed again.\nnothing-of-ours is no message that was given up',
  })
  await demo.faults([])
  expect(await here('owe-again', id ?? '')).toEqual({ code: 0, said: '1 message is owed again.' })
  await demo.settled()
  expect((await here('doctor')).said).not.toContain('given up')
  await demo.query(`delete from outbox where id = 'later'`)
})

test('doctor sees what an administrator changed: approvers beyond the catalogue, none at all, looser rules', async () => {
  const policies = [
    { entitlement: 'AI Administrator', approval: { approvers: [{ user: 'priya.raman' }, { user: 'lena.brandt' }] } },
    { entitlement: 'Application Administrator', approval: { approvers: [] } },
    { entitlement: 'Cloud Application Administrator', approval: 'none', enabledRules: ['Justification'] },
    { entitlement: 'Conditional Access Administrator', approval: { approvers: [{ user: 'sam.rivera' }] } },
    { entitlement: 'Global Reader', approval: { approvers: [{ user: 'jonas.weber' }] }, maximumDuration: 'PT2H' },
  ]
  for (const policy of policies) await demo.portal({ do: 'setPolicy', ...policy })
  await demo.portal({ do: 'disableUser', person: 'priya.raman' })
  const { code, said } = await here('doctor')
  expect(code).toBe(1)
  expect(said).toContain('ai-administrator: Entra also lets Lena Brandt decide, whom the catalogue does not name.')
  expect(said).toContain('ai-administrator: none of those who are eligible could get it decided')
  expect(said).toContain('application-administrator: Entra asks for an approval and names no approver')
  expect(said).toContain('cloud-app-administrator: its tier wants an approval that Entra does not ask for')
  expect(said).toContain('cloud-app-administrator: the catalogue demands a ticket, and Entra does not.')
  expect(said).toContain('conditional-access-administrator: none of those whom Entra asks is among those')
  expect(said).toContain('global-reader: Entra allows 2 hours, the catalogue 8 hours.')
  expect(said).toMatch(/priya\.raman \(owner of .*\) has a disabled account/)
})

test('where the demo is stands in a file for its owner alone, and without a demo doctor says so', async () => {
  const file = join(demo.data, 'demo.json')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const nowhere = await run('doctor', { LATCHKEY_DATA: `${demo.data}/none` })
  expect(nowhere.code).toBe(1)
  expect(nowhere.said).toContain('no demo runs on the data folder')
})

test('doctor names every setting of a half configuration', async () => {
  const half = await run('doctor', { TENANT_ID: 'fb3f9676-e88e-47ef-b72a-3d75aeae6240' })
  expect(half.code).toBe(1)
  expect(half.said).toContain('BOT_APP_ID is missing')
  expect(half.said).toContain('DATABASE_URL is missing')
})
