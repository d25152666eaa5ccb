import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { codeOf, files, type Import, imports, roomOf, root } from './source.ts'

/** What each room may import; `people.ts`, `time.ts` and `result.ts` are everybody's, save of the emulated tenant. */
const core = ['request', 'ask', 'approval', 'entitlement']
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'people.ts': [],
  'time.ts': [],
  'text.ts': [],
  'result.ts': [],
  'config.ts': [],
  'stop-in-order.ts': [],
  entitlement: [],
  approval: ['entitlement'],
  request: ['approval', 'entitlement'],
  ask: ['approval', 'entitlement'],
  words: ['workflow', 'request', 'approval', 'entitlement'],
  workflow: [...core, 'words'],
  teams: ['workflow', 'words', 'cards', ...core],
  microsoft: ['workflow', ...core],
  store: ['workflow', ...core],
  'language-model': ['workflow', ...core],
  'compose.ts': [
    'config.ts',
    'stop-in-order.ts',
    'graph-options.ts',
    'language-model-options.ts',
    'teams',
    'microsoft',
    'store',
    'language-model',
    'workflow',
    ...core,
  ],
  'graph-options.ts': ['config.ts', 'microsoft'],
  'language-model-options.ts': ['config.ts', 'language-model'],
  'reach.ts': ['config.ts', 'demo'],
  'doctor.ts': [
    'config.ts',
    'graph-options.ts',
    'language-model-options.ts',
    'language-model',
    'reach.ts',
    'microsoft',
    'store',
    'workflow',
    'words',
    ...core,
  ],
  'explain.ts': ['config.ts', 'graph-options.ts', 'reach.ts', 'microsoft', 'store', 'workflow', 'words', ...core],
  'journal.ts': ['config.ts', 'graph-options.ts', 'reach.ts', 'microsoft', 'store', ...core],
  'understand.ts': ['demo', ...core],
  learning: ['ask'],
  'learn.ts': ['learning', 'demo', ...core],
  'lint-catalogue.ts': ['config.ts', 'words', ...core],
  demo: ['demo.ts', 'compose.ts', 'config.ts', 'store', 'emulated-tenant'],
  'demo.ts': ['config.ts', 'demo'],
  'main.ts': ['config.ts', 'compose.ts'],
  'migrate.ts': ['config.ts', 'store'],
  'owe-again.ts': ['config.ts', 'reach.ts', 'store'],
  'verify-journal.ts': ['config.ts', 'store', 'demo'],
  'package.ts': [],
  'emulated-tenant': [],
}
const everybodys = new Set(['people.ts', 'time.ts', 'text.ts', 'result.ts'])
const edges = new Set(['teams', 'microsoft', 'store', 'language-model'])
const shown = ({ from, to }: Import) => `${from} -> ${to}`

test('every room has its place among the others', () => {
  expect([...new Set(files.map(roomOf))].filter((room) => !(room in mayImport))).toEqual([])
})

test('imports point one way', () => {
  const against = imports.filter(({ from, to, ours }) => {
    const [here, there] = [roomOf(from), roomOf(to)]
    if (!ours || here === there) return false
    if (everybodys.has(there)) return here === 'emulated-tenant'
    return !mayImport[here]?.includes(there)
  })
  expect(against.map(shown)).toEqual([])
})

test('the edges and the words know the shell by its types alone', () => {
  const known = new Set([
    'workflow/ports.ts',
    'workflow/incoming.ts',
    'workflow/views.ts',
    'workflow/explanation.ts',
    'workflow/finding.ts',
    'workflow/reading.ts',
    'workflow/holdings.ts',
    'workflow/askable.ts',
    'workflow/answers.ts',
  ])
  const beyond = imports.filter(
    ({ from, to, typesOnly }) =>
      (edges.has(roomOf(from)) || roomOf(from) === 'words') &&
      roomOf(to) === 'workflow' &&
      !(typesOnly && known.has(to)),
  )
  expect(beyond.map(shown)).toEqual([])
})

test('the core awaits nothing', () => {
  // The catalogue's folder is read here, and only here.
  const pure = files.filter((file) => core.includes(roomOf(file)) && file !== 'entitlement/read-catalogue.ts')
  expect(pure.filter((file) => /\b(?:await|async)\b/.test(codeOf(file)))).toEqual([])
})

/** Held by tests, and not called by a process: the permissions are for who consents. */
const forLater = new Set(['microsoft/application-permissions.ts'])

test('every file is reached from something that is started', () => {
  const scripts = readFileSync(join(root, 'package.json'), 'utf8').matchAll(/node src\/([a-z-]+\.ts)/g)
  // The page is loaded by a browser; main.ts by whoever runs a real tenant.
  const reached = new Set(['main.ts', 'emulated-tenant/page/chat.ts', ...[...scripts].map(([, file]) => file ?? '')])
  for (const file of reached) for (const { from, to } of imports) if (from === file) reached.add(to)
  expect(files.filter((file) => !reached.has(file) && !forLater.has(file))).toEqual([])
  expect([...forLater].filter((file) => !files.includes(file) || reached.has(file))).toEqual([])
})

describe('outside the emulated tenant', () => {
  const ours = files.filter((file) => roomOf(file) !== 'emulated-tenant')

  test('a package is imported by one room, where it holds a protocol of that room', () => {
    // zod parses at every edge, node is the platform, luxon the calendar; the demo makes what production is given.
    const shared = new Set(['zod', 'node', 'luxon'])
    const counted = (each: Import) =>
      !each.ours && !each.typesOnly && !shared.has(each.to) && ours.includes(each.from) && roomOf(each.from) !== 'demo'
    const rooms = Map.groupBy(imports.filter(counted), ({ to }) => to)
    const spread = [...rooms].flatMap(([name, uses]) => {
      const users = [...new Set(uses.map(({ from }) => roomOf(from)))].toSorted()
      return users.length > 1 ? [`${name}: ${users.join(', ')}`] : []
    })
    expect(spread).toEqual([])
  })

  test('the Bot Framework lives in teams alone', () => {
    const users = imports.filter(({ to }) => to.startsWith('botbuilder') || to === '@microsoft/teams-ai')
    expect([...new Set(users.map(({ from }) => roomOf(from)))]).toEqual(['teams'])
  })

  test('only config.ts reads the environment', () => {
    expect(ours.filter((file) => /\bprocess\.env\b|\bprocess\[/.test(codeOf(file)))).toEqual(['config.ts'])
  })

  test('only what is started asks the machine for the time', () => {
    const asking = ours.filter((file) => /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)/.test(codeOf(file)))
    expect(asking).toEqual(['demo.ts', 'doctor.ts', 'explain.ts', 'journal.ts', 'main.ts', 'owe-again.ts'])
  })
})

test('the emulated tenant reads no environment: it is told everything', () => {
  const reading = files.filter((file) => roomOf(file) === 'emulated-tenant' && /\bprocess\.env\b/.test(codeOf(file)))
  expect(reading).toEqual([])
})

const seen = (from: string, to: string) => imports.find((each) => each.from === from && each.to === to)

test('the reading of imports sees each way to write one', () => {
  expect(seen('demo/supervisor.ts', 'emulated-tenant/serve.ts')).toBeDefined()
  expect(seen('verify-journal.ts', 'demo/postgres.ts')).toMatchObject({ typesOnly: false })
  expect(seen('words/status.ts', 'workflow/views.ts')).toMatchObject({ typesOnly: true })
  expect(imports.length).toBeGreaterThan(300)
})
