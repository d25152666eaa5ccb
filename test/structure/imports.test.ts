import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { circleIn, codeOf, files, folderOf, type Import, imports, roomOf, root } from './source.ts'

/** What each room may import; `people.ts`, `time.ts`, `text.ts` and `result.ts` are everybody's, save of the emulated tenant. */
const core = ['request', 'ask', 'approval', 'entitlement']
const edges = ['teams', 'microsoft', 'store', 'language-model']
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'people.ts': [],
  'time.ts': [],
  'text.ts': [],
  'result.ts': [],
  'stop-in-order.ts': [],
  entitlement: [],
  approval: ['entitlement'],
  request: ['approval', 'entitlement'],
  ask: ['approval', 'entitlement'],
  words: ['workflow', 'request', 'approval', 'entitlement'],
  workflow: core,
  teams: ['workflow', 'words', 'cards', ...core],
  microsoft: ['workflow', ...core],
  store: ['workflow', ...core],
  'language-model': ['workflow', ...core],
  learning: ['ask'],
  setup: ['stop-in-order.ts', 'workflow', ...edges, ...core],
  commands: ['setup', 'demo', 'learning', 'words', 'microsoft', 'store', 'language-model', 'workflow', ...core],
  demo: ['demo.ts', 'setup', 'store', 'emulated-tenant'],
  'demo.ts': ['setup', 'demo'],
  'main.ts': ['setup'],
  'emulated-tenant': [],
}
const everybodys = new Set(['people.ts', 'time.ts', 'text.ts', 'result.ts'])
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

test('no circles: neither of files nor of folders, types included', () => {
  const between = (place: (file: string) => string) =>
    imports.filter(({ ours, started }) => ours && !started).map(({ from, to }) => [place(from), place(to)] as const)
  expect(circleIn(between((file) => file))).toEqual([])
  expect(circleIn(between(folderOf).filter(([from, to]) => from !== to))).toEqual([])
})

/** The floors of the shell: each may import those before it. */
const floors = [
  'ports',
  'record',
  'send',
  'sign-in',
  'engine',
  'draft',
  'doctor',
  'answer',
  'message',
  'tap',
  'owed',
  'loops',
].map((floor) => `workflow/${floor}`)

test('within the shell no import runs up', () => {
  const up = imports.filter(
    ({ from, to }) =>
      roomOf(from) === 'workflow' &&
      roomOf(to) === 'workflow' &&
      floors.indexOf(folderOf(from)) < floors.indexOf(folderOf(to)),
  )
  expect(up.map(shown)).toEqual([])
  expect(files.filter((file) => roomOf(file) === 'workflow' && !floors.includes(folderOf(file)))).toEqual([])
})

test('the edges and the words know of the shell the ports, by their types alone', () => {
  const beyond = imports.filter(
    ({ from, to, typesOnly }) =>
      (edges.includes(roomOf(from)) || roomOf(from) === 'words') &&
      roomOf(to) === 'workflow' &&
      !(typesOnly && folderOf(to) === 'workflow/ports'),
  )
  expect(beyond.map(shown)).toEqual([])
})

test('a kind of access is named in its own folders, its facts and its sentences, and where all are put together', () => {
  const naming = files.filter((file) => /'directoryRole'|\bdirectoryRole:/.test(codeOf(file)))
  // What people write of a kind is read by its words.
  const own = /^(entitlement|microsoft\/directory-roles|ask\/wanted)\//
  const together = ['microsoft/tenant.ts', 'words/kinds.ts', 'commands/doctor.ts']
  expect(naming.filter((file) => !own.test(file) && !together.includes(file))).toEqual([])
  const inRooms = imports.filter(
    ({ from, to }) => /^microsoft\/(directory-roles|groups|azure-roles)\//.test(to) && !from.startsWith('microsoft/'),
  )
  expect(inRooms.map(shown)).toEqual([])
})

test('every room of the tests has its room in src/', () => {
  // What is told from outside, in stories, at length, and what they need.
  const apart = new Set(['bench', 'fixtures', 'journeys', 'long', 'screenshots', 'structure', 'cards', 'manifest'])
  const rooms = new Set(files.map(folderOf))
  const tested = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && file.includes('/'))
    .map((file) => dirname(file))
    .filter((folder) => !apart.has(folder.split('/')[0] ?? ''))
  const lost = tested.filter((folder) => ![...rooms].some((room) => room === folder || room.startsWith(`${folder}/`)))
  expect([...new Set(lost)]).toEqual([])
  for (const room of core) expect(tested).toContain(room)
})

test('the core awaits nothing', () => {
  // The catalogue's folder is read here, and only here.
  const pure = files.filter((file) => core.includes(roomOf(file)) && file !== 'entitlement/read-catalogue.ts')
  expect(pure.filter((file) => /\b(?:await|async)\b/.test(codeOf(file)))).toEqual([])
})

test('every file is reached from something that is started', () => {
  const scripts = readFileSync(join(root, 'package.json'), 'utf8').matchAll(/node src\/([a-z/-]+\.ts)/g)
  // The page is loaded by a browser; main.ts by whoever runs a real tenant.
  const reached = new Set(['main.ts', 'emulated-tenant/page/chat.ts', ...[...scripts].map(([, file]) => file ?? '')])
  for (const file of reached) for (const { from, to } of imports) if (from === file) reached.add(to)
  expect(files.filter((file) => !reached.has(file))).toEqual([])
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

  test('only setup/config.ts reads the environment', () => {
    expect(ours.filter((file) => /\bprocess\.env\b|\bprocess\[/.test(codeOf(file)))).toEqual(['setup/config.ts'])
  })

  test('only what is started asks the machine for the time', () => {
    const asking = ours.filter((file) => /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)/.test(codeOf(file)))
    expect(asking.filter((file) => roomOf(file) !== 'commands')).toEqual(['demo.ts', 'main.ts'])
  })
})

test('the emulated tenant reads no environment: it is told everything', () => {
  const reading = files.filter((file) => roomOf(file) === 'emulated-tenant' && /\bprocess\.env\b/.test(codeOf(file)))
  expect(reading).toEqual([])
})

const seen = (from: string, to: string) => imports.find((each) => each.from === from && each.to === to)

test('the reading of imports sees each way to write one', () => {
  expect(seen('demo/supervisor.ts', 'emulated-tenant/serve.ts')).toBeDefined()
  expect(seen('commands/verify-journal.ts', 'demo/postgres.ts')).toMatchObject({ typesOnly: false })
  expect(seen('words/request-status/status.ts', 'workflow/ports/views.ts')).toMatchObject({ typesOnly: true })
  expect(imports.length).toBeGreaterThan(300)
})
