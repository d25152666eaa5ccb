import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const filesOf = (folder: string, ending: RegExp) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => `${folder}/${name}`)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')

const token = /\/\*[\s\S]*?\*\/|\/\/.*|'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\])*)`/g

/** Texts in a program that read like something for a person; what an error says is for the log's reader. */
function sentencesIn(program: string): string[] {
  return [...program.matchAll(token)]
    .filter(({ index }) => !/Error\(\s*$/.test(program.slice(0, index)))
    .map(([, single, double, template]) => single ?? double ?? template ?? '')
    .filter((text) => /^\p{Lu}.*\s\S+\s\S/su.test(text) || /\p{L}\s.*\p{L}[.?!…]$/su.test(text))
}

test.for(['src/teams', 'src/workflow'])('no sentence that people read stands in %s', (folder) => {
  const found = filesOf(folder, /\.ts$/).flatMap((file) => sentencesIn(read(file)).map((text) => `${file}: ${text}`))
  expect(found).toEqual([])
})

test('the search sees a sentence where there is one', () => {
  expect(sentencesIn(`// Nothing was sent.\nconst a = 'Nothing was sent: try again.'`)).toHaveLength(1)
  expect(sentencesIn('const a = `You asked for ${x} hours`')).toHaveLength(1)
  expect(sentencesIn(`throw new TypeError('The connector did not answer', { cause })`)).toEqual([])
})

const shown = new Set([
  'text',
  'title',
  'label',
  'errorMessage',
  'placeholder',
  'altText',
  'fallbackText',
  'speak',
  'lang',
])

function literalsIn(node: unknown, key = ''): string[] {
  if (typeof node === 'string') return shown.has(key) && /\p{L}/u.test(node.replace(/\$\{[^}]*\}/g, '')) ? [node] : []
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, child]) => literalsIn(child, name))
}

test.for(filesOf('cards', /(?<!\.data)\.json$/))('%s takes all its words from its data', (file) => {
  expect(literalsIn(JSON.parse(read(file)))).toEqual([])
})
