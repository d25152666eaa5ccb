import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { settingsTable } from '../../src/setup/config.ts'
import { permissionsTable } from '../../src/microsoft/permissions.ts'
import { retentionTable } from '../../src/store/tidy.ts'
import { files, roomOf, root } from './source.ts'

const file = join(root, 'README.md')

describe.skipIf(!existsSync(file))('README.md (left out while there is none)', () => {
  const readme = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

  test('its table of settings is the one that config.ts makes', () => {
    const rows = settingsTable().split('\n').slice(2).map(cells)
    const inReadme = readme.split('\n').map(cells)
    expect(rows.filter((row) => !inReadme.includes(row))).toEqual([])
    const names = rows.map((row) => row.split('|')[1])
    const ofSettings = inReadme.filter((row) => names.includes(row.split('|')[1]))
    expect(ofSettings).toEqual(rows)
  })

  test('its table of how long rows are kept is the one that the store obeys', () => {
    const rows = retentionTable().split('\n').slice(2).map(cells)
    const inReadme = readme.split('\n').map(cells)
    expect(rows.filter((row) => !inReadme.includes(row))).toEqual([])
  })

  test('its table of permissions is what the bot asks an administrator for, and nothing else', () => {
    const rows = permissionsTable().split('\n').filter(isRow).map(cells)
    const inReadme = readme.split('\n').map(cells)
    const first = inReadme.indexOf(rows[0] ?? '')
    const end = inReadme.findIndex((row, index) => index > first && row === '')
    expect(inReadme.slice(first, end).filter(isRow)).toEqual(rows)
  })

  test('every command that it names can be run', () => {
    const named = [...readme.matchAll(/\bnpm (?:run ([a-z][a-z:-]*)|(start|test))\b/g)].map(
      ([, run, short]) => run ?? short ?? '',
    )
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
    const started = [...readme.matchAll(/\bnode (src\/[a-z/-]+\.ts)\b/g)].map(([, path]) => path ?? '')
    expect(started.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('its map of src/ shows what is there: every room and every file it names, and no room left out', () => {
    const map = [...readme.matchAll(/```[a-z]*\n([\s\S]*?)```/g)].map(([, block]) => block ?? '')
    const block = map.find((each) => /^main\.ts\s/m.test(each))
    if (block === undefined) throw new Error('README.md has no map of src/: a code block with a line for main.ts')
    const paths = pathsOf(block)
    expect(paths.filter((path) => !existsSync(join(root, 'src', path)))).toEqual([])
    const rooms = new Set(files.map(roomOf).filter((room) => !room.endsWith('.ts')))
    expect([...rooms].filter((room) => !paths.some((path) => path.startsWith(`${room}/`)))).toEqual([])
  })

  test('every file beside it that it links to exists', () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link]) => link ?? '')
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([])
  })
})

test('every file and folder of ours that CONTRIBUTING.md names is there', () => {
  const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const named = [...page.matchAll(/`((?:[a-z][a-z-]*\/)+(?:[a-z0-9.-]+\.ts)?)`/g)].map(([, path]) => path ?? '')
  expect(named.length).toBeGreaterThan(20)
  const places = ['.', 'src'].map((place) => join(root, place))
  // `x` stands for the kind that somebody adds.
  const ours = named.filter((path) => !path.split('/').includes('x') && !path.endsWith('/x.ts'))
  expect(ours.filter((path) => !places.some((place) => existsSync(join(place, path))))).toEqual([])
})

/** No line between head and rows, whose length follows the padding. */
const isRow = (line: string): boolean => !/^[|\s-]+$/.test(line)

/** A table's row without the padding that the formatter gives its cells. */
const cells = (row: string): string =>
  row
    .split('|')
    .map((cell) => cell.trim())
    .join('|')

/** Paths that a map names at the beginning of its lines: `room/`, or files, indented below their room. */
function pathsOf(map: string): string[] {
  const paths: string[] = []
  let room = ''
  for (const line of map.split('\n')) {
    const [, indent = '', names = ''] = /^(\s*)((?:[a-z0-9.-]+(?:\/|\.[a-z]+)(?:,?\s+|$))+)/.exec(line) ?? []
    for (const name of names.split(/[\s,]+/).filter(Boolean)) {
      if (indent === '') room = name.endsWith('/') ? name : ''
      paths.push(name === room ? name : `${indent === '' ? '' : room}${name}`)
    }
  }
  return paths
}
