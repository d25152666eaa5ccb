import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './source.ts'

const threats = readFileSync(join(root, 'THREATS.md'), 'utf8')
const rows = threats
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.split('|').length === 5 && !/^\| (threat|-)/.test(line))

/** `file`: "name of a test"; "another in the same file" */
const named = [...threats.matchAll(/`(test\/[^`]+)`: ((?:"[^"]+"(?:; )?)+)/g)].flatMap(([, file = '', names = '']) =>
  [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => ({ file, name })),
)

test('every threat has a test that holds it, or says that it remains', () => {
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter((row) => !row.includes('**remains**') && !row.includes('`test/'))).toEqual([])
})

test('every test that it names is there', () => {
  expect(named.length).toBeGreaterThan(40)
  const files = new Set(
    readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).map((file) => `test/${file}`),
  )
  const missing = named.filter(({ file, name }) => !files.has(file) || !sourceOf(file).includes(`'${name}'`))
  expect(missing).toEqual([])
})

/** A title as it is written: in single quotes, or in double ones where it has a single one in it. */
const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8').replaceAll(/"([^"\n]+)"/g, "'$1'")
